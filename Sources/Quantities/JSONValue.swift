/// A JSON value that can be written, with the keys of its objects in the order in which they were
/// given.
public indirect enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number in JSON notation, as given; made by ``number(_:)-(FixedDecimal)`` and its like.
  case numeral(String)
  /// A text.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Values by name, in order.
  case object([Member])

  /// A name and its value.
  public struct Member: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: JSONValue

    /// A name and its value.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// An object of names and values, in that order; a value of `nil` is left out.
  public static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// A whole number.
  public static func number(_ value: Int) -> JSONValue { .numeral("\(value)") }

  /// A decimal number, exactly.
  public static func number(_ value: FixedDecimal) -> JSONValue { .numeral("\(value)") }

  /// A binary number in the shortest notation that reads back the same; `null` for NaN and
  /// infinities, which JSON has no notation for.
  public static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .numeral("\(value)") : .null
  }

  /// An array of texts.
  public static func strings(_ texts: some Sequence<String>) -> JSONValue {
    .array(texts.map { .string($0) })
  }

  /// The value of that name in an object; `nil` where this is none or has no such name.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The JSON text (RFC 8259), on one line, or with `pretty` indented by two spaces.
  ///
  /// Control characters are escaped, and so are U+2028, U+2029 and the marks that change the
  /// direction of writing, so that the text can be shown in a terminal as it is.
  public func text(pretty: Bool = false) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, depth: pretty ? 0 : nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `depth` is `nil` on one line.
  private func write(to bytes: inout [UInt8], depth: Int?) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .numeral(let digits): bytes += digits.utf8
    case .string(let text): Self.write(text, to: &bytes)
    case .array(let values):
      Self.writeList(
        values, open: "[", close: "]", to: &bytes, depth: depth
      ) { value, bytes, depth in
        value.write(to: &bytes, depth: depth)
      }
    case .object(let members):
      Self.writeList(
        members, open: "{", close: "}", to: &bytes, depth: depth
      ) { member, bytes, depth in
        Self.write(member.name, to: &bytes)
        bytes += (depth == nil ? ":" : ": ").utf8
        member.value.write(to: &bytes, depth: depth)
      }
    }
  }

  private static func writeList<Item>(
    _ items: [Item], open: Unicode.Scalar, close: Unicode.Scalar, to bytes: inout [UInt8],
    depth: Int?, item: (Item, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, value) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if let depth { newLine(to: &bytes, depth: depth + 1) }
      item(value, &bytes, depth.map { $0 + 1 })
    }
    if let depth, !items.isEmpty { newLine(to: &bytes, depth: depth) }
    bytes.append(UInt8(ascii: close))
  }

  private static func newLine(to bytes: inout [UInt8], depth: Int) {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { bytes += "  ".utf8 }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: bytes += "\\\"".utf8
      case 0x5C: bytes += "\\\\".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        let digits = String(scalar.value, radix: 16)
        bytes += "\\u".utf8
        bytes += String(repeating: "0", count: 4 - digits.count).utf8
        bytes += digits.utf8
      default: bytes += String(scalar).utf8
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
