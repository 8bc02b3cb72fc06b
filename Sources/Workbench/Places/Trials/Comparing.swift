import Assessment
import Terminal
import Trials

/// Some trials side by side, as many at a time as there is room for.
struct Comparing: Sendable {
  let comparison: TrialComparison
  /// The first trial in view.
  private(set) var first = 0
  private(set) var scroll = Scroll()
  /// The rows as they are laid out for the trials in view and a width.
  private var laidOut: (layout: ComparingLayout, document: Document)?

  init(_ trials: [TrialRecord], _ vocabulary: PatientVocabulary) {
    comparison = TrialComparison(trials, vocabulary: vocabulary)
  }

  var trials: [TrialRecord] { comparison.trials }

  /// Moves down and up.
  mutating func move(_ key: Key, in area: Rect) {
    scroll.handle(key, height: layout(area).text.height)
  }

  /// Moves to the trials at the right (positive) or the left.
  mutating func step(by step: Int) { first += step }

  /// Whether there are trials on that side that are not in view.
  func canStep(by step: Int) -> Bool {
    let last = laidOut?.layout.columns.upperBound ?? trials.count
    return step < 0 ? first > 0 : last < trials.count
  }

  mutating func fit(_ area: Rect) {
    first = max(0, min(first, trials.count - ComparingLayout.count(area, of: trials.count)))
    let layout = layout(area)
    let document: Document
    if let laidOut, laidOut.layout == layout {
      document = laidOut.document
    } else {
      document = self.document(layout)
      laidOut = (layout, document)
    }
    scroll.fit(rows: document.rows.count, height: layout.text.height)
  }

  private func layout(_ area: Rect) -> ComparingLayout {
    ComparingLayout(area, first: first, of: trials.count)
  }

  // MARK: Picture

  private func document(_ layout: ComparingLayout) -> Document {
    var document = Document(width: layout.text.width)
    for group in comparison.groups {
      document.heading(group.title)
      for row in group.rows { add(row, to: &document, layout) }
    }
    return document
  }

  private func add(
    _ row: TrialComparison.Row, to document: inout Document, _ layout: ComparingLayout
  ) {
    var columns = [row.label.wrapped(toColumns: layout.labelWidth - 3)]
    columns += row.cells[layout.columns].map { items in
      items.isEmpty
        ? ["–"]
        : items.flatMap { item in
          (item.text + (item.criterion.map { " (\($0))" } ?? ""))
            .wrapped(toColumns: layout.columnWidth)
        }
    }
    for line in 0..<(columns.map(\.count).max() ?? 0) {
      var spans: [Document.Span] = []
      if line == 0, row.differs {
        spans.append(.init(x: 0, text: "≠", style: Style(.warning, bold: true)))
      }
      for (place, texts) in columns.enumerated() where line < texts.count {
        let x = place == 0 ? 2 : layout.x(of: place - 1)
        let isQuiet = place == 0 || !row.differs
        spans.append(.init(x: x, text: texts[line], style: Style(isQuiet ? .quiet : .plain)))
      }
      document.spans(spans)
    }
  }

  func draw(on canvas: inout Canvas, in area: Rect, _ screening: Screening?) {
    let layout = layout(area)
    canvas.box(area, title: "Compare \(trials.count) trials", focused: true)
    if layout.columns.count < trials.count {
      let text =
        " \(layout.columns.lowerBound + 1)–\(layout.columns.upperBound) of \(trials.count) ↔ "
      canvas.put(text, endingAt: area.right - 2, y: area.y, Style(.quiet), clip: area)
    }
    drawHead(on: &canvas, layout, screening)
    guard let document = laidOut?.document else { return }
    canvas.horizontalRule(y: layout.text.y - 1, in: area, focused: true)
    let body = area.split(top: layout.text.y - 1 - area.y).1
    for column in 0..<layout.columns.count {
      canvas.verticalRule(x: layout.text.x + layout.x(of: column) - 2, in: body, focused: true)
    }
    document.draw(on: &canvas, in: layout.text, from: scroll.offset)
    let last = min(scroll.offset + layout.text.height, document.rows.count)
    canvas.position(scroll.offset..<last, of: document.rows.count, in: area)
  }

  /// The trials and the verdict of each for the patient, which stay while the rest moves.
  private func drawHead(
    on canvas: inout Canvas, _ layout: ComparingLayout, _ screening: Screening?
  ) {
    let verdicts = trials.map { screening?.short(of: $0.id) }
    let y = layout.head.y
    for (column, place) in layout.columns.enumerated() {
      let x = layout.text.x + layout.x(of: column)
      canvas.put(trials[place].id, x: x, y: y, Style(.accent, bold: true), clip: layout.head)
      canvas.put(
        trials[place].shortTitle.clipped(toColumns: layout.columnWidth), x: x, y: y + 1)
      let verdict = verdicts[place]
      canvas.put(
        verdict?.text ?? "–", x: x, y: y + 2,
        verdict.map { Style($0.role, bold: true) } ?? Style(.quiet), clip: layout.head)
    }
    if Set(verdicts).count > 1 {
      canvas.put("≠", x: layout.text.x, y: y + 2, Style(.warning, bold: true))
    }
    canvas.put("Verdict", x: layout.text.x + 2, y: y + 2, Style(.quiet), clip: layout.head)
  }
}

/// Where things stand in a comparison.
struct ComparingLayout: Hashable {
  /// Where the trials are named.
  let head: Rect
  /// Where the rows are written.
  let text: Rect
  /// The trials in view.
  let columns: Range<Int>
  /// The columns of the screen that the labels take.
  let labelWidth: Int
  /// The columns of the screen that each trial takes.
  let columnWidth: Int

  /// No narrower trial is shown beside two others.
  private static let leastWidth = 30

  /// How many trials stand side by side.
  static func count(_ area: Rect, of trials: Int) -> Int {
    min(trials, max(2, (area.width - labels(area) - 3) / leastWidth))
  }

  private static func labels(_ area: Rect) -> Int { area.width < 100 ? 17 : 24 }

  init(_ area: Rect, first: Int, of trials: Int) {
    let inner = area.inset(by: 1).split(left: 1).1
    let rest: Rect
    (head, rest) = inner.split(top: 3)
    text = rest.split(top: 1).1
    let count = Self.count(area, of: trials)
    let start = max(0, min(first, trials - count))
    columns = start..<start + count
    labelWidth = Self.labels(area)
    columnWidth = max(1, (inner.width - labelWidth) / max(1, count) - 3)
  }

  /// Where a trial begins, from the left edge of the text.
  func x(of column: Int) -> Int { labelWidth + column * (columnWidth + 3) + 2 }
}
