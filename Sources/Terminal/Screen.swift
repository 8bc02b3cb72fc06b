internal import CNcurses

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Why a terminal cannot be used.
public enum ScreenError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Input or output is not a terminal.
  case notATerminal
  /// The terminal's type is not known to terminfo.
  case unknownType(String)
  /// The terminal cannot move its cursor.
  case cannotMoveCursor(String)

  /// What is wrong and what would be right, in words.
  public var description: String {
    switch self {
    case .notATerminal:
      "standard input and output are not a terminal; run it in one, without redirecting"
    case .unknownType(let type) where type.isEmpty:
      "the terminal's type is not known because TERM is not set; set it, as to xterm-256color"
    case .unknownType(let type):
      "the terminal type “\(type.displayable)” (TERM) is not known here; set TERM to one that is, "
        + "as to xterm-256color"
    case .cannotMoveCursor(let type):
      "a terminal of the type “\(type.displayable)” (TERM) cannot move its cursor, which a full "
        + "screen needs"
    }
  }
}

/// The terminal: sends what differs between one canvas and the next, and tells what happens.
///
/// There is one a process, used by one thread, which makes it before any other thread begins. The
/// loop that keeps up with every terminal is: take ``next(timeout:)``, handle it, take and handle
/// ``pending()`` until there is none, draw, ``show(_:)``.
public final class Screen {
  /// The terminal's extent.
  public private(set) var size: Size
  /// How many colours are used: 0 where the terminal has none or `NO_COLOR` is set.
  public let colors: Int

  private var shown: Canvas?
  private var cursorShown: Bool?
  private var decoder: KeyDecoder
  private var events: [Event] = []
  private var end: EndReason?
  private var isOpen = true
  private var palette: Palette
  private var run: [cchar_t] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// Whether the user's locale speaks UTF-8, or names no character set.
  ///
  /// Where it does not, screens are to be drawn in ``Glyphs/ascii``; what is not ASCII is not
  /// sent.
  public static var isUTF8: Bool { tty_speaks_utf8() != 0 }

  private let glyphs: Glyphs

  /// Takes the terminal, which is given back by ``close()`` or however else the program ends.
  ///
  /// Where the environment sets `NO_COLOR`, or the terminal has fewer than eight colours, the theme
  /// is replaced by ``Theme/monochrome`` and no colour is ever sent.
  /// - Throws: ``ScreenError`` in words where the terminal cannot be used; it is untouched then.
  public init(theme: Theme = .dark) throws(ScreenError) {
    let type = getenv("TERM").map { String(cString: $0) } ?? ""
    // Unset, it would be taken for “unknown” and be reported by a name that nobody gave.
    if type.isEmpty, isatty(0) != 0, isatty(1) != 0 { throw .unknownType(type) }
    switch Int(tty_open()) {
    case tty_not_a_terminal: throw .notATerminal
    case tty_unknown_type: throw .unknownType(type)
    case tty_no_addressing: throw .cannotMoveCursor(type)
    default: break
    }
    let noColor = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    let available = noColor || !theme.hasColors ? 0 : Int(tty_start_color())
    colors = available < 8 ? 0 : available
    palette = Palette(theme: colors == 0 ? .monochrome : theme, colors: colors)
    glyphs = Self.isUTF8 ? .unicode : .ascii
    decoder = KeyDecoder(sequences: Self.sequences())
    size = Size(columns: Int(tty_columns()), rows: Int(tty_rows()))
  }

  deinit { tty_close() }

  private static func sequences() -> [[UInt8]: Key] {
    var capabilities: [(String, Key)] = [
      ("kcuu1", .up), ("kcud1", .down), ("kcuf1", .right), ("kcub1", .left), ("khome", .home),
      ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kich1", .insert),
      ("kcbt", .backTab), ("kent", .enter), ("kri", .shiftUp), ("kind", .shiftDown),
      ("kRIT", .shiftRight), ("kLFT", .shiftLeft),
    ]
    capabilities += (1...24).map { ("kf\($0)", Key.function($0)) }
    var found: [[UInt8]: Key] = [:]
    for (capability, key) in capabilities {
      guard let string = tty_string(capability) else { continue }
      found[Array(String(cString: string).utf8)] = key
    }
    return found
  }

  // MARK: Showing

