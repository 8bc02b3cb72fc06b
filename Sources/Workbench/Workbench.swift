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

  private(set) var size: Size
  private let glyphs: Glyphs
  private let keys: KeyMap
  var place = Place.trials
  /// All trials that are known.
  private let library: [TrialRecord]
  private(set) var trials: TrialsPlace
  var form: PatientPlace
  private(set) var scores: ScoresPlace
  private(set) var screens = ScreeningPlace()
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
  /// The favourites for the present patient.
  var results: [ScoreResult] = []
  /// The patient against all trials; made after the first picture, since reading the criteria takes
  /// some milliseconds.
  var screening: Screening?
  private var adviser = Adviser()
  /// Of which revision of the screening ``suggestions`` were made, and whether all was computed.
  private var advised: (revision: Int, isSettled: Bool)?
  /// The patients of the roster against all trials, one after the other.
  var glancing: Screening?
  /// What to enter next.
  private(set) var suggestions: [Suggestion] = []
  /// The trials beside the form.
  private(set) var lines: [TrialLine] = []
  private var screened = Patient()
  /// Whether the store was asked to open.
  private var hasAskedForStore = false
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
  ///   - message: A line to show at the start.
  public init(
    library: TrialLibrary, today: Day? = nil, size: Size, glyphs: Glyphs = .unicode,
    unkept: String? = "there is no store", preferences: Preferences = Preferences(),
    message: String? = nil
  ) {
    roster = PatientsPlace(access: unkept.map { .missing($0) } ?? .waiting)
    self.today = today
    self.size = size
    self.glyphs = glyphs
    self.message = message
    keys = preferences.keys
    let favourites = preferences.favourites
    scores = ScoresPlace(favourites: favourites, glyphs: glyphs)
    self.library = library.trials
    trials = TrialsPlace(library: library)
    form = PatientPlace(
      needed: Set(favourites.flatMap { $0.inputs + $0.optionalInputs }),
      units: preferences.units, today: today)
    settle()
  }

  /// The scores that the form shows.
  private var favourites: [Score] { scores.favourites }

  /// Shows a line until the next key.
  public mutating func tell(_ message: String) { self.message = message }

  /// What is known of the patient.
  public var patient: Patient { form.patient }

  /// Goes on with another day, where the program is open over midnight; a visit stays on its own.
  public mutating func turn(to day: Day?) {
    guard day != today else { return }
    today = day
    form.today = day
    screenVisit(keeping: true)
    settle()
  }

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

  private mutating func press(_ key: Key) -> [Effect] {
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
    case .palette(let palette): return choose(key, in: palette)
    case nil: break
    }
    if let binding = bindings.first(where: { $0.keys.contains(key) }) {
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

  /// Answers a key in the palette, which stays where the command does nothing now and says why.
  private mutating func choose(_ key: Key, in palette: PaletteOverlay) -> [Effect] {
    if !key.editsText, binding(for: .help, key) != nil { return perform(.help, key) }
    var palette = palette
    switch palette.handle(key) {
    case .stays: overlay = .palette(palette)
    case .closes: overlay = nil
    case .runs(let command):
      if let reason = command.disabled {
        message = reason
        return []
      }
      overlay = nil
      return perform(command.action, command.keys.first ?? key)
    }
    return []
  }

  private func binding(for action: Action, _ key: Key) -> Binding? {
    bindings.first { $0.action == action && $0.keys.contains(key) }
  }

  private mutating func openPalette() {
    let here = bindings
    let places = keys.applied(to: Binding.places(from: place), takesText: false)
    let others = places.filter { place in !here.contains { $0.action == place.action } }
    overlay = .palette(PaletteOverlay(bindings: here + others))
  }

  /// The wheel moves as the arrows do; a click goes to a place or presses a key that is shown.
  private mutating func answer(_ mouse: MousePress) -> [Effect] {
    switch mouse.button {
    case .wheelUp: return press(.up)
    case .wheelDown: return press(.down)
    case .left:
      if mouse.point.y == 0, overlay == nil,
        let item = topLine.first(where: { $0.columns.contains(mouse.point.x) })
      {
        return perform(.go(item.place), .enter)
      }
      if mouse.point.y == size.rows - 1, message == nil,
        let item = keyLine.first(where: { $0.columns.contains(mouse.point.x) })
      {
        return press(item.key)
      }
      return []
    }
  }

  private mutating func paste(_ text: String) {
    if case .prompt(var prompt) = overlay {
      prompt.paste(text)
      overlay = .prompt(prompt)
    } else if case .palette(var palette) = overlay {
      palette.paste(text)
      overlay = .palette(palette)
    }
    if overlay != nil { return }
    if place == .patient {
      message = form.paste(text)
    } else if place == .trials, trials.isFiltering {
      let line = text.split(whereSeparator: \.isNewline).first ?? ""
      for character in line.prefix(80) { trials.type(.character(character)) }
    } else if place == .scores, scores.isFiltering {
      let line = text.split(whereSeparator: \.isNewline).first ?? ""
      for character in line.prefix(40) { scores.type(.character(character)) }
    } else if place == .patients, roster.isFiltering {
      roster.paste(String(text.prefix(60)))
    } else {
      message = "Nothing takes a paste here; open the filter or a field first."
    }
  }

  private mutating func perform(_ action: Action, _ key: Key) -> [Effect] {
    switch action {
    case .go(let place):
      if place == .screening, self.place == .trials || screens.trial == nil {
        screens.show(trials.chosen?.id, of: library)
      }
      form.leave()
      self.place = place
    case .quit: return quit()
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .copyLine: return scores.line.map { [.copy($0)] } ?? []
    case .copyNote:
      let day = today.map { "\($0)\n" } ?? ""
      return scores.note.map { [.copy(day + $0)] } ?? []
    case .nextTheme: return [.nextTheme]
    case .palette: openPalette()
    case .favourite where place == .scores:
      message = scores.toggleFavourite()
      roster.forgetFigures()
      form.require(favourites.flatMap { $0.inputs + $0.optionalInputs })
      results = []
      return [.keepFavourites(favourites.map(\.id))]
    case .help: overlay = .help(HelpOverlay(title: place.title, bindings: bindings))
    default:
      if let effects = performLasting(action, key) { return effects }
      performInPlace(action, key)
    }
    return []
  }

  private mutating func performInPlace(_ action: Action, _ key: Key) {
    switch (place, action) {
    case (.trials, .move): trials.move(key, layout: trials.layout(area))
    case (.trials, .filter): trials.startFilter()
    case (.trials, .sort): message = trials.nextOrder()
    case (.trials, .open): trials.open()
    case (.trials, .otherPanel): trials.otherPanel()
    case (.trials, .back): trials.back()
    case (.trials, .bookmark): message = trials.toggleBookmark()
    case (.trials, .compare): trials.compare()
    case (.trials, .nextTrial): trials.stepComparison(by: 1)
    case (.trials, .previousTrial): trials.stepComparison(by: -1)
    case (.patient, .date): form.startDating()
    case (.patient, .keep) where form.dating != nil: message = form.keepDay()
    case (.patient, .keep):
      if form.asksFirst { break }
      message = form.move(by: 1)
    case (.patient, .nextField): message = form.move(by: 1)
    case (.patient, .previousField): message = form.move(by: -1)
    case (.patient, .nextGroup): message = form.moveGroup(by: 1)
    case (.patient, .previousGroup): message = form.moveGroup(by: -1)
    case (.patient, .restore): form.escape()
    case (.patient, .enterFields): form.enterFields()
    case (.patient, .clear): form.clear()
    case (.patient, .switchUnit): form.switchUnit()
    case (.patient, .otherUnit): form.takeOtherUnit()
    case (.patient, .allFields): form.toggleAll()
    case (.patient, .why): form.explainNext(of: favourites.count)
    case (.patient, .move):
      form.scrollWorking(key, patientLayout)
    case (.scores, .move): scores.move(key, layout: ScoresLayout(area))
    case (.scores, .filter): scores.startFilter()
    case (.scores, .otherPanel): scores.otherPanel()
    case (.scores, .open): scores.open()
    case (.scores, .back): if !scores.back() { place = .patient }
    case (.scores, .variant): message = scores.nextVariant()
    case (.scores, .trend): scores.toggleTrend()
    case (.scores, .earlierValue): scores.trend.move(by: -1)
    case (.scores, .laterValue): scores.trend.move(by: 1)
    case (.scores, .nextOverlay): scores.trend.overlay(by: 1)
    case (.scores, .previousOverlay): scores.trend.overlay(by: -1)
    case (.scores, .swapOverlay): scores.trend.swap()
    case (.patient, .reviewedNone): message = form.reviewNone()
    case (.screening, .move): screens.move(key, ScreeningLayout(area), of: library)
    case (.screening, .nextTrial): screens.step(by: 1, of: library)
    case (.screening, .previousTrial): screens.step(by: -1, of: library)
    case (.screening, .matrix): screens.toggleMatrix()
    case (.screening, .otherPanel): screens.read(!screens.isReading)
    case (.screening, .open):
      if screens.isMatrix { screens.toggleMatrix() } else { screens.read(true) }
    case (.screening, .back):
      if screens.isReading { screens.read(false) } else { place = .patient }
    case (.screening, .attest(let answer)):
      if let question = screens.question(screening) {
        screening?.answer(question, answer)
        refreshScreening()
      }
    default: break
    }
  }

  /// The keys that work here and now, the most useful first.
  public var bindings: [Binding] {
    let usual =
      switch place {
      case .trials: trials.bindings
      case .patient:
        (saving.failure == nil ? [] : rescueBindings) + form.bindings(lasting: lastingBindings)
      case .scores: scores.bindings
      case .screening: screens.bindings(screening, lasting: lastingBindings)
      case .patients: roster.bindings(stays: cannotLeave)
      }
    return keys.applied(to: usual, takesText: takesText)
  }

  /// Whether letters are input now.
  var takesText: Bool {
    switch place {
    case .trials: trials.isFiltering
    case .patient: form.isInField || form.dating != nil
    case .scores: scores.isFiltering
    case .screening: false
    case .patients: roster.isFiltering
    }
  }

  // MARK: Screening

  /// Whether there is work left for when no key waits: handle ``Event/tick`` until there is none.
  public var hasWork: Bool {
    guard let screening, screening.isSettled, !isAdviceDue else { return true }
    return roster.access == .waiting && !hasAskedForStore || !glanceable.isEmpty
  }

  /// The patients of the roster whose figures can be computed now.
  private var glanceable: [PatientCode] { place == .patients ? roster.lackingFigures : [] }

  private mutating func work() -> [Effect] {
    guard screening != nil else {
      screening = Screening(trials: library, on: form.day)
      screening?.take(answered)
      glancing = screening
      form.require(screening?.mentioned ?? [])
      refreshScreening()
      return []
    }
    if screening?.isSettled == false {
      screening?.settle(atMost: Self.slice)
      if screening?.isSettled == true { summarise() }
      return []
    }
    guard !isAdviceDue else {
      advise()
      return []
    }
    guard keepsPatients else { return [] }
    if !hasAskedForStore {
      hasAskedForStore = true
      return [.store(.open)]
    }
    // What another program had locked may be free by now.
    if case .busy = saving.failure { saving.tried = [] }
    return [.store(glanceable.isEmpty ? .news : .glance(glanceable))]
  }

  /// How many criteria are computed at once where nobody sees them: few enough for a key not to
  /// wait, and enough for some dozens of trials to be done with the key that changed them.
  private static let slice = 1000

  /// Takes what has changed of the patient into the trials that are seen, and as many others as a
  /// key can carry; the rest follows when no key waits.
  private mutating func refreshScreening() {
    let (patient, seen) = (patient, seen)
    screening?.update(patient)
    screening?.settle(first: seen, atMost: Self.slice)
    summarise()
  }

  /// Says what follows from the screening in the lines beside the form.
  private mutating func summarise() {
    guard let screening else { return }
    let known = lines
    lines = library.prefix(Self.panelTrials).enumerated().compactMap { row, trial in
      let revision = screening.revision(of: trial.id)
      let old = known.indices.contains(row) ? known[row] : nil
      if let old, old.id == trial.id, old.revision == revision { return old }
      return screening.line(of: trial)
    }
  }

  /// Says what to enter next; not while a field is being typed, which is answered first.
  private mutating func advise() {
    guard let screening, isAdviceDue else { return }
    advised = (screening.revision, screening.isSettled)
    suggestions = adviser.suggestions(for: screening)
  }

  private var isAdviceDue: Bool {
    guard let screening, place != .patient || form.editor == nil else { return false }
    return advised.map { $0 != (screening.revision, screening.isSettled) } ?? true
  }

  /// Among more trials what to enter next is found when no key waits.
  private static let advisedAtOnce = 50

  /// The trials whose verdicts are on the screen.
  private var seen: [TrialRecord.ID] {
    switch place {
    case .trials: trials.seen
    case .patient, .scores: library.prefix(Self.panelTrials).map(\.id)
    case .patients: []
    case .screening: (screens.trial.map { [$0] } ?? []) + library[screens.matrix.visible].map(\.id)
    }
  }

  /// How many trials the form shows beside it.
  static let panelTrials = 8

  /// Brings everything that follows from the state into line with it.
  mutating func settle() {
    if results.isEmpty || patient != screened {
      screened = patient
      results = favourites.map { $0.result(for: patient) }
      refreshScreening()
    } else {
      let seen = seen
      screening?.settle(first: seen, atMost: 0)
    }
    if library.count <= Self.advisedAtOnce { advise() }
    let area = area
    switch place {
    case .trials: trials.fit(trials.layout(area))
    case .patient: form.fit(patientLayout, results)
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
  private var trendSource: TrendSource {
    if let chart { return .record(chart.record) }
    return switch roster.access {
    case .missing(let reason): .notKept(reason)
    case .failed(let error): .notKept("\(error)")
    case .waiting, .open: .nobody
    }
  }

  private var patientLayout: PatientLayout {
    PatientLayout(
      area, scoreCount: results.count, trialCount: min(library.count, Self.panelTrials))
  }

  /// What lies between the top line and the key line.
  private var area: Rect {
    Rect(x: 0, y: 1, width: size.columns, height: max(0, size.rows - 2))
  }

  // MARK: Picture

  /// The picture of the app.
  public func draw() -> Canvas {
    var canvas = Canvas(size, glyphs: glyphs)
    guard size.columns >= Self.leastSize.columns, size.rows >= Self.leastSize.rows else {
      drawTooSmall(on: &canvas)
      return canvas
    }
    drawTopLine(on: &canvas)
    switch place {
    case .trials: trials.draw(on: &canvas, in: area, patient.isEmpty ? nil : screening)
    case .patient:
      form.draw(
        on: &canvas, patientLayout, title: formTitle, results: results, trials: lines,
        summary: screening?.summary ?? "", next: suggestions)
    case .scores: scores.draw(on: &canvas, in: area)
    case .screening: screens.draw(on: &canvas, in: area, screening, next: suggestions)
    case .patients: roster.draw(on: &canvas, in: area, favourites: favourites)
    }
    drawKeyLine(on: &canvas)
    switch overlay {
    case .help(let help): help.draw(on: &canvas)
    case .leave(let question): question.draw(on: &canvas)
    case .prompt(let prompt): prompt.draw(on: &canvas)
    case .importing(let importing): importing.draw(on: &canvas)
    case .palette(let palette): palette.draw(on: &canvas)
    case nil: break
    }
    return canvas
  }

  private func drawTooSmall(on canvas: inout Canvas) {
    let least = "\(Self.leastSize.columns)×\(Self.leastSize.rows)"
    let texts = [
      "Lobule needs \(least), this is \(size.columns)×\(size.rows).",
      "Nothing is lost: make it larger.",
    ]
    let lines = texts.flatMap { $0.wrapped(toColumns: max(1, size.columns)) }
    for (row, line) in lines.prefix(size.rows).enumerated() { canvas.put(line, x: 0, y: row) }
  }
}
