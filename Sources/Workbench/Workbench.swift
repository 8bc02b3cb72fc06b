import Assessment
import Clinic
public import Hepatology
public import Quantities
public import Terminal
public import Trials

/// What the app asks of the outside.
public enum Effect: Hashable, Sendable {
  /// End the program.
  case quit
  /// Give the terminal to the shell until it is continued.
  case suspend
  /// Draw everything anew, whatever the terminal shows.
  case redraw
  /// Put a text where it can be pasted from, and ``Workbench/tell(_:)`` what became of it.
  case copy(String)
  /// Ask something of the store, and hand the answer to ``Workbench/handle(_:)-(StoreAnswer)``.
  case store(StoreRequest)
  /// Draw in the colours of the next theme, and ``Workbench/tell(_:)`` which one that is.
  case nextTheme
  /// Remember which scores are the favourites, in their order.
  case keepFavourites([Score.ID])
}

/// The app as one value: its places, what a key does, and what is drawn.
///
/// `handle` is the only thing that changes it; `draw` makes a picture of it. Neither knows a
/// terminal, a clock or a file.
public struct Workbench: Sendable {
  /// The least size in which the places are whole.
  public static let leastSize = Size(columns: 60, rows: 16)

  var size: Size
  let glyphs: Glyphs
  let keys: KeyMap
  /// How days are shown and typed.
  let dates: DayFormat
  /// The variables that there are.
  let variables: VariableTable
  var place = Place.trials
  /// All trials that are known.
  let library: [TrialRecord]
  /// The trials that stand beside the form.
  let panel: [TrialRecord.ID]
  var trials: TrialsPlace
  var form: PatientPlace
  var scores: ScoresPlace
  var screens = ScreeningPlace()
  /// The patients that are kept.
  var roster: PatientsPlace
  /// The patient that is open, as the store has him; `nil` for one that is not in it.
  var chart: Chart?
  var saving = Saving()
  /// Whether the store is gone with the program.
  var isInMemory = false
  /// The answers to criteria that the store has.
  var answered: [Screening.Question: Bool] = [:]
  var overlay: Overlay?
  /// One line for a person, until the next key.
  var message: String?
  /// Lines that are said unasked, where there is no other; a key takes away the one it finds.
  var notices: [String]
  /// The line for a person that stands in the place of the keys.
  var said: String? { message ?? notices.first }
  /// The favourites for the present patient.
  var results: [ScoreResult] = []
  /// The patient against all trials; made after the first picture, since reading the criteria takes
  /// some milliseconds.
  var screening: Screening?
  var adviser = Adviser()
  /// What ``suggestions`` were made of.
  var advised: Advised?
  /// The patients of the roster against all trials, one after the other.
  var glancing: Screening?
  /// What to enter next.
  var suggestions: [Suggestion] = []
  /// The trials beside the form.
  var lines: [TrialLine] = []
  /// The patient that ``results`` are of.
  var screened = Patient()
  /// Whether the store was asked to open.
  var hasAskedForStore = false
  /// What day it is.
  private(set) var today: Day?

  /// The app on a library of trials.
  ///
  /// - Parameters:
  ///   - library: The trials to browse.
  ///   - today: What day it is.
  ///   - unkept: Why patients are not kept; `nil` where requests to the store are answered.
  ///   - size: The size of the terminal.
  ///   - glyphs: What the terminal can show.
  ///   - preferences: What the user has chosen.
  ///   - notices: Lines to show at the start, one after the other.
  public init(
    library: TrialLibrary, today: Day? = nil, size: Size, glyphs: Glyphs = .unicode,
    unkept: String? = "there is no store", preferences: Preferences,
    notices: [String] = []
  ) {
    roster = PatientsPlace(access: unkept.map { .missing($0) } ?? .waiting)
    panel = library.trials.prefix(Self.panelTrials).map(\.id)
    self.today = today
    self.size = size
    self.glyphs = glyphs
    self.notices = notices
    keys = preferences.keys
    dates = preferences.dates
    variables = preferences.variables
    let favourites = preferences.favourites
    scores = ScoresPlace(favourites: favourites, glyphs: glyphs)
    scores.trend.dates = dates
    screens.dates = dates
    roster.dates = dates
    scores.trend.keys = keys
    roster.keys = keys
    self.library = library.trials
    trials = TrialsPlace(library: library)
    form = PatientPlace(
      variables: variables,
      needed: Set(favourites.flatMap { $0.inputs + $0.optionalInputs }),
      units: preferences.units, keys: keys, limits: preferences.limits,
      dates: preferences.dates, today: today)
    settle()
  }

