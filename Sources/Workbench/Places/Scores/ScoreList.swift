import Hepatology
import Terminal

extension ScoresPlace {
  /// The picture of the list and of the working of the chosen score; `nil` where a trend stands in
  /// its place.
  func body(_ area: Rect) -> ListBody<ScoreListRow>? {
    guard !trend.isShown || chosen == nil else { return nil }
    let layout = ScoresLayout(area)
    return ListBody(
      list: panel(layout), rows: listRows(layout),
      reading: DocumentPanel(
        rect: layout.working, text: layout.text, title: chosen?.title ?? "Working",
        isFocused: isReading, document: document, offset: scroll.offset))
  }

  /// Draws the list and the trend of the chosen score, which has the place to itself where it would
  /// have no room below the list.
  func drawTrend(on canvas: inout Canvas, in area: Rect) {
    let layout = ScoresLayout(area)
    let isAlone = layout.isStacked && !isFiltering
    if !isAlone {
      panel(layout).draw(on: &canvas)
      for row in listRows(layout) { row.draw(on: &canvas) }
    }
    canvas.box(isAlone ? area : layout.working, title: "Trend of \(chosen?.name ?? "")")
    trend.draw(on: &canvas, in: isAlone ? area.inset(by: 1) : layout.text)
  }

  private func panel(_ layout: ScoresLayout) -> ListPanel {
    var panel = ListPanel(
      rect: layout.list, inner: layout.list.inset(by: 1), title: "Scores", isFocused: !isReading,
      filter: ListFilter(editor, isFiltering: isFiltering), visible: list.visible,
      count: rows.count)
    if panel.filter != nil { panel.corner = " \(found.count) of \(Score.all.count) " }
    if rows.isEmpty {
      var notice = Document(width: panel.inner.width - 1)
      notice.line("No score is called so; Esc clears.", Style(.warning))
      panel.notice = notice
    }
    return panel
  }

  private func listRows(_ layout: ScoresLayout) -> [ScoreListRow] {
    let inner = layout.list.inset(by: 1)
    return list.visible.compactMap { place in
      let rect = inner.row(inner.y + place - list.offset)
      switch rows[place] {
      case .heading(let title): return ScoreListRow(rect: rect, content: .heading(title))
      case .score(let id):
        guard let score = Score.find(id) else { return nil }
        return ScoreListRow(
          rect: rect, content: .score(ScoreRow(result(of: score), range(of: score))),
          isChosen: id == chosen?.id, isReading: isReading)
      }
    }
  }
}

/// A row of the list of scores: a score, or the name of a family.
struct ScoreListRow: Part {
  enum Content: Equatable {
    case heading(String)
    case score(ScoreRow)
  }

  let rect: Rect
  let content: Content
  var isChosen = false
  /// Whether keys move through the working instead of the list.
  var isReading = false

  func draw(on canvas: inout Canvas) {
    switch content {
    case .heading(let title):
      canvas.put(
        title.clipped(toColumns: rect.width - 2), x: rect.x + 1, y: rect.y, Style(.heading))
    case .score(let row):
      row.draw(on: &canvas, in: rect.split(left: 2).1)
      if isChosen { canvas.choose(rect, isFocused: !isReading) }
    }
  }
}

/// A row of the list: the name, then the value with its band, the range that is left, or what is
/// missing.
struct ScoreRow: Equatable {
  private let result: ScoreResult
  private let range: ScoreRange?

  static func == (a: ScoreRow, b: ScoreRow) -> Bool {
    a.result.reads(as: b.result) && a.range == b.range
  }

  init(_ result: ScoreResult, _ range: ScoreRange?) {
    self.result = result
    self.range = range
  }

