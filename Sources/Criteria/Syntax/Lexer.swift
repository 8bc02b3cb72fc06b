/// A word or a mark of an expression.
struct Token {
  enum Kind: Equatable {
    /// Digits, with a point and decimals or without.
    case number(String)
    case string(String)
    case word(String)
    /// An operator or a bracket.
    case mark(String)
    case end
  }

  let kind: Kind
  let position: Position
}

/// Cuts a text into words and marks.
struct Lexer {
  static let lengthLimit = 20_000

  private let text: [Unicode.Scalar]
  private var index = 0
  private var position = Position(line: 1, column: 1)
  private(set) var tokens: [Token] = []
  private(set) var errors: [CriteriaError] = []

  init(_ source: String) {
    text = Array(source.unicodeScalars.prefix(Self.lengthLimit + 1))
    if text.count > Self.lengthLimit {
      while index < Self.lengthLimit { advance() }
      fail(
        "an expression has at most \(Self.lengthLimit) characters; write several shorter ones",
        at: position)
    } else {
      while readToken() {}
    }
    tokens.append(Token(kind: .end, position: position))
  }

  private var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

  private func peek(_ offset: Int) -> Unicode.Scalar? {
    index + offset < text.count ? text[index + offset] : nil
  }

  private mutating func advance() {
    if text[index] == "\n" {
      position = Position(line: position.line + 1, column: 1)
    } else {
      position.column += 1
    }
    index += 1
  }

  private mutating func fail(_ message: String, at place: Position) {
    // A text that is no expression at all would fail at every character.
    if errors.count < 20 { errors.append(CriteriaError(place, message)) }
  }

  /// Reads one token; false at the end.
  private mutating func readToken() -> Bool {
    guard let scalar = next else { return false }
    let start = position
    switch scalar {
    case " ", "\t", "\n", "\r", "\u{a0}":
      advance()
    case "/" where peek(1) == "/":
      while let character = next, character != "\n" { advance() }
    case "/" where peek(1) == "*":
      readBlockComment()
    case "0"..."9":
      tokens.append(Token(kind: .number(readNumber()), position: start))
    case "a"..."z", "A"..."Z", "_":
      var word = ""
      while let letter = next, Self.isWord(letter) {
        word.unicodeScalars.append(letter)
        advance()
      }
      tokens.append(Token(kind: .word(word), position: start))
    case "'":
      readString()
    default:
      readMark(scalar, at: start)
    }
    return true
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }

  private mutating func readBlockComment() {
    let start = position
    advance()
    advance()
    while let character = next {
      advance()
      if character == "*", next == "/" {
        advance()
        return
      }
    }
    fail("the comment is not closed; write */ at its end", at: start)
  }

  private mutating func readDigits(into number: inout String) {
    while let digit = next, ("0"..."9").contains(digit) {
      number.unicodeScalars.append(digit)
      advance()
    }
  }

  private mutating func readNumber() -> String {
    var number = ""
    readDigits(into: &number)
    if next == ".", let digit = peek(1), ("0"..."9").contains(digit) {
      number += "."
      advance()
      readDigits(into: &number)
    }
    return number
  }

  private mutating func readString() {
    let start = position
    advance()
    var string = ""
    while let character = next {
      advance()
      switch character {
      case "'":
        tokens.append(Token(kind: .string(string), position: start))
        return
      case "\\":
        if let escaped = readEscape() { string.unicodeScalars.append(escaped) }
      default:
        string.unicodeScalars.append(character)
      }
    }
    fail("the text is not closed; write ' at its end", at: start)
  }

  /// What follows a backslash.
  private mutating func readEscape() -> Unicode.Scalar? {
    let start = position
    guard let character = next else { return nil }
    advance()
    switch character {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "f": return "\u{c}"
    case "'", "\"", "`", "\\", "/": return character
    case "u":
      var digits = ""
      while digits.count < 4, let digit = next, digit.properties.isASCIIHexDigit {
        digits.unicodeScalars.append(digit)
        advance()
      }
      if digits.count == 4, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
      {
        return scalar
      }
      fail("\\u needs four digits of a character's number", at: start)
    default:
      fail("\\\(character) means nothing in a text; a backslash itself is \\\\", at: start)
    }
    return nil
  }

  private static let pairs = OperatorTable.marks.filter { $0.count == 2 }
  private static let singles = Set(
    OperatorTable.marks.filter { $0.count == 1 }.flatMap(\.unicodeScalars))
  /// What people type instead, and what is meant.
  private static let mistakes: [(String, String)] = [
    ("==", "="), ("<>", "!="), ("&&", "and"), ("||", "or"), ("≤", "<="), ("≥", ">="), ("≠", "!="),
    ("!", "not"), ("×", "*"), ("÷", "/"), ("−", "-"), ("–", "-"), ("‘", "'"), ("’", "'"),
    ("\"", "'"), ("“", "'"), ("”", "'"), ("%", "'%'"),
  ]

  private mutating func readMark(_ scalar: Unicode.Scalar, at start: Position) {
    func follows(_ mark: String) -> Bool {
      mark.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
    }
    if Self.singles.contains(scalar), !Self.singles.contains(peek(1) ?? " ") {
      tokens.append(Token(kind: .mark(String(scalar)), position: start))
      advance()
    } else if let pair = Self.pairs.first(where: follows) {
      tokens.append(Token(kind: .mark(pair), position: start))
      advance()
      advance()
    } else if let (wrong, right) = Self.mistakes.first(where: { follows($0.0) }) {
      fail("write \(right) instead of \(wrong)", at: start)
      for _ in wrong.unicodeScalars { advance() }
      // What was meant, so that the rest can be checked.
      if OperatorTable.marks.contains(right) {
        tokens.append(Token(kind: .mark(right), position: start))
      } else if OperatorTable.keywords.contains(right) {
        tokens.append(Token(kind: .word(right), position: start))
      }
    } else if Self.singles.contains(scalar) {
      tokens.append(Token(kind: .mark(String(scalar)), position: start))
      advance()
    } else {
      fail("'\(scalar)' has no meaning here", at: start)
      advance()
    }
  }
}
