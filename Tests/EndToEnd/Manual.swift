import Configuration
import Foundation
import Workbench

/// The manual page, made from what the program says of its commands, the bindings of the app and
/// the entries of the configuration, in the macros of man(7).
struct Manual {
  /// What `--experimental-dump-help` prints.
  private struct Dump: Decodable { let command: Command }

  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool
    let arguments: [Argument]?
    let subcommands: [Command]?

    var shownArguments: [Argument] {
      (arguments ?? []).filter { $0.shouldDisplay && !["help", "version"].contains($0.valueName) }
    }

    var shownSubcommands: [Command] {
      (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    }
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var text: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    let kind: String
    let names: [Name]?
    let valueName: String
    let abstract: String?
    let discussion: String?
    let defaultValue: String?
    let allValues: [String]?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
  }

  /// The text of the page.
  private(set) var text = ""

  /// - Parameters:
  ///   - dump: What the program says of its commands, as JSON.
  ///   - version: What it says of itself: `lobule 0.1.0`.
  init(dump: Data, version: String) throws {
    let root = try JSONDecoder().decode(Dump.self, from: dump).command
    line(".\\\" Made from the program; a test of its suite writes it anew.")
    line(".TH LOBULE 1 \"\" \"\(version)\" \"User Commands\"")
    line(".SH NAME")
    line(Self.escaped("lobule - " + Self.uncapitalised(root.abstract ?? "")))
    synopsis(root)
    line(".SH DESCRIPTION")
    discussion(root.discussion ?? "")
    line(".SH COMMANDS")
    for command in root.shownSubcommands { self.command(command, path: ["lobule"]) }
    keys()
    configuration()
    line(".SH ENVIRONMENT")
    for (name, meaning) in Self.environment { entry(name, meaning) }
    line(".SH FILES")
    for (name, meaning) in Self.files { entry(name, meaning) }
    line(".SH EXIT STATUS")
    for (name, meaning) in Self.statuses { entry(name, meaning) }
    line(".SH CAUTION")
    line("Lobule is a tool for professionals and no medical device.")
    line("Every number shows its inputs, its formula and its source: check them before you act.")
  }