  /// Sends what differs from the canvas shown last, in one piece; nothing where nothing does.
  public func show(_ canvas: Canvas) {
    guard isOpen, let window = tty_window() else { return }
    var changed = false
    for y in 0..<size.rows { changed = send(canvas, row: y, to: window) || changed }
    let wanted = canvas.cursor.flatMap { bounds(of: canvas).contains($0) ? $0 : nil }
    if wanted != shown?.cursor || cursorShown == nil || changed {
      changed = place(wanted, in: window) || changed
    }
    shown = canvas
    guard changed else { return }
    wnoutrefresh(window)
    doupdate()
  }

  private func bounds(of canvas: Canvas) -> Rect {
    canvas.bounds.intersection(Rect(x: 0, y: 0, width: size.columns, height: size.rows))
  }

  private func place(_ cursor: Point?, in window: UnsafeMutablePointer<WINDOW>) -> Bool {
    if cursorShown != (cursor != nil) {
      cursorShown = cursor != nil
      leaveok(window, cursor == nil)
      curs_set(cursor == nil ? 0 : 1)
    }
    guard let cursor else { return false }
    wmove(window, Int32(cursor.y), Int32(cursor.x))
    return true
  }

  /// Hands the changed span of a row to curses; whether there was one.
  private func send(
    _ canvas: Canvas, row y: Int, to window: UnsafeMutablePointer<WINDOW>
  ) -> Bool {
    let width = size.columns
    var first = 0
    var last = width
    if let shown, shown.size == canvas.size {
      while first < last, canvas[first, y] == shown[first, y] { first += 1 }
      while last > first, canvas[last - 1, y] == shown[last - 1, y] { last -= 1 }
      guard first < last else { return false }
      // A wide character is sent whole, and one that was half covered is too.
      while first > 0, canvas[first, y].isContinuation || shown[first, y].isContinuation {
        first -= 1
      }
      while last < width, canvas[last, y].isContinuation || shown[last, y].isContinuation {
        last += 1
      }
    }
    run.removeAll(keepingCapacity: true)
    for x in first..<last {
      let cell = canvas[x, y]
      if cell.isContinuation { continue }
      let wide = canvas[x + 1, y].isContinuation
      if wide, x + 1 >= width {
        run.append(palette.character(Cell(" ", cell.style), glyphs: glyphs, columns: 1))
        continue
      }
      run.append(palette.character(cell, glyphs: glyphs, columns: wide ? 2 : 1))
      // A character that curses would not give two columns is replaced by one of one column.
      if wide, run.last.map({ tty_width(UInt32(bitPattern: $0.chars.0)) }) != 2 {
        run.append(palette.character(Cell(" ", cell.style), glyphs: glyphs, columns: 1))
      }
    }
    mvwadd_wchnstr(window, Int32(y), Int32(first), run, Int32(run.count))
    return true
  }

  // MARK: Hearing

  /// Waits for what happens next.
  /// - Parameter milliseconds: how long to wait before a ``Event/tick``; for ever when none is given.
  public func next(timeout milliseconds: Int? = nil) -> Event {
    wait(milliseconds: milliseconds) ?? .tick
  }

  /// What has happened already, without waiting.
  public func pending() -> Event? {
    if end != nil { return nil }
    return wait(milliseconds: 0)
  }

  /// How long the rest of a key may take: keys that begin with ESC come in one piece.
  private static let keyPatience = 25
  /// How long the rest of a paste may take before what has come is all of it.
  private static let pastePatience = 500

  private func wait(milliseconds: Int?) -> Event? {
    while true {
      hear()
      if !events.isEmpty { return events.removeFirst() }
      if let end { return .ended(end) }
      if let event = decoder.next() { return event }
      guard isOpen else { return .ended(.hangUp) }
      let patience: Int? =
        switch decoder.waiting {
        case .nothing: nil
        case .restOfKey: Self.keyPatience
        case .restOfPaste: Self.pastePatience
        }
      let limit = patience ?? milliseconds ?? -1
      switch tty_wait(Int32(clamping: limit)) {
      case 1...: read()
      case 0:
        guard patience != nil else { return nil }
        if let event = decoder.next(idle: true) { return event }
      default: break
      }
    }
  }

  private func read() {
    let count = tty_read(&buffer, buffer.count)
    if count > 0 {
      decoder.feed(buffer[..<count])
    } else {
      end = .hangUp
    }
  }

