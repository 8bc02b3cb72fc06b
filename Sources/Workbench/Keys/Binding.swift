public import Terminal

/// What a key can do.
public enum Action: Hashable, Sendable {
  case go(Place)
  case quit, suspend, redraw, help, palette, nextTheme
  // Lists and documents.
  case move, open, back, otherPanel
  // Trials.
  case filter, sort, bookmark, compare
  // The form.
  case keep, nextField, previousField, nextGroup, previousGroup, clear, restore, enterFields
  case date, switchUnit, otherUnit, allFields, why, verdicts
  // Scores.
  case variant, favourite, copyLine, copyNote
  case trend, earlierValue, laterValue, nextOverlay, previousOverlay, swapOverlay, companion
  // Screening.
  case nextTrial, previousTrial, matrix, attest(Bool?), reviewedNone
  // What lasts.
  case undo, redo, saveAgain, newVisit, nextVisit, previousVisit, newPatient
  case archive, archived, importFile, writeFile

  /// The name by which the configuration gives it other keys: `switchUnit`.
  public var name: String {
    switch self {
    case .go(let place): "\(place)"
    case .attest(true?): "attestHolds"
    case .attest(false?): "attestFails"
    case .attest(nil): "attestNothing"
    default: "\(self)"
    }
  }
}

/// One record of a key: what it does, how it is called and explained, and why it does nothing now.
///
/// The key line, the help and the documentation are made from these.
public struct Binding: Hashable, Sendable {
  /// The keys, the one that is shown first; none for what is found in the palette alone.
  public internal(set) var keys: [Key]
  /// A word or two for the key line; empty where it does not stand there.
  public let label: String
  /// The sentence for the help.
  public let help: String
  /// What it does.
  public let action: Action
  /// Why it does nothing now; `nil` where it works.
  public let disabled: String?

  init(
    _ keys: Key..., label: String = "", help: String, _ action: Action, disabled: String? = nil
  ) {
    self.keys = keys
    self.label = label
    self.help = help
    self.action = action
    self.disabled = disabled
  }

  /// The names of the keys as a reader types them.
  var keyNames: String { keys.map(\.name).joined(separator: " ") }

  /// The keys of a filter that is being typed.
  static func finding(in place: Place) -> [Binding] {
    [
      Binding(.enter, label: "keep", help: "Keep the filter and go to the list.", .open),
      Binding(.escape, label: "clear", help: "Clear the filter.", .back),
      Binding(.up, .down, .pageUp, .pageDown, help: "Move through what was found.", .move),
    ] + everywhere(inField: true, place: place)
  }

  /// What every place answers; in a field letters are input, so only keys that are no text do there.
  static func everywhere(inField: Bool, place: Place) -> [Binding] {
    let places = Place.allCases.map { other in
      Binding(
        .character(other.digit), help: "Go to \(other.title).", .go(other),
        disabled: other == place ? "You are there." : nil)
    }
    let help = "Show all keys of this place; type to find one."
    let commands = "Find a command by a part of what it does, and run it."
    let both = [
      inField
        ? Binding(.function(1), label: "help", help: help, .help)
        : Binding(.character("?"), .function(1), label: "help", help: help, .help),
      Binding(
        .control("q"), .control("c"), label: "quit",
        help: "Quit; asks first where something would be lost.", .quit),
      inField
        ? Binding(.control("p"), label: "commands", help: commands, .palette)
        : Binding(.character(":"), .control("p"), label: "commands", help: commands, .palette),
      Binding(.control("z"), help: "Give the terminal back to the shell; fg returns.", .suspend),
      Binding(.control("l"), help: "Draw the screen anew.", .redraw),
      Binding(help: "Try the next theme of colours.", .nextTheme),
    ]
    return inField ? both : both + places
  }

  /// What leads to the places, as the palette shows it where letters are input.
  static func places(from place: Place) -> [Binding] {
    everywhere(inField: false, place: place).filter {
      if case .go = $0.action { true } else { false }
    }
  }

  /// How lists are moved through.
  static func moving(_ what: String) -> Binding {
    Binding(
      .up, .down, .character("k"), .character("j"), .pageUp, .pageDown, .control("u"),
      .control("d"), .home, .end, .character("g"), .character("G"),
      help: "Move through \(what): by one, by page, to the ends.", .move)
  }
}

/// A place of the app.
public enum Place: Int, CaseIterable, Hashable, Sendable {
  case trials = 1
  case patient, scores, screening, patients

  /// The name in the top line.
  public var title: String {
    switch self {
    case .trials: "Trials"
    case .patient: "Patient"
    case .scores: "Scores"
    case .screening: "Screening"
    case .patients: "Patients"
    }
  }

  /// The key that leads there.
  var digit: Character { Character("\(rawValue)") }
}
