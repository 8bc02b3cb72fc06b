import PatientSupport
import TestSupport
import Testing

@testable import Hepatology
@testable import Quantities

struct RangeTests {
  /// A patient of whom some inputs are known, and one who agrees with him and of whom all are.
  private func pair(_ score: Score, _ random: inout SeededRandom) -> (Patient, Patient) {
    var (some, all) = (Patient(), Patient())
    for variable in score.inputs {
      let value = random.value(of: variable)
      all.assume(value, for: variable)
      if Bool.random(using: &random) { some.assume(value, for: variable) }
    }
    for variable in score.optionalInputs where variable.isYesNo && Bool.random(using: &random) {
      let value = random.value(of: variable)
      all.assume(value, for: variable)
      if Bool.random(using: &random) { some.assume(value, for: variable) }
    }
    return (some, all)
  }

  @Test(arguments: Score.all)
  func fillingInStaysWithin(_ score: Score) throws {
    var random = SeededRandom(4)
    var compared = 0
    for round in 0..<60 {
      let variant = score.variants[round % score.variants.count].id
      let (some, all) = pair(score, &random)
      guard let range = score.range(for: some, variant: variant),
        let value = score.result(for: all, variant: variant).value
      else { continue }
      compared += 1
      let slack = 1e-9
      #expect(
        range.low.reported - slack <= value.reported,
        "\(variant) \(all.entered(in: .builtIn).map(\.id))")
      #expect(value.reported <= range.high.reported + slack, "\(variant)")
      #expect(range.low.unrounded - slack <= value.unrounded, "\(variant)")
      #expect(value.unrounded <= range.high.unrounded + slack, "\(variant)")
      if let stratum = value.stratum {
        #expect(range.strata.contains { $0.name == stratum }, "\(variant) \(stratum)")
      }
    }
    #expect(compared >= 8, "only \(compared) cases")
  }

  @Test(arguments: Score.all)
  func aValueHasNoRange(_ score: Score) {
    var random = SeededRandom(5)
    for _ in 0..<50 {
      let (_, all) = pair(score, &random)
      if score.result(for: all).value != nil { #expect(score.range(for: all) == nil) }
    }
  }

  @Test func meldWithoutCreatinine() throws {
    // Bilirubin 10, INR 2: 3.78 ln 10 + 11.2 ln 2 + 6.43 = 8.7038 + 7.7633 + 6.43 = 22.897 with a
    // creatinine of 1 and less, and 9.57 ln 4 = 13.267 more, 36.164, with 4 and more.
    let patient = try patient("totalBilirubin=10 mg/dL", "inr=2")
    let range = try #require(Score.meld.range(for: patient))
    #expect(range.text == "23 to 36")
    #expect(range.open == [.creatinine])
    #expect(abs(range.low.unrounded - 22.897) < 0.001)
    #expect(abs(range.high.unrounded - 36.164) < 0.001)
    #expect(range.strata.map(\.name) == ["20–29", "30–39"])
  }

  @Test func meld3TurnsWithSodium() throws {
    // At a bilirubin of 40 mg/dL low sodium lowers MELD 3.0: 0.82 − 0.24 ln 40 = −0.0653 for each
    // mmol/L, so that 125 gives 0.784 less than 137.
    var patient = try patient(
      "sex=male", "totalBilirubin=40 mg/dL", "inr=1.2", "creatinine=1 mg/dL", "albumin=3.5 g/dL",
      "renalReplacement=no")
    let range = try #require(Score.meld3.range(for: patient))
    patient.enter("125", for: .sodium)
    let low = try #require(Score.meld3.result(for: patient).value)
    patient.enter("137", for: .sodium)
    let high = try #require(Score.meld3.result(for: patient).value)
    #expect(abs(high.unrounded - low.unrounded - 0.784) < 0.001)
    #expect(range.low.unrounded == low.unrounded && range.high.unrounded == high.unrounded)
  }

  @Test func boundsNarrowTheRange() throws {
    let patient = try patient(
      "totalBilirubin=> 3 mg/dL", "albumin=4 g/dL", "inr=1", "ascites=none",
      "encephalopathyGrade=0")
    let range = try #require(Score.childPugh.range(for: patient))
    // Three and more: two points on the limit itself, three above it.
    #expect(range.text == "6 to 7")
    #expect(range.open == [.totalBilirubin])
  }

  @Test func gradesSayAtLeast() throws {
    let patient = try patient(
      "totalBilirubin=15 mg/dL", "creatinine=2.5 mg/dL", "inr=1.2", "encephalopathyGrade=0",
      "renalReplacement=no")
    let range = try #require(Score.aclfGrade.range(for: patient))
    #expect(range.text == "at least ACLF-2")
    let knowing = try PatientSupport.patient(
      "totalBilirubin=15 mg/dL", "creatinine=2.5 mg/dL", "inr=2.6", "encephalopathyGrade=0")
    // Three failures settle the grade, whatever is missing.
    #expect(Score.aclfGrade.result(for: knowing).text == "ACLF-3")
  }

  @Test func nothingKnown() throws {
    let range = try #require(Score.childPugh.range(for: Patient()))
    #expect(range.text == "5 to 15")
    #expect(range.strata.map(\.name) == ["A", "B", "C"])
  }

  @Test func settledWithoutEverything() throws {
    let patient = try patient("totalBilirubin=45 mg/dL", "inr=7", "renalReplacement=yes")
    #expect(Score.meld.result(for: patient).text == "40")
    let open = try PatientSupport.patient("totalBilirubin=45 mg/dL", "inr=7")
    let range = try #require(Score.meld.range(for: open))
    // 3.78 ln 45 + 11.2 ln 7 + 6.43 = 14.389 + 21.794 + 6.43 = 42.6: held at 40 even with a
    // creatinine of 1.
    #expect(range.isSettled && range.text == "40, whatever is missing")
  }
}
