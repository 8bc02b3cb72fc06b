import PatientSupport
import TestSupport
import Testing

@testable import Hepatology
@testable import Quantities

struct SensitivityTests {
  private func texts(
    _ score: Score, _ patient: Patient, _ variable: Variable, variant: String? = nil
  ) throws -> [String] {
    let all = score.sensitivity(for: patient, variant: variant)
    return try #require(all.first { $0.variable == variable }).thresholds.map(\.text)
  }

  @Test func childPughInBothUnits() throws {
    let rest = ["albumin=27 g/L", "inr=1.5", "ascites=mild", "encephalopathyGrade=0"]
    // 3 + 3 + 1 + 2 + 1 = 10, class C; two points for bilirubin to 3 mg/dL, one below 2 mg/dL.
    let si = try patient(rest + ["totalBilirubin=60 umol/L"])
    #expect(Score.childPugh.result(for: si).text == "10")
    #expect(
      try texts(.childPugh, si, .totalBilirubin) == ["B at total bilirubin 51.3 µmol/L or less"])
    let us = try patient(rest + ["totalBilirubin=3.6 mg/dL"])
    #expect(try texts(.childPugh, us, .totalBilirubin) == ["B at total bilirubin 3 mg/dL or less"])
    #expect(
      try texts(.childPugh, us, .ascites) == ["B at ascites none", "+1 at ascites moderate"])
    #expect(
      try texts(.childPugh, us, .encephalopathyGrade)
        == ["+1 at encephalopathy 1"])
    #expect(
      try texts(.childPugh, us, .inr) == ["+1 at INR 1.7 or more"])
    #expect(Score.childPugh.sensitivity(for: us).allSatisfy { $0.slope == nil })
  }

  @Test func meldPointsAndBands() throws {
    // 3.78 ln 5 + 11.2 ln 1.6 + 9.57 ln 1.4 + 6.43 = 6.084 + 5.264 + 3.220 + 6.43 = 20.998 → 21.
    let patient = try patient("totalBilirubin=5 mg/dL", "inr=1.6", "creatinine=1.4 mg/dL")
    let meld = try #require(Score.meld.result(for: patient).value)
    #expect(meld.reported == 21)
    let found = try #require(
      Score.meld.sensitivity(for: patient).first { $0.variable == .creatinine })
    // 21.5 is reached at 1.4 × exp((21.5 − 20.998) ÷ 9.57) = 1.47544, 20.5 at 1.32904, 19.5, below
    // which the band is 10–19, at 1.19718, and 29.5, from which it is 30–39, at 3.40382.
    #expect(
      found.thresholds.map(\.text) == [
        "−1 at creatinine 1.329 mg/dL or less", "10–19 at creatinine 1.197 mg/dL or less",
        "+1 at creatinine 1.476 mg/dL or more", "30–39 at creatinine 3.404 mg/dL or more",
      ])
    // From five per cent below to five above: 9.57 × ln(1.05 ÷ 0.95) = 0.9578.
    #expect(abs(try #require(found.slope) - 0.9578) < 0.0001)
  }

  @Test func flatBeyondABound() throws {
    let patient = try patient("totalBilirubin=5 mg/dL", "inr=1.6", "creatinine=6 mg/dL")
    let found = try #require(
      Score.meld.sensitivity(for: patient).first { $0.variable == .creatinine })
    #expect(found.slope == 0)
    #expect(found.thresholds.allSatisfy { !$0.isAbove })
  }

  @Test func organFailureStandsOnItsLimit() throws {
    let patient = try patient(
      "totalBilirubin=150 umol/L", "creatinine=150 umol/L", "inr=2.6", "encephalopathyGrade=0",
      "vasopressors=no", "ventilation=no", "renalReplacement=no", "pao2=84 mm[Hg]", "fio2=21 %")
    #expect(Score.aclfGrade.result(for: patient).text == "ACLF-1")
    #expect(
      try texts(.aclfGrade, patient, .totalBilirubin)
        == ["ACLF-2 at total bilirubin 205.2 µmol/L or more"])
    #expect(
      try texts(.aclfGrade, patient, .creatinine) == [
        "no ACLF at creatinine below 132.6 µmol/L", "ACLF-2 at creatinine 176.8 µmol/L or more",
      ])
    #expect(
      try texts(.aclfGrade, patient, .vasopressors) == ["ACLF-2 at vasopressors yes"])
  }

  @Test func nothingWithoutAValue() {
    #expect(Score.meld.sensitivity(for: Patient()).isEmpty)
  }

  /// Whatever is found is a change, and nothing nearer is.
  @Test(arguments: Score.all)
  func thresholdsAreTheNearest(_ score: Score) throws {
    var random = SeededRandom(6)
    for _ in 0..<3 {
      var patient = Patient()
      for variable in score.inputs { patient.assume(random.value(of: variable), for: variable) }
      guard let value = score.result(for: patient).value else { continue }
      for sensitivity in score.sensitivity(for: patient) {
        guard case .quantity(let own, _) = patient.value(of: sensitivity.variable) else { continue }
        for threshold in sensitivity.thresholds {
          guard case .quantity(let there, _) = threshold.value else { continue }
          #expect((there.value > own.value) == threshold.isAbove)
          #expect(threshold.to.reported != value.reported || threshold.to.stratum != value.stratum)
          // Half way, a tenth and all but a hundredth of the way it is as it was.
          for share in [0.1, 0.5, 0.99] where sensitivity.variable.measure?.isWhole != true {
            // A limit that itself has not changed lies beside the value that is given.
            if threshold.text.contains("below") || threshold.text.contains("above") { continue }
            let number = own.value.double + (there.value.double - own.value.double) * share
            let nearer = patient.assuming(
              .quantity(Quantity(FixedDecimal(number)!, own.unit), .exact),
              for: sensitivity.variable)
            let result = try #require(score.result(for: nearer).value)
            if threshold.changesStratum {
              if share < 0.99 || abs(number - there.value.double) > 0.002 * abs(number) {
                #expect(result.stratum == value.stratum, "\(threshold.text) \(share)")
              }
            } else if share < 0.99 {
              #expect(result.reported == value.reported, "\(threshold.text) \(share)")
            }
          }
        }
      }
    }
  }
}
