import Hepatology
import Terminal

/// All scores, the favourites first, and the working of the chosen one.
struct ScoresPlace: Sendable {
  /// A row of the list.
  enum Row: Hashable, Sendable {
    case heading(String)
    case score(Score.ID)
  }

  /// The scores that stand first and beside the form, in the order in which they were chosen.
  private(set) var favourites: [Score]
  /// The scores in the order of the list.
  private(set) var found: [Score] = []
  private(set) var rows: [Row] = []
  private(set) var list = ListScroll()
  private(set) var scroll = Scroll()
  /// The score whose working is shown; nil where the filter leaves none.
  private(set) var chosen: Score?
  /// Whether keys go into the filter.
  private(set) var isFiltering = false
  /// Whether keys move through the working instead of the list.
  private(set) var isReading = false
  private(set) var editor = LineEditor(limit: 40)
  /// The trend of the chosen score, which stands in place of the working.
  var trend = TrendPanel()
  private var variants: [Score.ID: Int] = [:]
  private let glyphs: Glyphs

  // What follows from the patient, kept since most keys here change nothing of it.
  private var patient = Patient()
  private var results: [Score.ID: ScoreResult] = [:]
  private var ranges: [Score.ID: ScoreRange?] = [:]
  private var sheets: [SheetKey: Document] = [:]
  private var shown: SheetKey?

  private struct SheetKey: Hashable, Sendable {
    let score: Score.ID
    let variant: Score.Variant.ID
    let width: Int
    let isHigh: Bool
  }

  init(favourites: [Score], glyphs: Glyphs) {
    self.favourites = favourites
    self.glyphs = glyphs
    arrange()
  }

  // MARK: What is shown

  var hasFilter: Bool { !editor.text.isEmpty }

  func isFavourite(_ score: Score) -> Bool { favourites.contains { $0.id == score.id } }

  /// The form of a score that is used.
  func variant(of score: Score) -> Score.Variant {
    score.variants[(variants[score.id] ?? 0) % score.variants.count]
  }

  /// The score in its chosen form; made when it is first asked for.
  func result(of score: Score) -> ScoreResult {
    results[score.id] ?? score.result(for: patient, variant: variant(of: score).id)
  }

  /// What a score can still be; nil where it has a value, and where next to nothing is known.
  func range(of score: Score) -> ScoreRange? { ranges[score.id] ?? nil }

  /// The working of the chosen score.
  var document: Document { shown.flatMap { sheets[$0] } ?? Document(width: 8) }

  /// The favourites first, then by family; where a filter holds, what was found.
  private mutating func arrange() {
    let words = editor.text.lowercased().split(separator: " ")
    if words.isEmpty {
      let others = Score.all.filter { !isFavourite($0) }
      rows = [.heading("Favourites")] + favourites.map { .score($0.id) }
      found = favourites
      for family in Score.Family.allCases {
        let members = others.filter { $0.family == family }.sorted { $0.rank < $1.rank }
        guard !members.isEmpty else { continue }
        rows += [.heading(family.title)] + members.map { .score($0.id) }
        found += members
      }
    } else {
      let others = Score.all.filter { !isFavourite($0) }
      found = (favourites + others).filter { score in
        let text = "\(score.name) \(score.id) \(score.title)".lowercased()
        return words.allSatisfy { text.contains($0) }
      }
      rows = found.map { .score($0.id) }
    }
    choose(chosen.flatMap { now in found.firstIndex { $0.id == now.id } } ?? 0)
  }

  private mutating func choose(_ index: Int) {
    let before = chosen?.id
    chosen = found.indices.contains(index) ? found[index] : found.first
    if chosen?.id != before { scroll.reset() }
    list.fit(count: rows.count, height: list.height)
    guard let chosen, let row = rows.firstIndex(of: .score(chosen.id)) else { return }
    // A heading is seen with the first row below it.
    if row > 0, case .heading = rows[row - 1] { list.select(row - 1) }
    list.select(row)
  }

  // MARK: Keys

  mutating func startFilter() {
    isReading = false
    isFiltering = true
    editor.end()
  }

  /// Takes a key that edits the filter.
  mutating func type(_ key: Key) {
    guard editor.handle(key) == .done else { return }
    arrange()
  }

