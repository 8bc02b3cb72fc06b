import Clinic
import Hepatology
import Quantities
import Terminal
import TestSupport
import Testing

@testable import Workbench

/// The trend of a score over visits: what counts, what is read off, and how it looks.
@Suite struct TrendTests {
  private let store: Store

  init() throws {
    store = try Store.open(.memory, author: "anna", variables: .builtIn) {
      Timestamp(milliseconds: 1_795_240_800_000)
    }
  }

  private func values(_ fields: String) throws -> [Input] {
    try fields.split(separator: ",").map { field in
      let parts = field.split(separator: "=")
      let variable = try #require(
        VariableTable.builtIn[String(parts[0]).trimmingPrefix(" ").description])
      return .value(variable, String(parts[1]))
    }
  }

  private static let everything =
    "age=52,sex=female,totalBilirubinULN=20 umol/L,totalBilirubin=214 umol/L,albumin=31 g/L,creatinine=88 umol/L,"
    + "sodium=131 mmol/L,renalReplacement=no,inr=2.1,encephalopathyGrade=1,ascites=mild"

  /// Five visits: two whole ones, one at which only INR was measured, one without a value that is
  /// new to MELD, and one with all laboratory values.
  @discardableResult private func admit() throws -> PatientRecord {
    let code = try store.admit(
      PatientCode("P-0007"), on: day("2026-11-02"), with: try values(Self.everything)
    ).record.code
    for (date, fields) in [
      (
        "2026-11-05",
        "totalBilirubin=260 umol/L,albumin=30 g/L,creatinine=121 umol/L,sodium=129 mmol/L,"
          + "renalReplacement=no,inr=2.4,encephalopathyGrade=1,ascites=mild"
      ), ("2026-11-09", "inr=2.9"), ("2026-11-10", "platelets=88"),
      (
        "2026-11-20",
        "totalBilirubin=150 umol/L,albumin=33 g/L,creatinine=80 umol/L,sodium=136 mmol/L,"
          + "renalReplacement=no,inr=1.7"
      ),
    ] {
      _ = try store.newVisit(on: day(date), for: code, with: try values(fields))
    }
    return try store.record(of: code)
  }

  private func trend(_ id: String) throws -> Trend {
    let score = try #require(Score.find(id))
    return Trend(score, score.variants[0], try admit().visits)
  }

  /// The app with that patient open and the trend shown.
  private func opened(_ size: Size = .small, glyphs: Glyphs = .unicode) throws -> Desk {
    try admit()
    let desk = Desk(size, store: store, glyphs: glyphs)
    return desk.press("5", "Enter", "Esc", "3", "t")
  }

  // MARK: What counts

  @Test func whatWasNotMeasuredAgainIsNeverNew() throws {
    let readings = try trend("meld3").readings
    #expect(readings.map { $0.value != nil } == [true, true, true, false, true])
    #expect(readings.map(\.isWhole) == [true, true, false, false, true])
    #expect(
      Set(readings[2].older.map(\.variable.id)).isSuperset(
        of: ["totalBilirubin", "creatinine", "sodium", "albumin"]))
    #expect(readings[2].older.allSatisfy { $0.holdsAt.day == Day("2026-11-05") })
    #expect(readings[3].remark == "nothing measured again")
  }

  /// Age and sex do not age.
  @Test func whatDoesNotAgeStandsFromTheFirstVisit() throws {
    let last = try #require(try trend("meld3").readings.last)
    #expect(last.isWhole)
  }

  @Test func linesLeadOverNoGap() throws {
    let series = try #require(try trend("meld3").series(rows: 12, hasThresholds: true))
    #expect(series.points.map(\.isJoined) == [false, true, false, false])
    #expect(series.points.map(\.isHollow) == [false, false, true, false])
    #expect(series.points.map { $0.x - series.points[0].x } == [0, 3, 7, 18])
  }

  @Test func valuesAreThoseOfTheForm() throws {
    let desk = try opened()
    let last = try #require(desk.workbench.scores.trend.first?.readings.last)
    #expect(last.text == desk.score("meld3"))
  }

  @Test func aVariableHasItsValuesAlone() throws {
    let trend = Trend(Variable.inr, try admit().visits)
    #expect(trend.readings.map(\.text) == ["2.1", "2.4", "2.9", "–", "1.7"])
    #expect(trend.readings[3].remark == "not measured again")
  }

  @Test func aVariableIsShownInTheUnitOfItsLastValue() throws {
    let code = try admit().code
    _ = try store.newVisit(
      on: day("2026-11-21"), for: code, with: try values("totalBilirubin=10 mg/dL"))
    let variable = Variable.totalBilirubin
    let trend = Trend(variable, try store.record(of: code).visits)
    #expect(trend.unit == "mg/dL")
    let first = try #require(trend.readings[0].value)
    #expect(abs(first - 214 / 17.1) < 1e-6)
    #expect(trend.thresholds.count == 2)
  }

  @Test func aBoundIsSaidAndNotDrawn() throws {
    let code = try admit().code
    _ = try store.newVisit(
      on: day("2026-11-21"), for: code, with: try values("totalBilirubin=<5 umol/L"))
    let variable = Variable.totalBilirubin
    let last = try #require(Trend(variable, try store.record(of: code).visits).readings.last)
    #expect(last.value == nil)
    #expect(last.text.hasPrefix("< 5"))
  }

  // MARK: Keys

  @Test func theCursorReadsOffEachVisit() throws {
    let desk = try opened()
    #expect(desk.shows("2026-11-20, visit 5 of 5"))
    desk.press("Left")
    #expect(desk.shows("nothing measured again"))
    desk.press("Left")
    #expect(desk.shows("Not measured again:"))
    desk.press("h", "h", "h")
    #expect(desk.shows("2026-11-02, visit 1 of 5"))
    desk.press("Right", "l")
    #expect(desk.shows("2026-11-09, visit 3 of 5"))
  }

  @Test func inputsAreLaidOverAndSwapped() throws {
    let desk = try opened(.large).press("+")
    let panel = desk.workbench.scores.trend
    #expect(panel.second != nil)
    desk.press("x")
    #expect(desk.workbench.scores.trend.first?.name == panel.second?.name)
    #expect(desk.workbench.scores.trend.second?.name == "MELD 3.0")
    desk.press("x", "-")
    #expect(desk.workbench.scores.trend.second == nil)
    #expect(desk.workbench.scores.trend.first?.name == "MELD 3.0")
  }

  /// Another patient, who was admitted earlier, deteriorates and has a visit on the day after that.
  private func admitAnother() throws {
    let code = try store.admit(
      PatientCode("P-0009"), on: day("2026-10-01"), with: try values(Self.everything)
    ).record.code
    for (date, fields) in [
      (
        "2026-10-08",
        "totalBilirubin=22 mg/dL,albumin=27 g/L,creatinine=210 umol/L,sodium=126 mmol/L,"
          + "renalReplacement=no,inr=3.1"
      ),
      (
        "2026-10-12",
        "totalBilirubin=25 mg/dL,albumin=26 g/L,creatinine=260 umol/L,sodium=125 mmol/L,"
          + "renalReplacement=no,inr=3.6"
      ),
    ] {
      _ = try store.newVisit(on: day(date), for: code, with: try values(fields))
    }
  }

  private func paired(_ size: Size, glyphs: Glyphs = .unicode) throws -> Desk {
    try admitAnother()
    return try opened(size, glyphs: glyphs).press("p").type("P-0009").press("Enter")
  }

  @Test(arguments: [Size.small, .large, .huge]) func twoPatients(size: Size) throws {
    Golden.check(try paired(size).canvas, "trend-two-patients-\(size.columns)x\(size.rows)")
  }

  @Test func twoPatientsInASCII() throws {
    let desk = try paired(.large, glyphs: .ascii)
    Golden.check(desk.canvas, "trend-two-patients-ascii")
    #expect(desk.text.filter { !$0.isASCII }.isEmpty)
  }

  @Test("Two patients are counted from their first visits, in one unit and on one scale")
  func twoPatientsAreAligned() throws {
    let desk = try paired(.large)
    let panel = desk.workbench.scores.trend
    #expect(panel.companion?.code.text == "P-0009")
    #expect(panel.second?.readings.count == 3)
    let (first, second) = (try #require(panel.first), try #require(panel.second))
    let (a, b) = (
      first.series(rows: 10, hasThresholds: true, from: first.begin, with: second),
      second.series(rows: 10, hasThresholds: true, from: second.begin, with: first)
    )
    #expect(a?.points.first?.x == 0 && b?.points.first?.x == 0)
    #expect(a?.range == b?.range)
    // Read off on day 3: the other had only his first visit by then.
    desk.press("h", "h", "h")
    #expect(desk.shows("2026-11-05, day 3, visit 2 of 5") && desk.shows("P-0009, day 0"))
    desk.press("l")
    #expect(desk.shows("P-0009, day 7"))
    // The same input of both, in the unit of the one that is open.
    desk.press("p", "+", "x", "p").type("P-0009").press("Enter")
    let variable = desk.workbench.scores.trend
    #expect(variable.first?.unit == variable.second?.unit)
    #expect(variable.first?.name == variable.second?.name)
  }

  @Test("An unknown code, the own one, and taking the other away")
  func theOtherPatientIsAskedFor() throws {
    let desk = try paired(.large)
    #expect(desk.press("+").shows("The second curve is of P-0009"))
    desk.press("p")
    #expect(desk.workbench.scores.trend.second == nil)
    desk.press("p").type("P-0404").press("Enter")
    #expect(desk.shows("P-0404") && desk.shows("Two patients"))
    desk.press("Esc", "p").type("P-0007").press("Enter")
    #expect(desk.shows("is the patient that is open"))
  }

  @Test func theTrendFollowsTheChosenScore() throws {
    let desk = try opened(.large).press("j")
    #expect(desk.shows("Trend of MELD-Na"))
    desk.press("t")
    #expect(!desk.shows("Trend of"))
    desk.press("t", "Esc")
    #expect(!desk.shows("Trend of") && desk.workbench.place == .scores)
  }

  @Test func aNewValueIsInTheTrend() throws {
    let desk = try opened()
    desk.press("2", "v", "Enter").go(to: "inr").type("3.4").press("Enter")
    desk.press("Esc", "3")
    let last = try #require(desk.workbench.scores.trend.first?.readings.last)
    #expect(last.visit == 6)
    #expect(last.text == desk.score("meld3") && last.text != "23")
    #expect(!last.isWhole)
  }

  // MARK: Where there is none

  @Test func withoutAStoreItSaysSo() {
    let desk = Desk().press("3", "t")
    #expect(desk.shows("Patients are not kept"))
    desk.press("Left")
    #expect(desk.keyLine.contains("There is no trend"))
  }

  @Test func withoutAPatientItSaysSo() {
    #expect(Desk(.small, store: store).press("3", "t").shows("No patient who is kept is open"))
  }

  @Test func oneVisitIsNoTrend() throws {
    _ = try store.admit(
      PatientCode("P-0001"), on: day("2026-11-16"), with: try values(Self.everything))
    let desk = Desk(.small, store: store).press("5", "Enter", "Esc", "3", "t")
    #expect(desk.shows("A trend needs a value at two visits"))
    #expect(desk.shows("2026-11-16"))
  }

  // MARK: Looks

  @Test(arguments: [Size.small, .large, .huge]) func looks(size: Size) throws {
    let name = "\(size.columns)x\(size.rows)"
    let desk = try opened(size)
    Golden.check(desk.canvas, "trend-\(name)")
    Golden.check(desk.press("+", "Left", "Left").canvas, "trend-overlay-\(name)")
  }

  @Test func looksInASCII() throws {
    Golden.check(try opened(.large, glyphs: .ascii).press("+").canvas, "ascii-trend")
  }

  @Test func looksOfAGrade() throws {
    let desk = try opened(.large).press("/").type("ctcae bilirubin").press("Enter")
    Golden.check(desk.canvas, "trend-grade")
  }

  @Test func looksOfAnswers() throws {
    let desk = try opened(.large).press("/").type("childPugh").press("Enter", "-")
    #expect(desk.workbench.scores.trend.second?.name == "Ascites")
    Golden.check(desk.canvas, "trend-answers")
  }

  @Test func looksWithColours() throws {
    Golden.check(try opened().press("+", "Left", "Left").canvas, "trend-looks", looks: true)
  }

  @Test func looksInTheLeastSize() throws {
    Golden.check(try opened(Workbench.leastSize).canvas, "least-trend")
  }
}
