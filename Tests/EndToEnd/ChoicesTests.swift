import Foundation
import TestSupport
import Testing

/// What a user may choose, in the real program: configuration, keys, themes, favourites, copies.
@Suite struct ChoicesTests {
  /// A home of its own, with a configuration where one is given.
  private struct Home {
    static let configuration = ".config/lobule/config.yaml"
    let folder: TemporaryFolder

    init(_ configuration: String? = nil) throws {
      folder = try TemporaryFolder()
      if let configuration { try write(configuration, to: Self.configuration) }
    }

    var environment: [String: String] { ["HOME": folder.path] }

    func path(_ file: String) -> String { folder.file(file) }

    func text(_ file: String) -> String? {
      try? String(contentsOfFile: path(file), encoding: .utf8)
    }

    @discardableResult func write(_ text: String, to file: String) throws -> String {
      try folder.write(text, to: file)
    }
  }

  private func open(
    _ configuration: String? = nil, arguments: [String] = [], columns: Int = 120, rows: Int = 40,
    environment: [String: String] = [:]
  ) throws -> (PseudoTerminal, Home) {
    let home = try Home(configuration)
    let terminal = try PseudoTerminal(
      arguments: arguments, columns: columns, rows: rows,
      environment: home.environment.merging(environment) { $1 }, keeping: home.folder)
    try terminal.wait(text: "NCT07409259")
    return (terminal, home)
  }

  private func leave(_ terminal: PseudoTerminal) throws {
    terminal.press(.control("q"))
    #expect(try terminal.exit() == 0)
    #expect(terminal.modes == terminal.modesBefore)
  }

  // MARK: The configuration

  @Test func keysCanBeChanged() throws {
    let (terminal, _) = try open("keys: {sort: o, quit: [F10, F9]}")
    try terminal.wait(text: "o sort")
    terminal.send("o")
    try terminal.wait(text: "Sorted by phase.")
    terminal.press(.function(10))
    #expect(try terminal.exit() == 0)
  }

  @Test func unitsAndFavouritesCanBeChosen() throws {
    let (terminal, _) = try open("units: conventional\nfavourites: [maddrey, meld]")
    terminal.send("2")
    try terminal.wait("bilirubin in mg/dL") { screen in
      screen.lines.contains { $0.contains("Total bilirubin") && $0.contains("mg/dL") }
    }
    #expect(terminal.lines.contains { $0.contains("│ Maddrey") })
    #expect(terminal.find("│ MELD 3.0") == nil)
  }

  @Test func aBadConfigurationOpensAndSaysSo() throws {
    let (terminal, _) = try open("theme: drak\nascii: true\nkeys: {sort: /}")
    try terminal.wait(text: "+- Trials -")
    try terminal.wait(
      text: "1 of 2 (lobule config check lists all): ~/.config/lobule/config.yaml:1: 'drak' is no")
    terminal.send("s")
    try terminal.wait(text: "Sorted by phase.")
    try leave(terminal)
  }

  @Test(arguments: [[UInt8]](arrayLiteral: [0xFF, 0xFE], Array("a: b: c".utf8), [0x1B, 0x5B]))
  func rubbishOpensToo(bytes: [UInt8]) throws {
    let home = try Home("")
    try Data(bytes).write(to: URL(filePath: home.path(Home.configuration)))
    let terminal = try PseudoTerminal(environment: home.environment)
    try terminal.wait(text: "NCT07409259")
    try terminal.wait(text: "config.yaml:1:")
    try leave(terminal)
  }

