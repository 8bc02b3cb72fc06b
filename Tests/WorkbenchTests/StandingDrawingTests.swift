import Assessment
import Hepatology
import PatientSupport
import Testing
import Trials

@testable import Terminal
@testable import Workbench

/// Where a patient stands to a trial, as every place says it.
@Suite struct StandingDrawingTests {
  private func screening(_ patient: Patient) -> Screening {
    Screening(
      of: patient, trials: TrialLibrary().trials, on: nil, vocabulary: PatientVocabulary(.builtIn))
  }

  /// Nobody, a child, and someone of whom every question of history is answered with none.
  private static let patients: [[String]] = [
    [], ["age=12"], ["age=45", "totalBilirubin=300 umol/L", "encephalopathyGrade=0", "inr=2"],
  ]

  @Test("No two look alike, in colours or without, in Unicode or in ASCII")
  func marks() {
    let all = Standing.allCases
    #expect(Set(all.map(\.mark)).count == all.count)
    #expect(
      Set(all.map { $0.mark.unicodeScalars.map { Glyphs.ascii.drawn($0) } }).count == all.count)
    #expect(all.filter { $0.role == .clears } == [.clears])
    #expect(Set(all.map(\.words)).count == all.count)
    for standing in all {
      #expect(standing.mark.columns == 1)
      #expect(ShortVerdict(standing, .clears(attest: [])).text.columns <= ShortVerdict.columns)
    }
  }

  @Test("That nobody can enter is said first, and such a trial never reads as clearing")
  func notRecruiting() throws {
    for fields in Self.patients {
      let screening = screening(try patient(fields))
      for trial in screening.trials where trial.recruits == false {
        let line = try #require(screening.line(of: trial))
        let closed = try #require(trial.notRecruiting)
        #expect(line.headline.hasPrefix(closed) && line.brief == closed)
        #expect(line.sentence.hasPrefix("\(trial.id) \(closed)"))
        #expect(!line.headline.contains("clears"))
        #expect(line.standing.role != .clears)
        let short = try #require(screening.short(of: trial.id))
        #expect(short.text == "⊘ not recruiting" && short.role != .clears)
        let marks = try #require(screening.screening(of: trial.id)).marks
        #expect(!marks.contains { $0.style.role == .clears })
      }
    }
  }

  @Test("A tally counts every trial once, and names those that take nobody")
  func tally() throws {
    #expect(screening(Patient()).tally.words == "2 open · 3 not recruiting")
    let blocked = screening(try patient(["age=12"])).tally
    #expect(blocked.words == "2 blocked · 3 not recruiting")
    #expect(blocked.words(within: 28) == blocked.words)
    #expect(blocked.words(within: 27) == "✗2 ⊘3")
    #expect(blocked.words(within: 4) == "")
  }

  @Test("The matrix, the list and the roster mark a trial that takes nobody")
  func places() {
    let desk = Desk(.large).enterPatient().press("Esc", "1")
    #expect(desk.row("NCT05940610").contains("⊘ not recruiting"))
    #expect(desk.press("4", "m").row("NCT05940610").contains("⊘ not recruiting"))
    #expect(desk.shows("3 not recruiting"))
    #expect(desk.press("2").row("NCT05940610").contains("⊘ not recruiting (withdrawn"))
  }

  @Test("What a value could do fits, and does not claim that it settles a trial")
  func suggestions() {
    let screening = screening(Patient())
    for suggestion in screening.askNext() {
      #expect(suggestion.shortWords.columns <= 20)
      #expect(!suggestion.sentence.contains("settles"))
      #expect(
        suggestion.sentence.contains("exclude from") == (suggestion.excludes > 0)
          || !suggestion.lastOf.isEmpty)
    }
  }
}
