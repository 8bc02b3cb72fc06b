/// What must not stand in a file: characters that a terminal would obey or that hide what is
/// written, and electronic addresses.
enum TextHygiene {
  /// What is found, and where.
  struct Finding {
    let place: SourceText.Place
    let message: String
    /// The offset of the byte and the number of bytes, where they can be blanked to read on.
    let bytes: Range<Int>?
  }

  /// The findings in a text, at most a hundred, in order.
  static func findings(in bytes: [UInt8]) -> [Finding] {
    var findings: [Finding] = []
    var line = 1
    var column = 1
    var index = 0
    while index < bytes.count, findings.count < 100 {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
        index += 1
        continue
      }
      if byte >= 0x20, byte < 0x7F {
        if byte == UInt8(ascii: "@"), let start = addressStart(in: bytes, at: index) {
          findings.append(
            Finding(
              place: .init(line: line, column: column - (index - start)), message: addressMessage,
              bytes: nil))
        }
        column += 1
        index += 1
        continue
      }
      let (scalar, width) = decode(bytes, at: index)
      let endsLine =
        byte == UInt8(ascii: "\r") && index + 1 < bytes.count
        && bytes[index + 1] == UInt8(ascii: "\n")
      if !endsLine, let reason = reasonAgainst(scalar) {
        findings.append(
          Finding(
            place: .init(line: line, column: column), message: reason, bytes: index..<index + width)
        )
      }
      column += 1
      index += width
    }
    return findings
  }

  /// Why a character is refused; `nil` for one that is not.
  static func reasonAgainst(_ scalar: Unicode.Scalar) -> String? {
    if scalar == "\t" { return "a tab is not accepted; use spaces" }
    if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F { return nil }
    switch scalar.properties.generalCategory {
    case .control:
      return "the control character \(name(scalar)) is not accepted; remove it"
    case .format where scalar.value != 0x200C && scalar.value != 0x200D:
      return "the invisible character \(name(scalar)) is not accepted; remove it"
    case .lineSeparator, .paragraphSeparator:
      return "the line separator \(name(scalar)) is not accepted; use an ordinary new line"
    case .privateUse:
      return "the private character \(name(scalar)) is not accepted; remove it"
    default: return nil
    }
  }

  static let addressMessage =
    "an e-mail address is personal data and is not accepted; remove it"

  /// Whether a text holds an electronic address.
  static func holdsAddress(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.contains { index in
      bytes[index] == UInt8(ascii: "@") && addressStart(in: bytes, at: index) != nil
    }
  }

  /// The text with everything that is refused written as its number, cut after 80 characters: for
  /// messages that quote a file.
  static func visible(_ text: String) -> String {
    var result = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
      if count == 80 { return result + "…" }
      if reasonAgainst(scalar) == nil {
        result.unicodeScalars.append(scalar)
      } else {
        result += "<\(name(scalar))>"
      }
    }
    return result
  }

  /// Where an address around the `@` at an index begins; `nil` where there is none.
  private static func addressStart(in bytes: [UInt8], at index: Int) -> Int? {
    func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
        true
      default: false
      }
    }
    var start = index
    while start > 0, isWord(bytes[start - 1]) || ".+%".utf8.contains(bytes[start - 1]) {
      start -= 1
    }
    var end = index + 1
    var hasDot = false
    while end < bytes.count {
      if bytes[end] == UInt8(ascii: "."), end + 1 < bytes.count, isWord(bytes[end + 1]) {
        hasDot = end > index + 1
      } else if !isWord(bytes[end]) {
        break
      }
      end += 1
    }
    return start < index && hasDot ? start : nil
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The scalar at an index of valid UTF-8, and how many bytes it takes.
  private static func decode(_ bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int) {
    let lead = bytes[index]
    let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = UInt32(lead) & (width == 1 ? 0x7F : 0xFF >> (UInt32(width) + 1))
    for next in 1..<max(width, 1) where index + next < bytes.count {
      value = value << 6 | UInt32(bytes[index + next] & 0x3F)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
  }
}
