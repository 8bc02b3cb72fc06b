/// A decimal number that is exact to eight places, with up to twenty-eight digits before and after
/// the point together with them.
///
/// The range and the precision are those of the `Decimal` type of HL7 CQL 1.5 (section "Decimal"):
/// −10²⁸ + 10⁻⁸ to 10²⁸ − 10⁻⁸ in steps of 10⁻⁸. Comparing two of them never suffers from binary
/// rounding, so that a laboratory value that stands exactly on a threshold is seen to stand on it.
///
/// Arithmetic may pass that range by a factor of fifty, so that a step in the middle of a
/// calculation does not lose a result that is in range; ``isInRange`` tells. Beyond it, and where
/// a result does not exist, it answers `nil`.
public struct FixedDecimal: Hashable, Comparable, Sendable {
  /// The number of decimal places that are kept.
  public static let places = 8

  /// The value in units of 10⁻⁸.
  let scaled: Int128

  static let one128: Int128 = 100_000_000
  /// One more than the largest magnitude that can be written, in units of 10⁻⁸.
  static let limit: Int128 = 1_000_000_000_000_000_000_000_000_000_000_000_000
  /// One more than the largest magnitude in the middle of a calculation: the sum of two of them
  /// still fits.
  static let wideLimit = 50 * limit

  /// Zero.
  public static let zero = FixedDecimal(unchecked: 0)
  /// One.
  public static let one = FixedDecimal(unchecked: one128)
  /// The distance from each decimal to the next, 10⁻⁸.
  public static let step = FixedDecimal(unchecked: 1)

  init(unchecked scaled: Int128) {
    self.scaled = scaled
  }

  init?(scaled: Int128) {
    guard scaled > -Self.wideLimit, scaled < Self.wideLimit else { return nil }
    self.scaled = scaled
  }

  /// Whether the value has at most twenty-eight digits before and eight after the point.
  public var isInRange: Bool { scaled > -Self.limit && scaled < Self.limit }

  /// A whole number; every `Int` fits.
  public init(_ whole: Int) {
    scaled = Int128(whole) * Self.one128
  }

  /// The nearest decimal of eight places; `nil` for NaN, infinities and what is out of range.
  public init?(_ value: Double) {
    guard value.isFinite, value.magnitude < 1e28 else { return nil }
    // Whole and fraction apart, so that the fraction keeps its bits.
    let whole = value.rounded(.towardZero)
    let fraction = ((value - whole) * 1e8).rounded()
    self.init(scaled: Int128(whole) * Self.one128 + Int128(fraction))
  }

  /// Reads plain decimal notation (`-12`, `.5`, `1.`, `2.10`), with a point as the separator.
  ///
  /// `nil` where the text is anything else, has more than eight decimals that are not zero, or is
  /// out of range.
  public init?(_ text: some StringProtocol) {
    var digits = Substring(text).utf8[...]
    var negative = false
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      negative = sign == UInt8(ascii: "-")
      digits = digits.dropFirst()
    }
    var scaled: Int128 = 0
    var decimals: Int?
    var seen = false
    for byte in digits {
      if byte == UInt8(ascii: ".") {
        guard decimals == nil else { return nil }
        decimals = 0
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      seen = true
      let digit = Int128(byte - UInt8(ascii: "0"))
      if let count = decimals {
        if count >= Self.places {
          guard digit == 0 else { return nil }
          continue
        }
        decimals = count + 1
      }
      scaled = scaled * 10 + digit
      guard scaled < Self.limit else { return nil }
    }
    guard seen else { return nil }
    for _ in (decimals ?? 0)..<Self.places {
      scaled *= 10
      guard scaled < Self.limit else { return nil }
    }
    self.init(scaled: negative ? -scaled : scaled)
  }

