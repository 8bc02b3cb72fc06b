import Foundation
import Quantities
import Testing

typealias Unit = Quantities.Unit

/// The folder of shared test data, where there is one.
let sharedFolder: URL? = {
  let environment = ProcessInfo.processInfo.environment["LOBULE_SHARED"]
  let folder =
    environment.map { URL(fileURLWithPath: $0) }
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

/// A row of a file in `Tests/Fixtures/units`.
struct UnitRow: CustomTestStringConvertible {
  let fields: [String]
  var testDescription: String { fields.joined(separator: " | ") }

  /// A unit, another one, and how many of the other make one; without another, a part of the reason
  /// why it is none.
  static let codes = rows("codes")
  /// A text and what it means; with a second code, what else it could mean; without, nothing.
  static let spellings = rows("spellings")

  private static func rows(_ name: String) -> [UnitRow] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/units/\(name).csv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().map { line in
      var fields = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: fields.append("")
        default: fields[fields.count - 1].append(character)
        }
      }
      return UnitRow(fields: fields)
    }
  }
}

/// SplitMix64 of Steele, Lea and Flood: the same numbers in every run.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
