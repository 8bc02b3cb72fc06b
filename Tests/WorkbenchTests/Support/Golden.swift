import Foundation
import Terminal
import Testing

/// Screens as text files in `Goldens`, beside the tests.
///
/// `LOBULE_RECORD=1 swift test --filter WorkbenchTests` writes those that differ anew, and fails once
/// for each, so that a change of the screen is always looked at: `git diff` shows it.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Goldens")
  private static let records = ProcessInfo.processInfo.environment["LOBULE_RECORD"] == "1"

  /// Compares a screen with the file of that name.
  /// - Parameter looks: whether the styles are compared as well.
  static func check(
    _ canvas: Canvas, _ name: String, looks: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let cursor = canvas.cursor.map { "column \($0.x), row \($0.y)" } ?? "hidden"
    let rows = looks ? canvas.annotated() : canvas.lines
    let now = rows + ["cursor: \(cursor)"]
    let file = folder.appendingPathComponent("\(name).txt")
    let recorded = (try? String(contentsOf: file, encoding: .utf8)).map {
      $0.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
    if now == recorded { return }
    if records {
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data((now.joined(separator: "\n") + "\n").utf8).write(to: file)
        Issue.record(
          "recorded \(name).txt: look at it, then run again", sourceLocation: sourceLocation)
      } catch {
        Issue.record("cannot record \(file.path): \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    let hint = "LOBULE_RECORD=1 records it"
    guard let recorded else {
      Issue.record("there is no \(name).txt; \(hint)", sourceLocation: sourceLocation)
      return
    }
    Issue.record(
      "the screen differs from \(name).txt (− recorded, + now); \(hint)\n\(difference(recorded, now))",
      sourceLocation: sourceLocation)
  }

  /// Rows that differ, each as it was and as it is, with its number.
  private static func difference(_ old: [String], _ new: [String]) -> String {
    (0..<max(old.count, new.count)).flatMap { row -> [String] in
      let before = row < old.count ? old[row] : nil
      let after = row < new.count ? new[row] : nil
      if before == after { return [] }
      return [before.map { "\(row) − \($0)" }, after.map { "\(row) + \($0)" }].compactMap { $0 }
    }.joined(separator: "\n")
  }
}
