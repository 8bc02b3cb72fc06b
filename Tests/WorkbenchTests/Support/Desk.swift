import Clinic
import Hepatology
import Quantities
public import Terminal
import Trials

@testable import Workbench
@testable import lobule

/// The app at a desk: driven by what a person can do, read as a person reads it.
///
///     let desk = Desk(.large).press("2", "Tab").type("214")
///     #expect(desk.shows("MELD 3.0"))
final class Desk {
  private(set) var workbench: Workbench
  private let isUsual: Bool
  /// What answers for the store; the app keeps no patients where there is none.
  private let clerk: StoreClerk?
  /// What the app asked of the outside so far.
  private(set) var effects: [Effect] = []

  /// The trials that come with the program, read once.
  static let library = TrialLibrary()

  /// The day on which all of this happens.
  static let today = Day("2026-11-21")

  /// The app as it opens, all its work done; made once, because that is much.
  private static let opened = settled(
    Workbench(
      library: library, today: today, size: .small, preferences: Preferences(variables: .builtIn)))

  init(
    _ size: Size = .small, glyphs: Glyphs = .unicode, keys: KeyMap = .standard,
    units: [Variable: Quantities.Unit] = [:], limits: SiteLimits = SiteLimits(),
    dates: DayFormat = .iso
  ) {
    isUsual =
      glyphs == .unicode && keys == .standard && units.isEmpty && limits == SiteLimits()
      && dates == .iso
    clerk = nil
    workbench =
      isUsual
      ? Self.opened
      : Workbench(
        library: Self.library, today: Self.today, size: size, glyphs: glyphs,
        preferences: Preferences(
          variables: .builtIn, units: units, keys: keys, dates: dates, limits: limits))
    resize(size)
  }

  /// The app on a store, as when the program begins.
  init(
    _ size: Size = .small, store: Store, glyphs: Glyphs = .unicode, dates: DayFormat = .iso
  ) {
    isUsual = glyphs == .unicode && dates == .iso
    let clerk = StoreClerk(store, trials: Self.library.trials, time: { "14:02:11" })
    self.clerk = clerk
    workbench = isUsual ? Self.beginning : Self.begun(glyphs, dates)
    resize(size)
  }

  /// The app that keeps patients, before it has asked for the store; made once.
  private static let beginning = begun(.unicode)

  private static func begun(_ glyphs: Glyphs, _ dates: DayFormat = .iso) -> Workbench {
    var workbench = Workbench(
      library: library, today: today, size: .small, glyphs: glyphs, unkept: nil,
      preferences: Preferences(variables: .builtIn, dates: dates))
    while workbench.hasWork {
      let before = workbench
      if workbench.handle(.tick) != [] { return before }
    }
    return workbench
  }

  /// Lets the app do what it leaves for when no key waits.
  private static func settled(_ workbench: Workbench) -> Workbench {
    var workbench = workbench
    for _ in 0..<1000 where workbench.hasWork { _ = workbench.handle(.tick) }
    return workbench
  }

  // MARK: Doing

  /// Presses keys, by their names as the help writes them: `Enter`, `Ctrl-u`, `g`.
  @discardableResult func press(_ keys: Key...) -> Desk { press(keys) }

  @discardableResult func press(_ keys: [Key]) -> Desk {
    for key in keys { happen(.key(key)) }
    return self
  }

  /// Types text, one key a character.
  @discardableResult func type(_ text: String) -> Desk {
    for character in text { happen(.key(.character(character))) }
    return self
  }

  @discardableResult func paste(_ text: String) -> Desk { happen(.paste(text)) }

  @discardableResult func resize(_ size: Size) -> Desk { happen(.resize(size)) }

  @discardableResult func happen(_ event: Event) -> Desk {
    take(workbench.handle(event))
    for _ in 0..<1000 where workbench.hasWork { take(workbench.handle(.tick)) }
    return self
  }

  /// Hands the app an answer of the store.
  @discardableResult func answer(_ answer: StoreAnswer) -> Desk {
    take(workbench.handle(answer))
    return self
  }

  func turn(to day: Day) { workbench.turn(to: day) }

  /// Does what the app asks of the store, as long as it is to be answered.
  private func take(_ effects: [Effect]) {
    self.effects += effects
    for case .store(let request) in effects where answersStore {
      if let answer = clerk?.answer(request) { take(workbench.handle(answer)) }
    }
  }

