/// An exact positive factor: a fraction times a power of ten.
public struct Scale: Hashable, Sendable {
  let numerator: Int
  let denominator: Int
  let exponent: Int

  /// One.
  public static let one = Scale(1)

  /// `numerator ÷ denominator × 10^exponent`; both must be above zero.
  public init(_ numerator: Int, over denominator: Int = 1, exponent: Int = 0) {
    precondition(numerator > 0 && denominator > 0, "a scale is above zero")
    var (n, d, e) = (numerator, denominator, exponent)
    if d != 1 {
      let common = Self.greatestCommonDivisor(n, d)
      (n, d) = (n / common, d / common)
    }
    // Fives go into the power of ten, so that equal factors are written equally. The twos that they
    // take along may not fit where the other number is huge.
    while n % 5 == 0, n % 2 == 0 || d <= Int.max / 2 {
      if n % 2 == 0 { n /= 2 } else { d *= 2 }
      (n, e) = (n / 5, e + 1)
    }
    while d % 5 == 0, d % 2 == 0 || n <= Int.max / 2 {
      if d % 2 == 0 { d /= 2 } else { n *= 2 }
      (d, e) = (d / 5, e - 1)
    }
    (self.numerator, self.denominator, self.exponent) = (n, d, e)
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }

  /// The product with a power of another; `nil` where it has too many digits.
  public func times(_ other: Scale, power: Int = 1) -> Scale? {
    var result = self
    for _ in 0..<power.magnitude {
      let (up, down) =
        power > 0 ? (other.numerator, other.denominator) : (other.denominator, other.numerator)
      // Shortened crosswise first, so that what can be exact stays small.
      let first = Self.greatestCommonDivisor(result.numerator, down)
      let second = Self.greatestCommonDivisor(up, result.denominator)
      let (numerator, a) = (result.numerator / first).multipliedReportingOverflow(by: up / second)
      let (denominator, b) = (result.denominator / second)
        .multipliedReportingOverflow(by: down / first)
      guard !a, !b else { return nil }
      result = Scale(
        numerator, over: denominator,
        exponent: power > 0 ? result.exponent + other.exponent : result.exponent - other.exponent)
    }
    return result
  }

  /// A value multiplied by this, to eight places; `nil` where the result is out of range.
  public func applied(to value: FixedDecimal) -> FixedDecimal? {
    if value == .zero { return .zero }
    // Ten to the thirty-eighth is the largest power that 128 bits hold.
    guard exponent.magnitude <= 38 else { return nil }
    var up = Int128(numerator)
    var down = Int128(denominator)
    for _ in 0..<exponent.magnitude {
      let (next, overflow) = (exponent > 0 ? up : down).multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      if exponent > 0 { up = next } else { down = next }
    }
    return FixedDecimal.scaling(value.scaled, by: up, over: down)
  }

  /// The factor as a binary number.
  public var double: Double {
    var power = 1.0
    for _ in 0..<exponent.magnitude { power *= 10 }
    let fraction = Double(numerator) / Double(denominator)
    return exponent >= 0 ? fraction * power : fraction / power
  }
}
