import Foundation
import Terminal
import TestSupport
import Testing

/// Screens as text files in `Goldens`, beside the tests.
///
/// `LOBULE_RECORD=1 swift test --filter WorkbenchTests` writes those that differ anew, and fails once
/// for each, so that a change of the screen is always looked at: `git diff` shows it.
enum Golden {
  /// Compares a screen with the file of that name.
  /// - Parameter looks: whether the styles are compared as well.
  static func check(
    _ canvas: Canvas, _ name: String, looks: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let cursor = canvas.cursor.map { "column \($0.x), row \($0.y)" } ?? "hidden"
    let rows = looks ? canvas.annotated() : canvas.lines
    check(lines: rows + ["cursor: \(cursor)"], name, sourceLocation: sourceLocation)
  }

  /// Compares lines, such as a document of any length, with the file of that name.
  static func check(
    lines now: [String], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    RecordedText("Tests/WorkbenchTests/Goldens/\(name).txt")
      .expect(now.joined(separator: "\n") + "\n", sourceLocation: sourceLocation)
  }
}
