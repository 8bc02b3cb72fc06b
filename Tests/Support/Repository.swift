public import Foundation
import Tables

/// The repository that these tests are of.
public enum Repository {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file or folder of it, as in `docs/keys.md`.
  public static func url(_ path: String) -> URL { folder.appending(path: path) }
}

/// The cases of `Tests/Fixtures`, which are part of the repository.
public enum Fixtures {
  /// A file or folder of them, as in `oracles/meld.csv`.
  public static func url(_ path: String) -> URL { Repository.url("Tests/Fixtures/" + path) }

  /// The text of a file.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: url(path), encoding: .utf8)
  }

  /// The names of the files of a folder, in order.
  public static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url(folder).path).sorted()
  }

  /// The rows of a CSV file, the heads first.
  public static func table(_ path: String) throws -> [[String]] {
    var rows: [[String]] = []
    var reader = TableReader()
    try reader.read(Array(try Data(contentsOf: url(path)))) { rows.append($0.texts ?? []) }
    try reader.finish { rows.append($0.texts ?? []) }
    return rows
  }

  /// The rows of a CSV file, each cell by the head of its column; empty cells are left out.
  public static func rows(_ path: String) throws -> [[String: String]] {
    let rows = try table(path)
    guard let heads = rows.first else { return [] }
    return rows.dropFirst().map { row in
      Dictionary(uniqueKeysWithValues: zip(heads, row)).filter { !$0.value.isEmpty }
    }
  }
}
