import Clinic
import Foundation
import Hepatology
import Quantities
import Terminal
import TestSupport
import Testing
import Trials

@testable import Workbench

/// What a text becomes does not depend on the way in which it comes: the form, line mode, the
/// command line, CSV and FHIR read by the same rules.
@Suite struct FiveWaysTests {
  /// A text for a variable, and the value that it is.
  struct Row: CustomTestStringConvertible, Sendable {
    let variable: Variable
    let text: String
    /// The value with the code of its unit; `refused` where it is none.
    let value: String
    /// `file` where only a file may say so; `written` where nothing says which unit holds.
    let only: String?

    var testDescription: String { "\(variable.id)=\(text)" }
  }

  static let rows: [Row] = {
    let rows = (try? Fixtures.rows("readings.csv")) ?? []
    return rows.compactMap { row in
      guard let variable = row["variable"].flatMap({ VariableTable.builtIn[$0] }),
        let text = row["text"], let value = row["value"]
      else { return nil }
      return Row(variable: variable, text: text, value: value, only: row["only"])
    }
  }()

  private static func words(_ value: Value?) -> String {
    guard let value else { return "refused" }
    guard case .quantity(let quantity, _) = value, quantity.unit != .one else { return value.text }
    return "\(value.text) \(quantity.unit.code)"
  }

  @Test func thereAreMany() { #expect(Self.rows.count >= 200) }

  @Test(arguments: rows.filter { $0.only == nil })
  func onTheForm(_ row: Row) {
    let desk = Desk(.small).press("2").go(to: row.variable.id)
    // A key in a field of answers is an answer by itself; a text comes into it by pasting.
    if row.variable.measure == nil { desk.paste(row.text) } else { desk.type(row.text) }
    #expect(Self.words(desk.workbench.patient.value(of: row.variable)) == row.value)
  }

  @Test func lineByLine() {
    for row in Self.rows where row.only == nil {
      var dialogue = Dialogue(
        trials: [], today: day("2026-11-21"), preferences: Preferences(variables: .builtIn))
      _ = dialogue.begin()
      let isCommand = row.text.hasPrefix(".")
      _ = dialogue.take(".set \(row.variable.id)\(isCommand ? " \(row.text)" : "")")
      let said = isCommand ? [] : dialogue.take(row.text)
      let found = Self.words(dialogue.patient.value(of: row.variable))
      #expect(found == row.value, "\(row.testDescription): \(said)")
    }
  }

  @Test(arguments: [
    ("ast <=40", "<=40 U/L"), ("ast=<=40", "<=40 U/L"), ("ast = >= 40 U/L", ">=40 U/L"),
    ("total bilirubin 214", "214 umol/L"), ("TBIL=12.5 mg/dL", "12.5 mg/dL"),
  ])
  func namedInALine(_ line: String, _ value: String) {
    var dialogue = Dialogue(
      trials: [], today: day("2026-11-21"), preferences: Preferences(variables: .builtIn))
    _ = dialogue.begin()
    _ = dialogue.take(".set \(line)")
    let variable: Variable = line.hasPrefix("ast") ? .ast : .totalBilirubin
    #expect(Self.words(dialogue.patient.value(of: variable)) == value)
  }

  @Test(arguments: rows.filter { $0.only != "file" })
  func onTheCommandLine(_ row: Row) {
    var patient = Patient()
    try? patient.enter(field: "\(row.variable.id)=\(row.text)", in: .builtIn)
    #expect(Self.words(patient.value(of: row.variable)) == row.value)
  }

  /// Each text in a row of its own; what is kept is read again.
  @Test func inCSV() throws {
    let variables = VariableTable.builtIn.inOrder(Self.rows.map(\.variable))
    let lines = Self.rows.enumerated().map { number, row in
      let cells = variables.map { $0 == row.variable ? row.text : "" }
      return (["R-\(number)", "2026-11-01"] + cells)
        .map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    }
    let heads = ["code", "date"] + variables.map(\.id)
    let text = ([heads.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    let store = try Store.open(.memory, author: "tester", variables: .builtIn)
    _ = try store.importFiles([ImportFile(name: "rows.csv", bytes: Array(text.utf8))])
    for (number, row) in Self.rows.enumerated() {
      let record = try store.record(of: PatientCode("R-\(number)"))
      let found = Self.words(record.visits.first?.patient.value(of: row.variable))
      #expect(found == row.value, "\(row.testDescription)")
    }
  }

  /// What has a LOINC code, a number that JSON can write, and the unit as it is displayed.
  @Test func inFHIR() throws {
    let number = /^([<>]=?)?\s*(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)\s+(\S.*)$/
    var count = 0
    for row in Self.rows {
      guard let code = row.variable.codes.loinc.first,
        let parts = row.text.wholeMatch(of: number)?.output
      else { continue }
      count += 1
      let comparator = parts.1.map { "\"comparator\":\"\($0)\"," } ?? ""
      let text = """
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":{
        "resourceType":"Observation","status":"final","subject":{"reference":"Patient/7"},
        "code":{"coding":[{"system":"http://loinc.org","code":"\(code)"}]},
        "effectiveDateTime":"2026-11-01","valueQuantity":{"value":\(parts.2),\(comparator)
        "unit":"\(parts.3)"}}}]}
        """
      let store = try Store.open(.memory, author: "tester", variables: .builtIn)
      let report = try store.importFiles([ImportFile(name: "b.json", bytes: Array(text.utf8))])
      let record = try report.patients.first.map { try store.record(of: $0) }
      let found = Self.words(record?.visits.first?.patient.value(of: row.variable))
      #expect(found == row.value, "\(row.testDescription): \(report.unread)")
    }
    #expect(count >= 60)
  }
}
