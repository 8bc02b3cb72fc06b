import Terminal
import Trials

/// The picture of a place that is a list, in parts: the list, what is to be read of its chosen row, and
/// the lines above and below every place.
struct ListParts<Row: Part>: PlaceParts {
  let topLine: TopLine
  let body: ListBody<Row>
  let keyLine: KeyLine<[Binding]>

  func draw(on canvas: inout Canvas) {
    topLine.draw(on: &canvas)
    body.draw(on: &canvas)
    keyLine.draw(on: &canvas)
  }

  func stands(as other: Self) -> Bool { body.stands(as: other.body) }

  func draw(on canvas: inout Canvas, over old: Self) {
    canvas.draw(topLine, over: old.topLine)
    body.draw(on: &canvas, over: old.body)
    canvas.draw(keyLine, over: old.keyLine)
  }
}

/// What a place adds to the lines above and below it.
struct ListBody<Row: Part>: PlaceParts {
  let list: ListPanel
  /// The rows in view, each as wide as the list.
  let rows: [Row]
  let reading: DocumentPanel?
  var next: NextPanel?

  func draw(on canvas: inout Canvas) {
    list.draw(on: &canvas)
    for row in rows { row.draw(on: &canvas) }
    reading?.draw(on: &canvas)
    next?.draw(on: &canvas)
  }

  func stands(as other: Self) -> Bool {
    list.stands(as: other.list) && reading?.rect == other.reading?.rect
      && next?.rect == other.next?.rect
  }

  func draw(on canvas: inout Canvas, over old: Self) {
    list.draw(on: &canvas, over: old.list)
    for place in 0..<max(rows.count, old.rows.count) {
      let row = place < rows.count ? rows[place] : nil
      let before = place < old.rows.count ? old.rows[place] : nil
      guard row != before else { continue }
      canvas.clear(list.inner.row(list.inner.y + place))
      row?.draw(on: &canvas)
    }
    if let reading, let before = old.reading { reading.draw(on: &canvas, over: before) }
    if let next, let before = old.next { canvas.draw(next, over: before) }
  }
}

/// The box around a list, and what is said in it beside the rows.
struct ListPanel: Sendable {
  let rect: Rect
  /// Where the rows stand.
  let inner: Rect
  var title: String
  let isFocused: Bool
  var filter: ListFilter?
  /// What stands at the right end of the upper line.
  var corner = ""
  var cornerStyle = Style(.quiet)
  /// The names of the columns, above the rows.
  var heads: [Document.Span] = []
  /// What stands in place of rows that there are none of.
  var notice: Document?
  /// What stands in the lower line, so far from its left end.
  var footnote: Document.Span?
  /// Which rows are in view, of how many.
  var visible = 0..<0
  var count = 0

  /// Whether all but the lines of the box is as it is in another one.
  fileprivate func stands(as other: Self) -> Bool {
    rect == other.rect && inner == other.inner && isFocused == other.isFocused
      && heads == other.heads && notice == other.notice
  }

  private func saysAbove(as other: Self) -> Bool {
    title == other.title && filter == other.filter && corner == other.corner
      && cornerStyle == other.cornerStyle
  }

  private func saysBelow(as other: Self) -> Bool {
    visible == other.visible && count == other.count && footnote == other.footnote
  }

  func draw(on canvas: inout Canvas) {
    canvas.box(rect, focused: isFocused)
    for head in heads { canvas.put(head.text, x: head.x, y: inner.y - 1, head.style) }
    if let notice { notice.draw(on: &canvas, in: inner.split(left: 1).1) }
    drawAbove(on: &canvas)
    drawBelow(on: &canvas)
  }

  /// Draws the lines of the box where they say something else than those that stand there.
  fileprivate func draw(on canvas: inout Canvas, over old: Self) {
    if !saysAbove(as: old) { drawAbove(on: &canvas) }
    if !saysBelow(as: old) { drawBelow(on: &canvas) }
  }

  private func drawAbove(on canvas: inout Canvas) {
    let title = title.clipped(toColumns: rect.width - corner.columns - 8)
    canvas.edge(y: rect.y, of: rect, title: title, focused: isFocused)
    canvas.put(corner, endingAt: rect.right - 2, y: rect.y, cornerStyle)
    guard let filter else {
      canvas.cursor = nil
      return
    }
    let x = rect.x + title.columns + 5
    let width = rect.right - 2 - corner.columns - x
    let clip = Rect(x: x, y: rect.y, width: width, height: 1)
    canvas.put(" / \(filter.text) ", x: x, y: rect.y, Style(.accent), clip: clip)
    canvas.cursor = filter.cursor.map { Point(x: min(x + 3 + $0, clip.right - 1), y: rect.y) }
  }

  private func drawBelow(on canvas: inout Canvas) {
    let y = rect.bottom - 1
    canvas.edge(y: y, of: rect, focused: isFocused)
    canvas.position(visible, of: count, in: rect)
    guard let footnote else { return }
    let text = footnote.text.clipped(toColumns: rect.width - 2 - footnote.x)
    canvas.put(text, x: rect.x + footnote.x, y: y, footnote.style)
  }
}

/// What a list is filtered by.
struct ListFilter: Equatable {
  let text: String
  /// How far into the text the cursor stands; `nil` where keys do not go into it.
  let cursor: Int?

  /// `nil` where nothing is looked for.
  init?(_ editor: LineEditor, isFiltering: Bool) {
    guard isFiltering || !editor.text.isEmpty else { return nil }
    text = editor.text
    cursor = isFiltering ? editor.columnsBeforeCursor : nil
  }
}

/// A document in a box, scrolled as far as one has read.
struct DocumentPanel: Sendable {
  let rect: Rect
  /// Where the document is written.
  let text: Rect
  let title: String
  var isFocused = false
  let document: Document
  var offset = 0
  /// What was looked for, which is marked.
  var query: TrialQuery?

  private var visible: Range<Int> {
    offset..<max(offset, min(offset + text.height, document.rows.count))
  }

  private func row(_ place: Int) -> [Document.Span]? {
    let place = offset + place
    return document.rows.indices.contains(place) ? document.rows[place] : nil
  }

  func draw(on canvas: inout Canvas) {
    drawBox(on: &canvas)
    document.draw(on: &canvas, in: text, from: offset, marking: query?.finder)
  }

  private func drawBox(on canvas: inout Canvas) {
    canvas.box(rect, title: title, focused: isFocused)
    canvas.position(visible, of: document.rows.count, in: rect)
  }

  /// Draws what differs from the one that stands in the same place.
  func draw(on canvas: inout Canvas, over old: DocumentPanel) {
    guard rect == old.rect, text == old.text else {
      canvas.clear(old.rect)
      draw(on: &canvas)
      return
    }
    if title != old.title || isFocused != old.isFocused || visible != old.visible
      || document.rows.count != old.document.rows.count
    {
      drawBox(on: &canvas)
    }
    for place in 0..<text.height where row(place) != old.row(place) || query != old.query {
      let line = text.row(text.y + place)
      canvas.clear(line)
      document.draw(on: &canvas, in: line, from: offset + place, marking: query?.finder)
    }
  }
}

extension Canvas {
  /// Marks the row that is chosen in a list, in one colour from end to end where the keys move in the
  /// list; what was looked for stays underlined.
  mutating func choose(_ row: Rect, isFocused: Bool = true) {
    if self[row.x, row.y].scalar == " " {
      put("▸", x: row.x, y: row.y, Style(.accent, bold: true))
    }
    restyle(row) { style in
      if isFocused { style = Style(.selection, underline: style.underline) }
      style.bold = true
    }
  }
}