  private static let environment = [
    ("NO_COLOR", "Where it is set, no colour is sent."),
    ("COLORFGBG", "The colours of the terminal, a hint until it has told its background itself."),
    ("LANG, LC_ALL, LC_CTYPE", "Where they name no UTF-8, everything is drawn in ASCII."),
    ("LOBULE_AUTHOR", "Who enters what is entered, where --author does not say it."),
    ("XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "Where the files below lie."),
  ]

  private static let files = [
    ("~/.config/lobule/config.yaml", "The configuration; it need not be there."),
    ("~/.local/share/lobule/lobule.sqlite", "The store of patients."),
    ("~/.local/state/lobule/favourites", "The favourite scores that were chosen in the app."),
    (
      "~/.local/state/lobule/copied.txt",
      "What was copied last where the terminal has no clipboard."
    ),
  ]

  private static let statuses = [
    ("0", "Done."), ("1", "A question was answered with no."), ("2", "Wrong usage or input."),
    ("70", "A fault of the program itself."),
  ]

  // MARK: Parts

  private mutating func synopsis(_ root: Command) {
    line(".SH SYNOPSIS")
    let app = root.shownSubcommands.first { $0.commandName == "app" }
    line(usage(["lobule"], app?.shownArguments ?? []))
    for command in root.shownSubcommands where command.commandName != "app" {
      line(".br")
      line("\\fBlobule \(command.commandName)\\fR ...")
    }
  }

  private func usage(_ path: [String], _ arguments: [Argument]) -> String {
    let parts = arguments.map { argument -> String in
      let value = "\\fI\(Self.escaped(argument.valueName))\\fR"
      let name = argument.names?.last.map { "\\fB\(Self.escaped($0.text))\\fR" } ?? ""
      let words =
        argument.kind == "flag" ? name : argument.kind == "option" ? "\(name) \(value)" : value
      return (argument.isOptional ? "[\(words)]" : words) + (argument.isRepeating ? "..." : "")
    }
    return (["\\fB\(path.joined(separator: " "))\\fR"] + parts).joined(separator: " ")
  }

  private mutating func command(_ command: Command, path: [String]) {
    let path = path + [command.commandName]
    if command.shownSubcommands.isEmpty || command.discussion != nil {
      line(".SS " + Self.escaped(path.joined(separator: " ")))
      if command.shownSubcommands.isEmpty {
        line(usage(path, command.shownArguments))
        line(".PP")
      }
      line(Self.escaped(command.abstract ?? ""))
      discussion(command.discussion ?? "")
    }
    for argument in command.shownArguments {
      let value = "\\fI\(Self.escaped(argument.valueName))\\fR"
      let names = (argument.names ?? []).map { "\\fB\(Self.escaped($0.text))\\fR" }
      line(".TP")
      line(
        names.isEmpty
          ? value : names.joined(separator: ", ") + (argument.kind == "option" ? " \(value)" : ""))
      var words = [argument.abstract ?? "", argument.discussion ?? ""].filter { !$0.isEmpty }
      if let values = argument.allValues, !values.allSatisfy(words.joined().contains) {
        words.append("One of: \(values.joined(separator: ", ")).")
      }
      if let usual = argument.defaultValue { words.append("Without it: \(usual).") }
      line(Self.escaped(words.joined(separator: " ")))
    }
    for subcommand in command.shownSubcommands { self.command(subcommand, path: path) }
  }

  private mutating func keys() {
    line(".SH KEYS")
    line("The bottom line of the app shows the keys that work here and now.")
    for section in KeyDocument.sections(KeyContext.all()) {
      line(".SS " + Self.escaped(section.title))
      for row in section.rows where !row.keys.isEmpty { entry(row.keyNames, row.help) }
    }
  }

  private mutating func configuration() {
    line(".SH CONFIGURATION")
    line(
      "The configuration is a YAML file. It need not be there, and what is wrong in it is named by")
    line("\\fBlobule config check\\fR while everything else holds.")
    for item in Configuration.Entry.allCases {
      line(".TP")
      line("\\fB\(item.rawValue)\\fR")
      line(Self.marked(item.meaning) + " Values: " + Self.marked(item.values) + ".")
      line(".IP")
      line(".nf")
      for example in item.example.split(separator: "\n") { line(Self.escaped(String(example))) }
      line(".fi")
    }
  }

  // MARK: Writing

  private mutating func line(_ line: String) { text += line + "\n" }

  private mutating func entry(_ name: String, _ meaning: String) {
    line(".TP")
    line("\\fB\(Self.escaped(name))\\fR")
    line(Self.escaped(meaning))
  }

  /// Paragraphs, and indented lines as they are.
  private mutating func discussion(_ text: String) {
    var isExample = false
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if part.hasPrefix("  ") != isExample, !part.isEmpty {
        isExample.toggle()
        line(isExample ? ".PP\n.RS\n.nf" : ".fi\n.RE\n.PP")
      }
      if part.isEmpty {
        if !isExample { line(".PP") }
      } else {
        line(Self.escaped(isExample ? String(part.drop { $0 == " " }) : String(part)))
      }
    }
    if isExample { line(".fi\n.RE") }
  }

  private static func uncapitalised(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst().trimmingSuffix { $0 == "." }
  }

  /// Text in which nothing is taken for a request of roff.
  private static func escaped(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("'", with: "\\(aq").replacing("^", with: "\\(ha").replacing("~", with: "\\(ti")
      .replacing("`", with: "\\(ga")
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }

  /// Markdown's code as bold, its links as their words.
  private static func marked(_ text: String) -> String {
    let plain = text.replacing(/\[([^\]]*)\]\([^)]*\)/) { String($0.output.1) }
    return plain.split(separator: "`", omittingEmptySubsequences: false).enumerated().map {
      $0.offset % 2 == 1 ? "\\fB\(escaped(String($0.element)))\\fR" : escaped(String($0.element))
    }.joined()
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    guard let last = lastIndex(where: { !predicate($0) }) else { return "" }
    return String(self[...last])
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    String(self).trimmingSuffix(while: predicate)
  }
}
