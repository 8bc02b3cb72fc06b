import Quantities

/// Comparisons of what is known in full, in part or not at all.
enum Comparing {
  /// Whether a comparison holds between two results.
  static func compare(_ comparison: Comparison, _ a: Result, _ b: Result) -> Truth {
    if case .value(let left) = a, case .value(let right) = b {
      return compare(comparison, left, right).map { Truth($0) } ?? .unknown(.permanent)
    }
    // The two that are by far the most frequent.
    if case .unknown(let doubt) = a, case .value = b { return .unknown(doubt) }
    if case .value = a, case .unknown(let doubt) = b { return .unknown(doubt) }
    if a.isPermanentNull || b.isPermanentNull { return .unknown(.permanent) }
    let doubt = (a.doubt ?? .permanent).union(b.doubt ?? .permanent)
    guard let left = spans(of: a), let right = spans(of: b),
      left.count * right.count <= Result.alternativeLimit
    else { return .unknown(doubt) }
    var common: Bool?
    for one in left {
      for other in right {
        guard let holds = compare(comparison, one, other), common == nil || common == holds else {
          return .unknown(doubt)
        }
        common = holds
      }
    }
    return common.map { Truth($0) } ?? .unknown(doubt)
  }

  /// Whether a number lies between two; a bound of nil is none.
  static func between(
    _ value: Result, low: Result?, high: Result?, includesLow: Bool, includesHigh: Bool
  ) -> Truth {
    forEachCandidate(of: value) { candidate in
      let above = low.map { compare(includesLow ? .greaterOrEqual : .greater, candidate, $0) }
      if let above, above.isNo { return .no }
      let below = high.map { compare(includesHigh ? .lessOrEqual : .less, candidate, $0) }
      guard case .unknown(let doubt) = above ?? .yes else { return below ?? .yes }
      switch below ?? .yes {
      case .no: return .no
      case .yes: return .unknown(doubt)
      case .unknown(let more): return .unknown(doubt.union(more))
      }
    }
  }

  /// The answer that is the same for all values that a result may be.
  static func forEachCandidate(of result: Result, _ holds: (Result) -> Truth) -> Truth {
    guard case .oneOf(let values, let doubt) = result else { return holds(result) }
    var common: Bool?
    var reasons = doubt
    for value in values {
      switch holds(.value(value)) {
      case .yes where common != false: common = true
      case .no where common != true: common = false
      case .unknown(let more):
        reasons = reasons.union(more)
        return .unknown(reasons)
      // Two values that it may be differ.
      case .yes, .no: return .unknown(reasons)
      }
    }
    return common.map { Truth($0) } ?? .unknown(reasons)
  }

  /// Equivalence as CQL has it: always true or false, where nothing is equivalent to nothing, and
  /// decimals are compared to the places of the less precise one.
  static func equivalent(_ a: Result, _ b: Result, asNumbers: Bool) -> Truth {
    switch (a.isUnknown, b.isUnknown) {
    case (true, true): return .yes
    case (true, false), (false, true): return .no
    case (false, false): break
    }
    let rounding: (Value, Value) -> Result = { left, right in
      guard asNumbers, case .number(let one) = left, case .number(let other) = right else {
        return compare(.equal, left, right).map { .value(.boolean($0)) } ?? .null
      }
      let places = min(one.significantPlaces, other.significantPlaces)
      return .value(.boolean(one.rounded(to: places) == other.rounded(to: places)))
    }
    switch Result.combined(a, b, rounding) {
    case .value(.boolean(let flag)): return Truth(flag)
    case .unknown: return compare(.equal, a, b)
    case .value, .range: return .unknown(.permanent)
    case .oneOf(_, let doubt): return .unknown(doubt)
    }
  }

  // MARK: Values

  /// A value that may be only known to lie between two.
  private enum Span {
    case value(Value)
    case range(NumberInterval)

    /// The numbers that it may be.
    var interval: NumberInterval? {
      switch self {
      case .range(let range): range
      case .value(.number(let number)):
        NumberInterval(
          low: .init(number, isIncluded: true), high: .init(number, isIncluded: true))
      case .value: nil
      }
    }
  }

  private static func spans(of result: Result) -> [Span]? {
    if case .range(let range, _) = result { return [.range(range)] }
    return result.candidates?.map { .value($0) }
  }

  private static func compare(_ comparison: Comparison, _ a: Span, _ b: Span) -> Bool? {
    if case .value(let left) = a, case .value(let right) = b {
      return compare(comparison, left, right)
    }
    guard let left = a.interval, let right = b.interval else { return nil }
    switch comparison {
    case .less: return isBelow(left, right)
    case .greater: return isBelow(right, left)
    case .lessOrEqual: return isBelow(right, left).map { !$0 }
    case .greaterOrEqual: return isBelow(left, right).map { !$0 }
    case .equal: return isBelow(left, right) == true || isBelow(right, left) == true ? false : nil
    }
  }

  /// Whether every number of one interval is below every number of the other, or none is.
  private static func isBelow(_ a: NumberInterval, _ b: NumberInterval) -> Bool? {
    if let end = a.high, let start = b.low {
      if end.value < start.value { return true }
      if end.value == start.value, !(end.isIncluded && start.isIncluded) { return true }
    }
    if let start = a.low, let end = b.high, start.value >= end.value { return false }
    return nil
  }

  /// Whether a comparison holds between two values of one type; nil where they are of two.
  static func compare(_ comparison: Comparison, _ a: Value, _ b: Value) -> Bool? {
    switch (a, b) {
    case (.number(let left), .number(let right)):
      return holds(comparison, left, right)
    case (.choice(let left), .choice(let right)):
      return holds(comparison, left, right)
    case (.boolean, .boolean), (.string, .string), (.choices, .choices), (.interval, .interval),
      (.event, .event):
      return comparison == .equal ? a == b : nil
    case (.number, _), (.choice, _), (.boolean, _), (.string, _), (.choices, _), (.interval, _),
      (.event, _):
      return nil
    }
  }

  @inline(__always)
  private static func holds<Number: Comparable>(
    _ comparison: Comparison, _ left: Number, _ right: Number
  ) -> Bool {
    switch comparison {
    case .equal: left == right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
