/// What a code or a part of one says.
struct UnitMeaning: Sendable {
  /// How a unit relates to the coherent one of its dimension.
  enum Kind: Sendable {
    /// By a factor.
    case proportional
    /// By a factor, after so much of the unit was added: how far its zero lies above absolute zero.
    case shifted(FixedDecimal)
    /// By a logarithm or another function, so that its dimension is its own.
    case function
  }

  var dimension = Dimension()
  var scale = Scale.one
  var kind = Kind.proportional
}

/// Reads a UCUM code from left to right, by the grammar of UCUM 2.1.
///
/// A product or quotient of units with whole exponents, numbers, annotations in braces and terms in
/// parentheses; a unit may begin with a slash.
struct UnitReader {
  /// The longest code, in characters.
  static let longest = 64
  private static let deepest = 8
  private static let exponents = -12...12
  private static let powersOfTen = -30...30

  private let code: String
  private let bytes: [UInt8]
  private let givesHints: Bool
  private var position = 0
  private var depth = 0
  private var annotation: String?

  /// - Parameter givesHints: Whether an error says what would be right; looking for it takes longer
  ///   than reading.
  init(_ code: String, givesHints: Bool = true) {
    self.code = code
    self.givesHints = givesHints
    bytes = Array(code.utf8)
  }

  mutating func unit() throws(UnitError) -> Unit {
    guard !bytes.isEmpty else { throw UnitError(code, "a unit is missing; a pure number is '1'") }
    guard bytes.count <= Self.longest else {
      throw UnitError("\(code.prefix(Self.longest))…", "a unit has at most 64 characters")
    }
    let meaning = try meaning()
    return Unit(code: code, meaning, annotation: annotation)
  }

