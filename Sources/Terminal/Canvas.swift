#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// One cell of the screen: a character, at most two marks on it, and how it looks.
public struct Cell: Hashable, Sendable {
  /// The character; a blank in the second half of a wide one.
  public internal(set) var scalar: Unicode.Scalar
  /// How it looks.
  public internal(set) var style: Style
  /// Whether this is the second half of the wide character before it.
  public internal(set) var isContinuation = false
  // Every byte of a cell is a part of it, so that rows can be compared as memory.
  private let filler: UInt8 = 0
  private var firstMark: Unicode.Scalar = "\0"
  private var secondMark: Unicode.Scalar = "\0"

  /// A cell that shows one character.
  public init(_ scalar: Unicode.Scalar = " ", _ style: Style = .plain) {
    self.scalar = scalar
    self.style = style
  }

  /// The combining marks on the character, two at most.
  public internal(set) var marks: [Unicode.Scalar] {
    get { [firstMark, secondMark].filter { $0 != "\0" } }
    set {
      firstMark = newValue.first ?? "\0"
      secondMark = newValue.dropFirst().first ?? "\0"
    }
  }

  var hasMarks: Bool { firstMark != "\0" }

  /// What the cell adds to the text of its row; empty for a continuation.
  public var text: String {
    if isContinuation { return "" }
    var view = String.UnicodeScalarView([scalar])
    view.append(contentsOf: marks)
    return String(view)
  }
}

/// A screen in memory.
///
/// Screens are drawn on it whole, tests read it, and ``Screen`` sends what differs from the last
/// one.
public struct Canvas: Sendable {
  /// The extent in cells.
  public let size: Size
  /// Where the terminal's cursor is to stand; none hides it.
  public var cursor: Point?
  /// The characters that the terminal can show.
  ///
  /// What is drawn goes through it.
  public let glyphs: Glyphs
  private(set) var cells: [Cell]
  /// The rows that something was drawn on since the canvas was last ``settle()``d.
  private(set) var touched: [Bool]

