import Assessment
import Clinic
import Foundation
import Hepatology
import Quantities
import Terminal
import TestSupport
import Testing

@testable import Workbench

/// Patients that are kept: the roster, visits, and what belongs to each.
@Suite struct PatientsTests: OnAStore {
  let store: Store

  init() throws { store = try Self.made(by: "anna") }

  // MARK: Roster

  @Test(arguments: [Size.small, .large, .huge]) func emptyRoster(size: Size) {
    Golden.check(
      Desk(size, store: store).press("5").canvas, "patients-empty-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [Size.small, .large, .huge]) func roster(size: Size) throws {
    try admit()
    let other = try store.admit(
      nil, on: day("2026-11-19"),
      with: [try value("age", "61"), try value("sex", "male"), try value("inr", "1.4")])
    _ = try store.newVisit(
      on: day("2026-11-20"), for: other.record.code, with: [try value("inr", "1.6")])
    try store.relabel(other.record.code, "bed 4")
    _ = try store.newPatient()
    Golden.check(
      Desk(size, store: store).press("5").canvas, "patients-\(size.columns)x\(size.rows)")
  }

  @Test func onlySeenRowsAreAskedFor() throws {
    for _ in 0..<300 { _ = try store.newPatient() }
    let desk = Desk(.small, store: store).press("5")
    func limits() -> [Int] {
      desk.requests.compactMap { if case .roster(let query) = $0 { query.limit } else { nil } }
    }
    #expect(limits().count == 1)
    #expect(limits().allSatisfy { $0 < 150 })
    desk.press("Down", "Down")
    #expect(limits().count == 1)
    desk.press("End")
    #expect(limits().count == 2)
    #expect(desk.shows("▸ P-0300"))
    #expect(desk.shows("282–300 of 300"))
  }

  @Test func findingAndOpening() throws {
    try admit()
    _ = try store.newPatient()
    let desk = Desk(.small, store: store).press("5", "/").type("7")
    #expect(desk.shows("P-0007") && !desk.shows("P-0002"))
    desk.press("Enter", "Enter")
    #expect(desk.row("Visit 1 of 1").contains("2026-11-16"))
    #expect(desk.lines[0].contains("P-0007 · 52 F"))
    #expect(desk.score("meld3") == "28")
    desk.type("5").press("Esc", "Esc", "5", "/").type("zz")
    #expect(desk.shows("No patient's code"))
  }

  @Test func archiving() throws {
    try admit()
    let desk = Desk(.small, store: store).press("5", "a")
    #expect(try record("P-0007").isArchived)
    #expect(desk.shows("There is no patient yet."))
    desk.press("A")
    #expect(desk.shows("Patients in the archive") && desk.shows("P-0007"))
    desk.press("v")
    #expect(desk.keyLine.contains("put away"))
    desk.press("a")
    #expect(try !record("P-0007").isArchived)
  }

  @Test func newPatients() throws {
    let desk = Desk(.small, store: store).press("5", "n").type("Jane").press("Enter")
    #expect(desk.keyLine.contains("at least one digit"))
    desk.press("Ctrl-u").type("S-17").press("Enter")
    #expect(try record("S-17").visits.map(\.date) == [Desk.today])
    #expect(desk.row("Visit 1 of 1").contains("2026-11-21"))
    desk.press("Esc", "5", "n", "Enter")
    #expect(desk.lines[0].contains("P-0002"))
  }

  // MARK: Visits

  @Test(arguments: [Size.small, .large, .huge]) func newVisit(size: Size) throws {
    try admit()
    let desk = try opened(size).press("Ctrl-v", "Enter").go(to: "totalBilirubin").type("240")
    desk.press("Enter")
    Golden.check(desk.canvas, "patient-new-visit-\(size.columns)x\(size.rows)")
    // The rise of 26 µmol/L in five days.
    #expect(desk.typed("totalBilirubinDailyRise") == "5.2")
    #expect(try values("P-0007", visit: 2) == ["totalBilirubin": "240"])
    #expect(desk.row("Albumin").contains("▸ Albumin"))
  }

  @Test func movingBetweenVisits() throws {
    try admit()
    let desk = try opened(.large).press("F4")
    #expect(desk.keyLine.contains("This is the last visit"))
    desk.press("Ctrl-v", "Enter").go(to: "inr").type("2.6").press("F3")
    // What was typed is saved before the visit is left.
    #expect(try values("P-0007", visit: 2) == ["inr": "2.6"])
    #expect(desk.row("Visit 1 of 2").contains("2026-11-16"))
    #expect(desk.typed("inr") == "2.1")
    desk.press("Esc", "]")
    #expect(desk.typed("inr") == "2.6")
    #expect(desk.lines[0].contains("visit 2"))
  }

  @Test func aVisitOfADayToCome() throws {
    try admit()
    let desk = try opened().press("Ctrl-v", "Ctrl-u").type("2026-12-01").press("Enter")
    #expect(desk.keyLine.contains("has not come yet"))
    #expect(try record("P-0007").visits.count == 1)
  }

  @Test func oldValuesGrowStaleWithTheVisit() throws {
    try admit()
    let desk = try opened(.large)
    #expect(desk.workbench.screening?.date == Day("2026-11-16"))
    #expect(!desk.form.isStale(Variable.encephalopathyGrade))
    desk.press("Ctrl-v", "Enter")
    #expect(desk.workbench.screening?.date == Desk.today)
    #expect(desk.form.isStale(Variable.encephalopathyGrade))
    desk.go(to: "encephalopathyGrade")
    #expect(desk.shows("! Taken on 2026-11-16: older than 2 days."))
  }

  // MARK: What belongs to the patient

  @Test func attestationsLast() throws {
    try admit()
    let desk = try opened().press("Esc", "4")
    for _ in 0..<40 where desk.workbench.bindings.first?.disabled != nil { desk.press("Down") }
    desk.press("y")
    let answer = try #require(try record("P-0007").visits.last?.attestations.first)
    #expect(answer.answer == "yes")
    let again = try opened()
    let question = try #require(again.workbench.screening?.answers.first)
    #expect(question.key.criterion == answer.criterion && question.value)
    again.press("Ctrl-_")
    #expect(again.workbench.screening?.answers.isEmpty == true)
  }

  @Test func reviewedNoneLasts() throws {
    try admit()
    try opened(.huge).go(to: "acuteKidneyInjury").press("Ctrl-n")
    let visit = try #require(try record("P-0007").visits.last)
    #expect(visit.reviewed == [.complications])
    let questions = VariableTable.builtIn.all.filter {
      $0.group == .complications && $0.noneOfThese != nil
    }
    #expect(questions.allSatisfy { visit[$0] != nil })
    // All that was answered is seen.
    let desk = try opened(.huge)
    #expect(questions.allSatisfy(desk.form.fields.contains))
  }

  // MARK: Files

  @Test(arguments: [Size.small, .large]) func importPreview(size: Size) throws {
    try admit()
    let text = """
      code,date,inr,urea,ward
      P-0007,2026-11-16,2.4,6.1 mmol/L,B
      W-1,2026-11-20,1.4,,A

      """
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "ward.csv")
    let desk = Desk(size, store: store).press("5", "i").type(file).press("Enter")
    Golden.check(
      lines: desk.lines.map { $0.contains("lobule-test") ? "(the file)" : $0 },
      "patients-import-\(size.columns)x\(size.rows)")
    #expect(try store.rosterCount() == 1)
    desk.press("r").type("the laboratory's list is right").press("Enter")
    #expect(desk.shows("This was imported."))
    #expect(try store.rosterCount() == 2)
    #expect(try values("P-0007")["inr"] == "2.4")
    #expect(try record("P-0007").observations.last?.reason == "the laboratory's list is right")
  }

