public import ArgumentParser
import Configuration
import Glibc
import Hepatology
import Quantities
public import Terminal
import Trials
import Workbench

/// The app; what opens without a subcommand.
struct AppCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "app",
    abstract: "Opens the app (as without a subcommand).")

  @OptionGroup var source: TrialSource

  @Option(help: "The colours; auto asks the terminal whether its background is dark or light.")
  var theme: ThemeChoice?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  mutating func run() throws {
    let files = try source.files()
    try Self.open(theme: theme, ascii: ascii) { source.library(of: files) }
  }

  /// Opens the app and stays until it is left.
  ///
  /// - Parameters:
  ///   - theme: The colours, where they are not to be those of the configuration.
  ///   - ascii: Whether to draw with ASCII characters only, whatever the configuration says.
  static func open(
    theme: ThemeChoice? = nil, ascii: Bool = false,
    reading read: () -> TrialLibrary = { TrialLibrary() }
  ) throws {
    let configuration = Configuration.ofUser()
    // The terminal is taken before any thread starts, so that signals reach this one alone.
    let screen: Screen
    do {
      screen = try Screen(theme: theme ?? configuration.theme, mouse: configuration.mouse)
    } catch {
      throw BadInput("\(error); lobule score and lobule trials work without it")
    }
    defer { screen.close() }
    let library = read()
    var preferences = configuration.preferences
    preferences.favourites = RememberedFavourites.read(configured: configuration.favourites)
    var workbench = Workbench(
      library: library, today: Clock.today, size: screen.size,
      glyphs: ascii || configuration.ascii || !Screen.isUTF8 ? .ascii : .unicode,
      preferences: preferences,
      message: message(configuration.problems) ?? message(library.problems))
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
            workbench.tell(Copying.outcome(of: text, screen.copy(text)))
          case .nextTheme:
            screen.use(screen.choice.next)
            workbench.tell(
              screen.colors == 0
                ? "This terminal shows no colours, or NO_COLOR is set."
                : "The theme is \(screen.choice.rawValue) until you leave; "
                  + "'theme' in the configuration keeps it.")
          case .keepFavourites(let chosen):
            if let failure = RememberedFavourites.write(
              chosen, configured: configuration.favourites)
            {
              workbench.tell("The favourites hold until you leave; they cannot be kept: \(failure)")
            }
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

  /// What is wrong with the configuration, in a line.
  private static func message(_ problems: [ConfigurationProblem]) -> String? {
    guard let first = problems.first else { return nil }
    let rest = problems.count > 1 ? "1 of \(problems.count) (lobule config check lists all): " : ""
    return "\(rest)\(UserFiles.shown(first.file)):\(first.line): \(first.message)"
  }
}

extension ThemeChoice: ExpressibleByArgument {}

/// What is known of a text that was sent to be copied, in words.
enum Copying {
  /// Whether the terminal took it cannot be known, so that the sentence says no more than was done.
  ///
  /// Where nothing could be sent, the text goes to a file.
  static func outcome(of text: String, _ outcome: CopyOutcome) -> String {
    let lines = text.split(whereSeparator: \.isNewline)
    let what = lines.count == 1 ? text : "\(lines.count) lines"
    switch outcome {
    case .sentToTerminal: return "Sent to the terminal's clipboard: \(what)"
    case .sentThroughTmux:
      return "Sent to tmux, which needs set-clipboard or allow-passthrough on: \(what)"
    case .sentThroughScreen: return "Sent through screen to the terminal's clipboard: \(what)"
    case .noClipboard: return keep(text, because: "This terminal has no clipboard")
    case .tooLong(let limit):
      return keep(text, because: "No terminal's clipboard takes more than \(limit) bytes")
    }
  }

  private static func keep(_ text: String, because reason: String) -> String {
    guard let path = UserFiles.copied else { return "\(reason). Nothing was copied." }
    if let failure = UserFiles.write(text + "\n", to: path) {
      return "\(reason), and \(UserFiles.shown(path)) cannot be written: \(failure)"
    }
    return "\(reason); written to \(UserFiles.shown(path))"
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
