import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Arithmetic on what is known in full or in part.
enum Calculation {
  /// A function of one number.
  enum Function: Hashable, Sendable {
    case absolute, negative, ceiling, floor, truncate, ln, exp
  }

  /// The range of an integer.
  static func isWhole32(_ number: FixedDecimal) -> Bool {
    number.wholeNumber.map { Int32(exactly: $0) != nil } ?? false
  }

  static func apply(
    _ operation: Arithmetic, _ a: Result, _ b: Result, whole: Bool
  ) -> Result {
    if case .range(let range, let doubt) = a, case .value(.number(let number)) = b {
      return shifted(range, operation, number).map { .range($0, doubt) } ?? .unknown(doubt)
    }
    if case .value(.number(let number)) = a, case .range(let range, let doubt) = b {
      let moved =
        switch operation {
        case .plus, .times: shifted(range, operation, number)
        case .minus: shifted(range, .times, -1).flatMap { shifted($0, .plus, number) }
        case .divided, .div, .mod, .power: nil as NumberInterval?
        }
      return moved.map { .range($0, doubt) } ?? .unknown(doubt)
    }
    return Result.combined(a, b) { left, right in
      guard case .number(let one) = left, case .number(let other) = right else { return .null }
      let number = apply(operation, one, other)
      if whole, let number, !isWhole32(number) { return .null }
      return Result(number)
    }
  }

  private static func apply(
    _ operation: Arithmetic, _ a: FixedDecimal, _ b: FixedDecimal
  ) -> FixedDecimal? {
    switch operation {
    case .plus: a.plus(b)
    case .minus: a.minus(b)
    case .times: a.times(b)
    case .divided: a.divided(by: b)
    case .div: a.wholeQuotient(by: b)
    case .mod: a.remainder(by: b)
    case .power: power(a, b)
    }
  }

  /// A range moved or stretched by a number; nil where the operation is none of these.
  private static func shifted(
    _ range: NumberInterval, _ operation: Arithmetic, _ number: FixedDecimal
  ) -> NumberInterval? {
    func moved(_ bound: NumberInterval.Bound?) -> NumberInterval.Bound? {
      // A bound out of range is none: that only makes the range wider.
      bound.flatMap { bound in
        apply(operation, bound.value, number).map { .init($0, isIncluded: bound.isIncluded) }
      }
    }
    switch operation {
    case .plus, .minus: return NumberInterval(low: moved(range.low), high: moved(range.high))
    case .times, .divided:
      if number.sign == 0 { return nil }
      let (low, high) = (moved(range.low), moved(range.high))
      return NumberInterval(
        low: number.sign > 0 ? low : high, high: number.sign > 0 ? high : low)
    case .div, .mod, .power: return nil
    }
  }

  static func scaled(_ result: Result, by scale: Scale) -> Result {
    switch result {
    case .value(.number(let number)): return Result(scale.applied(to: number))
    case .range(let range, let doubt):
      func moved(_ bound: NumberInterval.Bound?) -> NumberInterval.Bound? {
        bound.flatMap { bound in
          scale.applied(to: bound.value).map { .init($0, isIncluded: bound.isIncluded) }
        }
      }
      return .range(NumberInterval(low: moved(range.low), high: moved(range.high)), doubt)
    case .value, .oneOf, .unknown:
      return result.map { value in
        guard case .number(let number) = value else { return .null }
        return Result(scale.applied(to: number))
      }
    }
  }

  static func apply(_ function: Function, _ a: Result, whole: Bool) -> Result {
    if function == .negative, case .range = a {
      return apply(.times, a, .value(.number(-1)), whole: whole)
    }
    return a.map { value in
      guard case .number(let number) = value else { return .null }
      let result: FixedDecimal? =
        switch function {
        case .absolute: number.magnitude
        case .negative: -number
        case .ceiling: number.rounded(to: 0, .up)
        case .floor: number.rounded(to: 0, .down)
        case .truncate: number.rounded(to: 0, .towardZero)
        case .ln: number.sign > 0 ? FixedDecimal(log(number.double)) : nil
        case .exp: FixedDecimal(exponential(number.double))
        }
      if whole, let result, !isWhole32(result) { return .null }
      return Result(result)
    }
  }

  static func rounded(_ a: Result, places: Result) -> Result {
    Result.combined(a, places) { value, places in
      guard case .number(let number) = value, case .number(let places) = places else {
        return .null
      }
      return Result(number.rounded(to: places.wholeNumber ?? 0))
    }
  }

  static func logarithm(_ a: Result, base: Result) -> Result {
    Result.combined(a, base) { value, base in
      guard case .number(let number) = value, case .number(let base) = base else { return .null }
      return Result(logarithm(number, base: base))
    }
  }

  private static func logarithm(_ number: FixedDecimal, base: FixedDecimal) -> FixedDecimal? {
    guard number.sign > 0, base.sign > 0 else { return nil }
    // To the base 1 it is infinite or none, and no decimal.
    return FixedDecimal(log(number.double) / log(base.double))
  }

  /// Exact for whole numbers; as near as binary numbers come for others.
  static func power(_ base: FixedDecimal, _ exponent: FixedDecimal) -> FixedDecimal? {
    if let count = exponent.wholeNumber {
      if base.wholeNumber != nil { return base.raised(to: count) }
      let near = pow(base.double, exponent.double)
      // Where a binary number has digits to spare it is nearer than rounding at each step.
      return near.magnitude < 1e6 ? FixedDecimal(near) : base.raised(to: count)
    }
    return FixedDecimal(pow(base.double, exponent.double))
  }
}

/// The C library's function, whose name is taken inside of ``Calculation`` by a case.
private func exponential(_ x: Double) -> Double { exp(x) }
