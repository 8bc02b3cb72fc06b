import Quantities

/// The number at the beginning of a text, as people and programs write numbers.
struct Numeral {
  /// The number as it was written; empty where there is none.
  let text: Substring
  /// Where it ends.
  let end: Substring.Index
  private let decimal: DecimalSeparator?

  /// One meaning of it, and what is to be said of that.
  struct Meaning {
    let value: FixedDecimal
    var remarks: [Remark] = []
  }

  /// - Parameter decimal: The sign that separates decimals, where that is known.
  init(startOf text: Substring, decimal: DecimalSeparator?) {
    self.decimal = decimal
    let scalars = text.unicodeScalars
    var place = scalars.startIndex
    var digits = 0
    while place < scalars.endIndex {
      let scalar = scalars[place]
      if Self.isDigit(scalar) {
        digits += 1
      } else if Self.isGap(scalar) {
        // A gap belongs to a number only before a whole group of three digits.
        let group = scalars[scalars.index(after: place)...].prefix(4)
        guard digits > 0, group.prefix(3).count(where: Self.isDigit) == 3,
          group.count == 3 || !(group.last.map(Self.isDigit) ?? false)
        else { break }
      } else if !(Self.isPoint(scalar) || Self.isSign(scalar)) {
        break
      }
      place = scalars.index(after: place)
    }
    end = digits > 0 ? Self.afterExponent(scalars, place) : place
    self.text = text[..<end]
  }

  /// The end of an exponent that begins at a place; the place where none does.
  private static func afterExponent(
    _ scalars: Substring.UnicodeScalarView, _ place: Substring.Index
  ) -> Substring.Index {
    guard place < scalars.endIndex, scalars[place] == "e" || scalars[place] == "E" else {
      return place
    }
    var rest = scalars[scalars.index(after: place)...]
    if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
    let digits = rest.prefix(while: isDigit)
    return digits.isEmpty ? place : digits.endIndex
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "+" || scalar == "−"
  }

  private static func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }

  /// What parts thousands and nothing else: blanks of any width, and the apostrophe of Switzerland.
  private static func isGap(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\u{a0}", "\u{2009}", "\u{202f}", "'", "’": true
    default: false
    }
  }

  // MARK: Meaning

  /// What it can mean: one number, or, where a separator may part thousands or decimals, two.
  func meanings() throws(Refusal) -> [Meaning] {
    // Most numbers are digits with a point or none.
    if decimal != .comma, text.utf8.first.map({ (48...57).contains($0) }) ?? false,
      let value = FixedDecimal(text)
    {
      return [Meaning(value: value)]
    }
    let plain = String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "−" ? "-" : $0 }))
    let mantissa = plain.prefix { $0 != "e" && $0 != "E" }
    let joined = mantissa.filter { !$0.unicodeScalars.contains(where: Self.isGap) }
    let hasGaps = joined.count < mantissa.count
    let exponent = plain[mantissa.endIndex...]
    let (points, commas) = (joined.count { $0 == "." }, joined.count { $0 == "," })

    /// The meaning where one sign separates decimals and the other nothing but thousands.
    func meaning(decimal: Character?, thousands: Character?) throws(Refusal) -> Meaning {
      if let thousands, !Self.partsThousands(thousands, in: joined, before: decimal) {
        throw Refusal(
          points + commas > 1 ? .twoDecimalPoints(String(text)) : .notANumber(String(text)))
      }
      let digits = joined.filter { $0 != thousands }.map { $0 == decimal ? "." : $0 }
      var meaning = try value(String(digits) + exponent)
      let isParted = thousands.map(joined.contains) ?? false
      if isParted || hasGaps { meaning.remarks.append(.thousands(meaning.value)) }
      return meaning
    }

    switch (points, commas) {
    case (0, 0),
      (1, 0) where decimal != .comma:
      return [try meaning(decimal: ".", thousands: nil)]
    case (1..., 1...):
      let last: Character = joined.last { $0 == "." || $0 == "," } ?? "."
      guard (last == "." ? points : commas) == 1 else {
        throw Refusal(.twoDecimalPoints(String(text)))
      }
      return [try meaning(decimal: last, thousands: last == "." ? "," : ".")]
    case (2..., 0): return [try meaning(decimal: nil, thousands: ".")]
    case (0, 2...): return [try meaning(decimal: nil, thousands: ",")]
    case (1, 0): return [try meaning(decimal: nil, thousands: ".")]
    default:
      guard Self.partsThousands(",", in: joined, before: nil), !hasGaps else {
        // Where the point separates decimals, a comma that parts no thousands means nothing.
        if decimal == .point { throw Refusal(.notANumber(String(text))) }
        return [try meaning(decimal: ",", thousands: nil)]
      }
      switch decimal {
      case .comma: return [try meaning(decimal: ",", thousands: nil)]
      case .point: return [try meaning(decimal: nil, thousands: ",")]
      case nil:
        var asDecimal = try meaning(decimal: ",", thousands: nil)
        asDecimal.remarks.append(.commaIsDecimal(asDecimal.value))
        return [try meaning(decimal: nil, thousands: ","), asDecimal]
      }
    }
  }

  /// Whether a sign stands only between groups of three digits, the first of which has one to three
  /// and no leading zero.
  private static func partsThousands(
    _ sign: Character, in number: String, before decimal: Character?
  ) -> Bool {
    let whole = number.drop { "+-".contains($0) }.prefix { $0 != decimal }
    let groups = whole.split(separator: sign, omittingEmptySubsequences: false)
    guard groups.count > 1, let first = groups.first, (1...3).contains(first.count),
      first.first != "0"
    else { return false }
    return groups.dropFirst().allSatisfy { $0.count == 3 }
      && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
  }

  private func value(_ digits: String) throws(Refusal) -> Meaning {
    let isBegun = digits.allSatisfy { "+-.".contains($0) } && digits.count <= 2
    if isBegun { throw Refusal(.noNumber(isBegun: true), isUnfinished: true) }
    var isRounded = false
    guard let value = FixedDecimal(rounding: digits, isRounded: &isRounded) else {
      throw Refusal(.tooManyDigits(String(text)))
    }
    return Meaning(value: value, remarks: isRounded ? [.rounded(value)] : [])
  }
}
