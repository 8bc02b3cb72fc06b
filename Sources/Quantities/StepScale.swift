/// A ``Scale`` for numbers that are counted in steps of 10⁻⁸ and not negative: the same result as
/// for a ``FixedDecimal``, in whole numbers of 64 bits.
public struct StepScale: Sendable {
  @usableFromInline let numerator: Int64
  @usableFromInline let denominator: Int64
  @usableFromInline let half: Int64
  @usableFromInline let limit: Int64

  /// The factor one.
  public static let one = StepScale(numerator: 1, denominator: 1)

  private init(numerator: Int64, denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
    half = denominator / 2
    limit = (Int64.max - denominator) / numerator
  }

  /// `nil` where the factor has too many digits.
  public init?(_ scale: Scale) {
    guard abs(scale.exponent) <= 15, var up = Int64(exactly: scale.numerator),
      var down = Int64(exactly: scale.denominator)
    else { return nil }
    for _ in 0..<abs(scale.exponent) {
      let (next, overflow) = (scale.exponent > 0 ? up : down).multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      if scale.exponent > 0 { up = next } else { down = next }
    }
    self.init(numerator: up, denominator: down)
  }

  /// A number of steps multiplied by the factor, to whole steps, a half upwards; `nil` where it is
  /// negative or too large.
  @inlinable
  public func applied(to steps: Int64) -> Int64? {
    guard steps >= 0, steps <= limit else { return nil }
    // An odd denominator has no half that is whole: its lower neighbour rounds the same.
    return (steps &* numerator &+ half) / denominator
  }
}

extension FixedDecimal {
  /// A number of steps of 10⁻⁸.
  public init(steps: Int64) {
    self.init(unchecked: Int128(steps))
  }

  /// The number of steps of 10⁻⁸ from zero; `nil` where 64 bits do not hold it.
  public var steps: Int64? { Int64(exactly: scaled) }
}
