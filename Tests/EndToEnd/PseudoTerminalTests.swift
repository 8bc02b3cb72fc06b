import Glibc
import Testing

/// The harness itself, tried on a shell.
@Suite struct PseudoTerminalTests {
  private func shell(_ script: String) throws -> PseudoTerminal {
    try PseudoTerminal(program: "/bin/sh", arguments: ["-c", script], columns: 40, rows: 6)
  }

  @Test func showsTextLooksAndCursor() throws {
    let terminal = try shell(
      #"printf 'a \033[1;31mred\033[0m \033[7m肝\033[0m'; printf '\033[?25l'; read x; echo "got $x"; exit 3"#
    )
    try terminal.wait(text: "肝")
    #expect(terminal.line(0) == "a red 肝")
    let place = try #require(terminal.find("red"))
    #expect(place.x == 2 && place.y == 0)
    #expect(
      terminal.cell(2, 0)
        == PseudoTerminal.Cell(text: "r", isBold: true, foreground: 1))
    #expect(terminal.cell(6, 0).isReversed && terminal.cell(6, 0).width == 2)
    try terminal.wait("a hidden cursor") { $0.cursor == nil }
    terminal.send("yes")
    terminal.press(.enter)
    try terminal.wait(text: "got yes")
    #expect(try terminal.exit() == 3)
  }

  @Test func tellsSizeSignalsAndModes() throws {
    let terminal = try shell(
      "trap 'stty size' WINCH; stty -echo; echo ready; while :; do sleep 0.01; done")
    try terminal.wait(text: "ready")
    #expect(!terminal.isCooked)
    #expect(terminal.modes != terminal.modesBefore)
    terminal.resize(columns: 33, rows: 5)
    try terminal.wait(text: "5 33")
    terminal.signal(SIGSTOP)
    try terminal.waitUntilStopped()
    terminal.signal(SIGCONT)
    terminal.signal(SIGTERM)
    #expect(try terminal.exit() == -SIGTERM)
  }

  @Test func saysWhatWasSeenInstead() throws {
    let terminal = try shell("echo something else; read x")
    try terminal.wait(text: "else")
    let failure = #expect(throws: PseudoTerminal.Failure.self) {
      try terminal.wait(text: "never", seconds: 0.1)
    }
    #expect(failure?.description.contains("something else") ?? false)
    terminal.hangUp()
    #expect(try terminal.exit() == -SIGHUP)
  }

  @Test func reportsWhatCannotStart() {
    #expect(throws: PseudoTerminal.Failure.self) {
      try PseudoTerminal(program: "/nowhere/at-all")
    }
  }
}
