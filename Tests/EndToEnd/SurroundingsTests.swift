import Foundation
import TestSupport
import Testing

/// Terminals, locales and folders as they are found in the wild.
@Suite struct SurroundingsTests {
  private func sent(_ terminal: PseudoTerminal) -> String {
    String(decoding: terminal.output, as: UTF8.self)
  }

  @Test(arguments: ["dumb", "unknown-of-ours", ""]) func unusableTerminals(type: String) throws {
    let terminal = try PseudoTerminal(environment: ["TERM": type])
    #expect(try terminal.exit() == 2)
    #expect(terminal.text.contains("TERM"))
    // The terminal breaks the line where it likes.
    let message = terminal.lines.joined().filter { $0 != " " }
    #expect(message.contains("lobulescoreandlobuletrialsworkwithoutit"))
    #expect(terminal.modes == terminal.modesBefore)
  }

  @Test(arguments: ["vt100", "xterm", "xterm-256color", "screen", "tmux", "tmux-256color", "linux"])
  func otherTerminals(type: String) throws {
    let terminal = try PseudoTerminal(environment: ["TERM": type])
    try terminal.wait(text: "NCT07409259")
    terminal.send("252")
    try terminal.wait(text: "52")
    terminal.press(.control("q"))
    try terminal.wait(text: "Leave?")
    terminal.send("x")
    #expect(try terminal.exit() == 0)
    #expect(terminal.modes == terminal.modesBefore)
  }

  @Test(arguments: [["LC_ALL": "C"], ["LC_ALL": "POSIX", "LANG": "C.UTF-8"]])
  func withoutUTF8EverythingIsASCII(environment: [String: String]) throws {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.wait(text: "NCT07409259")
    terminal.send("2")
    try terminal.wait(text: "umol/L")
    #expect(terminal.text.contains("+- Patient -"))
    #expect(terminal.output.filter { $0 > 126 } == [])
  }

  @Test func asciiCanBeAskedFor() throws {
    let terminal = try PseudoTerminal(arguments: ["--ascii"])
    try terminal.wait(text: "+- Trials -")
    #expect(terminal.output.filter { $0 > 126 } == [])
  }

  @Test func noColorMeansNone() throws {
    let terminal = try PseudoTerminal(environment: ["NO_COLOR": "1"])
    try terminal.wait(text: "NCT07409259")
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    let colors = sent(terminal).matches(of: /\x1B\[[0-9;]*m/).flatMap { match in
      match.output.dropFirst(2).dropLast().split(separator: ";").compactMap { Int($0) }
    }.filter { (30...49).contains($0) || (90...107).contains($0) }
    #expect(colors == [])
    let place = try #require(terminal.find("2 Patient"))
    #expect(terminal.cell(place.x, place.y).isReversed)
  }

  @Test func themesDiffer() throws {
    func color(_ theme: String) throws -> Int? {
      let terminal = try PseudoTerminal(arguments: ["--theme", theme], columns: 120)
      try terminal.wait(text: "NCT07409259")
      let place = try #require(terminal.find("lobule"))
      #expect(terminal.cell(place.x, place.y).background == nil)
      return terminal.cell(place.x, place.y).foreground
    }
    #expect(try color("auto") == 80)
    #expect(try color("dark") == 80)
    #expect(try color("light") == 23)
    #expect(try color("high-contrast") == 123)
    #expect(try color("blue-orange") == 153)
    #expect(try color("monochrome") == nil)
  }

  @Test(arguments: [(1, 1), (2, 2), (12, 4), (59, 15)]) func tinyTerminals(columns: Int, rows: Int)
    throws
  {
    let terminal = try PseudoTerminal(columns: columns, rows: rows)
    try terminal.wait("its first letter") { !$0.text.isEmpty && $0.isAlternateScreen }
    terminal.send("2")
    terminal.send("52")
    terminal.resize(columns: 80, rows: 24)
    try terminal.wait("the form, and what was typed") {
      $0.lines.contains { $0.contains("Age") && $0.contains("52") }
    }
    terminal.resize(columns: columns, rows: rows)
    terminal.press(.control("q"))
    terminal.send("x")
    #expect(try terminal.exit() == 0)
    #expect(terminal.modes == terminal.modesBefore)
  }

  // MARK: A site's own trials

  /// A record that is right, made from one that comes with the program.
  private func record(_ id: String) throws -> String {
    try String(contentsOf: Repository.url("seeds/NCT05940610.yaml"), encoding: .utf8)
      .replacing("NCT05940610", with: id)
  }

  @Test func aBadFileIsReportedAndTheRestOpens() throws {
    let folder = try TemporaryFolder([
      "good.yaml": record("NCT09999999"), "bad.yaml": "id: NCT1\nbogus: 1\n", "notes.txt": "x",
    ])
    let terminal = try PseudoTerminal(
      arguments: ["--trials", folder.path], columns: 200, rows: 40)
    try terminal.wait(text: "NCT09999999")
    try terminal.wait(text: "bad.yaml:1:1: error:")
    #expect(terminal.line(39).contains("lobule trials lists all"))
    terminal.send("j")
    try terminal.wait(gone: "bad.yaml")
  }

  @Test func aFileThatSteersTerminalsIsRefused() throws {
    let evil = try record("NCT09999999").replacing(
      "shortTitle: ", with: "shortTitle: \u{1B}]0;owned\u{7}\u{1B}[2J")
    let folder = try TemporaryFolder(["evil.yaml": evil])
    let terminal = try PseudoTerminal(arguments: ["--trials", folder.path], columns: 200)
    try terminal.wait(text: "NCT07409259")
    try terminal.wait(text: "evil.yaml:")
    #expect(!sent(terminal).contains("\u{1B}]0;owned"))
    #expect(!sent(terminal).contains("\u{1B}[2J\u{1B}[2J"))
    let told = try Run(["trials", "--trials", folder.path])
    #expect(told.status == 2)
    #expect(told.errors.contains("evil.yaml:"))
    #expect(!told.errors.contains("\u{1B}") && !told.output.contains("\u{1B}"))
  }

  @Test func aFolderThatIsNotThere() throws {
    let terminal = try PseudoTerminal(arguments: ["--trials", "/nowhere/at-all"])
    #expect(try terminal.exit() == 2)
    #expect(terminal.text.contains("No such file or directory"))
    #expect(!terminal.isAlternateScreen)
  }
}
