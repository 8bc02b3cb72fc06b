import Hepatology
import Quantities
import Terminal
import Testing

@testable import Workbench

/// What the form does with keys.
@Suite struct FormTests {
  private func form() -> Desk { Desk(.large).press("2") }

  // MARK: Moving and keeping

  @Test func enterAndDownKeepAndGoOn() {
    let desk = form().type("52").press("Enter")
    #expect(desk.value("age") == "52 years")
    #expect(desk.field == "sex")
    desk.type("f").press("Down")
    #expect(desk.value("sex") == "female")
    #expect(desk.field == "totalBilirubin")
    desk.type("214").press("Up")
    #expect(desk.value("totalBilirubin") == "214 µmol/L")
    #expect(desk.field == "sex")
  }

  @Test func tabGoesByGroupsAndAround() {
    let desk = form().type("52").press("Tab")
    #expect(desk.value("age") == "52 years")
    #expect(desk.field == "totalBilirubin")
    #expect(desk.press("Tab").field == "creatinine")
    #expect(desk.press("Shift-Tab", "Shift-Tab").field == "age")
    #expect(desk.press("Shift-Tab").form.focus.group == desk.form.fields.last?.group)
    #expect(desk.press("Tab").field == "age")
  }

  @Test func theEndsSaySo() {
    let desk = form().press("Up")
    #expect(desk.field == "age")
    let last = desk.form.fields.last?.id ?? ""
    desk.go(to: last).press("Enter")
    #expect(desk.field == last)
    #expect(desk.keyLine.contains("Ctrl-o shows all fields"))
    #expect(!desk.press("Ctrl-o").keyLine.contains("Ctrl-o shows"))
    #expect(desk.form.fields.count > 100)
  }

  @Test func scoresFollowEveryKey() {
    let desk = form().enterPatient().go(to: "inr").press("Ctrl-x")
    #expect(desk.score("meld3") == "–")
    var seen: [String] = []
    for key in ["2", ".", "1"] as [Key] { seen.append(desk.press(key).score("meld3")) }
    #expect(seen == ["27", "27", "28"])
    #expect(desk.press("Backspace", "Backspace", "Backspace").score("meld3") == "–")
  }

  // MARK: Putting back, clearing

  @Test func escapePutsBackThenLeaves() {
    let desk = form().enterPatient().go(to: "totalBilirubin").type("9")
    #expect(desk.value("totalBilirubin") == "9 µmol/L")
    #expect(desk.press("Esc").value("totalBilirubin") == "214 µmol/L")
    #expect(desk.form.isInField)
    #expect(!desk.press("Esc").form.isInField)
    #expect(desk.press("3").workbench.place == .scores)
  }

  @Test func escapePutsBackChoicesAndPastes() {
    let desk = form().enterPatient().go(to: "ascites").type("4")
    #expect(desk.value("ascites") == "severe")
    #expect(desk.press("Esc").value("ascites") == "mild")
    desk.go(to: "inr").paste("9.9")
    #expect(desk.value("inr") == "9.9 ")
    #expect(desk.press("Esc").value("inr") == "2.1 ")
  }

  @Test func backspaceEditsWhatIsThere() {
    let desk = form().enterPatient().go(to: "totalBilirubin").press("Backspace")
    #expect(desk.value("totalBilirubin") == "21 µmol/L")
    desk.press("Home", "Delete").type("3")
    #expect(desk.typed("totalBilirubin") == "31")
    #expect(desk.press("Backspace", "Delete").value("totalBilirubin") == "–")
    #expect(desk.press("Esc").value("totalBilirubin") == "214 µmol/L")
  }

  @Test func clearingIsOneKeyAndCanBePutBack() {
    let desk = form().enterPatient().go(to: "sodium").press("Ctrl-x")
    #expect(desk.value("sodium") == "–")
    #expect(desk.press("Ctrl-x").keyLine.contains("The field is empty."))
    #expect(desk.press("Esc").value("sodium") == "131 mmol/L")
  }

  // MARK: Numbers

  @Test func halfTypedNumbersAreNumbers() {
    let desk = form().go(to: "inr").type("1.")
    #expect(desk.value("inr") == "1 ")
    #expect(desk.type("5").value("inr") == "1.5 ")
    #expect(desk.go(to: "albumin").type("-").value("albumin") == "refused: no digit yet")
    #expect(!desk.shows("✗"), "what more typing can cure is not held against it")
  }

