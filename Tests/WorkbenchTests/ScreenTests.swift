import Terminal
import Testing

@testable import Workbench

/// Each place as it looks, at each size.
@Suite struct ScreenTests {
  static let sizes = [Size.small, .large, .huge]

  private func name(_ what: String, _ size: Size) -> String {
    "\(what)-\(size.columns)x\(size.rows)"
  }

  // MARK: Trials

  @Test(arguments: sizes) func trials(size: Size) {
    Golden.check(Desk(size).canvas, name("trials", size))
  }

  @Test(arguments: sizes) func trialsFiltered(size: Size) {
    let desk = Desk(size).press("/").type("exosome recr")
    Golden.check(desk.canvas, name("trials-filter", size))
  }

  @Test func trialsFilterLooks() {
    Golden.check(Desk().press("/").type("ev").canvas, "trials-filter-looks", looks: true)
  }

  @Test func trialsFilterFindsNothing() {
    Golden.check(Desk().press("/").type("phase:9 cats").canvas, "trials-nothing")
  }

  @Test(arguments: sizes) func trialDetails(size: Size) {
    let desk = Desk(size).press("G", "Enter", "PgDn")
    Golden.check(desk.canvas, name("trial-details", size))
  }

  // MARK: Patient

  @Test(arguments: sizes) func patientEmpty(size: Size) {
    Golden.check(Desk(size).press("2").canvas, name("patient-empty", size))
  }

  @Test(arguments: sizes) func patientComplete(size: Size) {
    Golden.check(Desk(size).enterPatient().canvas, name("patient", size))
  }

  @Test func patientLooks() {
    Golden.check(Desk().enterPatient().canvas, "patient-looks", looks: true)
  }

  @Test(arguments: [Size.small, .large]) func halfTypedNumber(size: Size) {
    let desk = Desk(size).enterPatient().go(to: "creatinine").type("1.")
    Golden.check(desk.canvas, name("patient-half-typed", size))
  }

  @Test(arguments: [Size.small, .large]) func impossibleNumber(size: Size) {
    let desk = Desk(size).enterPatient().go(to: "sodium").type("1310").press("Down", "Up")
    Golden.check(desk.canvas, name("patient-impossible", size))
  }

  @Test(arguments: [Size.small, .large]) func unitQuestion(size: Size) {
    let desk = Desk(size).press("2", "Tab").type("12.5").press("Enter")
    Golden.check(desk.canvas, name("patient-unit-question", size))
  }

  @Test func decimalComma() {
    let desk = Desk().go(to: "urea").type("6,1")
    Golden.check(desk.canvas, "patient-decimal-comma")
  }

  @Test(arguments: sizes) func allFields(size: Size) {
    let desk = Desk(size).enterPatient().press("Ctrl-o")
    Golden.check(desk.canvas, name("patient-all", size))
  }

  @Test func otherUnitShown() {
    let desk = Desk(.large).enterPatient().go(to: "totalBilirubin").press("Ctrl-u")
    Golden.check(desk.canvas, "patient-other-unit")
  }

  // MARK: Scores

  @Test(arguments: sizes) func scores(size: Size) {
    let desk = Desk(size).enterPatient().press("Esc", "3")
    Golden.check(desk.canvas, name("scores", size))
  }

  @Test func scoresOfNobody() {
    Golden.check(Desk(.large).press("3").canvas, "scores-empty")
  }

  @Test func workingOfCOSSH() {
    let desk = Desk(.large).enterPatient().press("Ctrl-w", "Ctrl-w", "Ctrl-w", "Ctrl-w")
    Golden.check(desk.canvas, "patient-cossh")
  }

  // MARK: Overlays and edges

  @Test(arguments: [Size.small, .large]) func help(size: Size) {
    Golden.check(Desk(size).press("?").canvas, name("help-trials", size))
    Golden.check(Desk(size).press("2", "F1").canvas, name("help-patient", size))
  }

  @Test func helpFinds() {
    Golden.check(Desk().press("2", "F1").type("unit").canvas, "help-find", looks: true)
  }

  @Test func leaveQuestion() {
    Golden.check(Desk().enterPatient().press("Ctrl-q").canvas, "leave")
  }

  @Test func tooSmall() {
    Golden.check(Desk(Size(columns: 59, rows: 16)).canvas, "too-small-59x16")
    Golden.check(Desk(Size(columns: 12, rows: 4)).canvas, "too-small-12x4")
    Golden.check(Desk(Size(columns: 1, rows: 1)).canvas, "too-small-1x1")
  }

  @Test func leastSize() {
    Golden.check(Desk(Workbench.leastSize).canvas, "least-trials")
    Golden.check(Desk(Workbench.leastSize).enterPatient().canvas, "least-patient")
    Golden.check(Desk(Workbench.leastSize).enterPatient().press("Esc", "3").canvas, "least-scores")
  }

  @Test func asciiOnly() {
    Golden.check(Desk(glyphs: .ascii).canvas, "ascii-trials")
    Golden.check(Desk(glyphs: .ascii).enterPatient().canvas, "ascii-patient")
    Golden.check(Desk(glyphs: .ascii).enterPatient().press("Esc", "3").canvas, "ascii-scores")
    for desk in [Desk(glyphs: .ascii), Desk(.huge, glyphs: .ascii).enterPatient()] {
      let foreign = desk.text.filter { !$0.isASCII }
      #expect(foreign.isEmpty)
    }
  }

  /// Nothing is drawn over a frame, at any size: each corner of a box has its opposite.
  @Test func framesAreWholeAtEverySize() {
    let desk = Desk().enterPatient().press("Esc")
    for place in ["1", "3", "2"] as [Key] {
      desk.press("Esc", place)
      for columns in stride(from: 60, through: 210, by: 13) {
        for rows in stride(from: 16, through: 64, by: 7) {
          let text = desk.resize(Size(columns: columns, rows: rows)).text
          let corners = "╭╮╰╯".map { corner in text.count { $0 == corner } }
          #expect(Set(corners).count == 1, "\(place.name) at \(columns)×\(rows)")
        }
      }
    }
  }
}
