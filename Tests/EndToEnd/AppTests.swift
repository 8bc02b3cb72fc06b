import Glibc
import Testing

/// The real program in a real terminal, used as a person uses it.
@Suite struct AppTests {
  /// The rows of the three scores beside the form: name, value, band.
  private func scores(_ terminal: PseudoTerminal) -> [String] {
    ["MELD 3.0 ", "Child-Pugh ", "COSSH-ACLF II "].map { name in
      let row = terminal.lines.first { $0.contains("│ " + name) } ?? ""
      let cell = row.split(separator: "│").first { $0.contains(name) } ?? ""
      let words = cell.dropFirst(name.count + 1).split(separator: " ").filter {
        !$0.contains("─") && !$0.contains("●")
      }
      return words.joined(separator: " ")
    }
  }

  /// Types text and waits for a picture of the scores.
  private func type(
    _ text: String, _ terminal: PseudoTerminal, shows wanted: [String]
  ) throws {
    terminal.send(text)
    try terminal.wait("the scores \(wanted) after \(text)") { scores($0) == wanted }
  }

  /// Enters the patient of the README by the keyboard.
  private func enterPatient(_ terminal: PseudoTerminal) throws {
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    try terminal.wait(text: "exclude from 5")
    try terminal.waitUntilQuiet()
    for (label, text) in [
      ("Age", "52"), ("Sex", "f"), ("Total bilirubin", "214"), ("Albumin", "31"),
      ("Creatinine", "88"), ("Urea", "6.1"), ("Sodium", "131"), ("Renal replacement", "n"),
      ("Neutrophils", "4.5"), ("INR", "2.1"), ("Encephalopathy", "1"), ("Ascites", "m"),
    ] {
      try terminal.go(to: label)
      terminal.send(text)
    }
    terminal.press(.enter)
    // The scores can be there before Enter is taken; keys that come then would go too far.
    try terminal.wait("the next field") { !$0.fieldLabel.hasPrefix("Ascites ") }
    try terminal.wait("the three scores") {
      scores($0) == ["28 20–29", "C 11 decompensated", "7.66 moderate"]
    }
  }

  @Test("A digit sends no more bytes than it did, and what was won is kept")
  func bytesAKey() throws {
    let terminal = try PseudoTerminal(columns: 120, rows: 40)
    try terminal.wait(text: "NCT07409259")
    terminal.send("2")
    try terminal.wait(text: "exclude from 5")
    try terminal.waitUntilQuiet()
    func bytes(_ keys: [String]) throws -> Int {
      let before = terminal.bytesReceived
      for key in keys {
        terminal.send(key)
        try terminal.waitUntilQuiet(milliseconds: 60)
      }
      return terminal.bytesReceived - before
    }
    // The first and the last digit turn the verdicts of five trials; the others turn nothing.
    let turning = try bytes(["1", "2", ".", "\u{7F}", "\u{7F}", "\u{7F}"])
    #expect((553...577).contains(turning), "\(turning) bytes for six keys")
    _ = try bytes(["5", "2"])
    let staying = try bytes([".", "5", "\u{7F}", "\u{7F}"])
    #expect((40...60).contains(staying), "\(staying) bytes for four keys")
  }

  @Test("From the form to why a trial is blocked and back, by keys alone")
  func theReasonBesideTheForm() throws {
    let terminal = try PseudoTerminal(columns: 120, rows: 40)
    try terminal.wait(text: "NCT07409259")
    try enterPatient(terminal)
    terminal.press(.control("g"))
    try terminal.wait("the verdicts in focus") { $0.line($0.rows - 1).contains("Enter why") }
    terminal.press(.enter)
    try terminal.wait(text: "The criterion")
    terminal.press(.escape)
    try terminal.wait("the verdicts again") { $0.line($0.rows - 1).contains("Enter why") }
    let row = try #require(terminal.lines.first { $0.contains(" exclude from ") })
    let asked = try #require(row.dropFirst(2).split(separator: "  ").first)
    terminal.press(.tab, .enter)
    try terminal.wait(text: "▸ \(asked)")
  }