  /// Whether the store answers.
  var answersStore = true

  /// What was asked of the store so far.
  var requests: [StoreRequest] {
    effects.compactMap { if case .store(let request) = $0 { request } else { nil } }
  }

  /// Tells the app what became of something that it asked for.
  func tell(_ message: String) { workbench.tell(message) }

  /// The app with the patient of the README on the form, at the usual sizes; made once, by keys.
  private static let known = [
    Size.small: Desk(.small).typePatient().workbench,
    Size.large: Desk(.large).typePatient().workbench,
  ]

  /// Goes to the form, with the patient of the README on it.
  @discardableResult func enterPatient() -> Desk {
    guard isUsual, workbench.patient.isEmpty, let known = Self.known[canvas.size] else {
      return typePatient()
    }
    workbench = known
    return self
  }

  private func typePatient() -> Desk {
    for (id, text) in [
      ("age", "52"), ("sex", "f"), ("totalBilirubin", "214"), ("albumin", "31"),
      ("creatinine", "88"), ("urea", "6.1"), ("sodium", "131"), ("renalReplacement", "n"),
      ("neutrophils", "4.5"), ("inr", "2.1"), ("encephalopathyGrade", "1"), ("ascites", "m"),
    ] { go(to: id).type(text) }
    return press("Enter")
  }

  /// Goes to a field of the form, and shows all fields where it is not among those that are needed.
  @discardableResult func go(to id: String) -> Desk {
    if workbench.place != .patient { press("Esc", "Esc", "2") }
    if !form.isInField { press("Enter") }
    if !form.fields.contains(where: { $0.id == id }) { press("Ctrl-o") }
    let fields = form.fields.map(\.id)
    guard let here = fields.firstIndex(of: field), let there = fields.firstIndex(of: id) else {
      return self
    }
    for _ in 0..<abs(there - here) { press(there < here ? "Up" : "Down") }
    return self
  }

  // MARK: Seeing

  var canvas: Canvas { workbench.draw() }
  var lines: [String] { canvas.lines }
  var text: String { lines.joined(separator: "\n") }
  /// The line at the bottom: the keys, or a message.
  var keyLine: String { lines.last ?? "" }
  var form: PatientPlace { workbench.form }
  /// The field that has the focus.
  var field: String { form.focus.id }

  /// The field that stands below another.
  func fieldBelow(_ id: String) -> String? {
    let fields = form.fields.map(\.id)
    guard let index = fields.firstIndex(of: id), index + 1 < fields.count else { return nil }
    return fields[index + 1]
  }

  func shows(_ text: String) -> Bool { self.text.contains(text) }

  /// The first row of the screen that contains a text.
  func row(_ text: String) -> String { lines.first { $0.contains(text) } ?? "" }

  /// What is typed in a field, as it was typed.
  func typed(_ id: String) -> String? {
    VariableTable.builtIn[id].flatMap { workbench.patient[$0]?.typed }
  }

  /// What was read in a field, for a person: `214 µmol/L`, `mild`, or why there is nothing.
  func value(_ id: String) -> String {
    guard let variable = VariableTable.builtIn[id], let entry = workbench.patient[variable] else {
      return "–"
    }
    switch entry.reading {
    case .refused(let error): return "refused: \(error)"
    case .value(.quantity(let quantity, let bound), _):
      let sign = bound.sign
      return "\(sign)\(quantity.value) \(quantity.unit.symbol)"
    case .value(.choice(let id), _): return id
    case .value(.choices(let ids), _): return ids.sorted().joined(separator: " ")
    case .value(.yesNo(let yes), _): return yes ? "yes" : "no"
    case .value(.event(.never), _): return "never"
    case .value(.event(.ongoing), _): return "ongoing"
    case .value(.event(.on(let day)), _): return "\(day)"
    }
  }

  /// A score of the list beside the form: `28`, or a dash.
  func score(_ id: String) -> String {
    workbench.results.first { $0.score.id == id }?.text ?? "–"
  }
}

extension Size {
  static let small = Size(columns: 80, rows: 24)
  static let large = Size(columns: 120, rows: 40)
  static let huge = Size(columns: 200, rows: 60)
}

extension Key: ExpressibleByStringLiteral {
  /// A key by its name; a name that is none is a fault of the test.
  public init(stringLiteral name: String) {
    guard let key = Key(name) else { preconditionFailure("“\(name)” is no key") }
    self = key
  }
}
