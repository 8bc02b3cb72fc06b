import Glibc
import Testing

/// However the program ends, the shell gets its terminal back as it was.
@Suite struct WaysOutTests {
  private func running(
    _ environment: [String: String] = ["SWIFT_BACKTRACE": "enable=no"]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.wait(text: "NCT07409259")
    #expect(!terminal.isCooked)
    return terminal
  }

  private func expectGivenBack(_ terminal: PseudoTerminal) {
    #expect(terminal.modes == terminal.modesBefore)
    #expect(!terminal.isAlternateScreen)
    #expect(terminal.cursor != nil)
    let sent = String(decoding: terminal.output, as: UTF8.self)
    // Whatever was switched on was switched off again, the last time it was spoken of.
    for mode in ["2004", "1049", "1"] {
      let on = sent.ranges(of: "\u{1B}[?\(mode)h").last?.lowerBound
      let off = sent.ranges(of: "\u{1B}[?\(mode)l").last?.lowerBound
      if let on { #expect(off.map { $0 > on } ?? false, "mode \(mode) is left on") }
    }
  }

  @Test(arguments: ["q", "\u{11}", "\u{3}"]) func quitting(key: String) throws {
    let terminal = try running()
    terminal.send(key)
    #expect(try terminal.exit() == 0)
    expectGivenBack(terminal)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT]) func signals(number: Int32) throws {
    let terminal = try running()
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    terminal.send("52")
    terminal.signal(number)
    // As a shell says it: 128 and the number of the signal.
    #expect(try terminal.exit() == 128 + number)
    expectGivenBack(terminal)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP])
  func crashes(number: Int32) throws {
    let terminal = try running()
    terminal.signal(number)
    #expect(try terminal.exit() == -number)
    expectGivenBack(terminal)
  }

  @Test func stoppedFromOutside() throws {
    let terminal = try running()
    terminal.signal(SIGTSTP)
    try terminal.waitUntilStopped()
    #expect(terminal.modes == terminal.modesBefore)
    terminal.signal(SIGCONT)
    try terminal.wait("the list again") { $0.isAlternateScreen && $0.text.contains("NCT07409259") }
    terminal.send("q")
    #expect(try terminal.exit() == 0)
    expectGivenBack(terminal)
  }

  @Test func aClosedWindowEndsItAtOnce() throws {
    let terminal = try running()
    let ticks = terminal.processorTicks
    terminal.hangUp()
    #expect(try terminal.exit(seconds: 3) == 128 + SIGHUP)
    // A program that spun until it was found would have used far more.
    #expect(terminal.processorTicks - ticks < 50)
  }
}
