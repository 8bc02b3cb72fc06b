import Criteria
import Hepatology
import PatientSupport
import Quantities
import TestSupport
import Testing
import Trials

@testable import Assessment

/// The sentence behind a result, and whether it can change.
@Suite struct ReasonTests {
  func reason(
    _ fields: String..., of trial: String, _ criterion: String, on date: Day? = today
  ) throws -> CriterionReason {
    let record = try #require(library[trial])
    let screening = Screening(
      of: try patient(fields), trials: [record], on: date, vocabulary: .builtIn)
    return try #require(screening.reason(for: .init(trial: trial, criterion: criterion)))
  }

  @Test func saysHowFar() throws {
    let reason = try reason(
      "inr=2.9", "prothrombinActivity=45", of: "NCT05940610", "I4")
    #expect(reason.sentence.contains("INR 2.9 is above 2.6 by 0.3"))
    #expect(reason.change == .mayChange)
    #expect(reason.nearMisses.isEmpty)
    let near = try self.reason(
      "inr=2.7", "prothrombinActivity=41", of: "NCT05940610", "I4")
    #expect(near.nearMisses.map(\.name) == ["prothrombinActivity", "inr"])
    #expect(near.nearMisses.map { $0.distance?.description } == ["1", "0.1"])
  }

  @Test func saysWhenAWindowEnds() throws {
    let trial = try reason("otherTrial=2026-09-03", of: "NCT05985863", "E13a")
    #expect(trial.change == .clears(on: day("2026-12-04")))
    #expect(try reason("otherTrial=ongoing", of: "NCT05985863", "E13a").change == .mayChange)
    let two = try reason(
      "immunosuppressant=2026-11-03", "immuneEnhancer=2026-11-10", of: "NCT05985863", "E9")
    #expect(two.change == .clears(on: day("2026-12-11")))
    #expect(
      try reason(
        "immunosuppressant=2026-11-03", "immuneEnhancer=ongoing", of: "NCT05985863", "E9"
      ).change == .mayChange)
  }

  /// What is left open is named as such, and nothing is said of it beside what decides.
  @Test func saysWhatIsLeftOpen() throws {
    let recent = try reason("gastrointestinalBleeding=2026-11-20", of: "NCT05985863", "E1b")
    #expect(
      recent.sentence.hasSuffix(
        "is within 7 days before 2026-11-21. How does the site read what the source leaves open?"))
    #expect(
      try reason("gastrointestinalBleeding=never", of: "NCT05985863", "E1b").sentence
        == "Gastrointestinal bleeding: never")
    #expect(
      try reason(of: "NCT05985863", "E1b").sentence == "Gastrointestinal bleeding is missing")
  }

  @Test(arguments: [
    ("stemCellTherapy=yes", "NCT05985863", "E13b"), ("cirrhosis=no", "NCT05871463", "I2b"),
    ("liverCancer=ongoing", "NCT05940610", "E1"), ("liverCancer=2019-01-01", "NCT05871463", "E2a"),
    ("seriousHeartDisease=yes", "NCT05940610", "E5a"), ("age=70", "NCT05940610", "I1"),
    ("bariatricSurgery=yes", "NCT05871463", "E9"),
  ])
  func whatIsDiagnosedStays(_ field: String, _ trial: String, _ criterion: String) throws {
    #expect(try reason(field, of: trial, criterion).change == .stays)
  }

  @Test(arguments: [
    ("encephalopathyGrade=3", "NCT05985863", "E1c"), ("infection=yes", "NCT03460795", "E2e"),
    ("uncontrolledHypertension=yes", "NCT05871463", "E14"),
    ("radiationTherapy=yes", "NCT05871463", "E4a"), ("albumin=40 g/L", "NCT03460795", "I5a"),
  ])
  func whatIsMeasuredMayChange(_ field: String, _ trial: String, _ criterion: String) throws {
    #expect(try reason(field, of: trial, criterion).change == .mayChange)
  }

  /// A window does not clear what a person has answered.
  @Test func anAnswerIsNoWindow() throws {
    let trial = try record(["X|exclusion|otherTrial within 1 month|true"])
    let screening = Screening(
      of: try patient("otherTrial=2026-05-01"), trials: [trial],
      answers: [.init(trial: trial.id, criterion: "X"): true], on: today, vocabulary: .builtIn)
    let reason = try #require(screening.reason(for: .init(trial: trial.id, criterion: "X")))
    #expect(screening.verdict(of: trial.id) == .blocked(by: ["X"]))
    #expect(reason.change == .mayChange)
    #expect(reason.sentence.contains("A person answered yes"))
  }

  @Test func everyCriterionHasASentence() throws {
    var chance = SeededRandom(8)
    for share in [0, 5, 10] {
      let screening = PropertyTests.screening(PropertyTests.anyone(&chance, knowing: share))
      for trial in library.trials {
        for criterion in trial.criteria {
          let reason = try #require(
            screening.reason(for: .init(trial: trial.id, criterion: criterion.id)))
          #expect(!reason.sentence.isEmpty && !reason.sentence.hasSuffix("."))
          #expect((reason.expression == nil) == (criterion.expression == nil))
        }
      }
    }
    let screening = PropertyTests.screening(Patient())
    #expect(screening.reason(for: .init(trial: "NCT05940610", criterion: "I99")) == nil)
  }
}
