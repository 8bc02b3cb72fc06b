import Assessment
import Terminal
import Trials

/// The trials: a list that is filtered while one types, and the details of the chosen one.
struct TrialsPlace: Sendable {
  /// By what the list is sorted.
  enum Order: String, CaseIterable, Sendable {
    case id, phase, status, enrollment
  }

  private let library: TrialLibrary
  /// Made when something is looked for first: it takes longer than the first picture.
  private var index: TrialIndex?
  private(set) var found: [TrialRecord]
  /// What is wrong with the filter, such as a facet that does not exist.
  private(set) var problem: String?
  private var query = TrialQuery("")
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
  /// The details as they are laid out for a trial and a width.
  private var details: (id: TrialRecord.ID, width: Int, document: Document)?

  init(library: TrialLibrary) {
    self.library = library
    found = library.trials
    sort()
  }

  /// Finds what was looked for in a text; nil where nothing was.
  private var finder: Finder? {
    query.isEmpty ? nil : { [query] text in query.ranges(in: text) }
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
  var comparable: [TrialRecord] {
    var ids = bookmarks
    if ids.count < 2, let chosen {
      ids.insert(chosen.id)
      if bookmarks.isEmpty {
        let next = list.selection + 1
        let neighbour = found.indices.contains(next) ? next : list.selection - 1
        if found.indices.contains(neighbour) { ids.insert(found[neighbour].id) }
      }
    }
    let shown = found.filter { ids.contains($0.id) }
    let hidden = Set(shown.map(\.id))
    return shown + library.trials.filter { ids.contains($0.id) && !hidden.contains($0.id) }
  }

  mutating func compare() {
    isReading = false
    comparing = Comparing(comparable)
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

  mutating func fit(_ layout: TrialsLayout) {
    comparing?.fit(layout.area)
    list.fit(count: found.count, height: max(0, layout.list.height - 3))
    let inner = layout.text
    if let chosen, details?.id != chosen.id || details?.width != inner.width {
      details = (chosen.id, inner.width, chosen.details(width: inner.width))
    }
    scroll.fit(
      rows: chosen == nil ? 0 : details?.document.rows.count ?? 0, height: inner.height)
  }

  // MARK: Picture

  /// The trials whose rows are shown.
  var seen: [TrialRecord.ID] { (comparing?.trials ?? Array(found[list.visible])).map(\.id) }

  func draw(on canvas: inout Canvas, in area: Rect, _ screening: Screening?) {
    let layout = layout(area)
    if let comparing {
      comparing.draw(on: &canvas, in: area, screening)
      return
    }
    drawList(on: &canvas, in: layout.list, screening)
    drawDetails(on: &canvas, layout)
  }

  private func drawList(on canvas: inout Canvas, in rect: Rect, _ screening: Screening?) {
    canvas.box(rect, title: "Trials", focused: !isReading)
    let inner = rect.inset(by: 1)
    let columns = TrialColumns(inner.split(left: 2).1)
    drawHead(on: &canvas, columns, y: inner.y)
    for (offset, trial) in found[list.visible].enumerated() {
      let y = inner.y + 1 + offset
      let row = Rect(x: inner.x, y: y, width: inner.width, height: 1)
      columns.draw(trial, y: y, on: &canvas, marking: finder)
      columns.draw(screening?.verdict(of: trial.id), y: y, on: &canvas)
      if bookmarks.contains(trial.id) {
        canvas.put("◆", x: row.x + 1, y: y, Style(.accent, bold: true))
      }
      if list.offset + offset == list.selection {
        canvas.put("▸", x: row.x, y: y, Style(.accent, bold: true))
        // One colour from end to end; the marks say what the others said.
        canvas.restyle(row) { style in
          if !isReading { style = Style(.selection, underline: style.underline) }
          style.bold = true
        }
      }
    }
    if found.isEmpty {
      canvas.put(
        "No trial has all of that; Esc clears.", x: inner.x + 2, y: inner.y + 1, Style(.warning))
    }
    canvas.position(list.visible, of: found.count, in: rect)
    drawFilter(on: &canvas, in: rect)
  }

  private func drawHead(on canvas: inout Canvas, _ columns: TrialColumns, y: Int) {
    let style = Style(.quiet)
    canvas.put("id", x: columns.id, y: y, style)
    canvas.put("verdict", x: columns.verdict, y: y, style)
    canvas.put("title", x: columns.title, y: y, style)
    if columns.phase < columns.status { canvas.put("phase", x: columns.phase, y: y, style) }
    if columns.statusWidth > 0 { canvas.put("status", x: columns.status, y: y, style) }
    canvas.put("n", endingAt: columns.end, y: y, style)
  }

  /// The filter, in the upper edge of the list.
  private func drawFilter(on canvas: inout Canvas, in rect: Rect) {
    guard isFiltering || hasFilter else { return }
    let count = " \(found.count) of \(library.trials.count) "
    let x = rect.x + 11
    let clip = Rect(x: x, y: rect.y, width: rect.width - 13 - count.columns, height: 1)
    let end = canvas.put(" / \(editor.text) ", x: x, y: rect.y, Style(.accent), clip: clip)
    canvas.put(count, endingAt: rect.right - 2, y: rect.y, Style(.quiet))
    if isFiltering {
      canvas.cursor = Point(x: min(x + 3 + editor.columnsBeforeCursor, clip.right - 1), y: rect.y)
    }
    _ = end
    if let problem {
      let text = " \(problem) ".clipped(toColumns: rect.width - 4)
      canvas.put(text, x: rect.x + 2, y: rect.bottom - 1, Style(.warning))
    }
  }

  private func drawDetails(on canvas: inout Canvas, _ layout: TrialsLayout) {
    let rect = layout.details
    canvas.box(rect, title: chosen?.id ?? "Details", focused: isReading)
    guard chosen != nil, let document = details?.document else { return }
    let inner = layout.text
    document.draw(on: &canvas, in: inner, from: scroll.offset, marking: finder)
    let last = min(scroll.offset + inner.height, document.rows.count)
    canvas.position(scroll.offset..<last, of: document.rows.count, in: rect)
  }
}
