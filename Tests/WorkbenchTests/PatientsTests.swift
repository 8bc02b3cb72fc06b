import Assessment
import Clinic
import Foundation
import Hepatology
import Quantities
import Synchronization
import Terminal
import Testing

@testable import Workbench

/// Patients that are kept: the roster, visits, and what is entered at them.
@Suite struct PatientsTests {
  private let store: Store

  init() throws { store = try Self.made(by: "anna") }

  /// An empty store whose clock goes on by a second each time.
  private static func made(by author: String) throws -> Store {
    let time = Mutex<Int64>(1_795_240_800_000)
    return try Store.open(.memory, author: author) {
      time.withLock {
        $0 += 1000
        return Timestamp(milliseconds: $0)
      }
    }
  }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  private func value(_ id: String, _ text: String) throws -> Input {
    .value(try #require(Variable.find(id)), text)
  }

  /// The patient of the README, on 16 November.
  @discardableResult private func admit(_ code: String = "P-0007") throws -> PatientCode {
    let values = [
      ("age", "52"), ("sex", "female"), ("totalBilirubin", "214 umol/L"), ("albumin", "31 g/L"),
      ("creatinine", "88 umol/L"), ("urea", "6.1 mmol/L"), ("sodium", "131 mmol/L"),
      ("renalReplacement", "no"), ("neutrophils", "4.5"), ("inr", "2.1"),
      ("encephalopathyGrade", "1"), ("ascites", "mild"),
    ]
    let receipt = try store.admit(
      PatientCode(code), on: try day("2026-11-16"),
      with: try values.map { try value($0.0, $0.1) })
    return receipt.record.code
  }

  private func record(_ code: String) throws -> PatientRecord {
    try store.record(of: PatientCode(code))
  }

  private func values(_ code: String, visit: Int = 1) throws -> [String: String] {
    let measured = try #require(try record(code).visit(visit)).measured
    return Dictionary(uniqueKeysWithValues: measured.map { ($0.variable.id, $0.typed) })
  }

  /// The app with the patient of the README open.
  private func opened(_ size: Size = .small) throws -> Desk {
    let desk = Desk(size, store: store)
    return desk.press("5", "/").type("7").press("Enter", "Enter")
  }

  // MARK: Roster

  @Test(arguments: [Size.small, .large, .huge]) func emptyRoster(size: Size) {
    Golden.check(
      Desk(size, store: store).press("5").canvas, "patients-empty-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [Size.small, .large, .huge]) func roster(size: Size) throws {
    try admit()
    let other = try store.admit(
      nil, on: try day("2026-11-19"),
      with: [try value("age", "61"), try value("sex", "male"), try value("inr", "1.4")])
    _ = try store.newVisit(
      on: try day("2026-11-20"), for: other.record.code, with: [try value("inr", "1.6")])
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

  // MARK: Saving

  @Test func theFirstValueMakesThePatient() throws {
    let desk = Desk(.large, store: store).press("2").type("52")
    #expect(try store.rosterCount() == 0)
    desk.press("Enter")
    #expect(desk.keyLine.hasSuffix("✎ saved 14:02:11 · undo ^_"))
    #expect(desk.lines[0].hasSuffix("P-0001 · 52 · visit 1"))
    desk.type("f").press("Enter").type("12.5 mg/dL").press("Enter")
    #expect(
      try values("P-0001") == ["age": "52", "sex": "female", "totalBilirubin": "12.5 mg/dL"])
  }

  @Test func theHalfTypedFieldGoesToTheJournal() {
    let desk = Desk(.small, store: store).press("2").type("5")
    let draft = Draft(patient: "", visit: 0, field: "age", text: "5", unit: "a")
    #expect(desk.requests.last == .draft(draft))
    desk.type("2").press("Enter")
    #expect(desk.requests.last == .draft(nil))
    let waits = desk.requests.filter { if case .change = $0 { $0.isBinding } else { false } }
    #expect(waits.count == 1)
  }

  @Test func nothingIsCalledSavedBeforeItIs() throws {
    let desk = Desk(.large, store: store).press("2").type("52").press("Enter")
    desk.answersStore = false
    desk.type("f").press("Enter")
    #expect(desk.keyLine.hasSuffix("✎ saving") && !desk.keyLine.contains("saved"))
  }

  @Test func whatCannotBeSavedStaysOnTheForm() throws {
    try admit()
    let desk = try opened(.large).go(to: "inr")
    desk.answersStore = false
    desk.type("2.4").press("Enter").type("1")
    let commit = try #require(
      desk.requests.last { if case .change = $0 { true } else { false } })
    desk.answer(.failed(commit, .diskFull("/data/lobule.sqlite")))
    #expect(desk.keyLine.contains("Not saved") && desk.keyLine.contains("the disk is full"))
    #expect(desk.typed("inr") == "2.4")
    desk.answersStore = true
    // Nothing hammers on a disk that is full.
    let count = desk.requests.count
    desk.press("Down")
    #expect(desk.requests.count == count)
    #expect(desk.keyLine.hasSuffix("✗ not saved"))
    #expect(desk.keyLine.hasPrefix(" ^r try again  F2 write elsewhere"))
    desk.press("Ctrl-q")
    #expect(desk.shows("What was entered last is not saved"))
    desk.press("Esc", "Ctrl-r")
    #expect(try values("P-0007")["inr"] == "2.4")
    #expect(desk.keyLine.contains("✎ saved"))
  }

  @Test func whatIsNoValueIsNeitherSavedNorLost() throws {
    try admit()
    let desk = try opened().go(to: "urea").type("abc").press("Enter")
    #expect(try values("P-0007")["urea"] == "6.1 mmol/L")
    #expect(desk.typed("urea") == "abc")
    desk.press("Ctrl-v")
    #expect(desk.keyLine.contains("'abc' is no value of Urea"))
    desk.press("Esc", "q", "5", "Enter")
    #expect(desk.keyLine.contains("'abc' is no value of Urea"))
    desk.press("Ctrl-q")
    #expect(desk.shows("was not saved"))
  }

  @Test func leavingWithAHalfTypedField() throws {
    try admit()
    let desk = try opened().go(to: "urea").press("Ctrl-x").type("7").press("Ctrl-q")
    #expect(desk.shows("Urea 7 is typed and not kept yet."))
    #expect(!desk.effects.contains(.quit))
    desk.press("Enter").type("1")
    #expect(desk.effects.last == .quit)
    #expect(try values("P-0007")["urea"] == "7")
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
    #expect(!desk.form.isStale(try #require(Variable.find("encephalopathyGrade"))))
    desk.press("Ctrl-v", "Enter")
    #expect(desk.workbench.screening?.date == Desk.today)
    #expect(desk.form.isStale(try #require(Variable.find("encephalopathyGrade"))))
    desk.go(to: "encephalopathyGrade")
    #expect(desk.shows("! Taken on 2026-11-16: older than 2 days."))
  }

  // MARK: Corrections, undo

  @Test func typingAgainInOneSittingNeedsNoReason() throws {
    try admit()
    let desk = try opened().press("Ctrl-v", "Enter").go(to: "inr")
    desk.type("2.6").press("Enter", "Up").type("2.5").press("Enter")
    let row = try #require(try record("P-0007").observations.last)
    #expect(row.text == "2.5" && row.reason == "typing corrected")
    let old = try record("P-0007").observations.first { $0.sequence == row.corrects }
    #expect(old?.text == "2.6")
  }

  @Test func correctingAnotherSittingAsksWhy() throws {
    try admit()
    let desk = try opened().go(to: "inr").type("2.5").press("Enter")
    Golden.check(desk.canvas, "patient-correction")
    #expect(try values("P-0007")["inr"] == "2.1")
    desk.press("Enter")
    #expect(desk.keyLine.contains("needs a reason"))
    desk.type("read from the wrong line").press("Enter")
    let row = try #require(try record("P-0007").observations.last)
    #expect(row.text == "2.5" && row.reason == "read from the wrong line")
    desk.press("Up").go(to: "urea").type("9").press("Enter", "Esc")
    #expect(try values("P-0007")["urea"] == "6.1 mmol/L")
    #expect(desk.typed("urea") == "6.1 mmol/L")
  }

  @Test func undoAndRedoOutlastTheProgram() throws {
    try admit()
    try opened().go(to: "inr").type("2.5").press("Enter").type("1")
    let rows = try record("P-0007").observations.count
    let desk = try opened().press("Ctrl-_")
    #expect(desk.keyLine.contains("Undone: INR 2.5"))
    #expect(desk.field == "inr" && desk.typed("inr") == "2.1")
    #expect(try record("P-0007").observations.count == rows + 1)
    let again = try opened().press("Esc", "Z")
    #expect(again.keyLine.contains("Done again: INR 2.5"))
    #expect(again.typed("inr") == "2.5")
    again.press("z", "z", "z")
    #expect(try record("P-0007").visits.isEmpty)
    #expect(again.shows("No visit"))
    again.press("z")
    #expect(again.keyLine.contains("There is nothing to undo."))
    again.press("Z", "Z", "Z")
    #expect(try values("P-0007")["inr"] == "2.5")
  }

  @Test func undoFirstPutsBackWhatIsTyped() throws {
    try admit()
    let desk = try opened().go(to: "inr").type("9").press("Ctrl-_")
    #expect(desk.typed("inr") == "2.1")
    #expect(try record("P-0007").redoable.isEmpty)
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
    let questions = Variable.all.filter { $0.group == .complications && $0.noneOfThese != nil }
    #expect(questions.allSatisfy { visit[$0] != nil })
    // All that was answered is seen.
    let desk = try opened(.huge)
    #expect(questions.allSatisfy(desk.form.fields.contains))
  }

  // MARK: Two programs

  @Test func whatAnotherEnteredIsShownAndSaid() throws {
    let code = try admit()
    let desk = try opened(.large).go(to: "inr").type("2.5")
    _ = try store.commit([try value("urea", "9 mmol/L")], to: code, visit: 1)
    desk.answer(.news([code]))
    #expect(desk.keyLine.contains("Entered by anna meanwhile: Urea 9 mmol/L"))
    #expect(desk.typed("urea") == "9 mmol/L")
    // The field that is being typed is left alone.
    #expect(desk.typed("inr") == "2.5" && desk.field == "inr")
    _ = try store.commit([try value("inr", "2.2")], to: code, visit: 1)
    desk.answer(.news([code]))
    #expect(desk.keyLine.contains("entered INR 2.2 meanwhile; Enter puts yours in its place"))
    desk.press("Enter").type("1")
    #expect(try values("P-0007")["inr"] == "2.5")
  }

  @Test func bothValuesAreInTheLogWhereTwoEnterOne() throws {
    let code = try admit()
    let desk = try opened(.large).go(to: "inr").type("2.5")
    _ = try store.commit([try value("inr", "2.2")], to: code, visit: 1)
    desk.press("Enter").type("1")
    #expect(desk.keyLine.contains("anna had entered INR 2.2 meanwhile; yours holds now"))
    let rows = try record("P-0007").observations.filter { $0.field == "inr" }
    #expect(rows.compactMap(\.text) == ["2.1", "2.2", "2.5"])
  }

  @Test func undoDoesNotTakeBackWhatWasNotSeen() throws {
    let code = try admit()
    let desk = try opened(.large)
    _ = try store.commit([try value("inr", "2.2")], to: code, visit: 1)
    desk.press("Ctrl-_")
    #expect(try values("P-0007")["inr"] == "2.2")
    #expect(desk.typed("inr") == "2.2")
    #expect(desk.keyLine.contains("Entered by anna meanwhile: INR 2.2"))
  }

  // MARK: Recovery

  @Test func whatWasHalfTypedIsBackInItsField() throws {
    try admit()
    let desk = Desk(.large, store: store)
    let draft = Draft(
      patient: "P-0007", visit: 1, field: "totalBilirubin", text: "12.", unit: "mg/dL")
    desk.answer(.opened(StoreOpening(isMemory: false, remarks: [], recovered: [draft])))
    #expect(desk.keyLine.contains("Recovered: Total bilirubin “12.” of P-0007, not saved yet."))
    #expect(desk.field == "totalBilirubin" && desk.value("totalBilirubin") == "12 mg/dL")
    desk.type("5").press("Enter").type("1")
    #expect(try values("P-0007")["totalBilirubin"] == "12.5")
    #expect(try record("P-0007").visits[0].values["totalBilirubin"]?.unit?.code == "mg/dL")
  }

  @Test("What the store says waits for a free line, and each of it for its key")
  func whatTheStoreSaysWaits() {
    let desk = Desk(.small, store: store)
    desk.answersStore = false
    desk.tell("Sorted by phase.")
    let remarks = ["a new store was made at /there", "others can read it"]
    desk.answer(.opened(StoreOpening(isMemory: false, remarks: remarks, recovered: [])))
    #expect(desk.keyLine.contains("Sorted by phase."))
    #expect(desk.press("Down").keyLine.contains("A new store was made at /there."))
    desk.tell("Sorted by status.")
    #expect(desk.press("Down").keyLine.contains("A new store was made at /there."))
    #expect(desk.press("Down").keyLine.contains("Others can read it."))
    #expect(desk.press("Down").keyLine.contains("quit"))
  }

  @Test("What was typed before the store was open is in the journal once it is")
  func whatWasTypedBeforeIsKept() {
    let desk = Desk(.small, store: store)
    desk.answersStore = false
    desk.press("2").type("5")
    let before = desk.requests.count
    desk.answer(.opened(StoreOpening(isMemory: false, remarks: [], recovered: [])))
    let draft = Draft(patient: "", visit: 0, field: "age", text: "5", unit: "a")
    #expect(desk.requests.dropFirst(before).contains(.draft(draft)))
  }

  @Test func whatWasHalfTypedOfNobodyIsBackToo() throws {
    let desk = Desk(.small, store: store)
    let draft = Draft(patient: "", visit: 0, field: "age", text: "5", unit: "a")
    desk.answer(.opened(StoreOpening(isMemory: false, remarks: [], recovered: [draft])))
    #expect(desk.typed("age") == "5")
    desk.type("2").press("Enter")
    #expect(try values("P-0001") == ["age": "52"])
  }

  // MARK: Files

  @Test(arguments: [Size.small, .large]) func importPreview(size: Size) throws {
    let file = NSTemporaryDirectory() + "lobule-ward-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try admit()
    let text = """
      code,date,inr,urea,ward
      P-0007,2026-11-16,2.4,6.1 mmol/L,B
      W-1,2026-11-20,1.4,,A

      """
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let desk = Desk(size, store: store).press("5", "i").type(file).press("Enter")
    Golden.check(
      lines: desk.lines.map { $0.contains("lobule-ward") ? "(the file)" : $0 },
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
    let file = NSTemporaryDirectory() + "lobule-page-\(UUID().uuidString).md"
    defer { try? FileManager.default.removeItem(atPath: file) }
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
    desk.turn(to: try day("2026-11-22"))
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
