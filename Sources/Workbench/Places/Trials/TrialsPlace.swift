import Assessment
import Terminal
import Trials

/// The trials: a list that is filtered while one types, and the details of the chosen one.
struct TrialsPlace: Sendable {
  /// By what the list is sorted.
  enum Order: String, CaseIterable, Sendable {
    case id, phase, status, enrollment
  }

  let library: TrialLibrary
  /// Made when something is looked for first: it takes longer than the first picture.
  private var index: TrialIndex?
  private(set) var found: [TrialRecord]
  /// What is wrong with the filter, such as a facet that does not exist.
  private(set) var problem: String?
  /// What is looked for.
  private(set) var query = TrialQuery("")
  private(set) var order = Order.id
  private(set) var list = ListScroll()
  private(set) var scroll = Scroll()
  /// Whether keys go into the filter.
  private(set) var isFiltering = false
  /// Whether keys move through the details instead of the list.
  private(set) var isReading = false
  private(set) var editor = LineEditor(limit: 120)
  /// The trials that are to be compared.
  private(set) var bookmarks: Set<TrialRecord.ID> = []
  /// Trials side by side, in place of the list.
  private(set) var comparing: Comparing?
  /// What is shown of the trials in view, and of those that were read: it does not change.
  private(set) var entries: [TrialRecord.ID: TrialEntry] = [:]
  private var details: [TrialRecord.ID: Document] = [:]
  /// The width for which the details are laid out.
  private var width = 0

  init(library: TrialLibrary) {
    self.library = library
    found = library.trials
    sort()
  }

  /// Where things stand in an area.
  func layout(_ area: Rect) -> TrialsLayout { TrialsLayout(area, count: library.trials.count) }

  var hasFilter: Bool { !editor.text.isEmpty }

  /// The trial whose details are shown.
  var chosen: TrialRecord? { found.indices.contains(list.selection) ? found[list.selection] : nil }

  // MARK: Keys

  mutating func startFilter() {
    isReading = false
    isFiltering = true
    editor.end()
  }

  /// Takes a key that edits the filter.
  mutating func type(_ key: Key) {
    if editor.handle(key) == .done { search() }
  }

  mutating func open() {
    if isFiltering {
      isFiltering = false
    } else if chosen != nil {
      isReading = true
    }
  }

  mutating func otherPanel() { isReading = !isReading && chosen != nil }

  mutating func back() {
    if comparing != nil {
      comparing = nil
    } else if isReading {
      isReading = false
    } else {
      isFiltering = false
      editor = LineEditor(limit: 120)
      search()
    }
  }

  mutating func move(_ key: Key, layout: TrialsLayout) {
    if comparing != nil {
      comparing?.move(key, in: layout.area)
    } else if isReading {
      scroll.handle(key, height: layout.text.height)
    } else if list.handle(key) {
      scroll.reset()
    }
  }

  /// Bookmarks the chosen trial, or takes the bookmark away, and says how many there are.
  mutating func toggleBookmark() -> String? {
    guard let chosen else { return nil }
    if bookmarks.remove(chosen.id) != nil {
      return bookmarks.isEmpty ? "No trial is bookmarked." : "\(bookmarks.count) bookmarked."
    }
    bookmarks.insert(chosen.id)
    return bookmarks.count == 1
      ? "\(chosen.id) is bookmarked; bookmark others to compare them."
      : "\(bookmarks.count) bookmarked; compare shows them side by side."
  }

  /// What would be compared: the bookmarked trials, also those that the filter hides; one by itself
  /// with the chosen trial; without any, the chosen trial and its neighbour in the list.
  var comparable: Set<TrialRecord.ID> {
    var ids = bookmarks
    if ids.count < 2, found.indices.contains(list.selection) {
      ids.insert(found[list.selection].id)
      if bookmarks.isEmpty {
        let next = list.selection + 1
        let neighbour = found.indices.contains(next) ? next : list.selection - 1
        if found.indices.contains(neighbour) { ids.insert(found[neighbour].id) }
      }
    }
    return ids
  }

  mutating func compare(_ vocabulary: PatientVocabulary) {
    isReading = false
    let ids = comparable
    let shown = found.filter { ids.contains($0.id) }
    let hidden = Set(shown.map(\.id))
    comparing = Comparing(
      shown + library.trials.filter { ids.contains($0.id) && !hidden.contains($0.id) }, vocabulary)
  }

  /// Moves to the next trials of a comparison, or to those before.
  mutating func stepComparison(by step: Int) { comparing?.step(by: step) }

  /// Sorts by the next column, and says which.
  mutating func nextOrder() -> String {
    let all = Order.allCases
    order = all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
    sort()
    return "Sorted by \(order.rawValue)."
  }

  private mutating func search() {
    let before = chosen?.id
    query = TrialQuery(editor.text)
    if query.isEmpty {
      found = library.trials
    } else {
      let index = index ?? TrialIndex(library.trials)
      self.index = index
      found = index.matching(query).map { library.trials[$0] }
    }
    problem = query.problems.first.map { "\($0)" }
    sort()
    list.fit(count: found.count, height: list.height)
    list.select(found.firstIndex { $0.id == before } ?? 0)
    if chosen?.id != before { scroll.reset() }
  }

  private mutating func sort() {
    switch order {
    case .id: found.sort { $0.id < $1.id }
    case .phase: found.sort { ($0.phaseLabel, $0.id) < ($1.phaseLabel, $1.id) }
    case .status: found.sort { ($0.statusText, $0.id) < ($1.statusText, $1.id) }
    case .enrollment:
      found.sort { ($0.design.enrollment ?? 0, $0.id) < ($1.design.enrollment ?? 0, $1.id) }
    }
  }

  // MARK: Following

  mutating func fit(_ layout: TrialsLayout) {
    comparing?.fit(layout.area)
    list.fit(count: found.count, height: layout.rows.height)
    if width != layout.text.width {
      width = layout.text.width
      details.removeAll()
    }
    for place in list.visible where entries[found[place].id] == nil {
      let trial = found[place]
      entries[trial.id] = TrialEntry(trial)
    }
    if found.indices.contains(list.selection), details[found[list.selection].id] == nil {
      let trial = found[list.selection]
      if details.count >= Self.mostDetails { details.removeAll() }
      details[trial.id] = trial.details(width: width)
    }
    scroll.fit(rows: document.rows.count, height: layout.text.height)
  }

  /// The details of so many trials are kept.
  private static let mostDetails = 50

  /// The details of the chosen trial.
  var document: Document {
    guard found.indices.contains(list.selection) else { return Document(width: width) }
    return details[found[list.selection].id] ?? Document(width: width)
  }

  /// The trials whose rows are shown.
  var seen: [TrialRecord.ID] { comparing?.trials.map(\.id) ?? found[list.visible].map(\.id) }
}
