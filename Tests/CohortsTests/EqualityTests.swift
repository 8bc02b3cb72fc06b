import Cohorts
import Hepatology
import TestSupport
import Testing

/// What is computed side by side is what the bedside computes, in every digit.
@Suite("Cohort and bedside agree")
struct EqualityTests {
  /// A column with values that a laboratory would give, and those at which a score turns.
  private struct Column {
    let head: String
    let values: (inout SeededRandom) -> String
  }

  private static func number(
    _ range: ClosedRange<Double>, decimals: Int, turns: [String] = [], _ dice: inout SeededRandom
  ) -> String {
    if dice.chance(15), let turn = turns.randomElement(using: &dice) { return turn }
    let steps = (0..<decimals).reduce(1.0) { steps, _ in steps * 10 }
    let value = Double.random(in: range, using: &dice)
    return "\((value * steps).rounded() / steps)"
  }

  /// The same variables in the units of Europe or of the USA.
  private static func columns(international: Bool) -> [Column] {
    [
      Column(head: "code") { "P\(Int.random(in: 0..<1000, using: &$0))" },
      Column(head: "age") {
        number(18...90, decimals: 0, turns: ["11", "11.9", "12", "17", "18", "65"], &$0)
      },
      Column(head: "sex") { $0.chance(50) ? "female" : "male" },
      international
        ? Column(head: "totalBilirubin[umol/L]") {
          number(
            2...700, decimals: 1, turns: ["17.1", "34.2", "34.1", "34.3", "51.3", "51.4", "1.0"],
            &$0)
        }
        : Column(head: "totalBilirubin[mg/dL]") {
          number(0.2...40, decimals: 1, turns: ["1", "2", "3", "2.0", "3.1", "0.99"], &$0)
        },
      international
        ? Column(head: "albumin[g/L]") {
          number(12...55, decimals: 1, turns: ["15", "28", "35", "27.9", "35.1"], &$0)
        }
        : Column(head: "albumin[g/dL]") {
          number(1.2...5.5, decimals: 1, turns: ["1.5", "2.8", "3.5", "3.6"], &$0)
        },
      international
        ? Column(head: "creatinine[umol/L]") {
          number(20...700, decimals: 0, turns: ["88.4", "353.6", "265.2", "88", "89"], &$0)
        }
        : Column(head: "creatinine[mg/dL]") {
          number(0.3...8, decimals: 2, turns: ["1", "4", "3", "0.99", "4.01"], &$0)
        },
      international
        ? Column(head: "urea[mmol/L]") { number(1...40, decimals: 1, &$0) }
        : Column(head: "urea[mg/dL{BUN}]") { number(3...100, decimals: 0, &$0) },
      Column(head: "sodium[mmol/L]") {
        number(115...155, decimals: 0, turns: ["125", "137", "124.9", "137.5"], &$0)
      },
      Column(head: "inr") {
        number(0.8...6, decimals: 2, turns: ["1", "1.7", "2.3", "1.69", "2.31", "0.9"], &$0)
      },
      Column(head: "neutrophils[10*9/L]") { number(0.5...30, decimals: 2, &$0) },
      Column(head: "encephalopathyGrade") { "\(Int.random(in: 0...4, using: &$0))" },
      Column(head: "ascites") {
        ["none", "mild", "moderate", "severe"].randomElement(using: &$0) ?? ""
      },
      Column(head: "renalReplacement") { $0.chance(30) ? "yes" : $0.chance(50) ? "no" : "" },
      Column(head: "aetiology") {
        ["hbv", "alcohol", "cholestatic", "\"alcohol,hbv\"", "other"].randomElement(using: &$0)
          ?? ""
      },
      Column(head: "prothrombinTime") { $0.chance(90) ? "" : "17" },
      Column(head: "prothrombinTimeControl") { $0.chance(50) ? "" : "12" },
    ]
  }

  /// A row as text and as the patient of the form.
  private static func row(_ columns: [Column], gaps: Int, _ dice: inout SeededRandom) throws -> (
    text: String, patient: Patient
  ) {
    var cells: [String] = []
    var patient = Patient()
    for column in columns {
      var cell = dice.chance(gaps) ? "" : column.values(&dice)
      if column.head == "inr", dice.chance(2) { cell = "<1.2" }
      if !cell.isEmpty, column.head != "code" {
        let header = try ColumnHeader(column.head, in: .builtIn)
        patient.enter(cell.filter { $0 != "\"" }, in: header.unit, for: header.variable)
      }
      cells.append(cell)
    }
    return (cells.joined(separator: ","), patient)
  }

