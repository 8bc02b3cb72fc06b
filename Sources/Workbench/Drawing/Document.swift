import Terminal

/// Text laid out for a width: headings, labelled rows, paragraphs and tables, as rows of cells.
struct Document: Hashable, Sendable {
  /// A piece of a row.
  struct Span: Hashable, Sendable {
    var x: Int
    var text: String
    var style: Style
  }

  /// The rows, each with its pieces.
  private(set) var rows: [[Span]] = []
  /// The columns that there are.
  let width: Int

  init(width: Int) {
    // Longer lines are hard to read.
    self.width = min(max(width, 8), 110)
  }

  /// Two documents of one width, one below the other.
  static func + (above: Document, below: Document) -> Document {
    var document = above
    document.rows += below.rows
    return document
  }

  mutating func blank() {
    if rows.last?.isEmpty == false { rows.append([]) }
  }

  mutating func heading(_ text: String) {
    blank()
    line(text, Style(.heading, bold: true))
  }

  /// One row, clipped.
  mutating func line(_ text: String, _ style: Style = .plain, indent: Int = 0) {
    rows.append([
      Span(x: indent, text: text.clipped(toColumns: width - indent), style: style)
    ])
  }

  /// A row of pieces, each at its column.
  mutating func spans(_ spans: [Span]) {
    rows.append(spans)
  }

  /// Text wrapped at words, after a mark where there is one.
  mutating func paragraph(
    _ text: String, _ style: Style = .plain, indent: Int = 0, mark: String = "",
    markStyle: Style = .plain
  ) {
    let room = mark.isEmpty ? 0 : mark.columns + 1
    let start = min(indent + room, width / 2)
    for (number, line) in text.wrapped(toColumns: width - start).enumerated() {
      var spans = [Span(x: start, text: line, style: style)]
      if number == 0, !mark.isEmpty { spans.append(Span(x: indent, text: mark, style: markStyle)) }
      rows.append(spans)
    }
  }

  /// A quiet label and its value, which wraps beside it, or below it where there is no room beside.
  mutating func row(
    _ label: String, _ value: String, _ style: Style = .plain, labelWidth: Int = 20
  ) {
    if width < labelWidth + 24 {
      line(label, Style(.quiet))
      paragraph(value, style, indent: 2)
      return
    }
    for (number, line) in value.wrapped(toColumns: width - labelWidth).enumerated() {
      var spans = [Span(x: labelWidth, text: line, style: style)]
      if number == 0 {
        let label = label.clipped(toColumns: labelWidth - 1)
        spans.append(Span(x: 0, text: label, style: Style(.quiet)))
      }
      rows.append(spans)
    }
  }

  /// Draws the rows from `offset` on, and marks what was looked for in them.
  func draw(
    on canvas: inout Canvas, in rect: Rect, from offset: Int = 0, marking find: Finder? = nil
  ) {
    for (y, row) in rows.dropFirst(offset).prefix(rect.height).enumerated() {
      for span in row {
        canvas.put(
          span.text, x: rect.x + span.x, y: rect.y + y, span.style, clip: rect, marking: find)
      }
    }
  }
}

/// Where what was looked for stands in a text.
typealias Finder = (String) -> [Range<String.Index>]

/// How far a document is scrolled.
struct Scroll: Hashable, Sendable {
  private(set) var offset = 0

  mutating func reset() { offset = 0 }

  /// Answers the keys that move through a document.
  mutating func handle(_ key: Key, height: Int) {
    switch key {
    case .up, .character("k"): offset -= 1
    case .down, .character("j"): offset += 1
    case .pageUp: offset -= max(1, height - 1)
    case .pageDown, .character(" "): offset += max(1, height - 1)
    case .control("u"): offset -= max(1, height / 2)
    case .control("d"): offset += max(1, height / 2)
    case .home, .character("g"): offset = 0
    case .end, .character("G"): offset = .max / 2
    default: break
    }
    offset = max(0, offset)
  }

  /// Keeps the last row at the bottom at most.
  mutating func fit(rows: Int, height: Int) {
    offset = max(0, min(offset, rows - height))
  }
}

extension Canvas {
  /// Draws text and marks what was looked for in it.
  mutating func put(
    _ text: String, x: Int, y: Int, _ style: Style, clip: Rect, marking find: Finder?
  ) {
    put(text, x: x, y: y, style, clip: clip)
    guard let find else { return }
    for range in find(text) {
      let start = x + text[..<range.lowerBound].columns
      let mark = Rect(x: start, y: y, width: text[range].columns, height: 1)
      restyle(mark.intersection(clip)) { style in
        style.role = .highlight
        style.underline = true
      }
    }
  }

  /// Draws at the right edge of a box how much of its content is seen: `3–14 of 40`.
  mutating func position(_ range: Range<Int>, of count: Int, in rect: Rect) {
    guard count > range.count, !range.isEmpty else { return }
    let text = " \(range.lowerBound + 1)–\(range.upperBound) of \(count) "
    put(text, endingAt: rect.right - 2, y: rect.bottom - 1, Style(.quiet), clip: rect)
  }
}