  /// Reads decimal notation with or without a power of ten (`0.123456789`, `1e3`, `2.5E-3`), rounded
  /// to eight places, half away from zero.
  ///
  /// `nil` where the text is anything else or out of range.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - isRounded: Set to whether the text has digits that the result does not have.
  public init?(rounding text: some StringProtocol, isRounded: inout Bool) {
    isRounded = false
    var rest = Substring(text).utf8
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    // The digits from the first that is not zero on, and how many of them come before the point;
    // below zero, how many zeros come between the point and them.
    var digits: [UInt8] = []
    var whole = 0
    var hasDigit = false
    var hasPoint = false
    var exponent = 0
    scan: while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        hasDigit = true
        if digits.isEmpty, byte == UInt8(ascii: "0") {
          if hasPoint { whole -= 1 }
        } else {
          digits.append(byte - UInt8(ascii: "0"))
          if !hasPoint { whole += 1 }
        }
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard let power = Self.exponent(rest) else { return nil }
        exponent = power
        break scan
      default: return nil
      }
    }
    guard hasDigit else { return nil }
    let wholeDigits = whole + exponent
    var scaled: Int128 = 0
    if !digits.isEmpty {
      guard wholeDigits <= 28 else { return nil }
      let kept = wholeDigits + Self.places
      for place in 0..<max(kept, 0) {
        scaled = scaled * 10 + (place < digits.count ? Int128(digits[place]) : 0)
      }
      if kept < digits.count {
        isRounded = digits[max(kept, 0)...].contains { $0 != 0 }
        if kept >= 0, digits[kept] >= 5 { scaled += 1 }
      }
    }
    guard scaled < Self.limit else { return nil }
    self.init(scaled: isNegative ? -scaled : scaled)
  }

  /// Reads a power of ten, held within bounds in which it still counts.
  private static func exponent(_ text: Substring.UTF8View) -> Int? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var power = 0
    for byte in rest {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      power = min(power * 10 + Int(byte - UInt8(ascii: "0")), 1 << 40)
    }
    return isNegative ? -power : power
  }

  /// The nearest binary number.
  public var double: Double {
    if scaled.magnitude < 1 << 53 { return Double(Int64(scaled)) / 1e8 }
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Self.one128)
    return Double(whole) + Double(Int64(rest)) / 1e8
  }

  /// The value as an `Int`, where it is whole and fits.
  public var wholeNumber: Int? {
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Self.one128)
    return rest == 0 ? Int(exactly: whole) : nil
  }

  /// −1, 0 or 1.
  public var sign: Int { scaled.signum() == 0 ? 0 : scaled.signum() > 0 ? 1 : -1 }

  /// The distance from zero.
  public var magnitude: FixedDecimal { FixedDecimal(unchecked: scaled < 0 ? -scaled : scaled) }

  /// Compares by value.
  public static func < (left: FixedDecimal, right: FixedDecimal) -> Bool {
    left.scaled < right.scaled
  }

  /// The same distance on the other side of zero.
  public static prefix func - (value: FixedDecimal) -> FixedDecimal {
    FixedDecimal(unchecked: -value.scaled)
  }

  /// The sum; `nil` where it is out of range.
  public func plus(_ other: FixedDecimal) -> FixedDecimal? {
    FixedDecimal(scaled: scaled + other.scaled)
  }

  /// The difference; `nil` where it is out of range.
  public func minus(_ other: FixedDecimal) -> FixedDecimal? {
    FixedDecimal(scaled: scaled - other.scaled)
  }

  /// The product to eight places, half away from zero; `nil` where it is out of range.
  public func times(_ other: FixedDecimal) -> FixedDecimal? {
    Self.scaling(scaled, by: other.scaled, over: Self.one128)
  }

  /// The quotient to eight places, half away from zero; `nil` for a divisor of zero or a result
  /// that is out of range.
  public func divided(by other: FixedDecimal) -> FixedDecimal? {
    Self.scaling(scaled, by: Self.one128, over: other.scaled)
  }

  /// The whole part of the quotient; `nil` for a divisor of zero or a result that is out of range.
  public func wholeQuotient(by other: FixedDecimal) -> FixedDecimal? {
    guard other.scaled != 0 else { return nil }
    let (result, overflow) = (scaled / other.scaled).multipliedReportingOverflow(by: Self.one128)
    return overflow ? nil : FixedDecimal(scaled: result)
  }

  /// What is left after ``wholeQuotient(by:)``, with the sign of this value; `nil` for a divisor
  /// of zero.
  public func remainder(by other: FixedDecimal) -> FixedDecimal? {
    other.scaled == 0 ? nil : FixedDecimal(unchecked: scaled % other.scaled)
  }

  /// A whole power, each step to eight places; `nil` where it is out of range or does not exist.
  ///
  /// A negative power is one divided by the positive one.
  public func raised(to exponent: Int) -> FixedDecimal? {
    if exponent < 0 {
      guard let power = raised(toMagnitude: exponent.magnitude) else { return .zero }
      return FixedDecimal.one.divided(by: power)
    }
    return raised(toMagnitude: exponent.magnitude)
  }

  private func raised(toMagnitude exponent: UInt) -> FixedDecimal? {
    var result = FixedDecimal.one
    var square = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 {
        guard let product = result.times(square) else { return nil }
        result = product
      }
      rest >>= 1
      if rest > 0 {
        guard let next = square.times(square) else { return nil }
        square = next
      }
    }
    return result
  }

  /// The number of decimals that are not trailing zeros, from 0 to 8.
  public var significantPlaces: Int {
    var rest = scaled % Self.one128
    var places = rest == 0 ? 0 : Self.places
    while places > 0, rest % 10 == 0 { (rest, places) = (rest / 10, places - 1) }
    return places
  }

  /// `value × numerator ÷ denominator` through a product of full width.
  static func scaling(_ value: Int128, by numerator: Int128, over denominator: Int128)
    -> FixedDecimal?
  {
    guard denominator != 0 else { return nil }
    let negative = (value < 0) != (numerator < 0) && value != 0 && numerator != 0
    let (high, low) = value.magnitude.multipliedFullWidth(by: numerator.magnitude)
    let divisor = denominator.magnitude
    guard high < divisor else { return nil }
    var (quotient, rest) = divisor.dividingFullWidth((high, low))
    guard quotient < UInt128(wideLimit) else { return nil }
    if rest >= divisor - rest { quotient += 1 }
    guard let result = Int128(exactly: quotient) else { return nil }
    return FixedDecimal(scaled: negative != (denominator < 0) ? -result : result)
  }

  /// How ``rounded(to:_:)`` treats what it cuts off.
  public enum Rounding: Sendable {
    /// To the nearest; a half goes away from zero.
    case halfAwayFromZero
    /// To the nearest; a half goes towards positive infinity, as `Round` of CQL has it.
    case halfUp
    /// Towards negative infinity.
    case down
    /// Towards positive infinity.
    case up
    /// Towards zero.
    case towardZero
  }

  /// The value with that many decimals, from 0 to 8.
  public func rounded(to decimals: Int = 0, _ rule: Rounding = .halfAwayFromZero) -> FixedDecimal {
    let kept = min(max(decimals, 0), Self.places)
    var step: Int128 = 1
    for _ in kept..<Self.places { step *= 10 }
    var (quotient, rest) = scaled.quotientAndRemainder(dividingBy: step)
    if rest < 0 {
      quotient -= 1
      rest += step
    }
    let up: Bool
    switch rule {
    case .down: up = false
    case .up: up = rest > 0
    case .towardZero: up = rest > 0 && scaled < 0
    case .halfUp: up = rest * 2 >= step
    case .halfAwayFromZero: up = scaled < 0 ? rest * 2 > step : rest * 2 >= step
    }
    return FixedDecimal(unchecked: (quotient + (up ? 1 : 0)) * step)
  }

  /// Plain notation with just that many decimals, rounded half away from zero.
  public func formatted(decimals: Int) -> String {
    let rounded = rounded(to: decimals)
    let magnitude = rounded.scaled.magnitude
    let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: UInt128(Self.one128))
    var text = rounded.scaled < 0 ? "-\(whole)" : "\(whole)"
    let count = min(max(decimals, 0), Self.places)
    if count > 0 {
      let digits = String(rest)
      let all = String(repeating: "0", count: Self.places - digits.count) + digits
      text += "." + all.prefix(count)
    }
    return text
  }
}

extension FixedDecimal: CustomStringConvertible {
  /// Plain notation without trailing zeros.
  public var description: String {
    var (rest, decimals) = (scaled, Self.places)
    while decimals > 0, rest.isMultiple(of: 10) {
      rest /= 10
      decimals -= 1
    }
    return formatted(decimals: decimals)
  }
}

extension FixedDecimal: ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral value: Int) {
    self.init(value)
  }
}

extension FixedDecimal: ExpressibleByFloatLiteral {
  /// The nearest decimal of eight places; a literal out of range is a fault of the program.
  public init(floatLiteral value: Double) {
    guard let decimal = FixedDecimal(value) else {
      preconditionFailure("the literal \(value) is out of a decimal's range")
    }
    self = decimal
  }
}