  @Test("Random patients", arguments: [true, false], 0..<3)
  func random(international: Bool, seed: Int) async throws {
    var dice = SeededRandom(seed * 2 + (international ? 1 : 0) + 1)
    let columns = Self.columns(international: international)
    let rows = try (0..<1500).map { _ in
      try Self.row(columns, gaps: seed % 2 == 0 ? 0 : 6, &dice)
    }
    let text =
      columns.map(\.head).joined(separator: ",") + "\n"
      + rows.map { $0.text + "\n" }.joined()
    let cohort = Cohort.main
    let scored = try await Scored(cohort, text)
    #expect(scored.report.badRows == 0)
    #expect(scored.rows.count == rows.count)
    for (line, row) in zip(scored.rows, rows) {
      let cells = line.split(separator: ",", maxSplits: 7, omittingEmptySubsequences: false)
      for (cell, score) in zip(cells.dropFirst(), cohort.scores) {
        let result = score.score.result(for: row.patient)
        #expect(String(cell) == result.reportedText ?? "", "\(score.name) of \(row.text)")
        // Why there is none is told the same, too.
        for gap in result.missing {
          #expect(cells[7].contains(gap.variable.id), "\(score.name) of \(row.text)")
        }
      }
    }
  }

  @Test("Other forms of a score, and scores that are not computed side by side")
  func others() async throws {
    var dice = SeededRandom(77)
    let columns = Self.columns(international: true)
    let rows = try (0..<200).map { _ in try Self.row(columns, gaps: 3, &dice) }
    let text =
      columns.map(\.head).joined(separator: ",") + "\n"
      + rows.map { $0.text + "\r\n" }.joined()
    let cohort = Cohort([
      "meld3:uncapped", "meldNa:biggins2006", "childPugh:inr22", "albi", "clifCOF", "ukeld",
    ])
    #expect(cohort.scores.count == 6)
    let scored = try await Scored(cohort, text)
    for (line, row) in zip(scored.rows, rows) {
      let cells = line.split(separator: ",", maxSplits: 7, omittingEmptySubsequences: false)
      for (cell, score) in zip(cells.dropFirst(), cohort.scores) {
        let result = score.score.result(for: row.patient, variant: score.variant)
        #expect(String(cell) == result.reportedText ?? "", "\(score.name) of \(row.text)")
      }
    }
  }

  @Test("Every score works in a cohort")
  func everyScore() async throws {
    var dice = SeededRandom(5)
    let columns = Self.columns(international: true)
    let rows = try (0..<20).map { _ in try Self.row(columns, gaps: 0, &dice) }
    let text =
      columns.map(\.head).joined(separator: ",") + "\n"
      + rows.map { $0.text + "\n" }.joined()
    let cohort = Cohort(Score.all.map(\.id))
    let scored = try await Scored(cohort, text)
    for (line, row) in zip(scored.rows, rows) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      for (cell, score) in zip(cells.dropFirst(), cohort.scores) {
        #expect(String(cell) == score.score.result(for: row.patient).reportedText ?? "")
      }
    }
  }

  @Test("A score names the same inputs for the bedside and for cohorts")
  func inputs() {
    for score in Score.all {
      guard let inputs = score.columnInputs else { continue }
      #expect(Set(inputs.filter { !$0.isOptional }.map(\.variable)) == Set(score.inputs))
      #expect(score.form == .number || score.form == .points)
    }
    #expect(Score.main.allSatisfy { $0.columnInputs != nil })
  }

  /// Where MELD stands within 10⁻⁷ of a half the logarithms must be exact; such patients are found
  /// by moving INR.
  @Test("Values next to the middle between two whole ones", arguments: 7..<39)
  func halves(whole: Int) async throws {
    let (bilirubin, creatinine) = (3.0, 1.5)
    let rest =
      Double(whole) + 0.5 - Formula.meld(bilirubin: bilirubin, inr: 1, creatinine: creatinine)
    guard rest > 0 else { return }
    // ln INR = rest ÷ 11.2, by bisection.
    var (low, high) = (1.0, 20.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      let meld = Formula.meld(bilirubin: bilirubin, inr: middle, creatinine: creatinine)
      if meld < Double(whole) + 0.5 { low = middle } else { high = middle }
    }
    guard low < 20 else { return }
    let steps = Int((low * 1e8).rounded())
    let inrs = (-3...3).map { offset in
      let value = steps + offset
      let fraction = String(value % 100_000_000)
      return "\(value / 100_000_000)." + String(repeating: "0", count: 8 - fraction.count)
        + fraction
    }
    let text =
      "totalBilirubin[mg/dL],inr,creatinine[mg/dL]\n"
      + inrs.map { "3,\($0),1.5\n" }.joined()
    let scored = try await Scored(Cohort(["meld"]), text)
    for (cells, inr) in zip(scored.cells, inrs) {
      var patient = Patient()
      try patient.enter(field: "totalBilirubin=3 mg/dL", in: .builtIn)
      try patient.enter(field: "creatinine=1.5 mg/dL", in: .builtIn)
      try patient.enter(field: "inr=\(inr)", in: .builtIn)
      #expect(cells[0] == Score.find("meld")?.result(for: patient).reportedText)
    }
    // The numbers are really on both sides.
    if whole < 39 { #expect(Set(scored.cells.map { $0[0] }) == ["\(whole)", "\(whole + 1)"]) }
  }
}
