import Foundation
import TestSupport
import Testing

@testable import Hepatology

struct ScoreDocumentTests {
  @Test func documentIsFresh() { RecordedText("docs/scores.md").expect(ScoreDocument.markdown) }

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