  private static let nameWidth = 17
  private static let valueWidth = 6

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let name = result.score.name.clipped(toColumns: min(Self.nameWidth, rect.width / 2))
    let nameEnd = canvas.put(name, x: rect.x, y: rect.y)
    let columns = Columns(
      rect: rect, first: nameEnd + 1,
      valueEnd: rect.x + Self.nameWidth + Self.valueWidth)
    if let value = result.value {
      draw(value, columns, on: &canvas)
    } else if let range {
      draw(range, columns, on: &canvas)
    } else {
      canvas.put("–", endingAt: columns.valueEnd, y: rect.y, Style(.unknown))
      drawLack(from: columns.rest, columns, on: &canvas)
    }
  }

  /// Where the parts of a row may stand.
  private struct Columns {
    let rect: Rect
    /// The first column after the name.
    let first: Int
    /// Where numbers end.
    let valueEnd: Int
    /// Where words begin.
    var rest: Int { valueEnd + 2 }
    var y: Int { rect.y }
    /// Whether a ruler has room behind the words.
    var hasRuler: Bool { rect.right - rest >= 36 }
    /// The end of the words.
    var restEnd: Int { hasRuler ? rest + 18 : rect.right }
  }

  private var isNamed: Bool { result.score.form == .grade || result.score.form == .definition }

  private func draw(_ value: ScoreValue, _ columns: Columns, on canvas: inout Canvas) {
    let text = result.text ?? ""
    let bold = Style(.plain, bold: true)
    if isNamed {
      drawWord(text, bold, columns, on: &canvas)
    } else {
      canvas.put(text, endingAt: columns.valueEnd, y: columns.y, bold)
      guard let stratum = value.stratum else { return }
      let room = columns.restEnd - columns.rest
      // Half of a band of numbers would be another one.
      let isWhole = stratum.columns <= room
      guard isWhole || !result.strata.contains(where: \.isNamedByNumbers) else { return }
      let end = canvas.put(stratum.clipped(toColumns: room), x: columns.rest, y: columns.y)
      let meaning = result.strata.first { $0.name == stratum }?.meaning ?? ""
      if !meaning.isEmpty, !meaning.hasPrefix(stratum), isWhole, !columns.hasRuler,
        end + 1 + meaning.columns <= columns.restEnd
      {
        canvas.put(meaning, x: end + 1, y: columns.y, Style(.quiet))
      }
    }
    guard columns.hasRuler, !isNamed else { return }
    let x = columns.restEnd + 1
    for span in result.ruler(width: columns.rect.right - x - 1, canvas.glyphs) {
      canvas.put(span.text, x: x + span.x, y: columns.y, span.style)
    }
  }

  /// A name of a grade, where words begin, or before where there is too little room.
  @discardableResult
  private func drawWord(
    _ text: String, _ style: Style, _ columns: Columns, on canvas: inout Canvas
  ) -> Int {
    let x = max(columns.first, min(columns.rest, columns.rect.right - text.columns))
    return canvas.put(text.clipped(toColumns: columns.rect.right - x), x: x, y: columns.y, style)
  }

  private func draw(_ range: ScoreRange, _ columns: Columns, on canvas: inout Canvas) {
    let style = Style(.unknown, bold: true)
    let low = result.score.text(of: range.low)
    guard !isNamed else {
      let long = "\(range.words) ?"
      let fits = long.columns <= columns.rect.right - columns.first
      let end = drawWord(
        fits ? long : long.replacing("at least ", with: "from "), style, columns, on: &canvas)
      drawLack(from: end + 2, columns, on: &canvas)
      return
    }
    let text = "\(range.words) ?"
    // The lower end stands below the other numbers, as far as the upper one has room.
    let x = max(
      columns.first, min(columns.valueEnd - low.columns, columns.rect.right - text.columns))
    let end = canvas.put(
      text.clipped(toColumns: columns.rect.right - x), x: x, y: columns.y, style)
    drawLack(from: max(end + 2, columns.rest), columns, on: &canvas)
  }

  /// What is missing: its names, as many as have room, else how much.
  private func drawLack(from x: Int, _ columns: Columns, on canvas: inout Canvas) {
    let room = columns.rect.right - x
    guard room > 0 else { return }
    let text: String
    switch result.outcome {
    case .value: return
    case .notApplicable(let reason):
      text = reason.columns > room && room < 20 ? "not for this patient" : reason
    case .missing(let gaps):
      if gaps.count == 1, let reason = gaps[0].reason, room >= 20 {
        text = "\(gaps[0].variable.shortInSentence): \(reason)"
      } else {
        text = Self.lack(of: gaps.map(\.variable.shortInSentence), room: room)
        // Beside a range half of it would only confuse.
        if text.columns > room, range != nil { return }
      }
    }
    canvas.put(text.clipped(toColumns: room), x: x, y: columns.y, Style(.quiet))
  }

  /// `lacks MAP, PaO2 +2`.
  private static func lack(of names: [String], room: Int) -> String {
    for count in stride(from: names.count, to: 0, by: -1) {
      let rest = count < names.count ? " +\(names.count - count)" : ""
      let text = "lacks " + names.prefix(count).joined(separator: ", ") + rest
      if text.columns <= room { return text }
    }
    return "lacks \(names.count)"
  }
}

extension ScoreRange {
  /// The range without what is said beside it: `24 to 31`, `at least ACLF-2`, `40`.
  var words: String { isSettled ? score.text(of: low) : text }
}
