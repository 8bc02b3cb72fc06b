import Quantities

/// Why a text is not JSON.
struct JSONError: Error, Hashable, CustomStringConvertible {
  let line: Int
  let column: Int
  let reason: String

  var description: String { "line \(line), column \(column): \(reason)" }
}

extension JSONValue {
  /// Reads a JSON text (RFC 8259).
  ///
  /// Numbers keep their notation, so that `2.10` stays `2.10`. Names that stand twice in an object
  /// are refused: readers differ on which of them counts.
  init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try reader.document()
  }

  /// The text, where it is one.
  var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The values, where it is an array; none where it is not.
  var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }

  /// The number as it was written, where it is one.
  var numeral: String? { if case .numeral(let text) = self { text } else { nil } }

  /// The truth, where it is one.
  var bool: Bool? { if case .bool(let truth) = self { truth } else { nil } }

  /// The whole number, where it is one.
  var whole: Int? { numeral.flatMap { Int($0) } }
}

private struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0

  /// Deeper than any patient's record, and far from the end of the stack.
  private static let deepest = 128

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    guard place == bytes.count else { throw error("text behind the end of the value") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < Self.deepest else { throw error("nested deeper than \(Self.deepest)") }
    skipSpace()
    guard place < bytes.count else { throw error("the text ends where a value is due") }
    switch bytes[place] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .numeral(try number())
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    place += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        throw error("a name in quotes is due")
      }
      let name = try string()
      guard names.insert(name).inserted else { throw error("'\(name)' stands twice in an object") }
      skipSpace()
      guard take(":") else { throw error("a colon is due") }
      members.append(JSONValue.Member(name, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw error("a comma or a closing brace is due") }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    place += 1
    var items: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(items) }
    while true {
      items.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(items) }
      guard take(",") else { throw error("a comma or a closing bracket is due") }
    }
  }

  private mutating func string() throws(JSONError) -> String {
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let start = place
      while place < bytes.count, bytes[place] != 0x22, bytes[place] != 0x5C, bytes[place] >= 0x20 {
        place += 1
      }
      text += bytes[start..<place]
      guard place < bytes.count else { break }
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw error("a text that is not UTF-8")
        }
        return valid
      case UInt8(ascii: "\\"): try escape(into: &text)
      default: throw error("a control character in a text")
      }
    }
    throw error("the text ends within quotes")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard place < bytes.count else { throw error("the text ends within quotes") }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try fourDigits()
      if 0xD800..<0xDC00 ~= code {
        guard take("\\"), take("u") else { throw error("half of a surrogate pair") }
        let low = try fourDigits()
        guard 0xDC00..<0xE000 ~= low else { throw error("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
      text += String(scalar).utf8
    default: throw error("'\\\(Unicode.Scalar(byte))' is no escape of JSON")
    }
  }

  private mutating func fourDigits() throws(JSONError) -> UInt32 {
    guard place + 4 <= bytes.count,
      bytes[place..<place + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits are due") }
    place += 4
    return code
  }

  private mutating func number() throws(JSONError) -> String {
    let start = place
    func digits() -> Int {
      let from = place
      while place < bytes.count, (48...57).contains(bytes[place]) { place += 1 }
      return place - from
    }
    _ = take("-")
    let first = place
    let whole = digits()
    guard whole > 0 else { throw error("a value is due") }
    guard whole == 1 || bytes[first] != 48 else { throw error("a number begins with zero") }
    if take("."), digits() == 0 { throw error("digits are due behind the point") }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      if digits() == 0 { throw error("digits of the exponent are due") }
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[place...].starts(with: word.utf8) else { throw error("a value is due") }
    place += word.utf8.count
    return value
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }

  private func error(_ reason: String) -> JSONError {
    let before = bytes[..<min(place, bytes.count)]
    let lines = before.count { $0 == 0x0A }
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return JSONError(line: lines + 1, column: column, reason: reason)
  }
}
