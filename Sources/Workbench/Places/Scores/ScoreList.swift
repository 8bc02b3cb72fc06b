import Hepatology
import Terminal

extension ScoresPlace {
  func draw(on canvas: inout Canvas, in area: Rect) {
    let layout = ScoresLayout(area)
    drawList(on: &canvas, in: layout.list)
    if trend.isShown, let chosen {
      // Below each other, the list would leave a curve no room.
      let isAlone = layout.isStacked && !isFiltering
      let panel = isAlone ? area : layout.working
      if isAlone { canvas.fill(area) }
      canvas.box(panel, title: "Trend of \(chosen.name)")
      trend.draw(on: &canvas, in: isAlone ? area.inset(by: 1) : layout.text)
      return
    }
    canvas.box(layout.working, title: chosen?.title ?? "Working", focused: isReading)
    let document = document
    document.draw(on: &canvas, in: layout.text, from: scroll.offset)
    let end = min(scroll.offset + layout.text.height, document.rows.count)
    canvas.position(scroll.offset..<end, of: document.rows.count, in: layout.working)
  }

  private func drawList(on canvas: inout Canvas, in rect: Rect) {
    canvas.box(rect, title: "Scores", focused: !isReading)
    let inner = rect.inset(by: 1)
    for (offset, row) in rows[list.visible].enumerated() {
      let line = Rect(x: inner.x, y: inner.y + offset, width: inner.width, height: 1)
      switch row {
      case .heading(let title):
        canvas.put(
          title.clipped(toColumns: line.width - 2), x: line.x + 1, y: line.y, Style(.heading))
      case .score(let id):
        guard let score = Score.find(id) else { continue }
        ScoreRow(result(of: score), range(of: score)).draw(on: &canvas, in: line.split(left: 2).1)
        if id == chosen?.id {
          canvas.put("▸", x: line.x, y: line.y, Style(.accent, bold: true))
          canvas.restyle(line) { style in
            if !isReading { style = Style(.selection, underline: style.underline) }
            style.bold = true
          }
        }
      }
    }
    if rows.isEmpty {
      canvas.put(
        "No score is called so; Esc clears.".clipped(toColumns: inner.width), x: inner.x,
        y: inner.y, Style(.warning))
    }
    if !hasFilter, !isFiltering { canvas.position(list.visible, of: rows.count, in: rect) }
    drawFilter(on: &canvas, in: rect)
  }

  /// The filter, in the upper edge of the list.
  private func drawFilter(on canvas: inout Canvas, in rect: Rect) {
    guard isFiltering || hasFilter else { return }
    let count = " \(found.count) of \(Score.all.count) "
    let x = rect.x + 10
    let clip = Rect(x: x, y: rect.y, width: rect.width - 12 - count.columns, height: 1)
    canvas.put(" / \(editor.text) ", x: x, y: rect.y, Style(.accent), clip: clip)
    canvas.put(count, endingAt: rect.right - 2, y: rect.y, Style(.quiet))
    if isFiltering {
      canvas.cursor = Point(x: min(x + 3 + editor.columnsBeforeCursor, clip.right - 1), y: rect.y)
    }
  }
}

/// A row of the list: the name, then the value with its band, the range that is left, or what is
/// missing.
struct ScoreRow {
  private let result: ScoreResult
  private let range: ScoreRange?

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
