import Foundation
import Glibc
import SmallDisk
import TestSupport
import Testing

/// What a terminal does to a program on a bad day.
///
/// `LOBULE_ROUGH=5` makes the storms and the silences five times as long: a thousand resizes in ten
/// seconds, output that nobody reads for ten.
@Suite struct RoughLifeTests {
  private static let length =
    ProcessInfo.processInfo.environment["LOBULE_ROUGH"].flatMap { Int($0) } ?? 1

  private func opened(
    arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      arguments: arguments, columns: 120, rows: 40,
      environment: environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { first, _ in first })
    try terminal.wait(text: "NCT07409259")
    return terminal
  }

  /// Goes to the form and types an age.
  private func typeAge(_ terminal: PseudoTerminal) throws {
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    terminal.send("52")
    try terminal.wait("the age") { screen in
      screen.lines.contains { $0.contains("▸ Age") && $0.contains("52") }
    }
  }

  private func leave(_ terminal: PseudoTerminal) throws {
    terminal.press(.control("q"))
    try terminal.wait(text: "Leave?")
    terminal.send("x")
    #expect(try terminal.exit() == 0)
    #expect(terminal.modes == terminal.modesBefore)
  }

  /// Whether the screen is what the program would draw on an empty one.
  private func expectDrawnRight(_ terminal: PseudoTerminal) throws {
    try terminal.waitUntilQuiet()
    let before = terminal.text
    terminal.press(.control("l"))
    #expect(terminal.bytesReceived(withinMilliseconds: 300) > 0)
    try terminal.waitUntilQuiet()
    #expect(terminal.text == before)
  }

  @Test func aStormOfResizes() throws {
    let terminal = try opened()
    try typeAge(terminal)
    var random = SeededRandom(1)
    for _ in 0..<200 * Self.length {
      terminal.resize(
        columns: Int.random(in: 1...200, using: &random),
        rows: Int.random(in: 1...60, using: &random))
      _ = terminal.bytesReceived(withinMilliseconds: 9)
    }
    terminal.resize(columns: 1, rows: 1)
    _ = terminal.bytesReceived(withinMilliseconds: 50)
    terminal.resize(columns: 120, rows: 40)
    try terminal.wait("the form as it was") { screen in
      screen.lines.contains { $0.contains("▸ Age") && $0.contains("52") }
    }
    try expectDrawnRight(terminal)
    try leave(terminal)
  }

  /// A line so slow that nothing is read for a while: the program waits, and keys are not lost.
  @Test func outputThatNobodyReads() throws {
    let terminal = try opened()
    try typeAge(terminal)
    // Whole screens, until the terminal takes no more.
    for _ in 0..<20 * Self.length {
      terminal.press(.control("l"))
      usleep(100_000)
    }
    let ticks = terminal.processorTicks
    usleep(300_000)
    #expect(terminal.processorTicks - ticks < 10, "it waits without spinning")
    terminal.press(.backspace)
    terminal.send("4")
    try terminal.wait("what was typed meanwhile", seconds: 20) { screen in
      screen.lines.contains { $0.contains("▸ Age") && $0.contains("54") }
    }
    try expectDrawnRight(terminal)
    try leave(terminal)
  }

  /// Whoever closes the window of a program that waits for its output to be read is obeyed too.
  @Test func aWindowIsClosedWhileNobodyReads() throws {
    let terminal = try opened()
    try typeAge(terminal)
    for _ in 0..<15 {
      terminal.press(.control("l"))
      usleep(100_000)
    }
    let ticks = terminal.processorTicks
    terminal.hangUp()
    #expect(try terminal.exit(seconds: 3) == 128 + SIGHUP)
    #expect(terminal.processorTicks - ticks < 50)
  }

  @Test(arguments: ["<&-", ">&-", "</dev/null", "<&- >&- 2>&-"])
  func withoutInputOrOutput(redirection: String) throws {
    let terminal = try PseudoTerminal(
      program: "/bin/sh",
      arguments: ["-c", "exec \"$0\" \(redirection)", PseudoTerminal.program])
    #expect(try terminal.exit() == 2)
    if !redirection.contains("2>") { #expect(terminal.text.contains("not a terminal")) }
    #expect(terminal.modes == terminal.modesBefore)
  }

  @Test(arguments: ["xterm-256color", "vt100", "no-such-type"])
  func terminfoThatIsElsewhere(type: String) throws {
    let terminal = try PseudoTerminal(
      environment: ["TERM": type, "TERMINFO": "/proc/nowhere", "TERMINFO_DIRS": "/proc/nowhere"])
    try terminal.wait("the list, or what is wrong") {
      $0.text.contains("NCT07409259") || $0.text.contains("TERM")
    }
    if terminal.isAlternateScreen || terminal.text.contains("NCT07409259") {
      terminal.send("q")
      #expect(try terminal.exit() == 0)
    } else {
      #expect(try terminal.exit() == 2)
    }
    #expect(terminal.modes == terminal.modesBefore)
  }

  /// A machine without any description of terminals.
  @Test(.enabled(if: SmallDisk.isPossible, "hiding folders needs root on Linux"))
  func withoutTerminfo() throws {
    let hide = """
      for folder in /lib/terminfo /usr/share/terminfo /usr/lib/terminfo /etc/terminfo; do
        [ -d $folder ] && mount -t tmpfs none $folder
      done
      exec "$0"
      """
    let terminal = try PseudoTerminal(
      program: "/usr/bin/unshare",
      arguments: ["--mount", "/bin/sh", "-c", hide, PseudoTerminal.program])
    #expect(try terminal.exit() == 2)
    #expect(terminal.text.contains("xterm-256color"))
    #expect(terminal.text.contains("TERM"))
    #expect(terminal.modes == terminal.modesBefore)
  }

  /// Nothing can be written: the app opens, says so, and keeps what is typed on the screen.
  @Test(arguments: ["/proc", "/dev/null", "/sys"])
  func aHomeThatCannotBeWritten(home: String) throws {
    let terminal = try opened(environment: ["HOME": home])
    try typeAge(terminal)
    terminal.press(.enter)
    try terminal.wait(text: "Not saved (Ctrl-r tries again")
    #expect(terminal.lines.contains { $0.contains("Age") && $0.contains("52") })
    terminal.press(.escape)
    terminal.send("5")
    try terminal.wait(text: "The patients cannot be read.")
    #expect(terminal.text.contains("\(home)/"))
    try leave(terminal)
  }
}
