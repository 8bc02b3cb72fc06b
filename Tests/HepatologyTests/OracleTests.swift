import Foundation
import Testing

@testable import Hepatology
@testable import Quantities

/// A patient of fields as the command line takes them.
func patient(_ fields: String...) throws -> Patient { try patient(fields) }

func patient(_ fields: [String]) throws -> Patient {
  var patient = Patient()
  for field in fields { try patient.enter(field: field) }
  return patient
}

/// The same patient with every amount in its other daily unit, which must give the same score.
func patient(inOtherUnits patient: Patient) throws -> Patient {
  var other = patient
  for variable in patient.entered {
    guard let measure = variable.measure, measure.units.count > 1,
      case .quantity(let quantity, _) = patient.value(of: variable)
    else { continue }
    let unit = quantity.unit == measure.units[0] ? measure.units[1] : measure.units[0]
    other.enter("\(try quantity.converted(to: unit, as: measure.substances))", for: variable)
  }
  return other
}

@Suite(.enabled(if: Oracle.isPresent, Oracle.absent))
struct OracleTests {
  @Test(arguments: Oracle.cases("meld"))
  func meld(_ oracle: Oracle) throws {
    let patient = try patient(meldFields(oracle))
    try check(.meld, patient, oracle, unrounded: oracle["note"].contains("unrounded"))
  }

  @Test(arguments: Oracle.cases("meld_na"))
  func meldNa(_ oracle: Oracle) throws {
    let variants = [
      "OPTN2016": "optn2016", "OPTN2016_unrounded_MELDi": "unroundedMELDi",
      "Biggins2006": "biggins2006",
    ]
    guard let variant = variants[oracle["variant"]] else {
      // These rows start from a MELD that is given.
      let meld = try #require(Double(oracle["variant"].split(separator: "=")[1]))
      let sodium = try #require(oracle.number("sodium_mmol_l"))
      let value = Formula.meldNa(meld: meld, sodium: min(max(sodium, 125), 137))
      #expect(abs(value - (oracle.number("expected") ?? .nan)) <= 0.5)
      return
    }
    let patient = try patient(meldFields(oracle) + ["sodium=\(oracle["sodium_mmol_l"])"])
    try check(.meldNa, patient, oracle, variant: variant, unrounded: variant != "optn2016")
  }

  @Test(arguments: Oracle.cases("meld3"))
  func meld3(_ oracle: Oracle) throws {
    let minor = oracle["registered_under_18"] == "1"
    let patient = try patient(
      meldFields(oracle) + [
        "sodium=\(oracle["sodium_mmol_l"])", "albumin=\(oracle["albumin_g_dl"]) g/dL",
        "sex=\(oracle["female"] == "1" ? "female" : "male")",
      ] + (minor ? ["age=13"] : []))
    try check(
      .meld3, patient, oracle, variant: oracle["cap40"] == "1" ? nil : "uncapped",
      unrounded: oracle["note"].contains("unrounded"))
  }

  @Test(arguments: Oracle.cases("meld3_survival90"))
  func meld3Survival(_ oracle: Oracle) throws {
    let score = try #require(oracle.number("meld3_score"))
    let survival = 100 * Formula.meld3Survival(score: score)
    #expect(abs(survival - (oracle.number("expected") ?? .nan)) <= 0.06)
  }

  @Test(arguments: Oracle.cases("child_pugh"))
  func childPugh(_ oracle: Oracle) throws {
    let ascites = ["none", "mild", "moderate"][Int(oracle["ascites_points_1_3"])! - 1]
    let patient = try patient(
      "totalBilirubin=\(oracle["bilirubin_mg_dl"]) mg/dL", "albumin=\(oracle["albumin_g_dl"]) g/dL",
      "inr=\(oracle["inr"])", "ascites=\(ascites)", "encephalopathyGrade=\(oracle["he_grade_0_4"])")
    let variant = oracle["cholestatic"] == "1" ? "cholestatic" : nil
    try check(.childPugh, patient, oracle, variant: variant)
    if !oracle["expected_class"].isEmpty {
      let result = Score.childPugh.result(for: patient, variant: variant)
      #expect(result.value?.stratum == oracle["expected_class"])
    }
  }

  private func meldFields(_ oracle: Oracle) -> [String] {
    [
      "totalBilirubin=\(oracle["bilirubin_mg_dl"]) mg/dL", "inr=\(oracle["inr"])",
      "creatinine=\(oracle["creatinine_mg_dl"]) mg/dL",
      "renalReplacement=\(oracle["dialysis"] == "1" ? "yes" : "no")",
    ]
  }

  private func check(
    _ score: Score, _ patient: Patient, _ oracle: Oracle, variant: String? = nil,
    unrounded: Bool = false
  ) throws {
    let expected = try #require(oracle.number("expected"))
    let tolerance = try #require(oracle.number("tolerance"))
    for patient in [patient, try HepatologyTests.patient(inOtherUnits: patient)] {
      let result = score.result(for: patient, variant: variant)
      let value = try #require(result.value, "\(oracle.name): \(result.outcome)")
      let number = unrounded ? value.unrounded : value.reported
      #expect(abs(number - expected) <= tolerance, "\(oracle.name): \(number), not \(expected)")
    }
  }
}
