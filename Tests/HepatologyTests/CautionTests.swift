import PatientSupport
import TestSupport
import Testing

@testable import Hepatology

/// To whom a score says that it misleads, and who is just not told, in `Tests/Fixtures/cautions.csv`.
struct CautionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let score: Score
    let caution: String
    /// Fields of someone who is told, and of someone else who is not.
    let (said, notSaid): (String, String)
    var testDescription: String { "\(score.id): \(caution) \(said)" }

    init?(_ row: [String: String]) {
      guard let score = row["score"].flatMap(Score.find), let caution = row["caution"],
        let said = row["said"], let notSaid = row["notSaid"]
      else { return nil }
      (self.score, self.caution, self.said, self.notSaid) = (score, caution, said, notSaid)
    }

    /// Whether the caution is among the notes of the score of someone with those fields, of whom
    /// anything is known that the score asks for besides.
    func isSaid(_ fields: String) throws -> Bool {
      var random = SeededRandom(9)
      var patient = try patient(fields.split(separator: ";").map(String.init))
      for variable in score.inputs where patient[variable] == nil {
        patient.assume(random.value(of: variable), for: variable)
      }
      let result = score.result(for: patient)
      try #require(result.value != nil, "\(result.outcome)")
      return result.notes.contains(caution)
    }

    static let rows = (try? Fixtures.rows("cautions.csv")) ?? []
    static let all = rows.compactMap(Case.init)
  }

  @Test(arguments: Case.all)
  func isSaidToWhomItConcerns(_ test: Case) throws {
    #expect(try test.isSaid(test.said))
    #expect(try !test.isSaid(test.notSaid))
    let caution = try #require(test.score.cautions.first { $0.text == test.caution })
    #expect(!caution.applies(Patient()), "it is said without being known")
  }

  @Test func everyCautionHasACase() {
    #expect(Case.all.count == Case.rows.count)
    for score in Score.all {
      for caution in score.cautions {
        #expect(
          Case.all.contains { $0.score == score && $0.caution == caution.text },
          "\(score.id): \(caution.text)")
      }
    }
  }
}
