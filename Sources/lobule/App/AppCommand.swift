import ArgumentParser
import Clinic
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

  @OptionGroup var store: StoreOptions

  mutating func run() throws {
    guard let theme = Theme.all.first(where: { $0.name == theme }) else {
      let names = Theme.all.map(\.name).joined(separator: ", ")
      throw BadInput("'\(self.theme)' is not a theme; the themes are \(names)")
    }
    let files = try source.files()
    try Self.open(theme: theme, ascii: ascii, store: store.place) { source.library(of: files) }
  }

  /// Opens the app and stays until it is left.
  static func open(
    theme: Theme = .dark, ascii: Bool = false, store: StorePlace = StorePlace(),
    reading read: () -> TrialLibrary = { TrialLibrary() }
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
    let place = Result { try store.location() }
    var unkept: String?
    if case .failure(let error) = place {
      unkept = (error as? BadInput)?.lines.first ?? "\(error)"
    }
    let workbench = Workbench(
      library: library, today: Clock.today, size: screen.size,
      glyphs: ascii || !Screen.isUTF8 ? .ascii : .unicode, unkept: unkept,
      message: Self.message(library.problems))
    let clerk = StoreClerk(
      (try? place.get()) ?? .memory, author: store.writer, trials: library.trials)
    let session = AppSession(screen: screen, clerk: clerk, workbench: workbench)
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
}
