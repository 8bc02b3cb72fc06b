import Foundation
import Testing

@testable import Hepatology

struct ScoreDocumentTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/scores.md").standardizedFileURL

  /// `docs/scores.md` is what the declarations say; `LOBULE_RECORD=1` writes it anew.
  @Test func documentIsFresh() throws {
    let text = ScoreDocument.markdown
    if ProcessInfo.processInfo.environment["LOBULE_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: Self.file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: Self.file, encoding: .utf8)
    let lines = zip(written.split(separator: "\n"), text.split(separator: "\n"))
    let first = lines.first { $0 != $1 }
    #expect(
      written == text,
      "docs/scores.md is stale, first at '\(first?.0 ?? "its end")'; record it with LOBULE_RECORD=1"
    )
  }

  @Test func saysEverythingOfEveryScore() {
    let text = ScoreDocument.markdown
    for score in Score.all {
      #expect(text.contains("\n## \(score.id)\n"))
      for variant in score.variants { #expect(text.contains("`\(variant.id)`")) }
      for citation in score.citations { #expect(text.contains(citation.description)) }
      for line in score.formula + score.bounds + score.unconfirmed.map({ String($0.dropFirst()) }) {
        #expect(text.contains(line), "\(score.id): \(line)")
      }
    }
  }
}