  mutating func open() {
    if isFiltering {
      isFiltering = false
    } else {
      if trend.isShown { trend.toggle() }
      isReading = chosen != nil
    }
  }

  mutating func otherPanel() { isReading = !isReading && chosen != nil }

  /// Shows the trend in place of the working, or the working again.
  mutating func toggleTrend() {
    isReading = false
    trend.toggle()
  }

  /// Goes one step back; false where there is none.
  mutating func back() -> Bool {
    if isReading {
      isReading = false
    } else if trend.isShown, !isFiltering {
      trend.toggle()
    } else if isFiltering || hasFilter {
      isFiltering = false
      editor = LineEditor(limit: editor.limit)
      arrange()
    } else {
      return false
    }
    return true
  }

  mutating func move(_ key: Key, layout: ScoresLayout) {
    if isReading {
      scroll.handle(key, height: layout.text.height)
      return
    }
    var moved = ListScroll(
      count: found.count, height: list.height,
      selection: found.firstIndex { $0.id == chosen?.id } ?? 0)
    if moved.handle(key) { choose(moved.selection) }
  }

  /// Uses the next form, and says which.
  mutating func nextVariant() -> String? {
    guard let chosen else { return nil }
    variants[chosen.id, default: 0] += 1
    results[chosen.id] = nil
    ranges[chosen.id] = nil
    let variant = variant(of: chosen)
    return "\(variant.id): \(variant.meaning)"
  }

  /// Puts the score among the favourites or takes it from them, and says so.
  mutating func toggleFavourite() -> String? {
    guard let chosen else { return nil }
    if isFavourite(chosen) {
      guard favourites.count > 1 else { return "The last favourite stays: the form shows it." }
      favourites.removeAll { $0.id == chosen.id }
      arrange()
      return "\(chosen.name) is no favourite any more."
    }
    favourites.append(chosen)
    arrange()
    return "\(chosen.name) is a favourite now; the form shows it too."
  }

  // MARK: Following

  /// Brings what is shown into line with the patient and the size.
  ///
  /// Only rows in view get their range, and only the chosen score what would change it: those try a
  /// score hundreds of times.
  mutating func fit(
    _ layout: ScoresLayout, patient: Patient, visits: TrendSource = .nobody
  ) {
    if patient != self.patient || results.isEmpty {
      self.patient = patient
      results = [:]
      ranges = [:]
      sheets = [:]
    }
    for score in found where results[score.id] == nil {
      results[score.id] = score.result(for: patient, variant: variant(of: score).id)
    }
    let height = layout.list.inset(by: 1).height
    if height != list.height {
      list.fit(count: rows.count, height: height)
      choose(found.firstIndex { $0.id == chosen?.id } ?? 0)
    }
    for row in rows[list.visible] {
      if case .score(let id) = row, ranges[id] == nil, let result = results[id] {
        ranges[id] = .some(result.range)
      }
    }
    fitSheet(layout)
    trend.fit(visits, chosen, chosen.map(variant))
  }

  private mutating func fitSheet(_ layout: ScoresLayout) {
    shown = chosen.map { score in
      SheetKey(
        score: score.id, variant: variant(of: score).id, width: layout.text.width,
        isHigh: layout.text.height >= 30)
    }
    if let chosen, let shown, sheets[shown] == nil {
      if sheets.count >= Self.mostSheets { sheets.removeAll() }
      let made = ScoreSheet(result(of: chosen), of: patient, range: range(of: chosen), glyphs)
      sheets[shown] = made.document(width: shown.width, isHigh: shown.isHigh)
    }
    scroll.fit(rows: document.rows.count, height: layout.text.height)
  }

  /// The workings of so many scores are kept.
  private static let mostSheets = 100
}

/// Where things stand in the place of the scores.
struct ScoresLayout {
  let list: Rect
  let working: Rect
  /// Where the working is written.
  let text: Rect
  /// Whether the working stands below the list.
  let isStacked: Bool

  init(_ area: Rect) {
    isStacked = area.width < 76
    if !isStacked {
      (list, working) = area.split(left: area.width >= 170 ? 66 : area.width >= 110 ? 50 : 37)
    } else {
      (list, working) = area.split(top: max(5, area.height * 2 / 5))
    }
    let margin = area.width >= 110 ? 1 : 0
    text = working.inset(by: 1).split(left: margin).1.split(right: 1).1
  }
}
