import PatientSupport
import TestSupport
import Testing

@testable import Hepatology

/// Scores and formulas against what others computed, in `Tests/Fixtures`.
struct OracleTests {
  /// A row of a file: a patient, or the numbers of a formula, and what comes of it.
  struct Oracle: CustomTestStringConvertible, Sendable {
    /// The name of the file, which is the id of a score or the name of a formula.
    let name: String
    let row: Int
    let cells: [String: String]

    subscript(_ head: String) -> String? { cells[head] }

    func number(_ head: String) throws -> Double {
      try #require(cells[head].flatMap { Double($0) }, "\(head) of \(testDescription)")
    }

    /// The cells that are no part of the answer.
    var inputs: [String: String] {
      cells.filter {
        !["variant", "expected", "unrounded", "band", "tolerance", "source"].contains($0.key)
      }
    }

    var testDescription: String { "\(name), row \(row)" }

    static func all(in folder: String) -> [Oracle] {
      ((try? Fixtures.names(in: folder)) ?? []).flatMap { file in
        ((try? Fixtures.rows("\(folder)/\(file)")) ?? []).enumerated().map {
          Oracle(name: file.replacing(".csv", with: ""), row: $0 + 1, cells: $1)
        }
      }
    }
  }

  @Test(arguments: Oracle.all(in: "oracles"))
  func score(_ oracle: Oracle) throws {
    let score = try #require(Score.find(oracle.name), "\(oracle.name) is no score")
    let variant = oracle["variant"]
    #expect(variant == nil || score.variants.contains { $0.id == variant })
    #expect(oracle["source"] != nil)
    if oracle["expected"] == "refused" {
      #expect(throws: FieldError.self) { try PatientSupport.patient(row: oracle.inputs) }
      return
    }
    let patient = try patient(row: oracle.inputs)
    for patient in [patient, try patient.inOtherUnits()] {
      let result = score.result(for: patient, variant: variant)
      let value = try #require(result.value, "\(result.outcome)")
      let isUnrounded = oracle["unrounded"] != nil
      let expected = try oracle.number(isUnrounded ? "unrounded" : "expected")
      let found = isUnrounded ? value.unrounded : value.reported
      #expect(abs(found - expected) <= (try oracle.number("tolerance")), "\(oracle.cells)")
      if let band = oracle["band"] { #expect(value.stratum == band) }
    }
  }

  @Test(arguments: Oracle.all(in: "formulas"))
  func formula(_ oracle: Oracle) throws {
    let found: Double? =
      switch oracle.name {
      case "clifCACLFMortality":
        Formula.clifCACLFMortality(
          score: try oracle.number("clifCACLF"), months: Int(try oracle.number("months"))
        ).map { 100 * $0 }
      case "meanArterialPressure":
        Formula.meanArterialPressure(
          systolic: try oracle.number("systolic"), diastolic: try oracle.number("diastolic"))
      case "meld3Survival": 100 * Formula.meld3Survival(score: try oracle.number("meld3"))
      case "meldNa":
        Formula.meldNa(
          meld: try oracle.number("meld"), sodium: min(max(try oracle.number("sodium"), 125), 137))
      default: nil
      }
    let value = try #require(found, "\(oracle.name) is no formula")
    let expected = try oracle.number("expected")
    #expect(abs(value - expected) <= (try oracle.number("tolerance")), "\(oracle.cells)")
  }

  @Test(arguments: ["oracles", "formulas"])
  func everyFileIsRead(_ folder: String) throws {
    let names = try Fixtures.names(in: folder)
    #expect(!names.isEmpty)
    for name in names { #expect(try !Fixtures.rows("\(folder)/\(name)").isEmpty, "\(name)") }
  }
}