  @Test func aWholeVisit() throws {
    let terminal = try PseudoTerminal(columns: 120, rows: 40)
    try terminal.wait(text: "NCT07409259")
    #expect(terminal.isAlternateScreen)

    // Find a trial and read it.
    terminal.send("/exosome recr")
    try terminal.wait(text: "2 of 5")
    #expect(terminal.find("NCT03460795") == nil)
    terminal.press(.enter, .enter)
    try terminal.wait("the details in focus") { $0.line($0.rows - 1).contains("Tab list") }
    terminal.press(.pageDown)
    try terminal.wait(gone: "Summary")
    terminal.press(.escape)
    try terminal.wait("the list in focus") { $0.line($0.rows - 1).contains("Enter read") }
    terminal.press(.escape)
    try terminal.wait(text: "NCT03460795")

    // Enter the patient, and see the scores at each key.
    try enterPatient(terminal)
    try terminal.go(to: "Total bilirubin", by: .up)
    try type("2", terminal, shows: ["20 20–29", "B 9 significant …", "5.81 low"])
    try type("1", terminal, shows: ["20 20–29", "B 9 significant …", "6.74 low"])
    try type("4", terminal, shows: ["28 20–29", "C 11 decompensated", "7.66 moderate"])

    // Switch the unit of what is being typed, and put back what was there.
    terminal.press(.control("u"))
    try terminal.wait("the value refused in mg/dL") { scores($0)[2].hasPrefix("– bili: must be") }
    terminal.press(.escape)
    try terminal.wait("the value back") { scores($0)[2] == "7.66 moderate" }
    #expect(terminal.lines.contains { $0.contains("▸ Total bili") && $0.contains("12.5 mg/dL") })

    // Smaller and back.
    terminal.resize(columns: 80, rows: 24)
    try terminal.wait("24 rows") { $0.line(23).contains("Enter next") }
    #expect(terminal.lines.contains { $0.contains("▸ Total bilirubin") })
    terminal.resize(columns: 120, rows: 40)
    try terminal.wait("40 rows") { $0.line(39).contains("Enter next") }
    #expect(scores(terminal) == ["28 20–29", "C 11 decompensated", "7.66 moderate"])

    // To the shell and back.
    terminal.press(.control("z"))
    try terminal.waitUntilStopped()
    #expect(terminal.isCooked)
    #expect(terminal.modes == terminal.modesBefore)
    #expect(!terminal.isAlternateScreen)
    terminal.signal(SIGCONT)
    try terminal.wait("everything again") {
      $0.isAlternateScreen && scores($0)[0] == "28 20–29" && $0.line(39).contains("Enter next")
    }

    // Out; it asks, because the patient would be lost.
    terminal.press(.control("q"))
    try terminal.wait(text: "Leave?")
    terminal.send("x")
    #expect(try terminal.exit() == 0)
    #expect(terminal.modes == terminal.modesBefore)
    #expect(!terminal.isAlternateScreen)
    #expect(terminal.cursor != nil)
  }

  @Test func theCursorStandsWhereOneTypes() throws {
    let terminal = try PseudoTerminal()
    try terminal.wait(text: "NCT07409259")
    #expect(terminal.cursor == nil)
    terminal.send("25")
    try terminal.wait("the cursor behind the number") { screen in
      guard let cursor = screen.cursor, let row = screen.find("▸ Age") else { return false }
      return cursor.y == row.y && screen.cell(cursor.x - 1, cursor.y).text == "5"
    }
  }

  @Test func pastesFillFields() throws {
    let terminal = try PseudoTerminal(columns: 120, rows: 40)
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    try terminal.wait(text: "exclude from 5")
    try terminal.waitUntilQuiet()
    terminal.paste("52\nfemale\n214")
    try terminal.wait(text: "12.5 mg/dL")
    try terminal.wait(text: "52 F")
    terminal.paste(String(repeating: "9", count: 400))
    try terminal.wait(text: "400 characters were pasted; a field takes 64.")
    terminal.paste("1\u{1B}[31m3")
    try terminal.wait("the control character shown") { $0.text.contains("\u{FFFD}") }
  }

  /// 200 keys at once are one or few pictures, not 200.
  @Test func drainsInputBeforeItPaints() throws {
    let terminal = try PseudoTerminal(columns: 120, rows: 40)
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    try terminal.wait(text: "exclude from 5")
    try terminal.waitUntilQuiet()
    let before = terminal.bytesReceived
    terminal.send(String(repeating: "123\u{7F}\u{7F}\u{7F}", count: 34))
    terminal.send("77")
    try terminal.wait("the last keys") { screen in
      screen.lines.contains { $0.contains("▸ Age") && $0.contains("77") }
    }
    #expect(terminal.bytesReceived - before <= 3000)
  }

  @Test func nothingIsSentWhenIdle() throws {
    let terminal = try PseudoTerminal(columns: 120, rows: 40)
    try terminal.wait(text: "NCT07409259")
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    try terminal.wait(text: "exclude from 5")
    try terminal.waitUntilQuiet()
    let ticks = terminal.processorTicks
    #expect(terminal.bytesReceived(withinMilliseconds: 600) == 0)
    #expect(terminal.processorTicks - ticks <= 1)
  }

  @Test func aKeyThatChangesNothingSendsNothing() throws {
    let terminal = try PseudoTerminal(columns: 120, rows: 40)
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    try terminal.wait(text: "exclude from 5")
    try terminal.waitUntilQuiet()
    terminal.press(.up)
    #expect(terminal.bytesReceived(withinMilliseconds: 200) == 0)
  }
}