  mutating func meaning() throws(UnitError) -> UnitMeaning {
    var power = 1
    if next == UInt8(ascii: "/") {
      power = -1
      position += 1
    }
    let result = try term(power)
    if next == UInt8(ascii: ")") {
      throw UnitError(code, "the unit '\(code)' closes a parenthesis that is not open")
    }
    return result
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func term(_ first: Int) throws(UnitError) -> UnitMeaning {
    var power = first
    var result = UnitMeaning()
    var isProduct = power < 0
    while true {
      let start = position
      let part = try component()
      let follows = next == UInt8(ascii: ".") || next == UInt8(ascii: "/")
      if !isProduct, !follows { return part }
      isProduct = true
      if case .proportional = part.kind {} else { throw stands(alone: text(start..<position)) }
      result = try multiplied(result, by: part, power)
      guard follows else { return result }
      power = next == UInt8(ascii: ".") ? 1 : -1
      position += 1
    }
  }

  private func multiplied(_ meaning: UnitMeaning, by other: UnitMeaning, _ power: Int)
    throws(UnitError) -> UnitMeaning
  {
    guard let scale = meaning.scale.times(other.scale, power: power) else { throw tooLarge }
    return UnitMeaning(
      dimension: meaning.dimension.times(other.dimension, power: power), scale: scale)
  }

  private mutating func component() throws(UnitError) -> UnitMeaning {
    var result = UnitMeaning()
    switch next {
    case nil: throw UnitError(code, "the unit '\(code)' ends too early")
    case UInt8(ascii: "("): result = try parenthesis()
    case UInt8(ascii: "{"): try annotate()
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ")"):
      throw UnitError(
        code, "a unit is missing before '\(text(position..<bytes.count))' in '\(code)'")
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
      result.scale = try number()
      if next == UInt8(ascii: "{") { try annotate() }
    default:
      result = try symbol()
      if next == UInt8(ascii: "{") { try annotate() }
    }
    switch next {
    case nil, UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ")"): return result
    default:
      throw UnitError(
        code, "'.' or '/' is missing before '\(text(position..<bytes.count))' in '\(code)'")
    }
  }

  private mutating func parenthesis() throws(UnitError) -> UnitMeaning {
    depth += 1
    guard depth <= Self.deepest else {
      throw UnitError(code, "the unit '\(code)' has parentheses more than \(Self.deepest) deep")
    }
    position += 1
    let result = try term(1)
    guard next == UInt8(ascii: ")") else {
      throw UnitError(code, "the parenthesis in the unit '\(code)' is not closed")
    }
    position += 1
    depth -= 1
    return result
  }

  private mutating func annotate() throws(UnitError) {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else {
      throw UnitError(code, "the brace in the unit '\(code)' is not closed")
    }
    let inside = position + 1..<end
    guard bytes[inside].allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "{") }) else {
      throw UnitError(code, "an annotation holds printable ASCII only, without braces")
    }
    annotation = text(inside)
    position = end + 1
  }

  /// A number, or ten with a power: `10*9`, `10^-3`.
  private mutating func number() throws(UnitError) -> Scale {
    let start = position
    skipDigits()
    let digits = start..<position
    if next == UInt8(ascii: "*") || next == UInt8(ascii: "^"), text(digits) == "10" {
      position += 1
      let sign = position
      if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") { position += 1 }
      skipDigits()
      guard let power = Int(text(sign..<position)), Self.powersOfTen.contains(power) else {
        skipWord()
        throw UnitError(code, "'\(text(start..<position))' needs a whole power, such as 10*9")
      }
      return Scale(1, exponent: power)
    }
    switch next {
    case nil, UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "{"), UInt8(ascii: "}"):
      break
    default:
      skipWord()
      let unit = text(digits.upperBound..<position).filter { $0 != " " }
      throw UnitError(
        code,
        "'\(text(start..<position))' is not a unit; a number is a factor of its own, as in "
          + "\(text(digits)).\(unit) or /(\(text(digits)).\(unit))")
    }
    guard let value = Int(text(digits)), value > 0 else {
      throw UnitError(code, "the factor \(text(digits)) in the unit '\(code)' is out of range")
    }
    return Scale(value)
  }

  private mutating func symbol() throws(UnitError) -> UnitMeaning {
    let start = position
    skipWord()
    var end = position
    let exponent = try exponent(start, &end)
    let symbol = text(start..<end)
    guard let atom = try UnitAtom.meaning(of: symbol) else {
      let near =
        givesHints ? UnitAtom.near(symbol, isWhole: symbol.utf8.count == bytes.count) : nil
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      throw UnitError(code, "'\(symbol)' is not a unit that is known here\(hint)")
    }
    if exponent == 1 { return atom }
    guard case .proportional = atom.kind else { throw stands(alone: symbol) }
    return try multiplied(UnitMeaning(), by: atom, exponent)
  }

  /// Takes the power off the end of a word: `cm2` is `cm` and 2.
  private func exponent(_ start: Int, _ end: inout Int) throws(UnitError) -> Int {
    let word = start..<end
    var digits = end
    while digits > start, Self.isDigit(bytes[digits - 1]) { digits -= 1 }
    guard digits < end, digits > start else { return 1 }
    let sign = bytes[digits - 1]
    let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    guard let power = Int(text((isSigned ? digits - 1 : digits)..<end)),
      Self.exponents.contains(power)
    else { throw UnitError(code, "the power in '\(text(word))' is out of range") }
    end = isSigned ? digits - 1 : digits
    return power
  }

  private mutating func skipDigits() {
    while let byte = next, Self.isDigit(byte) { position += 1 }
  }

  /// Goes to where a component ends; what stands in square brackets belongs to it, as in
  /// `B[10.nV]`.
  private mutating func skipWord() {
    var isBracketed = false
    while let byte = next {
      switch byte {
      case UInt8(ascii: "["): isBracketed = true
      case UInt8(ascii: "]"): isBracketed = false
      case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: "{"), UInt8(ascii: "}"):
        if !isBracketed { return }
      default: break
      }
      position += 1
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private var tooLarge: UnitError {
    UnitError(code, "the unit '\(code)' differs from the coherent one by too large a factor")
  }

  /// UCUM 2.1, paragraphs 21 and 22: such a unit is not one of a ratio scale.
  private func stands(alone symbol: String) -> UnitError {
    UnitError(
      code,
      "'\(symbol)' does not count from an absolute zero and so is no part of a product or power")
  }
}
