/// A text in the form in which it is searched: lower case, without accents, and with plain signs in
/// the place of typographic ones, so that `umol` finds `µmol` and `10^9` the same with a raised 9.
struct FoldedText {
  /// The folded text.
  private(set) var bytes: [UInt8] = []
  /// For each byte, the offset in UTF-8 of the character of the original that it comes from, and
  /// one more for the end.
  private(set) var origins: [Int] = []

  /// Folds a text and keeps where everything comes from.
  init(_ text: String) {
    var offset = 0
    for scalar in text.unicodeScalars {
      let before = bytes.count
      Self.append(scalar, to: &bytes)
      for _ in before..<bytes.count { origins.append(offset) }
      offset += UTF8.width(scalar)
    }
    origins.append(offset)
  }

  /// The folded text alone.
  static func fold(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return bytes
  }

  /// Appends a folded text.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { utf8 in
      if utf8.allSatisfy({ $0 < 0x80 }) {
        bytes.reserveCapacity(bytes.count + utf8.count)
        for byte in utf8 { bytes.append(lower(byte)) }
      } else {
        for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars {
          append(scalar, to: &bytes)
        }
      }
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    if scalar.isASCII {
      bytes.append(lower(UInt8(scalar.value)))
      return
    }
    let properties = scalar.properties
    if properties.generalCategory == .nonspacingMark { return }
    switch scalar {
    case "µ", "μ": bytes.append(UInt8(ascii: "u"))
    case "×": bytes.append(UInt8(ascii: "x"))
    case "–", "—", "−", "\u{2010}", "\u{2011}": bytes.append(UInt8(ascii: "-"))
    case "‘", "’": bytes.append(UInt8(ascii: "'"))
    case "“", "”", "„": bytes.append(UInt8(ascii: "\""))
    case "\u{A0}", "\u{2009}", "\u{202F}": bytes.append(UInt8(ascii: " "))
    case "ß": bytes += "ss".utf8
    case "æ", "Æ": bytes += "ae".utf8
    case "œ", "Œ": bytes += "oe".utf8
    default:
      if let letter = plainLetter(properties) {
        bytes.append(letter)
      } else if properties.generalCategory == .otherNumber, let value = properties.numericValue,
        value >= 0, value < 10, value == value.rounded()
      {
        bytes.append(UInt8(ascii: "0") + UInt8(value))
      } else {
        bytes += properties.lowercaseMapping.utf8
      }
    }
  }

  /// The letter without its accents, which Unicode's name of it tells:
  /// `LATIN SMALL LETTER E WITH ACUTE`.
  private static func plainLetter(_ properties: Unicode.Scalar.Properties) -> UInt8? {
    guard properties.isAlphabetic, let name = properties.name, name.hasPrefix("LATIN ") else {
      return nil
    }
    let words = name.split(separator: " ", maxSplits: 5)
    guard words.count >= 5, words[2] == "LETTER", words[4] == "WITH", words[3].utf8.count == 1,
      let letter = words[3].utf8.first
    else { return nil }
    return lower(letter)
  }
}
