import Foundation
public import Testing

/// A text in the repository that the program makes, and that tests hold against it: a document, a
/// picture of a screen, a table of counts.
///
/// Where its environment variable is `1`, a run writes what has changed and fails, so that a change
/// is always looked at: `git diff` shows it, and the next run passes.
public struct RecordedText: Sendable {
  /// Where it is in the repository, as in `docs/keys.md`.
  public let path: String
  /// The environment variable that has it written anew.
  public let variable: String

  /// A text of that path.
  public init(_ path: String, recordedWith variable: String = "LOBULE_RECORD") {
    self.path = path
    self.variable = variable
  }

  /// The text as it was recorded; `nil` where there is none.
  public var text: String? { try? String(contentsOf: Repository.url(path), encoding: .utf8) }

  /// How it is written anew, for a message.
  public var hint: String { "\(variable)=1 records it" }

  /// Fails where the text is not what was recorded, and says which lines differ.
  public func expect(_ now: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let recorded = text
    if now == recorded || record(now, sourceLocation: sourceLocation) { return }
    guard let recorded else {
      Issue.record("there is no \(path); \(hint)", sourceLocation: sourceLocation)
      return
    }
    Issue.record(
      "\(path) differs (− recorded, + now); \(hint)\n\(Self.difference(recorded, now))",
      sourceLocation: sourceLocation)
  }

  /// Writes a text that has changed and fails, where the environment variable asks for it.
  ///
  /// - Returns: Whether it was written, or would have been.
  public func record(_ now: String, sourceLocation: SourceLocation = #_sourceLocation) -> Bool {
    guard ProcessInfo.processInfo.environment[variable] == "1", now != text else { return false }
    let file = Repository.url(path)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(now.utf8).write(to: file)
      Issue.record("recorded \(path): look at it, then run again", sourceLocation: sourceLocation)
    } catch {
      Issue.record("cannot record \(path): \(error)", sourceLocation: sourceLocation)
    }
    return true
  }

  /// The lines that went and that came, with their numbers from 0.
  private static func difference(_ old: String, _ new: String) -> String {
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
    }
    let changes = lines(new).difference(from: lines(old)).map { change in
      switch change {
      case .remove(let line, let text, _): (line, "\(line) − \(text)")
      case .insert(let line, let text, _): (line, "\(line) + \(text)")
      }
    }
    return changes.sorted { $0.0 < $1.0 }.prefix(200).map(\.1).joined(separator: "\n")
  }
}