  private func hear() {
    guard isOpen else { return }
    let happened = Int(tty_happened())
    if happened == 0 { return }
    func has(_ bit: Int) -> Bool { happened & bit != 0 }
    if has(tty_terminated) { end = .terminated }
    if has(tty_quit) { end = .quit }
    if has(tty_interrupted) { end = .interrupt }
    if has(tty_hung_up) { end = .hangUp }
    guard end == nil else { return }
    if has(tty_stop_asked) {
      suspend()
    } else if has(tty_continued) {
      tty_resume()
      resumed()
    } else if has(tty_resized) {
      if tty_fit() != 0 { tty_repaint() }
      fit()
    }
  }

  private func fit() {
    let now = Size(columns: Int(tty_columns()), rows: Int(tty_rows()))
    guard now != size else { return }
    size = now
    shown = nil
    events.removeAll { if case .resize = $0 { true } else { false } }
    events.append(.resize(now))
  }

  private func resumed() {
    shown = nil
    cursorShown = nil
    if events.last != .resumed { events.append(.resumed) }
    fit()
  }

  // MARK: Giving it back

  /// Stops the program as a shell's Ctrl-Z does: the terminal is given back, and taken and painted
  /// again when the shell continues the program, which then hears ``Event/resumed``.
  public func suspend() {
    guard isOpen else { return }
    tty_suspend()
    _ = tty_happened()
    resumed()
  }

  /// Gives the terminal back as it was, and lets out what was written to standard error meanwhile.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    tty_close()
  }
}

/// Ready made curses characters, one for each style.
private struct Palette {
  private let theme: Theme
  private let colors: Int
  private var templates: [Style: cchar_t] = [:]

  init(theme: Theme, colors: Int) {
    self.theme = theme
    self.colors = colors
    guard colors > 0 else { return }
    for role in Role.allCases {
      let look = theme[role]
      init_pair(
        Self.pair(of: role), number(look.foreground, plain: 7), number(look.background, plain: 0))
    }
  }

  private static func pair(of role: Role) -> Int16 { Int16(role.rawValue) + 1 }

  private func number(_ color: UInt8?, plain: Int16) -> Int16 {
    let terminalsOwn: Int16 = tty_has_default_colors() != 0 ? -1 : plain
    guard let color else { return terminalsOwn }
    if Int(color) < colors { return Int16(color) }
    // Among eight colours grey is missing, and the bright ones are the others in bold.
    return color == 8 ? terminalsOwn : Int16(color) - 8
  }

  private func attributes(of style: Style) -> attr_t {
    let look = theme[style.role]
    let own = look.attributes
    var result = tty_plain
    if style.bold || own.bold { result |= tty_bold }
    if style.underline || own.underline { result |= tty_underline }
    if style.reverse != own.reverse { result |= tty_reverse }
    if style.dim || own.dim { result |= tty_dim }
    if style.italic || own.italic { result |= tty_italic }
    if colors > 0 {
      if let color = look.foreground, Int(color) >= colors {
        result |= color == 8 ? tty_dim : tty_bold
      }
      if look.foreground != nil || look.background != nil {
        result |= tty_pair(Int32(Self.pair(of: style.role)))
      }
    }
    return result
  }

  mutating func character(_ cell: Cell, glyphs: Glyphs, columns: Int) -> cchar_t {
    var result: cchar_t
    if let ready = templates[cell.style] {
      result = ready
    } else {
      result = cchar_t()
      result.attr = attributes(of: cell.style)
      templates[cell.style] = result
    }
    let scalar = glyphs.drawn(cell.scalar)
    result.chars.0 = wchar_t(bitPattern: scalar.value)
    if scalar.isASCII && scalar == cell.scalar && cell.marks.isEmpty { return result }
    // Curses goes by the C library's widths; where they differ a stand-in keeps the columns.
    if tty_width(scalar.value) != columns {
      result.chars.0 = wchar_t(bitPattern: glyphs.drawn(Display.replacement).value)
    } else if scalar == cell.scalar {
      let marks = cell.marks.filter { tty_width($0.value) == 0 }
      result.chars.1 = wchar_t(bitPattern: marks.first?.value ?? 0)
      result.chars.2 = wchar_t(bitPattern: marks.dropFirst().first?.value ?? 0)
    }
    return result
  }
}
