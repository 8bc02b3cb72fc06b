/// What a scalar becomes on the screen.
///
/// Everything that is drawn, measured or cut passes through here, so text from outside can neither
/// steer the terminal nor be drawn wider than it was measured.
enum Display: Equatable {
  case cell(Unicode.Scalar, columns: Int)
  case mark(Unicode.Scalar)
  case nothing

  static let replacement = Unicode.Scalar(0xFFFD) ?? "?"

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20..<0x7F: self = .cell(scalar, columns: 1)
    case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: self = .cell(" ", columns: 1)
    // Controls, and what turns the direction of the text around.
    case 0..<0xA0, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F:
      self = .cell(Self.replacement, columns: 1)
    // Invisible characters by which two texts that look the same differ.
    case 0x200B, 0x2060...0x2065, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000..<0xE0100:
      self = .cell(Self.replacement, columns: 1)
    case 0xFDD0...0xFDEF: self = .cell(Self.replacement, columns: 1)
    case let value where value & 0xFFFE == 0xFFFE: self = .cell(Self.replacement, columns: 1)
    // Joiners, soft hyphens and variation selectors: harmless, but terminals disagree on widths.
    case 0xAD, 0x200C, 0x200D, 0xFE00...0xFE0F, 0xE0100...0xE01EF: self = .nothing
    case 0..<0x300: self = .cell(scalar, columns: 1)
    default:
      let columns = TextWidth.columns(of: scalar)
      self = columns == 0 ? .mark(scalar) : .cell(scalar, columns: columns)
    }
  }
}

/// A base character with the marks on it, ready to stand in a cell.
struct Glyph: Equatable {
  /// No cell keeps more marks than this; text that heaps them up is not language.
  static let markLimit = 2

  var base: Unicode.Scalar
  var columns: Int
  var marks: [Unicode.Scalar] = []

  var text: String {
    var view = String.UnicodeScalarView([base])
    view.append(contentsOf: marks)
    return String(view)
  }
}

/// Reads text glyph by glyph: composed as far as single characters exist, without anything a
/// terminal would obey.
struct Glyphing: Sequence, IteratorProtocol {
  private let scalars: String.UnicodeScalarView
  private var index: String.UnicodeScalarView.Index

  init(_ text: String) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
  }

  mutating func next() -> Glyph? {
    while index < scalars.endIndex {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      if 0x20..<0x7F ~= scalar.value, index == scalars.endIndex || scalars[index].value < 0xAD {
        return Glyph(base: scalar, columns: 1)
      }
      switch Display(scalar) {
      case .nothing: continue
      case .mark: return Glyph(base: Display.replacement, columns: 1)
      case .cell(let base, let columns):
        var glyph = Glyph(base: base, columns: columns)
        takeMarks(into: &glyph)
        return glyph
      }
    }
    return nil
  }

  private mutating func takeMarks(into glyph: inout Glyph) {
    while index < scalars.endIndex, scalars[index].value >= 0xAD {
      switch Display(scalars[index]) {
      case .cell: return
      case .nothing: break
      case .mark(let mark):
        if glyph.marks.isEmpty, let composed = Composition.compose(glyph.base, mark) {
          glyph.base = composed
        } else if glyph.marks.count < Glyph.markLimit {
          glyph.marks.append(mark)
        }
      }
      scalars.formIndex(after: &index)
    }
  }
}

/// Joins a letter and a mark to the one character that means the same.
enum Composition {
  // Characters compare by canonical equivalence, so the composed ones find themselves.
  private static let composed: [Character: Unicode.Scalar] = {
    let blocks: [ClosedRange<UInt32>] = [
      0xC0...0x24F, 0x370...0x4FF, 0x1E00...0x1FFF, 0x3041...0x30FF,
    ]
    var table: [Character: Unicode.Scalar] = [:]
    for scalar in blocks.joined().compactMap(Unicode.Scalar.init) {
      if table[Character(scalar)] == nil { table[Character(scalar)] = scalar }
    }
    return table
  }()

  static func compose(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    switch (base.value, mark.value) {
    case (0x1100...0x1112, 0x1161...0x1175):
      return Unicode.Scalar(
        0xAC00 + (base.value - 0x1100) * 588 + (mark.value - 0x1161) * 28)
    case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (base.value - 0xAC00) % 28 == 0:
      return Unicode.Scalar(base.value + mark.value - 0x11A7)
    default:
      var view = String.UnicodeScalarView([base])
      view.append(mark)
      let text = String(view)
      guard text.count == 1, let character = text.first else { return nil }
      return composed[character]
    }
  }
}

extension StringProtocol {
  /// The text as it can be shown: control characters, direction marks and invisible characters
  /// replaced by U+FFFD, line ends and tabs by spaces, letters with marks composed.
  public var displayable: String {
    let text = String(self)
    if text.simpleColumns != nil { return text }
    return Glyphing(text).reduce(into: "") { $0 += $1.text }
  }

  /// How many columns the text takes when it is drawn.
  public var columns: Int {
    let text = String(self)
    return text.simpleColumns ?? Glyphing(text).reduce(0) { $0 + $1.columns }
  }

