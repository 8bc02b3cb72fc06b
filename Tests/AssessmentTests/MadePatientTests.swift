import Assessment
import Hepatology
import PatientSupport
import Quantities
import TestSupport
import Testing
import Trials

/// Made patients with what each criterion comes to for them, in `Tests/Fixtures/criteria`.
@Suite struct MadePatientTests {
  /// A patient, and the answers by the heads of their columns: `NCT05940610:I2` for a criterion,
  /// `NCT05940610` for the trial as a whole, `meld3` for a score.
  struct Made: CustomTestStringConvertible, Sendable {
    let values: [String: String]
    let answers: [String: String]
    var testDescription: String { values["code"] ?? "" }

    static let all: [Made] = {
      let patients = (try? Fixtures.rows("criteria/patients.csv")) ?? []
      let answers = (try? Fixtures.rows("criteria/answers.csv")) ?? []
      return zip(patients, answers).map { Made(values: $0, answers: $1) }
    }()
  }

  /// The trials without a patient, compiled once.
  private static let nobody = Screening(
    trials: library.trials, on: day("2026-03-31"), vocabulary: .builtIn)

  @Test(arguments: Made.all)
  func comesToWhatWasExpected(_ made: Made) throws {
    #expect(made.values["code"] == made.answers["code"])
    let patient = try patient(row: made.values.filter { $0.key != "code" })
    var screening = Self.nobody
    screening.update(patient)
    screening.settle()
    var found = ["code": made.values["code"]]
    for score in Score.main { found[score.id] = score.result(for: patient).text ?? "none" }
    for trial in library.trials {
      switch screening.verdict(of: trial.id) {
      case .blocked(let ids): found[trial.id] = "blocked " + ids.joined(separator: " ")
      case .open: found[trial.id] = "open"
      case .clears: found[trial.id] = "clears"
      case nil: break
      }
      for criterion in screening.screening(of: trial.id)?.criteria ?? [] {
        let answer =
          switch criterion.result {
          case .met: "yes"
          case .notMet: "no"
          case .unknown: (["?"] + criterion.needed.sorted()).joined(separator: " ")
          case .needsPerson: "person"
          case .conflict: "conflict"
          }
        found["\(trial.id):\(criterion.criterion.id)"] = answer
      }
    }
    for (head, answer) in made.answers.sorted(by: { $0.key < $1.key }) {
      #expect(found[head] == answer, "\(head)")
    }
  }
}
