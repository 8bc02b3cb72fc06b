import Foundation
import TestSupport
import Testing

/// Patients that last, in the app: the real program, its real store, and what happens to both.
@Suite struct PatientsAppTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var store: String { folder.file("data/lobule.sqlite") }

  private func app(by author: String = "anna") throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      arguments: ["--store", store, "--author", author], columns: 120, rows: 40,
      environment: ["HOME": folder.path, "SWIFT_BACKTRACE": "enable=no"])
    try terminal.wait(text: "NCT07409259")
    return terminal
  }

  /// The app with a patient open on the form.
  private func app(opening code: String, by author: String = "anna") throws -> PseudoTerminal {
    let terminal = try app(by: author)
    terminal.send("5")
    try terminal.wait(text: code)
    terminal.send("/\(code)")
    try terminal.wait(text: " / \(code)")
    terminal.press(.enter, .enter)
    try terminal.wait(text: "Visit 1 of 1")
    return terminal
  }

  private func audit(_ words: String...) throws -> Run {
    try Run(["audit"] + words + ["--store", store])
  }

  /// Enters a woman of 52 with a bilirubin of 214, and waits until that is saved.
  private func enter(_ terminal: PseudoTerminal) throws {
    terminal.send("2")
    try terminal.wait(text: "exclude from 5")
    for (label, text) in [("Age", "52"), ("Sex", "f"), ("Total bilirubin", "214")] {
      try terminal.go(to: label)
      terminal.send(text)
    }
    terminal.press(.enter)
    // Both of the rest can be there before Enter is taken; keys that come then would go too far.
    try terminal.wait("the next field") { $0.fieldLabel.hasPrefix("Albumin ") }
    try terminal.wait(text: "12.5 mg/dL")
    try terminal.wait(text: "undo ^_")
  }

  @Test func whatWasEnteredIsThereTheNextDay() throws {
    let first = try app()
    try enter(first)
    #expect(first.line(0).contains("P-0001 · 52 F · visit 1"))
    first.press(.control("q"))
    #expect(try first.exit() == 0)
    #expect(try audit("verify").status == 0)
    let shown = try audit("show", "P-0001").output
    #expect(shown.contains("anna") && shown.contains("totalBilirubin = 214 umol/L"))

    let second = try app(opening: "P-0001")
    #expect(second.lines.contains { $0.contains("Total bilirubin") && $0.contains("214 µmol/L") })
    #expect(second.lines.contains { $0.contains("Sex") && $0.contains("Female") })

    // Undo goes back behind the end of the first program.
    second.press(.control("_"))
    try second.wait(text: "Undone: Total bilirubin 214")
    #expect(!second.lines.contains { $0.contains("▸ Total bilirubin") && $0.contains("214") })
    second.press(.control("q"))
    #expect(try second.exit() == 0)

    let third = try app(opening: "P-0001")
    third.press(.escape)
    try third.wait("the fields left") { $0.line(39).contains("1 trials") }
    third.send("Z")
    try third.wait(text: "Done again: Total bilirubin 214")
    #expect(third.lines.contains { $0.contains("Total bilirubin") && $0.contains("214 µmol/L") })
    #expect(try audit("verify").status == 0)
  }

  @Test func killedInTheMiddleOfAField() throws {
    let first = try app()
    try enter(first)
    try first.go(to: "Albumin")
    first.send("3")
    try first.wait("what was typed") { screen in
      screen.lines.contains { $0.contains("▸ Albumin") && $0.contains(" 3 g/L") }
    }
    try first.waitUntilQuiet()
    first.signal(SIGKILL)
    #expect(try first.exit() == -SIGKILL)

    let second = try app()
    try second.wait(text: "Recovered: Albumin “3” of P-0001, not saved yet.")
    #expect(second.line(0).contains("P-0001 · 52 F · visit 1"))
    second.send("1")
    second.press(.enter)
    try second.wait(text: "undo ^_")
    #expect(second.lines.contains { $0.contains("Albumin") && $0.contains("31 g/L") })
    second.press(.control("q"))
    #expect(try second.exit() == 0)
    #expect(try audit("show", "P-0001").output.contains("albumin = 31 g/L"))

    // What was kept is not recovered again.
    let third = try app()
    third.send("5")
    try third.wait(text: "P-0001")
    #expect(!third.text.contains("Recovered"))
  }

  @Test func twoProgramsSeeEachOther() throws {
    let anna = try app()
    try enter(anna)
    let bert = try app(opening: "P-0001", by: "bert")
    try bert.go(to: "Albumin")
    bert.send("31")
    bert.press(.enter)
    try bert.wait(text: "✎ saved")
    // Within a second, and some time for a busy machine.
    try anna.wait(text: "Entered by bert meanwhile: Albumin 31 g/L", seconds: 4)
    #expect(anna.lines.contains { $0.contains("Albumin") && $0.contains("31 g/L") })

    // Both type the same field: who is second is told, says why, and both values are in the log.
    try anna.go(to: "Creatinine")
    anna.send("88")
    try anna.wait(text: "1 mg/dL")
    try bert.go(to: "Creatinine")
    bert.send("90")
    bert.press(.enter)
    try anna.wait(text: "bert entered Creatinine 90 meanwhile; Enter puts yours in its place")
    #expect(anna.lines.contains { $0.contains("▸ Creatinine") && $0.contains("88 µmol/L") })
    anna.press(.enter)
    try anna.wait(text: "A correction")
    anna.send("1")
    try anna.wait("the value of this one") { _ in
      (try? audit("show", "P-0001").output.contains("creatinine = 88 umol/L (was 90 umol/L)"))
        ?? false
    }
    #expect(try audit("verify").status == 0)
  }

  @Test func aStoreThatVanishesTakesNothingFromTheScreen() throws {
    let terminal = try app()
    try enter(terminal)
    let gone = folder.file("elsewhere")
    try FileManager.default.moveItem(
      atPath: folder.file("data"), toPath: gone)
    try terminal.go(to: "Albumin")
    terminal.send("31")
    terminal.press(.enter)
    try terminal.wait(text: "Not saved (")
    try terminal.wait("the value on the screen") { screen in
      screen.lines.contains { $0.contains("Albumin") && $0.contains("31 g/L") }
    }
    terminal.press(.down)
    try terminal.wait(text: "✗ not saved")

    // What is on the screen can be written elsewhere, and be read again from there.
    let rescue = folder.file("rescue.json")
    terminal.press(.function(2))
    try terminal.wait(text: "Write elsewhere")
    terminal.press(.control("u"))
    terminal.send(rescue)
    terminal.press(.enter)
    try terminal.wait(text: "Written to")
    #expect(try String(contentsOfFile: rescue, encoding: .utf8).contains("\"albumin\""))

    // Once the store is back it is saved.
    try FileManager.default.moveItem(
      atPath: gone, toPath: folder.file("data"))
    terminal.press(.control("r"))
    try terminal.wait(text: "✎ saved")
    #expect(try audit("show", "P-0001").output.contains("albumin = 31 g/L"))
  }

  @Test func idleItSendsNothingAndHardlyRuns() throws {
    let terminal = try app()
    try enter(terminal)
    try terminal.waitUntilQuiet(milliseconds: 1200)
    let ticks = terminal.processorTicks
    #expect(terminal.bytesReceived(withinMilliseconds: 3000) == 0)
    // Three looks at the store in three seconds: at most some hundredths of one.
    #expect(terminal.processorTicks - ticks <= 8)
  }

  /// The app with what importing a file would do.
  private func lookingAt(_ file: String) throws -> PseudoTerminal {
    let terminal = try app()
    terminal.send("5")
    try terminal.wait(text: "There is no patient yet.")
    terminal.send("i")
    try terminal.wait(text: "The file:")
    terminal.send(file)
    terminal.press(.enter)
    try terminal.wait(text: "nothing was written", seconds: 120)
    return terminal
  }

  @Test("A long import shows how far it is, and Escape stops it between two visits")
  func importingIsStopped() throws {
    let rows = (0..<6000).map { "W-\($0 / 4),2026-10-0\(1 + $0 % 4),52,2.1\n" }
    let file = try folder.write("code,date,age,inr\n" + rows.joined(), to: "ward.csv")
    let terminal = try lookingAt(file)
    terminal.press(.enter)
    try terminal.wait("some visits", seconds: 60) { $0.text.contains("00 visits so far") }
    terminal.press(.escape)
    try terminal.wait(text: "The import was stopped", seconds: 60)
    let some = try Run(["patients", "list", "--store", store]).output.split(separator: "\n").count
    #expect((1..<1500).contains(some))
    #expect(try audit("verify").status == 0)
    // Once more, to its end.
    #expect(try Run(["patients", "import", file, "--store", store]).status == 0)
    let all = try Run(["patients", "list", "--store", store]).output.split(separator: "\n").count
    #expect(all >= 1500)
  }

  @Test func importingAfterALook() throws {
    let file = try folder.write(
      "code,date,age,inr\nW-1,2026-11-01,52,2.1\nW-2,2026-11-02,61,1.4\n", to: "ward.csv")
    let terminal = try lookingAt(file)
    #expect(terminal.lines.contains { $0.contains("new patients") && $0.contains("2 of 2") })
    #expect(try Run(["patients", "list", "--store", store]).output == "")
    terminal.press(.enter)
    try terminal.wait(text: "This was imported.")
    terminal.press(.escape)
    try terminal.wait(text: "▸ W-1")
    #expect(terminal.text.contains("W-2"))
  }
}