  /// A blank canvas.
  public init(_ size: Size, glyphs: Glyphs = .unicode) {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: Cell(), count: size.columns * size.rows)
    touched = Array(repeating: true, count: size.rows)
  }

  /// Takes the canvas for shown: a ``Screen`` that has shown it looks for differences only in what is
  /// drawn from now on.
  public mutating func settle() {
    for y in touched.indices { touched[y] = false }
  }

  /// The same canvas cut or filled up with blanks to another size.
  func fitted(to size: Size) -> Canvas {
    if size == self.size { return self }
    var result = Canvas(size, glyphs: glyphs)
    result.cursor = cursor
    let common = bounds.intersection(result.bounds)
    for y in 0..<common.height {
      for x in 0..<common.width { result.cells[y * size.columns + x] = self[x, y] }
      // A wide character at the edge has lost its second half.
      if common.width > 0, self[common.width, y].isContinuation {
        result.cells[y * size.columns + common.width - 1].scalar = " "
      }
    }
    return result
  }

  /// The whole canvas.
  public var bounds: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

  /// The cell at a place; a blank one outside.
  public subscript(x: Int, y: Int) -> Cell {
    bounds.contains(Point(x: x, y: y)) ? cells[y * size.columns + x] : Cell()
  }

  // MARK: Text

  /// Draws text in one row, inside `clip` (the whole canvas when none is given) and never wrapped.
  ///
  /// Control characters and the like are drawn as U+FFFD.
  /// - Returns: the column after the last cell drawn, from which to go on.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, x: Int, y: Int, _ style: Style = .plain, clip: Rect? = nil
  ) -> Int {
    let clip = clip.map { $0.intersection(bounds) } ?? bounds
    let text = String(text)
    guard y >= clip.y, y < clip.bottom else { return min(x + text.columns, max(x, clip.right)) }
    if glyphs == .unicode, let columns = text.simpleColumns {
      return putSimple(text, columns: columns, x: x, y: y, style, clip)
    }
    var column = x
    for glyph in Glyphing(text) {
      guard column < clip.right else { break }
      let next = column + glyph.columns
      if column >= clip.x, next <= clip.right {
        place(glyph, x: column, y: y, style)
      } else if next > clip.x {
        // Half of a wide character cannot be drawn, but what was there must not shine through.
        set(Cell(" ", style), x: max(column, clip.x), y: y)
      }
      column = next
    }
    return min(column, max(x, clip.right))
  }

  /// Draws text of which each scalar fills one cell.
  private mutating func putSimple(
    _ text: String, columns: Int, x: Int, y: Int, _ style: Style, _ clip: Rect
  ) -> Int {
    let first = max(x, clip.x)
    let last = min(x + columns, clip.right)
    guard first < last else { return min(x + columns, max(x, clip.right)) }
    touched[y] = true
    let row = y * size.columns
    // Only at the ends can half of a wide character be left of what was there.
    clear(row + first)
    if last < size.columns, cells[row + last].isContinuation { clear(row + last) }
    let isASCII = text.utf8.count == columns
    cells.withUnsafeMutableBufferPointer { cells in
      var column = x
      func put(_ scalar: Unicode.Scalar) {
        if column >= first, column < last { cells[row + column] = Cell(scalar, style) }
        column += 1
      }
      if isASCII {
        for byte in text.utf8 { put(Unicode.Scalar(byte)) }
      } else {
        for scalar in text.unicodeScalars { put(scalar) }
      }
    }
    return min(x + columns, max(x, clip.right))
  }

  /// Takes away the wide character whose second half stands in a cell.
  private mutating func clear(_ index: Int) {
    guard cells[index].isContinuation else { return }
    cells[index - 1] = blank(cells[index - 1])
    cells[index] = blank(cells[index])
  }

  /// Draws text so that it ends just before a column, as numbers in a table do.
  ///
  /// What does not fit is cut off at the left by `clip`.
  /// - Returns: the column after the last cell drawn.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, endingAt end: Int, y: Int, _ style: Style = .plain,
    clip: Rect? = nil
  ) -> Int {
    put(text, x: end - text.columns, y: y, style, clip: clip)
  }

  private mutating func place(_ glyph: Glyph, x: Int, y: Int, _ style: Style) {
    let scalar = glyphs.drawn(glyph.base)
    var cell = Cell(scalar, style)
    if glyphs == .unicode {
      if !glyph.marks.isEmpty { cell.marks = glyph.marks }
    } else if scalar != glyph.base {
      joinPower(glyph.base, x: x, y: y)
    }
    set(cell, x: x, y: y)
    guard glyph.columns == 2 else { return }
    var second = Cell(scalar == glyph.base ? " " : scalar, style)
    second.isContinuation = scalar == glyph.base
    set(second, x: x + 1, y: y, keepingBase: true)
  }

  /// In ASCII a raised exponent would read as part of the number, 10⁹ as 109: it becomes 1e9.
  private mutating func joinPower(_ exponent: Unicode.Scalar, x: Int, y: Int) {
    guard "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".unicodeScalars.contains(exponent),
      self[x - 1, y].scalar == "0", self[x - 2, y].scalar == "1",
      !("0"..."9" ~= self[x - 3, y].scalar)
    else { return }
    cells[y * size.columns + x - 1].scalar = "e"
  }

  private mutating func set(_ cell: Cell, x: Int, y: Int, keepingBase: Bool = false) {
    touched[y] = true
    let index = y * size.columns + x
    if !keepingBase, cells[index].isContinuation { cells[index - 1] = blank(cells[index - 1]) }
    if x + 1 < size.columns, cells[index + 1].isContinuation {
      cells[index + 1] = blank(cells[index + 1])
    }
    cells[index] = cell
  }

  private func blank(_ cell: Cell) -> Cell { Cell(" ", cell.style) }

  // MARK: Areas

  /// Fills a rectangle with one character in one style.
  public mutating func fill(
    _ rect: Rect, _ style: Style = .plain, with character: Character = " "
  ) {
    let rect = rect.intersection(bounds)
    guard !rect.isEmpty else { return }
    let glyph = Glyphing(String(character)).first { _ in true }
    let narrow = glyph.flatMap { $0.columns == 1 ? $0 : nil }
    var cell = Cell(glyphs.drawn(narrow?.base ?? " "), style)
    if let narrow, glyphs == .unicode { cell.marks = narrow.marks }
    fill(rect, cell)
  }

  private mutating func fill(_ rect: Rect, _ cell: Cell) {
    let rect = rect.intersection(bounds)
    guard !rect.isEmpty else { return }
    for y in rect.y..<rect.bottom {
      touched[y] = true
      let row = y * size.columns
      clear(row + rect.x)
      if rect.right < size.columns { clear(row + rect.right) }
      write(cell, to: row + rect.x..<row + rect.right)
    }
  }

  /// Makes a rectangle as it is on a canvas on which nothing was drawn, the cursor in it included.
  public mutating func clear(_ rect: Rect) {
    if let point = cursor, rect.contains(point) { cursor = nil }
    fill(rect, Cell())
  }

  private mutating func write(_ cell: Cell, to run: Range<Int>) {
    cells.withUnsafeMutableBufferPointer { $0[run].update(repeating: cell) }
  }

  /// Changes the style of what is drawn already, as to show a row as selected.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let rect = rect.intersection(bounds)
    guard !rect.isEmpty else { return }
    for y in rect.y..<rect.bottom {
      touched[y] = true
      for x in rect.x..<rect.right { change(&cells[y * size.columns + x].style) }
    }
  }

  // MARK: Lines

  /// Draws a box with round corners along the edge of a rectangle, its title in the upper line.
  public mutating func box(_ rect: Rect, title: String = "", focused: Bool = false) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let style = Style(focused ? .frameFocused : .frame)
    let down = cell([.up, .down], style)
    for x in [rect.x, rect.right - 1] {
      fill(Rect(x: x, y: rect.y + 1, width: 1, height: rect.height - 2), down)
    }
    line([.down, .right], x: rect.x, y: rect.y, style)
    line([.down, .left], x: rect.right - 1, y: rect.y, style)
    line([.up, .right], x: rect.x, y: rect.bottom - 1, style)
    line([.up, .left], x: rect.right - 1, y: rect.bottom - 1, style)
    edge(y: rect.y, of: rect, title: title, focused: focused)
    edge(y: rect.bottom - 1, of: rect, focused: focused)
  }

  /// Draws the upper or the lower line of a box that stands, from corner to corner, over what was
  /// said in it.
  public mutating func edge(y: Int, of rect: Rect, title: String = "", focused: Bool = false) {
    guard rect.width >= 2 else { return }
    let across = cell([.left, .right], Style(focused ? .frameFocused : .frame))
    fill(Rect(x: rect.x + 1, y: y, width: rect.width - 2, height: 1), across)
    self.title(title, in: rect, y: y, focused: focused)
  }

  /// Draws a line across a box, from edge to edge of its rectangle, joined to the lines it meets,
  /// with the title of the part below it.
  public mutating func horizontalRule(
    y: Int, in rect: Rect, title: String = "", focused: Bool = false
  ) {
    guard rect.width >= 2, y >= rect.y, y < rect.bottom else { return }
    let style = Style(focused ? .frameFocused : .frame)
    for x in rect.x..<rect.right {
      var piece: Line = [.left, .right]
      if x == rect.x { piece = joined(.right, x: x, y: y) }
      if x == rect.right - 1 { piece = joined(.left, x: x, y: y) }
      if x > rect.x, x < rect.right - 1 { piece.formUnion(crossing(x: x, y: y, [.up, .down])) }
      line(piece, x: x, y: y, style)
    }
    self.title(title, in: rect, y: y, focused: focused)
  }

  /// Draws a line down a box, from edge to edge of its rectangle, joined to the lines it meets.
  ///
  /// What it is to begin and end at has to be drawn before.
  public mutating func verticalRule(x: Int, in rect: Rect, focused: Bool = false) {
    guard rect.height >= 2, x >= rect.x, x < rect.right else { return }
    let style = Style(focused ? .frameFocused : .frame)
    for y in rect.y..<rect.bottom {
      var piece: Line = [.up, .down]
      if y == rect.y { piece = joined(.down, x: x, y: y) }
      if y == rect.bottom - 1 { piece = joined(.up, x: x, y: y) }
      if y > rect.y, y < rect.bottom - 1 {
        piece.formUnion(crossing(x: x, y: y, [.left, .right]))
      }
      line(piece, x: x, y: y, style)
    }
  }

  /// What is there already, and one end more.
  private func joined(_ end: Line, x: Int, y: Int) -> Line {
    let there = Line(of: self[x, y].scalar)
    if !there.isEmpty { return there.union(end) }
    return end.intersection([.left, .right]).isEmpty ? [.up, .down] : [.left, .right]
  }

  private func crossing(x: Int, y: Int, _ directions: Line) -> Line {
    Line(of: self[x, y].scalar).intersection(directions)
  }

  private mutating func line(_ piece: Line, x: Int, y: Int, _ style: Style) {
    guard bounds.contains(Point(x: x, y: y)) else { return }
    set(cell(piece, style), x: x, y: y)
  }

  private func cell(_ piece: Line, _ style: Style) -> Cell {
    Cell(glyphs.drawn(piece.scalar), style)
  }

  private mutating func title(_ title: String, in rect: Rect, y: Int, focused: Bool) {
    let room = rect.width - 6
    guard !title.isEmpty, room > 0 else { return }
    var style = Style(.heading)
    style.bold = focused
    let text = " \(title.clipped(toColumns: room)) "
    put(text, x: rect.x + 2, y: y, style)
  }

  // MARK: Reading

  /// Whether a row looks as it does on another canvas of the same size.
  func isSame(row y: Int, as other: Canvas) -> Bool {
    let width = size.columns * MemoryLayout<Cell>.stride
    return cells.withUnsafeBytes { own in
      other.cells.withUnsafeBytes { other in
        guard let own = own.baseAddress, let other = other.baseAddress else { return true }
        return memcmp(own + y * width, other + y * width, width) == 0
      }
    }
  }

  /// Makes a row look as it does on another canvas of the same size.
  mutating func take(row y: Int, from other: Canvas) {
    let row = y * size.columns..<(y + 1) * size.columns
    cells.withUnsafeMutableBufferPointer { own in
      other.cells.withUnsafeBufferPointer { other in
        for index in row { own[index] = other[index] }
      }
    }
  }

  /// The text of each row without the blanks at its end.
  public var lines: [String] {
    (0..<size.rows).map { y in
      let row = cells[y * size.columns..<(y + 1) * size.columns]
      let text = row.map(\.text).joined()
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension Canvas {
  /// The rows with their styles, for tests that are about looks as well.
  ///
  /// A row's text begins with two spaces. Where something is not plain, a line beginning with `r `
  /// follows with a letter for the role under each cell (`q`uiet, `a`ccent, `h`eading, `c`lears,
  /// `b`locks, `u`nknown, `w`arning, `s`election, `f`ield, `.` frame, `:` focused frame, `m`atch,
  /// char`t`; a capital is bold), and, where needed, one beginning with `a ` with the attributes:
  /// `u`nderlined, `r`eversed, `d`im, `i`talic, `*` several.
  public func annotated() -> [String] {
    lines.enumerated().flatMap { y, text in
      let row = (0..<size.columns).map { self[$0, y].style }
      var result = ["  " + text]
      let roles = String(row.map(Self.mark(of:)))
      let attributes = String(row.map(Self.attribute(of:)))
      for (prefix, marks) in [("r ", roles), ("a ", attributes)]
      where marks.contains(where: { $0 != " " }) {
        result.append(prefix + String(marks.reversed().drop { $0 == " " }.reversed()))
      }
      return result
    }
  }

  private static func mark(of style: Style) -> Character {
    let mark: Character =
      switch style.role {
      case .plain: style.bold ? "P" : " "
      case .quiet: "q"
      case .accent: "a"
      case .heading: "h"
      case .clears: "c"
      case .blocks: "b"
      case .unknown: "u"
      case .warning: "w"
      case .selection: "s"
      case .field: "f"
      case .frame: "."
      case .frameFocused: ":"
      case .highlight: "m"
      case .chart: "t"
      }
    return style.bold ? mark.uppercased().first ?? mark : mark
  }

  private static func attribute(of style: Style) -> Character {
    let set = [
      (style.underline, "u" as Character), (style.reverse, "r"), (style.dim, "d"),
      (style.italic, "i"),
    ].filter(\.0)
    return set.count > 1 ? "*" : set.first?.1 ?? " "
  }
}
