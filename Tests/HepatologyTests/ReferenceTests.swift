import TestSupport
import Testing

@testable import Hepatology

/// Scores against a second implementation, written from the papers alone (`Tests/Reference`), whose
/// patients and values are in `Tests/Fixtures/scores`.
struct ReferenceTests {
  /// Patients of a file, which has the id of a score.
  struct Sheet: CustomTestStringConvertible, Sendable {
    let score: Score
    let rows: [[String: String]]
    var testDescription: String { score.id }

    static let all: [Sheet] = ((try? Fixtures.names(in: "scores")) ?? []).compactMap { file in
      guard let score = Score.find(file.replacing(".csv", with: "")),
        let rows = try? Fixtures.rows("scores/\(file)")
      else { return nil }
      return Sheet(score: score, rows: rows)
    }
  }

  /// The patient of a row; what this program has no variable for is left out.
  private func patient(_ row: [String: String]) -> Patient {
    var patient = Patient()
    for (head, cell) in row where !head.hasPrefix("expected.") {
      if let variable = VariableTable.builtIn[head] { patient.enter(cell, for: variable) }
    }
    return patient
  }

  /// Whether a row has one value on which sources agree, and not two ends that unanswered questions
  /// leave.
  private func isSettled(_ row: [String: String], _ name: String) -> Bool {
    row["expected.\(name).low"] == nil && row["expected.low"] == nil
      && row["expected.high"] == nil && !(row["note"] ?? "").contains("contested:")
  }

  @Test(arguments: Sheet.all)
  func value(_ sheet: Sheet) throws {
    var compared = 0
    for row in sheet.rows where isSettled(row, "value") {
      guard let expected = row["expected.value"].flatMap({ Double($0) }) else { continue }
      compared += 1
      let result = sheet.score.result(for: patient(row))
      let code = row["code"] ?? ""
      // An unanswered choice may leave one value, which then is a range of one.
      let range = result.range.flatMap { $0.isSettled ? $0 : nil }
      guard let value = result.value ?? range?.low else {
        Issue.record("\(code): \(result.outcome), expected \(expected)")
        continue
      }
      #expect(agrees(value, expected, result), "\(code): \(value), expected \(expected)")
      if let unrounded = row["expected.unrounded"].flatMap({ Double($0) }) {
        let difference = abs(value.unrounded - unrounded)
        #expect(range != nil || difference < Self.tolerance, "\(code): \(value.unrounded)")
      }
      if let band = row["expected.band"], result.strata.contains(where: { $0.name == band }) {
        #expect(value.stratum == band, "\(code)")
      }
    }
    #expect(compared > 0)
  }

  @Test(arguments: Sheet.all)
  func forms(_ sheet: Sheet) throws {
    for variant in sheet.score.variants {
      let name = "variant.\(variant.id)"
      for row in sheet.rows where isSettled(row, name) {
        guard let expected = row["expected.\(name)"].flatMap({ Double($0) }) else { continue }
        let result = sheet.score.result(for: patient(row), variant: variant.id)
        let code = "\(row["code"] ?? "") \(variant.id)"
        guard let value = result.value else {
          Issue.record("\(code): \(result.outcome), expected \(expected)")
          continue
        }
        #expect(agrees(value, expected, result), "\(code): \(value), expected \(expected)")
      }
    }
  }

  /// Conversions are rounded to six places here and to none there.
  private static let tolerance = 2e-5

  /// A grade agrees by its rank, a definition by whether it holds, a whole number by what is reported, any other before it is rounded.
  private func agrees(_ value: ScoreValue, _ expected: Double, _ result: ScoreResult) -> Bool {
    if result.score.form == .grade {
      return result.strata.firstIndex { $0.name == value.stratum }.map(Double.init) == expected
    }
    if result.score.form == .definition { return (value.reported >= 1) == (expected == 1) }
    if result.score.decimals == 0 { return value.reported == expected }
    return abs(value.unrounded - expected) < Self.tolerance
  }

  @Test func everyScoreHasAFile() {
    #expect(Set(Sheet.all.map(\.score.id)) == Set(Score.all.map(\.id)))
  }
}