  /// The displayable text cut to a number of columns, with `…` for what was cut.
  public func clipped(toColumns limit: Int) -> String {
    guard limit > 0 else { return "" }
    let own = String(self)
    if let columns = own.simpleColumns {
      return columns <= limit ? own : String(own.unicodeScalars.prefix(limit - 1)) + "…"
    }
    let text = own.displayable
    if text.columns <= limit { return text }
    var room = limit - 1
    var result = ""
    for glyph in Glyphing(text) {
      guard glyph.columns <= room else { break }
      room -= glyph.columns
      result += glyph.text
    }
    return result + "…"
  }

  /// The displayable text in lines of at most this many columns, broken between words, between
  /// East Asian characters, and inside a word only where it is longer than a line.
  ///
  /// Line ends in the text stay. There is always one line at least.
  public func wrapped(toColumns limit: Int) -> [String] {
    let limit = Swift.max(1, limit)
    let text = String(self)
    if let columns = text.simpleColumns {
      return columns <= limit ? [text] : SimpleWrapping(text, limit: limit).lines
    }
    return text.split(omittingEmptySubsequences: false) { $0.isNewline }
      .flatMap { Wrapping(limit: limit).lines(of: $0.displayable) }
  }
}

extension String {
  /// The columns of a text in which each scalar is a character that is drawn as it is in one
  /// column, as in most text; `nil` where it has to be looked at more closely.
  var simpleColumns: Int? {
    var text = self
    return text.withUTF8 { bytes in
      // Without a way out of the loop it takes many bytes at a time.
      if bytes.reduce(UInt8(0), { $0 | ($1 &- 0x20 > 0x5E ? 1 : 0) }) == 0 { return bytes.count }
      var columns = 0
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        switch scalar.value {
        case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300: break
        // Punctuation, signs, arrows, and what lines and charts are made of.
        case 0x2010...0x2027, 0x2030...0x205E, 0x2070...0x20CF, 0x2190...0x2319, 0x2500...0x25FC:
          break
        default: return nil
        }
        columns += 1
      }
      return columns
    }
  }
}

/// Breaks one paragraph in which each scalar takes one column into pieces of it.
private struct SimpleWrapping {
  private(set) var lines: [String] = []

  init(_ text: String, limit: Int) {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    // The line that grows: blanks before it, from its first word to behind its last one.
    var lead = 0
    var start = index
    var end = index
    var width = 0
    var blanks = 0
    func line() -> String {
      String(repeating: " ", count: lead) + String(scalars[start..<end])
    }
    while index < scalars.endIndex {
      if scalars[index] == " " {
        scalars.formIndex(after: &index)
        blanks += 1
        continue
      }
      let word = index
      var needed = 0
      while index < scalars.endIndex, scalars[index] != " " {
        scalars.formIndex(after: &index)
        needed += 1
      }
      if width == 0 {
        lead = min(blanks, max(0, limit - needed))
        width = lead
        start = word
      } else if width + blanks + needed > limit {
        lines.append(line())
        lead = 0
        width = 0
        start = word
      } else {
        width += blanks
      }
      blanks = 0
      end = index
      width += needed
      // A word that is longer than a line.
      while width > limit {
        end = scalars.index(start, offsetBy: limit)
        lines.append(line())
        start = end
        end = index
        width -= limit
      }
    }
    lines.append(line())
  }
}

/// Breaks one paragraph into lines.
private struct Wrapping {
  let limit: Int
  private var lines: [String] = []
  private var line = ""
  private var width = 0
  private var blanks = 0

  init(limit: Int) { self.limit = limit }

  func lines(of paragraph: String) -> [String] {
    var wrapping = self
    var word: [Glyph] = []
    for glyph in Glyphing(paragraph) {
      if glyph.base == " " {
        wrapping.take(word)
        word = []
        wrapping.blanks += 1
      } else {
        // A line may end after a wide character, but does not begin with a closing one.
        if word.last.map({ $0.columns == 2 || glyph.columns == 2 }) ?? false,
          !Self.closing.contains(glyph.base)
        {
          wrapping.take(word)
          word = []
        }
        word.append(glyph)
      }
    }
    wrapping.take(word)
    wrapping.lines.append(wrapping.line)
    return wrapping.lines
  }

  private static let closing: Set<Unicode.Scalar> = [
    "、", "。", "，", "．", "：", "；", "！", "？", "）", "」", "』", "】", "》", "〉", "”", "’", ")",
    ",", ".", ";", ":", "%", "％",
  ]

  private mutating func take(_ word: [Glyph]) {
    guard !word.isEmpty else { return }
    let needed = word.reduce(0) { $0 + $1.columns }
    if width + blanks + needed > limit, width > 0 {
      breakLine()
    } else {
      let blanks = width == 0 ? min(blanks, Swift.max(0, limit - needed)) : blanks
      line += String(repeating: " ", count: blanks)
      width += blanks
    }
    blanks = 0
    for glyph in word {
      if width + glyph.columns > limit, width > 0 { breakLine() }
      line += glyph.text
      width += glyph.columns
    }
  }

  private mutating func breakLine() {
    lines.append(line)
    line = ""
    width = 0
    blanks = 0
  }
}
