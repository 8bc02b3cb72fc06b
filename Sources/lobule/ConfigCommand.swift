import ArgumentParser
import Configuration
import Terminal
import Workbench

/// `lobule config`: what the user has chosen.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows and checks the configuration.",
    discussion: """
      The configuration is read from $XDG_CONFIG_HOME/lobule/config.yaml, which is \
      ~/.config/lobule/config.yaml where that variable is not set. It need not be there.
      """,
    subcommands: [Show.self, Check.self, Path.self, Keys.self])

  /// `lobule config show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows what holds now, written as a configuration file.")

    mutating func run() throws {
      let configuration = Configuration.ofUser()
      Output.report(configuration.problems.map(\.description))
      for entry in Configuration.Entry.allCases { Output.print(configuration.written(entry)) }
    }
  }

  /// `lobule config check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Says what is wrong in the configuration file.",
      discussion: """
        Each thing that is wrong is a line FILE:LINE:COLUMN: error: …, as compilers write it.

        Exit status: 0 where nothing is wrong, 2 otherwise.
        """)

    mutating func run() throws {
      let path = try Path.found()
      let configuration = Configuration.ofUser()
      Output.report(configuration.problems.map(\.description))
      if !configuration.problems.isEmpty { throw ExitCode(2) }
      Output.print(UserFiles.exists(path) ? "\(path): ok" : "\(path): not there; the defaults hold")
    }
  }

  /// `lobule config path`.
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "path",
      abstract: "Prints where the configuration file is looked for.")

    mutating func run() throws { Output.print(try Self.found()) }

    static func found() throws -> String {
      guard let path = UserFiles.configuration else {
        throw BadInput("neither XDG_CONFIG_HOME nor HOME is set, so no configuration is looked for")
      }
      return path
    }
  }

  /// `lobule config keys`.
  struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "keys",
      abstract: "Prints the keys of the app that hold now, with the names of their actions.")

    mutating func run() throws {
      let configuration = Configuration.ofUser()
      Output.report(configuration.problems.map(\.description))
      let sections = KeyDocument.sections(KeyContext.all(), configuration.preferences.keys)
      for (number, section) in sections.enumerated() {
        Output.print((number == 0 ? "" : "\n") + section.title)
        for row in section.rows {
          let keys = row.keyNames.isEmpty ? "–" : row.keyNames
          Output.print("  \(row.name.padded(to: 15))  \(keys.padded(to: 16))  \(row.help)")
        }
      }
    }
  }
}
