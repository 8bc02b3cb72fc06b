import CVTerm

/// What stands on the screen.
extension PseudoTerminal {
  /// The rows of the screen, without the blanks at their ends.
  var lines: [String] { (0..<rows).map(line) }

  /// The whole screen.
  var text: String { lines.joined(separator: "\n") }

  /// One row of the screen, without the blanks at its end.
  func line(_ y: Int) -> String {
    var text = [CChar](repeating: 0, count: columns * 24 + 1)
    let row = VTermRect(
      start_row: Int32(y), end_row: Int32(y + 1), start_col: 0, end_col: Int32(columns))
    let length = vterm_screen_get_text(screen, &text, text.count, row)
    let line = String(decoding: text[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// Where a text stands on the screen: the place of its first character.
  func find(_ wanted: String) -> (x: Int, y: Int)? {
    for y in 0..<rows where line(y).contains(wanted) {
      for x in 0..<columns {
        var row = ""
        for column in x..<columns where row.utf8.count < wanted.utf8.count {
          row += cell(column, y).text
        }
        if row == wanted { return (x, y) }
      }
    }
    return nil
  }

  /// How one cell of the screen looks.
  struct Cell: Equatable {
    /// Its character with the marks on it; empty in the second half of a wide one.
    var text = ""
    /// The columns its character takes.
    var width = 1
    var isBold = false, isUnderlined = false, isReversed = false, isItalic = false
    /// The palette indices of its colours; none for the terminal's own.
    var foreground: Int?, background: Int?
  }

  /// The cell in column x of row y, both counted from 0.
  func cell(_ x: Int, _ y: Int) -> Cell {
    var cell = VTermScreenCell()
    vterm_screen_get_cell(screen, VTermPos(row: Int32(y), col: Int32(x)), &cell)
    var characters = [cell.chars.0, cell.chars.1, cell.chars.2]
    // The emulator marks the second half of a wide character by all bits, an empty cell by none.
    let isSecondHalf = characters[0] == UInt32.max
    if characters[0] == 0 { characters[0] = 32 }
    var text = String.UnicodeScalarView()
    for value in characters.prefix(while: { $0 != 0 && !isSecondHalf }) {
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return Cell(
      text: String(text), width: Int(cell.width), isBold: cell.attrs.bold != 0,
      isUnderlined: cell.attrs.underline != 0, isReversed: cell.attrs.reverse != 0,
      isItalic: cell.attrs.italic != 0, foreground: Self.index(cell.fg),
      background: Self.index(cell.bg))
  }

  private static func index(_ color: VTermColor) -> Int? {
    let isDefault = UInt32(color.type) & VTERM_COLOR_DEFAULT_MASK.rawValue != 0
    let isIndexed =
      UInt32(color.type) & VTERM_COLOR_TYPE_MASK.rawValue == VTERM_COLOR_INDEXED.rawValue
    return isIndexed && !isDefault ? Int(color.indexed.idx) : nil
  }

  /// Where the cursor stands; nothing while it is hidden.
  var cursor: (x: Int, y: Int)? {
    guard properties.pointee.cursorVisible else { return nil }
    var place = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(emulator), &place)
    return (Int(place.col), Int(place.row))
  }

  /// Whether the program has the terminal's second screen, which leaves the shell's as it was.
  var isAlternateScreen: Bool { properties.pointee.alternate }
}
