internal import CNcurses

/// What curses is told of each style.
struct Palette {
  private let theme: Theme
  private let colors: Int
  /// By the style's number; `nil` until it is first shown.
  private var known = [attr_t?](repeating: nil, count: Style.count)

  init(theme: Theme, colors: Int) {
    self.theme = theme
    self.colors = colors
    guard colors > 0 else { return }
    for role in Role.allCases {
      guard let color = theme[role].foreground else { continue }
      let number = color.number(among: colors)
      let hasOwn = tty_has_default_colors() != 0
      // White on black where the terminal's own colours have no number.
      tty_set_pair(Self.pair(of: role), number < 0 && !hasOwn ? 7 : number, hasOwn ? -1 : 0)
    }
  }

  private static func pair(of role: Role) -> Int32 { Int32(role.rawValue) + 1 }

  private func attributes(of style: Style) -> attr_t {
    let look = theme[style.role]
    let own = look.attributes
    var result = tty_plain
    if style.bold || own.bold { result |= tty_bold }
    if style.underline || own.underline { result |= tty_underline }
    if style.reverse != own.reverse { result |= tty_reverse }
    if style.dim || own.dim { result |= tty_dim }
    if style.italic || own.italic { result |= tty_italic }
    if colors > 0, let color = look.foreground {
      if colors < 256 {
        // Among eight colours the bright ones are the others in bold.
        if let basic = color.basic {
          if Int(basic) >= colors { result |= tty_bold }
        } else {
          result |= tty_dim
        }
      }
      result |= tty_pair(Self.pair(of: style.role))
    }
    return result
  }

  /// Adds what shows a cell.
  ///
  /// Curses goes by the C library's widths; where those differ from ours, a stand-in keeps the
  /// columns.
  mutating func append(_ cell: Cell, columns: Int, glyphs: Glyphs, to run: inout [cchar_t]) {
    var result = cchar_t()
    result.attr = known(cell.style)
    let scalar = glyphs.drawn(cell.scalar)
    // A blank looks the same in any colour, and the one that is on costs nothing to change to.
    if scalar == " ", result.attr == tty_plain, let before = run.last?.attr, isColorAlone(before) {
      result.attr = before
    }
    result.chars.0 = wchar_t(bitPattern: scalar.value)
    if !scalar.isASCII, TextWidth.curses(scalar) != columns {
      result.chars.0 = wchar_t(bitPattern: Display.replacement.value)
      run.append(result)
      result.chars.0 = 32
      if columns == 2 { run.append(result) }
      return
    }
    if cell.hasMarks, glyphs == .unicode {
      let marks = cell.marks.filter { TextWidth.curses($0) == 0 }
      result.chars.1 = wchar_t(bitPattern: marks.first?.value ?? 0)
      result.chars.2 = wchar_t(bitPattern: marks.dropFirst().first?.value ?? 0)
    }
    run.append(result)
    if scalar != cell.scalar, columns == 2 { run.append(result) }
  }

  private func isColorAlone(_ attributes: attr_t) -> Bool {
    let others = tty_bold | tty_underline | tty_reverse | tty_dim | tty_italic
    return attributes & others == tty_plain
  }

  private mutating func known(_ style: Style) -> attr_t {
    if let known = known[style.index] { return known }
    let made = attributes(of: style)
    known[style.index] = made
    return made
  }
}
