/// Which characters the terminal can show.
public enum Glyphs: Sendable {
  /// All of them.
  case unicode
  /// ASCII only; every other character is drawn as the nearest one of the same width.
  case ascii

  /// What stands for a character on this terminal, column for column.
  func drawn(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard self == .ascii, !scalar.isASCII else { return scalar }
    if let found = Self.replacements[scalar] { return found }
    switch scalar.value {
    case 0x2800: return " "
    case 0x2801...0x28FF: return scalar.value & 0xC0 != 0 ? "." : "'"
    case 0x2500...0x257F: return "+"
    case 0xC0...0x24F, 0x1E00...0x1EFF: return Self.letter(under: scalar) ?? "?"
    default: return "?"
    }
  }

  private static let replacements: [Unicode.Scalar: Unicode.Scalar] = {
    let groups: [(Unicode.Scalar, String)] = [
      ("-", "─━╌╍┄┅┈┉═–—‐‑‒―−⁻•"), ("|", "│┃╎╏┆┇┊┋║▏▎▍▕"), ("+", "╭╮╰╯┌┐└┘├┤┬┴┼✓✔†"),
      ("x", "✗✘×"), ("*", "●★▪■◆✎·∙⋅"), ("o", "○☆▫□◇◦°"), (">", "▸▶►›»→⇒≥↵⇥"),
      ("<", "◂◀◄‹«←⇐≤⇤"), ("^", "▴▲↑⌃"), ("v", "▾▼↓√"), ("_", "▁▂"), (".", "▃▄…"),
      (":", "▅▆"), ("#", "▇█▉▊▋▌▐▓"), ("%", "▒░‰"), ("u", "µμ"), ("~", "≈∼≃"), ("!", "≠⚠"),
      ("=", "≡"), ("'", "‘’′ʼ"), ("\"", "“”″„"), (" ", "\u{A0}\u{2007}\u{2009}\u{202F}\u{2002}"),
      ("0", "⁰₀"), ("1", "¹₁"), ("2", "²₂"), ("3", "³₃"), ("4", "⁴₄"), ("5", "⁵₅"),
      ("6", "⁶₆"), ("7", "⁷₇"), ("8", "⁸₈"), ("9", "⁹₉"), ("a", "αª"), ("b", "β"), ("g", "γ"),
      ("d", "δ"), ("D", "Δ∆"), ("k", "κ"), ("l", "λ"), ("s", "σ§"), ("S", "Σ∑"), ("w", "ω"),
      ("/", "÷∕⁄⊘"), ("s", "ß"), ("O", "Ø"), ("o", "øº"), ("(", "⁽"), (")", "⁾"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (ascii, others) in groups {
      for scalar in others.unicodeScalars { table[scalar] = ascii }
    }
    table["±"] = "~"
    table["∞"] = "8"
    return table
  }()

  /// The letter that a letter with marks is made of.
  private static func letter(under scalar: Unicode.Scalar) -> Unicode.Scalar? {
    for value in UInt8(ascii: "A")...UInt8(ascii: "z") {
      let letter = Unicode.Scalar(value)
      guard letter.properties.isAlphabetic else { continue }
      for mark in Self.marks where Composition.compose(letter, mark) == scalar { return letter }
    }
    return nil
  }

  private static let marks: [Unicode.Scalar] = [
    "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}",
    "\u{30A}", "\u{30B}", "\u{30C}", "\u{327}", "\u{328}", "\u{323}",
  ]
}

/// The lines of boxes, and how two that meet are joined.
struct Line: OptionSet {
  let rawValue: UInt8
  static let up = Line(rawValue: 1), down = Line(rawValue: 2)
  static let left = Line(rawValue: 4), right = Line(rawValue: 8)

  private static let scalars: [Unicode.Scalar] = [
    " ", "│", "│", "│", "─", "╯", "╮", "┤", "─", "╰", "╭", "├", "─", "┴", "┬", "┼",
  ]

  var scalar: Unicode.Scalar { Self.scalars[Int(rawValue)] }

  /// The line that a cell shows; nothing where it shows something else.
  init(of scalar: Unicode.Scalar) {
    switch scalar {
    case "│", "|": self = [.up, .down]
    case "─", "-": self = [.left, .right]
    case "+": self = [.up, .down, .left, .right]
    default:
      let found = scalar == " " ? nil : Self.scalars.firstIndex(of: scalar)
      self = Line(rawValue: UInt8(found ?? 0))
    }
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }
}
