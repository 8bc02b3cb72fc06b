import Foundation
import Testing

/// Cases computed by others: CSV files in the folder of shared reference data, which lies beside the
/// repository or where `LOBULE_SHARED` says.
struct Oracle {
  let name: String
  let fields: [String: String]

  subscript(_ column: String) -> String { fields[column] ?? "" }

  func number(_ column: String) -> Double? { Double(self[column]) }

  static let folder: String = {
    let beside = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared").standardizedFileURL.path
    return ProcessInfo.processInfo.environment["LOBULE_SHARED"] ?? beside
  }()

  static let isPresent = FileManager.default.fileExists(atPath: folder + "/reference/oracles")

  static let absent: Comment = "the shared reference data are not on this machine"

  /// The cases of one file; none where the folder is absent.
  static func cases(_ file: String) -> [Oracle] {
    guard isPresent,
      let text = try? String(
        contentsOfFile: folder + "/reference/oracles/\(file).csv", encoding: .utf8)
    else { return [] }
    let rows = text.split(whereSeparator: \.isNewline).map { columns(String($0)) }
    guard let header = rows.first else { return [] }
    return rows.dropFirst().map { row in
      let fields = Dictionary(zip(header, row)) { first, _ in first }
      return Oracle(name: row[0], fields: fields)
    }
  }

  private static func columns(_ line: String) -> [String] {
    var columns = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: columns.append("")
      default: columns[columns.count - 1].append(character)
      }
    }
    return columns
  }
}

extension Oracle: CustomTestStringConvertible {
  var testDescription: String { name }
}
