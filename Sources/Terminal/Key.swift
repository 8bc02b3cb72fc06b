/// A key as the program answers it, whatever bytes the terminal sent for it.
public enum Key: Hashable, Sendable {
  /// A printable character, space included.
  case character(Character)
  /// A lower case letter, a digit's neighbour such as `_`, or space, held with Ctrl.
  case control(Character)
  /// A function key, F1 being 1; shifted ones go on from 13.
  case function(Int)
  /// Enter and Tab, and Tab held with Shift.
  case enter, tab, backTab
  /// Esc, and the keys that take away or switch.
  case escape, backspace, delete, insert
  /// The arrows.
  case up, down, left, right
  /// The ends and the pages.
  case home, end, pageUp, pageDown
  /// The arrows held with Shift.
  case shiftUp, shiftDown, shiftLeft, shiftRight
  /// The arrows held with Ctrl.
  case controlUp, controlDown, controlLeft, controlRight

  private static let named: [(key: Key, name: String, others: [String])] = [
    (.enter, "Enter", ["return", "↵"]),
    (.tab, "Tab", ["⇥"]),
    (.backTab, "Shift-Tab", ["backtab", "⇤"]),
    (.escape, "Esc", ["escape"]),
    (.backspace, "Backspace", ["bs", "⌫"]),
    (.delete, "Delete", ["del", "⌦"]),
    (.insert, "Insert", ["ins"]),
    (.up, "↑", ["up"]),
    (.down, "↓", ["down"]),
    (.left, "←", ["left"]),
    (.right, "→", ["right"]),
    (.home, "Home", []),
    (.end, "End", []),
    (.pageUp, "PgUp", ["pageup"]),
    (.pageDown, "PgDn", ["pagedown"]),
    (.shiftUp, "Shift-↑", ["shift-up"]),
    (.shiftDown, "Shift-↓", ["shift-down"]),
    (.shiftLeft, "Shift-←", ["shift-left"]),
    (.shiftRight, "Shift-→", ["shift-right"]),
    (.controlUp, "Ctrl-↑", ["ctrl-up"]),
    (.controlDown, "Ctrl-↓", ["ctrl-down"]),
    (.controlLeft, "Ctrl-←", ["ctrl-left"]),
    (.controlRight, "Ctrl-→", ["ctrl-right"]),
    (.character(" "), "Space", []),
    (.control(" "), "Ctrl-Space", []),
  ]

  /// How the key is written for a reader, as in `Ctrl-u`, `F1`, `Shift-Tab` or `g`.
  public var name: String {
    switch self {
    case .character(let character) where character != " ": return String(character)
    case .control(let character) where character != " ": return "Ctrl-\(character)"
    case .function(let number): return "F\(number)"
    default: return Self.named.first { $0.key == self }?.name ?? ""
    }
  }

  /// The key that a reader means by a name: any that ``name`` gives, in words (`Up`, `Return`,
  /// `Del`) or with a caret (`^U`).
  ///
  /// Only single characters distinguish upper and lower case.
  public init?(_ name: String) {
    let lower = name.lowercased()
    if name.count == 1, let character = name.first, character != " ",
      !Self.named.contains(where: { $0.others.contains(name) || $0.name == name })
    {
      self = .character(character)
    } else if let found = Self.named.first(where: {
      $0.name.lowercased() == lower || $0.others.contains(lower)
    }) {
      self = found.key
    } else if lower.first == "f", let number = Int(lower.dropFirst()), (1...24).contains(number) {
      self = .function(number)
    } else {
      let letter: Substring
      if lower.hasPrefix("ctrl-") {
        letter = lower.dropFirst(5)
      } else if lower.hasPrefix("^") {
        letter = lower.dropFirst(1)
      } else {
        return nil
      }
      guard letter.count == 1, let character = letter.first,
        character.isLetter && character.isASCII || "\\]^_".contains(character)
      else { return nil }
      self = .control(character)
    }
  }
}

/// What was done with the mouse, and where.
public struct MousePress: Hashable, Sendable {
  /// What was pressed or turned.
  public enum Button: Hashable, Sendable {
    case left, wheelUp, wheelDown
  }

  /// What was pressed or turned.
  public let button: Button
  /// The cell under the pointer.
  public let point: Point

  /// A press of a button over a cell.
  public init(_ button: Button, at point: Point) {
    self.button = button
    self.point = point
  }
}

/// Why the program has to end.
public enum EndReason: Hashable, Sendable {
  /// The terminal has gone.
  case hangUp
  /// Someone asked it to end (SIGTERM).
  case terminated
  /// Someone interrupted it from outside (SIGINT); Ctrl-C in the terminal is a key.
  case interrupt
  /// Someone made it quit from outside (SIGQUIT).
  case quit

  /// The number of the signal that says the same, for an exit status.
  public var signal: Int32 {
    switch self {
    case .hangUp: 1
    case .interrupt: 2
    case .quit: 3
    case .terminated: 15
    }
  }
}

/// What the terminal tells the program.
public enum Event: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// Text was pasted; line ends are newlines. It is never to be taken for commands.
  case paste(String)
  /// The terminal has another size.
  case resize(Size)
  /// The program goes on after it was stopped; everything has to be drawn again.
  case resumed
  /// A button of the mouse was pressed, or its wheel turned.
  case mouse(MousePress)
  /// The terminal has told what lies behind the text; the colours fit it from the next picture on.
  case background(Background)
  /// The time given to ``Screen/next(timeout:)`` ran out.
  case tick
  /// The program has to end; it comes again if asked again.
  case ended(EndReason)
}