  @Test func aFileThatCannotBeReadIsAskedForAgain() {
    let desk = Desk(.small, store: store).press("5", "i").type("/nowhere.csv").press("Enter")
    #expect(desk.keyLine.contains("cannot be read"))
    #expect(desk.shows("/nowhere.csv"))
  }

  @Test func exporting() throws {
    try admit()
    let folder = try TemporaryFolder()
    let file = folder.file("page.md")
    let desk = try opened(.huge).press("F2")
    #expect(desk.shows("P-0007.md"))
    desk.press("Ctrl-u").type(file).press("Enter")
    #expect(desk.keyLine.contains("Written to"))
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("P-0007 on 2026-11-16"))
    // Nothing is written over.
    desk.press("F2", "Ctrl-u").type(file).press("Enter")
    #expect(desk.keyLine.contains("cannot be made") && desk.shows("Export P-0007"))
  }

  // MARK: Midnight

  @Test func theDayTurns() throws {
    try admit()
    let desk = try opened()
    desk.turn(to: day("2026-11-22"))
    #expect(desk.workbench.screening?.date == Day("2026-11-16"))
    desk.press("Ctrl-v")
    #expect(desk.shows("2026-11-22"))
  }

  // MARK: Without a store

  @Test func aStoreThatCannotBeOpened() {
    let desk = Desk(.small, store: store)
    desk.answersStore = false
    desk.press("5")
    desk.answer(.failed(.open, .newerSchema("/d/lobule.sqlite", found: 9, known: 1)))
    #expect(desk.shows("was written by a newer lobule"))
    desk.answersStore = true
    desk.press("r")
    #expect(desk.shows("There is no patient yet."))
  }

  @Test func aMemoryAsksBeforeItForgets() {
    let desk = Desk(.small, store: store).press("2").type("52").press("Enter")
    desk.answer(.opened(StoreOpening(isMemory: true, remarks: [], recovered: [])))
    desk.press("Ctrl-q")
    #expect(desk.shows("kept in memory only"))
  }
}
