import Configuration
import Terminal
import Trials
import Workbench

/// The app as lines of text: reads standard input to its end, or until it is left.
enum PlainSession {
  /// The columns after which lines are broken.
  private static let width = 78

  static func run(_ library: TrialLibrary) {
    let configuration = Configuration.ofUser()
    Output.complain(
      configuration.problems.map(\.description) + library.problems.map(\.description))
    var preferences = configuration.preferences
    preferences.favourites = RememberedFavourites.read(configured: configuration.favourites)
    var dialogue = Dialogue(
      trials: library.trials, today: Clock.today, preferences: preferences)
    say(dialogue.begin())
    while !dialogue.isOver, let line = readLine() { say(dialogue.take(line)) }
    say(dialogue.end())
  }

  private static func say(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    Output.print(lines.flatMap { $0.wrapped(toColumns: width) }.joined(separator: "\n"))
  }
}
