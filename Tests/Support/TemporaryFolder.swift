import Foundation

/// A folder for one test, removed with all that is in it when the test no longer holds this object.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Makes it, with files of those names and texts.
  public init(_ files: [String: String] = [:]) throws {
    path = NSTemporaryDirectory() + "lobule-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit {
    // A test may have taken away the right to write.
    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in it.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file in it, and the folders on the way there, and gives its path.
  @discardableResult public func write(_ text: String, to name: String) throws -> String {
    let file = URL(filePath: file(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
