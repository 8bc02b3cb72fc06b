public import ArgumentParser
import Clinic
import Configuration
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

  @Flag(
    help: ArgumentHelp(
      "Ask and answer in lines of text, for screen readers and simple terminals.",
      discussion: "Reads standard input; patients are kept as in the app."))
  var plain = false

  @OptionGroup var store: StoreOptions

  mutating func run() throws {
    let files = try source.files()
    if plain { return try PlainSession.run(source.library(of: files), store: store.place) }
    try Self.open(theme: theme, ascii: ascii, store: store.place) { source.library(of: files) }
  }

  /// Opens the app and stays until it is left.
  ///
  /// - Parameters:
  ///   - theme: The colours, where they are not to be those of the configuration.
  ///   - ascii: Whether to draw with ASCII characters only, whatever the configuration says.
  ///   - store: Where patients are kept.
  static func open(
    theme: ThemeChoice? = nil, ascii: Bool = false, store: StorePlace = StorePlace(),
    reading read: () -> TrialLibrary = { TrialLibrary() }
  ) throws {
    let configuration = Configuration.ofUser()
    // The terminal is taken before any thread starts, so that signals reach this one alone.
    let screen: Screen
    do {
      screen = try Screen(theme: theme ?? configuration.theme, mouse: configuration.mouse)
    } catch {
      throw BadInput(
        "\(error); lobule --plain asks and answers in lines of text, and lobule score and lobule "
          + "trials work without it")
    }
    defer { screen.close() }
    let library = read()
    let place = store.found
    var preferences = configuration.preferences
    preferences.favourites = RememberedFavourites.read(configured: configuration.favourites)
    let workbench = Workbench(
      library: library, today: Clock.today, size: screen.size,
      glyphs: ascii || configuration.ascii || !Screen.isUTF8 ? .ascii : .unicode,
      unkept: place.unkept,
      preferences: preferences,
      notices: [message(configuration.problems), message(library.problems)].compactMap { $0 })
    let clerk = StoreClerk(
      place.location, author: store.writer, variables: Site.variables, trials: library.trials)
    var session = AppSession(
      screen: screen, clerk: clerk, workbench: workbench, favourites: configuration.favourites)
    if let reason = session.run() { throw ExitCode(128 + reason.signal) }
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
