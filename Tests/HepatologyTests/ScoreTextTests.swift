import TestSupport
import Testing

@testable import Hepatology
@testable import Quantities

/// What a person reads of a score says the same as what it names.
struct ScoreTextTests {
  /// A number, read back, lies in the band that stands beside it: at every limit of every form, and
  /// as near to it as a decimal can be.
  @Test(arguments: Score.all)
  func theNumberLiesInItsBand(_ score: Score) throws {
    for variant in score.variants {
      let working = Working(score: score, patient: Patient(), variant: variant)
      for limit in score.strata(of: variant).map(\.lower) where limit.isFinite {
        let steps = [0.4, 0.06, 0.005, 0.0049, 1e-3, 4e-4, 1e-5, 1e-6, 1e-7, 2e-8]
        for step in [0] + steps + steps.map({ -$0 }) {
          let value = working.value((limit + step).snapped)
          guard score.form == .number || score.form == .points else { continue }
          let text = score.text(of: value)
          let read = try #require(Double(text))
          let band = score.stratum(of: read, variant: variant)?.name
          #expect(band == value.stratum, "\(variant.id): \(limit + step) is shown as \(text)")
        }
      }
    }
  }

  @Test func onlyWhatWouldMisleadHasMoreDigits() throws {
    let cossh = Working(
      score: .cosshACLF2, patient: Patient(), variant: Score.cosshACLF2.variants[0])
    for (number, text) in [
      (7.3949, "7.39"), (7.395, "7.395"), (7.39996, "7.39996"), (7.4, "7.40"), (7.4004, "7.40"),
    ] {
      #expect(Score.cosshACLF2.text(of: cossh.value(number)) == text)
    }
    let albi = Working(score: .albi, patient: Patient(), variant: Score.albi.variants[0])
    #expect(Score.albi.text(of: albi.value(-2.597)) == "-2.597")
    #expect(Score.albi.text(of: albi.value(-2.604)) == "-2.60")
  }

  private static func results(_ score: Score, seed: Int) -> [ScoreResult] {
    var random = SeededRandom(seed)
    return (0..<60).map { round in
      var patient = Patient()
      for variable in score.inputs + score.optionalInputs {
        patient.assume(random.value(of: variable), for: variable)
      }
      return score.result(for: patient, variant: score.variants[round % score.variants.count].id)
    }
  }

  /// A ratio or a rise that decides keeps the digits by which it does; all else in the working of a
  /// grade is whole.
  @Test(arguments: Score.all)
  func theWorkingKeepsTheDigitsThatDecide(_ score: Score) throws {
    for term in Self.results(score, seed: 13).flatMap(\.terms) {
      for decimals in [0, 4] {
        let text = term.text(decimals: decimals)
        let read = try #require(Double(text))
        for limit in term.limits {
          #expect((read < limit) == (term.points < limit), "\(term.label): \(text), \(limit)")
          #expect((read > limit) == (term.points > limit), "\(term.label): \(text), \(limit)")
        }
      }
      if score.form == .grade || score.form == .definition {
        #expect(term.points == term.points.rounded() || !term.limits.isEmpty, "\(term.label)")
      }
    }
  }

  @Test func ratiosAndRises() {
    func text(_ points: Double, _ limits: [Double]) -> String {
      Term(label: "", variables: [], points: points, limits: limits).text(decimals: 0)
    }
    #expect(text(2.6, [1.5, 2, 3]) == "2.6")
    #expect(text(0.4, [0.3]) == "0.4")
    #expect(text(1.88888889, [1.5, 2, 3]) == "1.89")
    #expect(text(1.9999, [1.5, 2, 3]) == "1.9999")
    #expect(text(2, [1.5, 2, 3]) == "2")
    #expect(text(2.6, []) == "3")
  }

  /// One label stands for one thing: two scores that give a part the same name give it the same
  /// number for the same patient.
  @Test func aLabelStandsForOneThing() {
    var random = SeededRandom(14)
    for _ in 0..<40 {
      var patient = Patient()
      for variable in Set(Score.all.flatMap { $0.inputs + $0.optionalInputs })
        .sorted(by: { $0.id < $1.id }) where variable.id != "age"
      {
        patient.assume(random.value(of: variable), for: variable)
      }
      patient.enter("50", for: .age)
      // Where one score raises it to its least value and another does not, the same part differs.
      patient.enter("2", for: .inr)
      var seen: [String: (points: Double, score: String)] = [:]
      for score in Score.all {
        for term in score.result(for: patient).terms
        where !term.label.hasPrefix("constant") && !term.label.hasPrefix("multiple of") {
          let other = seen[term.label]
          #expect(
            other == nil || other?.points == term.points || other?.score == score.id,
            "\(term.label): \(score.id) \(term.points), \(other?.score ?? "")")
          seen[term.label] = (term.points, score.id)
        }
      }
    }
  }
}