  @Test func theCommandShowsAndChecksIt() throws {
    let home = try Home("theme: light\nkeys:\n  srot: o\n")
    let path = home.path(Home.configuration)
    let check = try Run(["config", "check"], environment: home.environment)
    #expect(check.status == 2 && check.output.isEmpty)
    #expect(
      check.errors == "\(path):3:3: error: 'srot' is no action; did you mean 'sort'?\n")
    let show = try Run(["config", "show"], environment: home.environment)
    #expect(
      show.status == 0
        && show.output.contains("theme: light\nascii: false\nmouse: false\nunits: SI\n"))
    #expect(try Run(["config", "path"], environment: home.environment).output == path + "\n")
    let keys = try Run(["config", "keys"], environment: home.environment)
    #expect(keys.output.contains("  sort             s                 Sort by the next column."))
    let other = try Run(["config", "path"], environment: ["XDG_CONFIG_HOME": "/etc/xdg"])
    #expect(other.output == "/etc/xdg/lobule/config.yaml\n")
    #expect(try Run(["config", "check"]).status == 2)
    let none = try Run(["config", "check"], environment: ["HOME": "/nowhere"])
    #expect(none.status == 0 && none.output.contains("not there; the defaults hold"))
  }

  @Test func favouritesAreRememberedUntilTheConfigurationChanges() throws {
    let home = try Home("favourites: [meld]")
    func favourites() throws -> [String] {
      let terminal = try PseudoTerminal(columns: 120, rows: 40, environment: home.environment)
      try terminal.wait(text: "NCT07409259")
      terminal.send("3")
      try terminal.wait(text: "Favourites")
      let rows = terminal.lines.drop { !$0.contains("Favourites") }.dropFirst()
      let names = rows.prefix { !$0.contains("Prognosis") && !$0.contains("Cirrhosis") }.prefix(3)
      if !names.contains(where: { $0.contains("Maddrey") }) {
        terminal.send("/maddrey")
        try terminal.wait(text: "Maddrey")
        terminal.press(.enter)
        terminal.send("f")
        try terminal.wait(text: "is a favourite now")
      }
      try leave(terminal)
      return Array(names)
    }
    #expect(try !favourites().contains { $0.contains("Maddrey") })
    #expect(
      home.text(".local/state/lobule/favourites")?.contains("chosen: meld maddrey\n") == true)
    #expect(try favourites().contains { $0.contains("Maddrey") })
    #expect(home.text(Home.configuration) == "favourites: [meld]")
    try home.write("favourites: [albi]", to: Home.configuration)
    #expect(try !favourites().contains { $0.contains("Maddrey") })
  }

  @Test func favouritesThatCannotBeKeptAreSaidSo() throws {
    let (terminal, _) = try open(environment: ["XDG_STATE_HOME": "/proc/nothing"])
    terminal.send("3/maddrey")
    terminal.press(.enter)
    terminal.send("f")
    try terminal.wait(text: "The favourites hold until you leave; they cannot be kept:")
    try leave(terminal)
  }

  // MARK: Themes

  private func accent(_ terminal: PseudoTerminal) -> Int? {
    terminal.find("lobule").flatMap { terminal.cell($0.x, $0.y).foreground }
  }

  @Test func theThemeOfTheConfigurationHoldsUnlessTheOptionNamesAnother() throws {
    #expect(accent(try open("theme: light").0) == 23)
    #expect(accent(try open("theme: light", arguments: ["--theme", "dark"]).0) == 80)
  }

  @Test func themesCanBeTriedWithoutLeaving() throws {
    let (terminal, _) = try open("theme: dark")
    terminal.send(":theme")
    try terminal.wait(text: "Try the next theme")
    terminal.press(.enter)
    try terminal.wait("the light theme") { accent($0) == 23 }
    try terminal.wait(text: "The theme is light until you leave")
    try leave(terminal)
  }

  /// Descriptions of terminals that few systems have installed, made from one that all have.
  private static let descriptions = """
    lobule-16|sixteen colours, use=xterm-256color, colors#16, pairs#256,
      setaf=\\E[%?%p1%{8}%<%t3%p1%d%e9%p1%{8}%-%d%;m,
      setab=\\E[%?%p1%{8}%<%t4%p1%d%e10%p1%{8}%-%d%;m,
    lobule-direct|direct colours, use=xterm-256color, colors#0x1000000, pairs#0x10000, RGB,
      setaf=\\E[%?%p1%{8}%<%t3%p1%d%e38\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%d%;m,
      setab=\\E[%?%p1%{8}%<%t4%p1%d%e48\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%d%;m,

    """

  private func terminalType(_ name: String, in home: Home) throws -> [String: String] {
    let source = try home.write(Self.descriptions, to: "terminals")
    let folder = home.path("terminfo")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["tic", "-x", "-o", folder, source]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return ["TERM": name, "TERMINFO": folder]
  }

  @Test(arguments: [("lobule-16", 14), ("xterm", 6), ("screen", 6)])
  func fewColorsDoWithoutGrey(type: String, color: Int) throws {
    let home = try Home()
    let (terminal, _) = try open(
      environment: type.hasPrefix("lobule") ? terminalType(type, in: home) : ["TERM": type])
    #expect(accent(terminal) == color)
    // Colour 8 is the background's in some palettes.
    for y in 0..<terminal.rows {
      for x in 0..<terminal.columns { #expect(terminal.cell(x, y).foreground != 8) }
    }
    try leave(terminal)
  }

  @Test func directColorIsSentWhereTheTerminalHasIt() throws {
    let home = try Home()
    let (terminal, _) = try open(environment: terminalType("lobule-direct", in: home))
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("38:2::95:215:215m"))
    try leave(terminal)
  }

  @Test func noColorBeatsEverything() throws {
    let (terminal, _) = try open(
      "theme: high-contrast", arguments: ["--theme", "dark"], environment: ["NO_COLOR": "1"])
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    terminal.press(.control("p"))
    try terminal.wait(text: "Commands")
    let sent = String(decoding: terminal.output, as: UTF8.self)
    let colors = sent.matches(of: /\x1B\[[0-9;:]*m/).flatMap { match in
      match.output.dropFirst(2).dropLast().split { $0 == ";" || $0 == ":" }.compactMap { Int($0) }
    }.filter { (30...49).contains($0) || (90...107).contains($0) }
    #expect(colors == [])
    #expect(!sent.contains("\u{1B}]11"), "nobody needs to know the background")
  }

  // MARK: The background

  private static let light = Array("\u{1B}]11;rgb:fdfd/f6f6/e3e3\u{7}".utf8)

  @Test func asksForTheBackgroundWithoutWaiting() throws {
    let (terminal, _) = try open()
    try terminal.waitUntilQuiet()
    let sent = String(decoding: terminal.output, as: UTF8.self)
    #expect(sent.components(separatedBy: "\u{1B}]11;?").count == 2, "asks once")
    let picture = try #require(sent.range(of: "NCT07409259"))
    let question = try #require(sent.range(of: "\u{1B}]11;?"))
    #expect(picture.upperBound < question.lowerBound, "the first picture comes first")
    #expect(accent(terminal) == 80)
    terminal.send(bytes: Self.light)
    try terminal.wait("the light theme") { accent($0) == 23 }
    try leave(terminal)
  }

  /// Split at each byte, amid typing, with a pause that is longer than that for keys.
  @Test(arguments: 1..<light.count) func aLateAnswerTypesNothingAndLosesNoKey(place: Int) throws {
    let (terminal, _) = try open()
    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    terminal.send("5")
    terminal.send(bytes: Array(Self.light[..<place]))
    // Within the patience with an answer; ESC by itself has less of it.
    _ = terminal.bytesReceived(withinMilliseconds: place == 1 ? 40 : 160)
    terminal.send(bytes: Self.light[place...] + Array("2".utf8))
    try terminal.wait("the light theme") { accent($0) == 23 }
    try terminal.wait("52 in the field") { screen in
      screen.lines.contains { $0.contains("▸ Age") && $0.contains(" 52 years") }
    }
    terminal.press(.control("q"))
    try terminal.wait(text: "Leave?")
    terminal.send("x")
    #expect(try terminal.exit() == 0)
  }

  @Test func anAnswerAfterTheEndIsNotTypedIntoTheShell() throws {
    let terminal = try PseudoTerminal(
      program: "/bin/sh", arguments: ["-c", "\"$0\"; echo ended; cat", PseudoTerminal.program])
    try terminal.wait(text: "NCT07409259")
    terminal.press(.control("q"))
    // The answer comes when the key has been read already.
    _ = terminal.bytesReceived(withinMilliseconds: 30)
    terminal.send(bytes: Self.light)
    try terminal.wait(text: "ended")
    try terminal.waitUntilQuiet()
    #expect(!terminal.text.contains("rgb"), "\(terminal.text)")
  }

  @Test func takesAHintFromTheEnvironment() throws {
    #expect(accent(try open(environment: ["COLORFGBG": "0;15"]).0) == 23)
    #expect(accent(try open(environment: ["COLORFGBG": "15;0"]).0) == 80)
  }

  @Test(arguments: ["linux", "vt100"]) func asksNoTerminalThatWouldShowTheQuestion(type: String)
    throws
  {
    let (terminal, _) = try open(environment: ["TERM": type])
    try terminal.waitUntilQuiet()
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]11"))
  }

  @Test func escapeIsQuickOnceTheAnswerIsThere() throws {
    let (terminal, _) = try open()
    terminal.send(bytes: Self.light)
    try terminal.wait("the light theme") { accent($0) == 23 }
    terminal.send("/xyz")
    try terminal.wait(text: "xyz")
    terminal.press(.escape)
    try terminal.wait(gone: "xyz")
  }

  // MARK: The mouse

  @Test func theMouseIsFreeUnlessItIsAskedFor() throws {
    let (free, _) = try open()
    try leave(free)
    #expect(!String(decoding: free.output, as: UTF8.self).contains("\u{1B}[?1000h"))

    let (taken, _) = try open("mouse: true")
    taken.send("\u{1B}[<0;28;1M\u{1B}[<0;28;1m")
    try taken.wait(text: "MELD 3.0, why")
    try leave(taken)
    let sent = String(decoding: taken.output, as: UTF8.self)
    #expect(sent.contains("\u{1B}[?1000h\u{1B}[?1006h"))
    #expect(sent.contains("\u{1B}[?1006l\u{1B}[?1000l"), "it is given back")
  }

  // MARK: Copies

  @Test func copiesThroughTmuxAndScreen() throws {
    for (variable, beginning, words) in [
      ("TMUX", "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;", "Sent to tmux, which needs"),
      ("STY", "\u{1B}P\u{1B}]52;c;", "Sent through screen"),
      ("NONE", "\u{1B}]52;c;", "Sent to the terminal's clipboard"),
    ] {
      let (terminal, _) = try open(environment: [variable: "1"])
      terminal.send("3y")
      try terminal.wait(text: words)
      #expect(String(decoding: terminal.output, as: UTF8.self).contains(beginning), "\(variable)")
    }
  }

  @Test func copiesToAFileWhereTheTerminalHasNoClipboard() throws {
    let (terminal, home) = try open(environment: ["TERM": "linux"])
    terminal.send("3y")
    try terminal.wait(text: "written to ~/.local/state/lobule/copied.txt")
    #expect(home.text(".local/state/lobule/copied.txt")?.hasPrefix("MELD 3.0") == true)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]52"))
    let path = home.path(".local/state/lobule/copied.txt")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try leave(terminal)
  }
}