  @Test(arguments: [
    ("12a", "'a' does not fit: write umol/L or mg/dL"), ("1.2.3", "two decimal points"),
    ("abc", "not a number"),
    ("nan", "not a number"), ("inf", "not a number"), ("-5", "must be"), ("0", "must be"),
    ("1e5", "must be"), ("99999", "must be"), ("999999999999999999999", "must be"),
  ])
  func whatIsNoValueSaysWhy(text: String, reason: String) {
    let desk = form().enterPatient().go(to: "totalBilirubin").type(text)
    #expect(desk.value("totalBilirubin").hasPrefix("refused: "))
    #expect(desk.value("totalBilirubin").contains(reason))
    #expect(desk.score("meld3") == "–")
    // Nobody is trapped: the field is left, and says so in passing.
    desk.press("Enter")
    #expect(desk.field == desk.fieldBelow("totalBilirubin"))
    #expect(desk.keyLine.contains("Total bilirubin: "))
    #expect(desk.row("Total bilirubin").contains("✗"))
    #expect(desk.typed("totalBilirubin") == text)
  }

  @Test func decimalCommaIsAPoint() {
    let desk = form().go(to: "urea").type("6,1")
    #expect(desk.value("urea") == "6.1 mmol/L")
    #expect(desk.typed("urea") == "6,1")
    desk.go(to: "lactate").type("1,234").press("Enter")
    #expect(desk.keyLine.contains("the comma was read as a decimal point: 1.234"))
  }

  @Test func agesAtTheEnds() {
    for (age, value) in [
      ("0", "0 years"), ("130", "130 years"), ("131", "refused: must be 0 to 130 years"),
    ] {
      #expect(form().type(age).value("age") == value)
    }
    let child = form().enterPatient().go(to: "age").press("Ctrl-x").type("11").press("Enter")
    #expect(child.score("meld3") == "–")
    #expect(child.row("MELD 3.0").contains("12"))
  }

  @Test func boundsAreKept() {
    let desk = form().go(to: "totalBilirubin").type("<17")
    #expect(desk.value("totalBilirubin") == "<17 µmol/L")
  }

  // MARK: Units

  @Test func unitBehindTheNumber() {
    let desk = form().go(to: "totalBilirubin").type("12.5 mg/dL")
    #expect(desk.value("totalBilirubin") == "12.5 mg/dL")
    #expect(desk.press("Enter").row("Total bilirubin").contains("214 µmol/L"))
  }

  @Test func unitSwitchesWhileTypingAndOnDisplay() {
    let desk = form().enterPatient().go(to: "totalBilirubin").type("12.5").press("Ctrl-u")
    #expect(desk.value("totalBilirubin") == "12.5 mg/dL")
    let before = desk.score("meld3")
    desk.press("Enter", "Up", "Ctrl-u")
    #expect(desk.value("totalBilirubin") == "12.5 mg/dL", "a display changes no value")
    #expect(desk.row("Total bilirubin").contains("214 µmol/L"))
    #expect(desk.score("meld3") == before)
    desk.press("Ctrl-u")
    #expect(desk.row("Total bilirubin").contains("12.5 mg/dL"))
    desk.go(to: "age").press("Ctrl-u")
    #expect(desk.keyLine.contains("This field has one unit."))
  }

  @Test func unitsOfTheUserHold() throws {
    let bilirubin = Variable.totalBilirubin
    let creatinine = Variable.creatinine
    let unit = try Quantities.Unit(ucum: "mg/dL")
    let desk = Desk(.large, units: [bilirubin: unit, creatinine: unit])
    desk.go(to: "totalBilirubin").type("12.5")
    #expect(desk.value("totalBilirubin") == "12.5 mg/dL")
    #expect(desk.row("▸ Total bilirubin").contains("214 µmol/L"))
    desk.press("Ctrl-u")
    #expect(desk.value("totalBilirubin").hasSuffix("µmol/L"), "Ctrl-u still switches")
    desk.go(to: "creatinine").type("88 umol/L").press("Enter")
    #expect(desk.value("creatinine") == "88 µmol/L")
    #expect(desk.value("albumin") == "–" && desk.row("Albumin").contains("g/L"))
  }

  @Test func asksOnceWhichUnit() {
    let desk = form().go(to: "totalBilirubin").type("12.5").press("Enter")
    #expect(desk.field == "totalBilirubin")
    #expect(desk.shows("12.5 mg/dL is not: which?"))
    #expect(desk.shows("Ctrl-y takes mg/dL, Enter keeps µmol/L."))
    desk.press("Ctrl-y")
    #expect(desk.value("totalBilirubin") == "12.5 mg/dL")
    desk.press("Enter")
    #expect(desk.field == desk.fieldBelow("totalBilirubin"))
    // The other answer: it stays as typed, and a mark says that it is odd.
    let other = form().go(to: "totalBilirubin").type("12.5").press("Enter", "Enter")
    #expect(other.value("totalBilirubin") == "12.5 µmol/L")
    #expect(other.field == other.fieldBelow("totalBilirubin"))
    #expect(other.row("Total bilirubin").contains("!"))
  }

  // MARK: Choices

