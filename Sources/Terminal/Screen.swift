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
  public private(set) var colors = 0

  /// The theme that was asked for.
  public private(set) var choice: ThemeChoice
  /// What lies behind the text, as far as it is known.
  private var background: Background
  private var hasAsked = false
  private var askedAt = ContinuousClock.now
  private var shown: Canvas?
  private var cursorShown: Point?
  private var decoder: KeyDecoder
  private var events: [Event] = []
  private var end: EndReason?
  private(set) var isOpen = true
  private var palette: Palette
  private var run: [cchar_t] = []
  private var lastRead = 0
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
  /// - Parameters:
  ///   - theme: The colours.
  ///   - mouse: Whether the mouse is the program's, so that it no longer selects text.
  /// - Throws: ``ScreenError`` in words where the terminal cannot be used; it is untouched then.
  public init(theme: ThemeChoice = .auto, mouse: Bool = false) throws(ScreenError) {
    choice = theme
    background = Self.environment("COLORFGBG").flatMap(Background.init(colorFGBG:)) ?? .dark
    let type = Self.environment("TERM") ?? ""
    // Unset, it would be taken for “unknown” and be reported by a name that nobody gave.
    if type.isEmpty, isatty(0) != 0, isatty(1) != 0 { throw .unknownType(type) }
    switch Int(tty_open(mouse ? 1 : 0)) {
    case tty_not_a_terminal: throw .notATerminal
    case tty_unknown_type: throw .unknownType(type)
    case tty_no_addressing: throw .cannotMoveCursor(type)
    default: break
    }
    palette = Palette(theme: .monochrome, colors: 0)
    glyphs = Self.isUTF8 ? .unicode : .ascii
    decoder = KeyDecoder(sequences: Self.sequences())
    size = Size(columns: Int(tty_columns()), rows: Int(tty_rows()))
    use(theme)
  }

  deinit { tty_close() }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

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

  /// Changes the colours; the next canvas shown has them.
  public func use(_ choice: ThemeChoice) {
    guard isOpen else { return }
    self.choice = choice
    let theme = choice.theme(on: background)
    if colors == 0, theme.hasColors, !Self.refusesColor {
      let available = Int(tty_start_color())
      colors = available < 8 ? 0 : available
    }
    palette = Palette(theme: colors == 0 ? .monochrome : theme, colors: colors)
    shown = nil
  }

  /// Asks what lies behind the text, where that matters; the answer comes like a key some time
  /// later, or never.
  private func askForBackground() {
    guard !hasAsked, colors > 0, choice.dependsOnBackground, Self.mayAsk else { return }
    hasAsked = true
    decoder.expectsBackground = true
    askedAt = .now
    let question = "\u{1B}]11;?\u{1B}\\"
    tty_say(question, question.utf8.count)
  }

  /// Whether the terminal is of a kind that keeps questions it does not understand to itself.
  static var mayAsk: Bool {
    let type = environment("TERM") ?? ""
    return type != "linux" && !type.hasPrefix("vt") && tty_is_ansi() != 0
  }

  private static var refusesColor: Bool { getenv("NO_COLOR").map { $0.pointee != 0 } ?? false }

  /// Sends what differs from the canvas shown last, in one piece; nothing where nothing does.
  ///
  /// A canvas that is drawn on and shown again is looked at only where it was drawn on: between two
  /// times that it is shown, no other one is.
  public func show(_ canvas: inout Canvas) {
    guard isOpen, let window = tty_window() else { return }
    if canvas.size != size { canvas = canvas.fitted(to: size) }
    var changed = false
    if shown == nil {
      for y in 0..<size.rows { send(canvas, 0..<size.columns, ofRow: y, to: window) }
      shown = canvas
      changed = true
    } else {
      for y in 0..<size.rows where canvas.touched[y] {
        guard send(canvas, row: y, to: window) else { continue }
        shown?.take(row: y, from: canvas)
        changed = true
      }
    }
    canvas.settle()
    let wanted = canvas.cursor.flatMap { canvas.bounds.contains($0) ? $0 : nil }
    if changed || wanted != cursorShown {
      changed = true
      place(wanted, in: window)
    }
    guard changed else { return }
    wnoutrefresh(window)
    doupdate()
    // After the first picture, which waits for nothing.
    askForBackground()
  }

  private func place(_ cursor: Point?, in window: UnsafeMutablePointer<WINDOW>) {
    if (cursorShown == nil) != (cursor == nil) {
      // A hidden cursor may be left wherever the last change was.
      leaveok(window, cursor == nil)
      curs_set(cursor == nil ? 0 : 1)
    }
    cursorShown = cursor
    if let cursor { wmove(window, Int32(cursor.y), Int32(cursor.x)) }
  }

  /// Hands what has changed of a row to curses; whether anything has.
  private func send(
    _ canvas: Canvas, row y: Int, to window: UnsafeMutablePointer<WINDOW>
  ) -> Bool {
    guard let shown, !canvas.isSame(row: y, as: shown) else { return false }
    let row = y * size.columns..<(y + 1) * size.columns
    let (new, old) = (canvas.cells, shown.cells)
    var sent = row.lowerBound
    while let first = (sent..<row.upperBound).first(where: { new[$0] != old[$0] }) {
      var end = first + 1
      var index = end
      // What is between two changes that are near is sent with them.
      while index < row.upperBound, index < end + Self.nearness {
        if new[index] != old[index] { end = index + 1 }
        index += 1
      }
      // A wide character is sent whole, and one that was half covered is too.
      var start = first
      while new[start].isContinuation || old[start].isContinuation { start -= 1 }
      while end < row.upperBound, new[end].isContinuation || old[end].isContinuation { end += 1 }
      send(canvas, start - row.lowerBound..<end - row.lowerBound, ofRow: y, to: window)
      sent = end
    }
    return true
  }

  /// So many unchanged cells part what is sent in two.
  private static let nearness = 8

  private func send(
    _ canvas: Canvas, _ columns: Range<Int>, ofRow y: Int, to window: UnsafeMutablePointer<WINDOW>
  ) {
    run.removeAll(keepingCapacity: true)
    let (cells, row) = (canvas.cells, y * size.columns)
    for x in columns where !cells[row + x].isContinuation {
      let isWide = x + 1 < size.columns && cells[row + x + 1].isContinuation
      palette.append(cells[row + x], columns: isWide ? 2 : 1, glyphs: glyphs, to: &run)
    }
    mvwadd_wchnstr(window, Int32(y), Int32(columns.lowerBound), run, Int32(run.count))
  }

  // MARK: Hearing

  /// Waits for what happens next.
  /// - Parameters:
  ///   - milliseconds: how long to wait before a ``Event/tick``; for ever when none is given.
  ///   - other: something else to wait for; a ``Event/tick`` comes when it can be read.
  public func next(timeout milliseconds: Int? = nil, or other: Int32? = nil) -> Event {
    wait(milliseconds: milliseconds, or: other) ?? .tick
  }

  /// What has happened already, without waiting.
  public func pending() -> Event? {
    if end != nil { return nil }
    return wait(milliseconds: 0)
  }

  /// What came together with the last event: more keys of a burst, the rest of a paste.
  ///
  /// Whether anything has come since is asked only after more than anybody types: for one key the
  /// question would take as long as much of the answer.
  public func following() -> Event? {
    if end != nil || decoder.waiting == .nothing && events.isEmpty && lastRead < Self.burst {
      return nil
    }
    return wait(milliseconds: 0)
  }

  /// So many bytes at once are more than anybody types.
  private static let burst = 32

  /// How long the rest of a key may take: keys that begin with ESC come in one piece.
  private static let keyPatience = 25
  /// How long a lone ESC may be the beginning of an answer that is due; only then does the Esc key
  /// take so long.
  private static let answerPatience = 100
  /// How long after the question an answer is due: the longest ways to a terminal take so long.
  private static let answerIsDue = Duration.seconds(1)
  /// How long an answer in pieces is put together.
  private static let answerMayCome = Duration.seconds(5)
  /// How long the rest of a paste may take before what has come is all of it.
  private static let pastePatience = 500

  private func wait(milliseconds: Int?, or other: Int32? = nil) -> Event? {
    if decoder.expectsBackground, decoder.waiting == .nothing,
      askedAt.duration(to: .now) > Self.answerMayCome
    {
      decoder.expectsBackground = false
    }
    while true {
      hear()
      if !events.isEmpty { return events.removeFirst() }
      if let end { return .ended(end) }
      if let event = decoder.next() { return heard(event) }
      guard isOpen else { return .ended(.hangUp) }
      let patience: Int? =
        switch decoder.waiting {
        case .nothing: nil
        case .restOfKey: Self.keyPatience
        case .perhapsAnswer: isAnswerDue ? Self.answerPatience : Self.keyPatience
        case .restOfAnswer: nil
        case .restOfPaste: Self.pastePatience
        }
      let limit = milliseconds == 0 ? 0 : patience ?? milliseconds ?? -1
      switch tty_wait(Int32(clamping: limit), patience == nil ? other ?? 0 : 0) {
      case 1:
        read()
        // Signals can wait until the key has its picture.
        if let event = decoder.next() { return heard(event) }
      case 2: return nil
      case 0:
        guard patience != nil, milliseconds != 0 else { return nil }
        if let event = decoder.next(idle: true) { return heard(event) }
      default: break
      }
    }
  }

  private var isAnswerDue: Bool { askedAt.duration(to: .now) < Self.answerIsDue }

  /// Takes what an event says of the terminal itself.
  private func heard(_ event: Event) -> Event {
    if case .background(let found) = event, found != background {
      background = found
      use(choice)
    }
    return event
  }

  private func read() {
    let count = tty_read(&buffer, buffer.count)
    lastRead = count
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

  /// Draws everything anew with the next picture, whatever the terminal shows.
  public func redraw() {
    shown = nil
    tty_repaint()
  }

  private func resumed() {
    shown = nil
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

  /// An answer that is still due would be typed into the shell; where it comes soon, it is taken.
  private func takeAnswer() {
    guard hasAsked, end == nil else { return }
    let until = ContinuousClock.now + .milliseconds(Self.answerPatience)
    while decoder.expectsBackground, isAnswerDue, .now < until, tty_wait(10, 0) >= 0, end == nil {
      if tty_wait(0, 0) > 0 { read() }
      while decoder.next() != nil {}
    }
  }

  /// Gives the terminal back as it was, and lets out what was written to standard error meanwhile.
  public func close() {
    guard isOpen else { return }
    takeAnswer()
    isOpen = false
    tty_close()
  }
}

extension TextWidth {
  /// What the C library, and so curses, takes a scalar's width for: -1 where it does not know it.
  static func curses(_ scalar: Unicode.Scalar) -> Int { Int(tty_width(scalar.value)) }

  /// Lets the C library know characters at all, as a screen does when it is made.
  static func prepareCurses() { tty_set_locale() }
}
