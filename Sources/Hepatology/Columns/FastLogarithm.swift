/// Natural logarithms of many numbers at once.
enum FastLogarithm {
  /// The greatest distance to the true logarithm, for normal numbers up to 2⁵².
  ///
  /// A number is taken apart into m × 2ᵏ, √½ ≤ m < √2, and with s = (m − 1) ÷ (m + 1), |s| ≤ 0.1716,
  /// ln m = 2 (s + s³/3 + s⁵/5 + …). What is left out from s¹³ on is at most
  /// 2 s¹³ ÷ 13 ÷ (1 − s²) = 1.8 × 10⁻¹¹; rounding adds less than 10⁻¹⁴.
  static let error = 2e-11

  /// Writes the logarithms; NaN for NaN and for what is not above zero.
  ///
  /// Free of branches and tables, so that the compiler computes several at once.
  static func write(
    of numbers: UnsafePointer<Double>, rows: Range<Int>, to results: UnsafeMutablePointer<Double>
  ) {
    for row in rows { results[row] = approximation(numbers[row]) }
  }

  @inline(__always)
  private static func approximation(_ number: Double) -> Double {
    let bits = number.bitPattern
    // 1 − √½ as bits: moves the border between two exponents from 1 to √½.
    let exponent = (bits &+ (oneBits &- rootBits)) >> 52
    let mantissa = Double(bitPattern: bits &- (exponent << 52) &+ oneBits)
    // An integer below 2⁵² put behind the point of 2⁵² becomes a number without a conversion.
    let power = Double(bitPattern: exponent | 0x4330_0000_0000_0000) - (0x1p52 + 1023)
    let s = (mantissa - 1) / (mantissa + 1)
    let z = s * s
    let series =
      2.0 + z * (2.0 / 3 + z * (2.0 / 5 + z * (2.0 / 7 + z * (2.0 / 9 + z * (2.0 / 11)))))
    let value = power * ln2 + s * series
    return number > 0 ? value : .nan
  }

  private static let oneBits: UInt64 = 0x3FF0_0000_0000_0000
  private static let rootBits: UInt64 = 0x3FE6_A09E_667F_3BCD
  private static let ln2 = 0x1.62e42fefa39efp-1
}