  @Test func choicesTakeLettersDigitsAndArrows() {
    let desk = form().go(to: "ascites").type("s")
    #expect(desk.value("ascites") == "severe")
    #expect(desk.type("2").value("ascites") == "mild")
    #expect(desk.press("→").value("ascites") == "moderate")
    #expect(desk.press("←", "←").value("ascites") == "none")
    #expect(desk.press("Backspace").value("ascites") == "–")
    // The same letter again goes to the next that begins with it.
    #expect(desk.type("m").value("ascites") == "mild")
    #expect(desk.type("m").value("ascites") == "moderate")
    #expect(desk.type("zx9").value("ascites") == "moderate")
    #expect(desk.go(to: "encephalopathyGrade").type("3").value("encephalopathyGrade") == "3")
    #expect(desk.go(to: "renalReplacement").type("y").value("renalReplacement") == "yes")
    #expect(desk.type("n").value("renalReplacement") == "no")
  }

  @Test func severalChoicesCanHold() {
    let desk = form().go(to: "aetiology").type("13")
    #expect(desk.value("aetiology") == "alcohol hbv")
    #expect(desk.row("Aetiology").contains("Hepatitis B, Alcohol"))
    #expect(desk.type("1").value("aetiology") == "alcohol")
    #expect(desk.press("Backspace").value("aetiology") == "–")
  }

  @Test func eventsTakeWordsAndDates() {
    let desk = form().go(to: "gastrointestinalBleeding").type("n")
    #expect(desk.value("gastrointestinalBleeding") == "never")
    #expect(desk.type("o").value("gastrointestinalBleeding") == "ongoing")
    #expect(desk.press("Backspace").value("gastrointestinalBleeding") == "–")
    #expect(desk.type("2026-11-02").value("gastrointestinalBleeding") == "2026-11-02")
    desk.press("Ctrl-x").type("2026-13-45").press("Enter")
    #expect(desk.keyLine.contains("is not a date: write year-month-day"))
  }

  // MARK: Pastes and bad input

  @Test func pastesGoOneFieldALine() {
    let desk = form().go(to: "creatinine").paste("88 umol/L\r\n6.1\n\n 131 \n")
    #expect(desk.value("creatinine") == "88 µmol/L")
    #expect(desk.value("urea") == "6.1 mmol/L")
    #expect(desk.value("sodium") == "131 mmol/L")
    #expect(desk.field == "sodium")
  }

  @Test func pastesAreNeverCommands() {
    let desk = form().paste("q\u{11}")
    #expect(desk.workbench.place == .patient)
    #expect(desk.effects.isEmpty)
    desk.press("Esc", "Esc").paste("1\n3\nq")
    #expect(desk.workbench.place == .patient)
    #expect(desk.effects.isEmpty)
  }

  @Test func longPastesAreRefusedWhole() {
    let desk = form().enterPatient().go(to: "sodium")
    desk.paste(String(repeating: "1", count: 400))
    #expect(desk.keyLine.contains("400 characters were pasted; a field takes 64."))
    #expect(desk.value("sodium") == "131 mmol/L")
    for _ in 0..<70 { desk.type("7") }
    #expect(desk.keyLine.contains("A field takes 64 characters."))
    #expect(desk.typed("sodium")?.count == 64)
  }

  @Test func controlCharactersAreShownNotSent() {
    let desk = form().go(to: "sodium").paste("1\u{1B}[31m31\u{7}")
    #expect(desk.value("sodium").hasPrefix("refused: "))
    #expect(desk.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value > 31 && $0.value != 127 })
    desk.press("Enter")
    #expect(desk.keyLine.contains("Sodium: "))
  }

  @Test func outsideOfFieldsPastesSayWhereTheyWouldGo() {
    let desk = Desk(.large).paste("214")
    #expect(desk.keyLine.contains("open the filter or a field first"))
    desk.press("/").paste("exosome\nsecond line")
    #expect(desk.row("/ exosome").contains("of 5"))
  }

  @Test("The limits of a site ask in place of the usual ones, and refuse nothing")
  func siteLimits() throws {
    let unit = try #require(Variable.totalBilirubin.measure?.canonical)
    let bilirubin = Variable.totalBilirubin
    let limits = SiteLimits([bilirubin: .init(50...1200, unit)])
    func desk(_ text: String, _ limits: SiteLimits) -> Desk {
      let desk = Desk(.large, limits: limits).press("2")
      return desk.go(to: "totalBilirubin").type(text).press("Enter")
    }
    // Usual for the program, and not for the site.
    #expect(!desk("45", SiteLimits()).keyLine.contains("outside"))
    let low = desk("45", limits)
    #expect(low.keyLine.contains("Total bilirubin: outside the usual 50 to 1200 µmol/L: right?"))
    #expect(low.workbench.patient.value(of: bilirubin) != nil)
    // The other way round.
    #expect(desk("900", SiteLimits()).keyLine.contains("outside the usual"))
    #expect(!desk("900", limits).keyLine.contains("outside"))
    // In another unit; and what is refused stays refused.
    #expect(desk("2.9 mg/dL", limits).keyLine.contains("outside the usual 50 to 1200 µmol/L"))
    #expect(desk("5000", limits).workbench.patient.value(of: bilirubin) == nil)
  }

}
