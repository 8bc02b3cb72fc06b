import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal
import Trials

/// The roster: of any length, for only the rows in view are asked of the store.
struct PatientsPlace: Sendable {
  /// How days are shown.
  var dates = DayFormat.iso
  /// The keys that hold.
  var keys = KeyMap.standard
  /// What has become of the store.
  enum Access: Hashable, Sendable {
    /// There is none, and why.
    case missing(String)
    /// It is opened when no key waits.
    case waiting
    /// It is open.
    case open
    /// It could not be opened or read, and why.
    case failed(StoreError)
  }

  var access: Access
  /// The part of the roster that is at hand, and what it is a part of.
  private(set) var entries: [RosterEntry] = []
  private(set) var window = RosterQuery()
  /// How many patients match; `nil` until the store has said it.
  private(set) var count: Int?
  private(set) var list = ListScroll()
  private(set) var editor = LineEditor(limit: 60)
  /// Whether keys go into the filter.
  private(set) var isFiltering = false
  private(set) var order = RosterOrder.code
  private(set) var showsArchived = false
  /// What was asked of the store last.
  private var asked: RosterQuery?
  /// What the scores and the trials come to, by code.
  private(set) var figures: [PatientCode: RosterFigures] = [:]
  /// Patients whose figures cannot be had.
  private var withoutFigures: Set<PatientCode> = []

  init(access: Access) { self.access = access }

  // MARK: What is shown

  var hasFilter: Bool { !editor.text.isEmpty }

  /// The line at a place of the whole list, where it is at hand.
  func entry(at row: Int) -> RosterEntry? {
    let index = row - window.skipping
    return entries.indices.contains(index) ? entries[index] : nil
  }

  /// The patient that is chosen.
  var chosen: RosterEntry? { entry(at: list.selection) }

  /// The rows in view that are at hand.
  var visible: [RosterEntry] { list.visible.compactMap(entry) }

  // MARK: Keys

  mutating func startFilter() {
    isFiltering = true
    editor.end()
  }

  mutating func type(_ key: Key) {
    guard editor.handle(key) == .done else { return }
    list.home()
  }

  mutating func paste(_ text: String) {
    editor.insert(text)
    list.home()
  }

  mutating func keepFilter() { isFiltering = false }

  /// Goes one step back; false where there is none.
  mutating func back() -> Bool {
    guard isFiltering || hasFilter else { return false }
    isFiltering = false
    editor = LineEditor(limit: editor.limit)
    list.home()
    return true
  }

  mutating func move(_ key: Key) { _ = list.handle(key) }

  /// Sorts by the next column, and says which.
  mutating func nextOrder() -> String {
    let all = RosterOrder.allCases
    order = all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
    list.home()
    return switch order {
    case .code: "Sorted by code."
    case .lastVisit: "Sorted by the last visit."
    case .age: "Sorted by age."
    }
  }

  mutating func toggleArchived() {
    showsArchived.toggle()
    list.home()
  }

  // MARK: Following

  mutating func fit(_ layout: PatientsLayout) {
    list.fit(count: count ?? 0, height: layout.rows.height)
  }

  /// What is to be asked of the store so that the rows in view are at hand; `nil` where they are.
  mutating func query() -> RosterQuery? {
    switch access {
    case .missing, .waiting: return nil
    case .open, .failed: break
    }
    var wanted = RosterQuery()
    wanted.text = editor.text
    wanted.order = order
    wanted.archived = showsArchived
    if let asked, asked.text == wanted.text, asked.order == wanted.order,
      asked.archived == wanted.archived
    {
      let reach = asked.skipping..<(asked.skipping + asked.limit)
      let needed = list.visible
      if needed.isEmpty
        || reach.contains(needed.lowerBound) && needed.upperBound <= reach.upperBound
      {
        return nil
      }
    }
    // While one types only what is seen is worth waiting for.
    let margin = isFiltering ? 0 : Self.margin
    wanted.skipping = max(0, list.offset - margin)
    wanted.limit = list.offset + max(list.height, Self.margin) + margin - wanted.skipping
    asked = wanted
    return wanted
  }

  mutating func take(_ query: RosterQuery, _ entries: [RosterEntry], count: Int) {
    // An answer to an older question is of no use.
    guard query == asked else { return }
    access = .open
    window = query
    self.entries = entries
    self.count = count
    list.fit(count: count, height: list.height)
  }

  /// Asks anew, since something was written.
  mutating func reload(_ codes: [PatientCode]) {
    asked = nil
    for code in codes {
      figures[code] = nil
      withoutFigures.remove(code)
    }
  }

  /// So many rows before and after those in view are asked for too.
  private static let margin = 40

  // MARK: Figures

  /// How many patients are replayed at once for their figures: a few milliseconds.
  private static let batch = 4
  /// How many figures are kept.
  private static let most = 1000

  /// The patients in view whose figures are to be computed next.
  var lackingFigures: [PatientCode] {
    guard access == .open else { return [] }
    return visible.lazy.filter { $0.visits > 0 }.map(\.code)
      .filter { figures[$0] == nil && !withoutFigures.contains($0) }
      .prefix(Self.batch).map { $0 }
  }

  mutating func keep(_ figures: RosterFigures, of code: PatientCode) {
    if self.figures.count >= Self.most { self.figures.removeAll(keepingCapacity: true) }
    self.figures[code] = figures
  }

  mutating func giveUp(_ codes: [PatientCode]) { withoutFigures.formUnion(codes) }

  mutating func forgetFigures() {
    figures.removeAll()
    withoutFigures.removeAll()
  }
}

/// What the roster shows of a patient beside what the store says: as of the last visit.
struct RosterFigures: Hashable, Sendable {
  /// A visit, and how many values were measured at it.
  struct Visit: Hashable, Sendable {
    let date: Day
    let measured: Int
  }

  /// The visits, the last one first.
  let visits: [Visit]
  /// The favourites, in their order.
  let results: [ScoreResult]
  /// How many trials have which verdict; `nil` where there are too many trials to screen for a row.
  let tally: Tally?

  /// More trials than these are not screened for each row.
  static let mostTrials = 100

  init?(_ record: PatientRecord, favourites: [Score], screening: inout Screening?) {
    guard let visit = record.visits.last else { return nil }
    let patient = visit.patient
    visits = record.visits.reversed().map { Visit(date: $0.date, measured: $0.measured.count) }
    results = favourites.map { $0.result(for: patient) }
    guard screening.map({ $0.trials.count <= Self.mostTrials }) ?? false else {
      tally = nil
      return
    }
    screening?.show(visit)
    screening?.settle()
    tally = screening?.tally
  }
}

extension Screening {
  /// Screens a visit, on its day, with the answers that hold at it.
  mutating func show(_ visit: Visit) {
    screen(on: visit.date)
    take(visit.attestations.answers)
    update(visit.patient)
  }

  /// Takes these answers of persons and no others.
  mutating func take(_ wanted: [Question: Bool]) {
    for question in answers.keys where wanted[question] == nil { answer(question, nil) }
    for (question, holds) in wanted where answers[question] != holds { answer(question, holds) }
  }
}

extension [Attestation] {
  /// Whether each criterion that a person answered holds.
  var answers: [Screening.Question: Bool] {
    Dictionary(
      map { (Screening.Question(trial: $0.trial, criterion: $0.criterion), $0.answer == "yes") }
    ) { _, last in last }
  }
}
