import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal
import Testing

@testable import Workbench

/// What is typed at a patient, and what becomes of it: saved, corrected, undone, found again.
@Suite struct SavingTests: OnAStore {
  let store: Store

  init() throws { store = try Self.made(by: "anna") }

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

  @Test("What to ask next is of the patient who is back, and of his day")
  func asksNextOfWhoIsBack() throws {
    try admit()
    for draft in [
      Draft(patient: "P-0007", visit: 1, field: "totalBilirubin", text: "12.", unit: "mg/dL"),
      Draft(patient: "", visit: 0, field: "age", text: "5", unit: "a"),
    ] {
      let desk = Desk(.large, store: store)
      desk.answer(.opened(StoreOpening(isMemory: false, remarks: [], recovered: [draft])))
      let screening = try #require(desk.workbench.screening)
      var adviser = Adviser()
      #expect(desk.workbench.form.editor != nil)
      #expect(desk.workbench.suggestions == adviser.suggestions(for: screening))
      #expect(!desk.workbench.suggestions.contains { $0.variable.id == "age" })
    }
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
}
