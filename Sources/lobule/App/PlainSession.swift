import ArgumentParser
import Configuration
import Terminal
import Trials
import Workbench

/// The app as lines of text: reads standard input to its end, or until it is left.
enum PlainSession {
  /// The columns after which lines are broken.
  private static let width = 78

  /// - Parameters:
  ///   - library: The trials that a patient is screened for.
  ///   - store: Where patients are kept.
  /// - Throws: An exit code where something that was entered could not be kept.
  static func run(_ library: TrialLibrary, store: StorePlace) throws {
    let configuration = Configuration.ofUser()
    Output.complain(
      configuration.problems.map(\.description) + library.problems.map(\.description))
    var preferences = configuration.preferences
    preferences.favourites = RememberedFavourites.read(configured: configuration.favourites)
    let place = store.found
    // A line is typed whole before it is taken, so that there is nothing half typed to be kept.
    let clerk = StoreClerk(
      place.location, author: store.writer, variables: Site.variables, trials: library.trials,
      keepsDrafts: false)
    var dialogue = Dialogue(
      trials: library.trials, today: Clock.today, unkept: place.unkept, preferences: preferences)
    say(dialogue.begin { clerk.answer($0) })
    while !dialogue.isOver, let line = readLine() {
      say(dialogue.take(line) { clerk.answer($0) })
    }
    say(dialogue.end { clerk.answer($0) })
    if dialogue.isUnsaved { throw ExitCode(2) }
  }

  private static func say(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    Output.print(lines.flatMap { $0.wrapped(toColumns: width) }.joined(separator: "\n"))
  }
}
