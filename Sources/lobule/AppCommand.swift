import ArgumentParser
import Glibc
import Quantities
import Terminal
import Trials
import Workbench

/// The app; what opens without a subcommand.
struct AppCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "app",
    abstract: "Opens the app (as without a subcommand).")

  @OptionGroup var source: TrialSource

  @Option(help: "Colours for a dark or a light background, or none: dark, light or monochrome.")
  var theme = "dark"

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  mutating func run() throws {
    guard let theme = Theme.all.first(where: { $0.name == theme }) else {
      let names = Theme.all.map(\.name).joined(separator: ", ")
      throw BadInput("'\(self.theme)' is not a theme; the themes are \(names)")
    }
    let files = try source.files()
    try Self.open(theme: theme, ascii: ascii) { source.library(of: files) }
  }

  /// Opens the app and stays until it is left.
  static func open(
    theme: Theme = .dark, ascii: Bool = false, reading read: () -> TrialLibrary = { TrialLibrary() }
  ) throws {
    // The terminal is taken before any thread starts, so that signals reach this one alone.
    let screen: Screen
    do {
      screen = try Screen(theme: theme)
    } catch {
      throw BadInput("\(error); lobule score and lobule trials work without it")
    }
    defer { screen.close() }
    let library = read()
    var workbench = Workbench(
      library: library, today: Clock.today, size: screen.size,
      glyphs: ascii || !Screen.isUTF8 ? .ascii : .unicode,
      message: Self.message(library.problems))
    while true {
      screen.show(workbench.draw())
      // What no key waits for is done while none comes.
      var event: Event? = workbench.hasWork ? screen.pending() ?? .tick : screen.next()
      while let now = event {
        for effect in workbench.handle(now) {
          switch effect {
          case .quit:
            screen.close()
            if case .ended(let reason) = now { throw ExitCode(128 + reason.signal) }
            return
          case .suspend: screen.suspend()
          case .redraw: screen.redraw()
          case .copy(let text):
            workbench.tell(Clipboard.outcome(of: text, sent: screen.copy(text)))
          case .nextTheme, .keepFavourites: break
          }
        }
        event = screen.pending()
      }
    }
  }
}

extension AppCommand {
  /// What is wrong with trial files, in a line.
  private static func message(_ problems: [TrialProblem]) -> String? {
    guard let first = problems.first else { return nil }
    return problems.count > 1
      ? "1 of \(problems.count) (lobule trials lists all): \(first)" : "\(first)"
  }
}

/// What is known of a text that was sent to be copied, in words.
enum Clipboard {
  /// Whether the terminal took it cannot be known, so that the sentence says no more than was done.
  static func outcome(of text: String, sent: Bool) -> String {
    guard sent else { return "Nothing was copied: this terminal has no clipboard to send to." }
    let lines = text.split(whereSeparator: \.isNewline)
    let what = lines.count == 1 ? text : "\(lines.count) lines"
    if getenv("TMUX") != nil {
      return "Sent to tmux, which passes it on where set-clipboard is on: \(what)"
    }
    if getenv("STY") != nil { return "Sent to screen, which may not pass it on: \(what)" }
    return "Sent to the terminal's clipboard: \(what)"
  }
}

/// The clock of the machine, which the core does not know.
enum Clock {
  /// Today where the user is.
  static var today: Day? {
    var now = time(nil)
    var parts = tm()
    guard localtime_r(&now, &parts) != nil else { return nil }
    return Day(Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
  }
}