  /// The scores that the form shows.
  var favourites: [Score] { scores.favourites }

  /// Shows a line until the next key.
  public mutating func tell(_ message: String) { self.message = message }

  /// What is known of the patient.
  public var patient: Patient { form.patient }

  /// Goes on with another day, where the program is open over midnight; a visit stays on its own.
  ///
  /// - Returns: Whether it is another day.
  @discardableResult
  public mutating func turn(to day: Day?) -> Bool {
    guard day != today else { return false }
    today = day
    form.today = day
    screenVisit(keeping: true)
    settle()
    return true
  }

  /// Whether what could not be saved is tried again with every ``Event/tick``.
  public var isRetrying: Bool { saving.failure != nil }

  // MARK: Events

  /// Answers one event, and says what is to be done outside.
  public mutating func handle(_ event: Event) -> [Effect] {
    var effects: [Effect] = []
    switch event {
    case .key(let key): effects = press(key)
    case .paste(let text): paste(text)
    case .resize(let size): self.size = size
    case .resumed: effects = [.redraw]
    case .ended: effects = [.quit]
    case .tick: effects = work()
    case .mouse(let press): effects = answer(press)
    case .background: break
    }
    settle()
    return effects + upkeep()
  }

  mutating func press(_ key: Key) -> [Effect] {
    if message == nil, !notices.isEmpty { notices.removeFirst() }
    message = nil
    switch overlay {
    case .help(var help):
      if !key.editsText, binding(for: .palette, key) != nil {
        openPalette()
      } else {
        overlay = help.handle(key) ? nil : .help(help)
      }
      return []
    case .leave(let question): return answer(key, question)
    case .prompt(let prompt): return answer(key, prompt)
    case .importing(let importing): return answer(key, importing)
    case .reading(var reading):
      if key == .escape { reading.isStopping = true }
      overlay = .reading(reading)
      return []
    case .palette(let palette): return choose(key, in: palette)
    case nil: break
    }
    if !isInput(key), let binding = bindings.first(where: { $0.keys.contains(key) }) {
      if let reason = binding.disabled {
        message = reason
        return []
      }
      return perform(binding.action, keys.meaning(of: key, in: binding))
    }
    if place == .patient, takesText {
      message = form.type(key)
    } else if place == .trials, trials.isFiltering {
      trials.type(key)
    } else if place == .scores, scores.isFiltering {
      scores.type(key)
    } else if place == .patients, roster.isFiltering {
      roster.type(key)
    }
    return []
  }

  /// Brings everything that follows from the state into line with it.
  mutating func settle() {
    if results.isEmpty || patient != screened {
      follow()
      refreshScreening()
    } else {
      let seen = seen
      screening?.settle(first: seen, atMost: 0)
    }
    if library.count <= Self.advisedAtOnce { advise() }
    let area = area
    switch place {
    case .trials: trials.fit(trials.layout(area))
    case .patient:
      let layout = patientLayout
      form.fit(layout, results)
      form.beside?.fit(verdicts: lines.count, questions: suggestions.count, layout)
    case .scores: scores.fit(ScoresLayout(area), patient: patient, visits: trendSource)
    case .screening: screens.fit(ScreeningLayout(area), screening)
    case .patients: roster.fit(PatientsLayout(area))
    }
    if case .importing(var importing) = overlay {
      importing.fit(size)
      overlay = .importing(importing)
    }
    if case .help(var help) = overlay {
      help.fit(size)
      overlay = .help(help)
    }
    if case .palette(var palette) = overlay {
      palette.fit(size)
      overlay = .palette(palette)
    }
  }

  /// Whose visits a trend is made from.
  var trendSource: TrendSource {
    if let chart { return .record(chart.record) }
    return switch roster.access {
    case .missing(let reason): .notKept(reason)
    case .failed(let error): .notKept("\(error)")
    case .waiting, .open: .nobody
    }
  }

  var patientLayout: PatientLayout {
    PatientLayout(
      area, scoreCount: results.count, trialCount: panel.count, isBeside: form.beside != nil)
  }

  /// What lies between the top line and the key line.
  var area: Rect {
    Rect(x: 0, y: 1, width: size.columns, height: max(0, size.rows - 2))
  }
}
