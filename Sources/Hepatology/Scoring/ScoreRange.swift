import Quantities

/// What a score can still be while something is missing: a range, never a value.
public struct ScoreRange: Hashable, Sendable {
  /// The score.
  public let score: Score
  /// The published form that was used.
  public let variant: Score.Variant
  /// The lowest value that is still possible.
  public let low: ScoreValue
  /// The highest value that is still possible.
  public let high: ScoreValue
  /// What is missing, or known only as a bound.
  public let open: [Variable]
  /// The bands that are still possible, from low to high.
  public let strata: [Score.Stratum]

  /// Whether one reported value remains, whatever the missing inputs are within what is plausible.
  public var isSettled: Bool {
    low.reported == high.reported && low.stratum == high.stratum
  }

  /// The range in words: `24 to 31`, `at least ACLF-2`, `40, whatever is missing`.
  public var text: String {
    let (least, most) = (score.text(of: low), score.text(of: high))
    if isSettled { return "\(least), whatever is missing" }
    guard score.form == .grade else { return "\(least) to \(most)" }
    let bands = score.strata(of: variant)
    if strata.last == bands.last, strata.first != bands.first { return "at least \(least)" }
    if strata.first == bands.first, strata.last != bands.last { return "at most \(most)" }
    return "\(least) to \(most)"
  }
}

extension Score {
  /// The range that the score can still take while inputs are missing; `nil` where it has a value,
  /// where it does not apply, and where nothing can be said.
  ///
  /// A missing input may be anything within its plausible range, and what is known as a bound (`< 40`)
  /// anything on its side of it. Every score is declared by how each input moves it: up, down, or,
  /// where that depends on the others, either way. A score moves one way along each input while the
  /// others stay, so that its lowest and highest value lie on corners of the box of what is missing;
  /// all corners are tried in the inputs that can turn, and all answers of choices without an order.
  /// Yes-or-no questions that need not be answered are tried with both answers and with none; numbers
  /// that need not be given stay so. The ends of a bound count as possible, so that a range may be a
  /// little too wide, but is never too narrow.
  public func range(for patient: Patient, variant: String? = nil) -> ScoreRange? {
    let result = result(for: patient, variant: variant)
    guard !result.missing.isEmpty else { return nil }
    var open = result.missing.map(\.variable)
    let asked = optionalInputs.filter { $0.isYesNo && patient.value(of: $0) == nil }
    // Filling in may show that more is missing, as the dose of a drug that is said to run.
    for _ in 0..<4 {
      let ends = extremes(of: patient, variant: result.variant.id, open: open, asked: asked)
      guard ends.missing.isEmpty else {
        open += ends.missing
        continue
      }
      guard let low = ends.low, let high = ends.high else { return nil }
      let bands = strata(of: result.variant)
      let first = bands.firstIndex { $0.name == low.stratum } ?? 0
      let last = bands.firstIndex { $0.name == high.stratum } ?? first
      return ScoreRange(
        score: self, variant: result.variant, low: low, high: high, open: open,
        strata: bands.isEmpty ? [] : Array(bands[min(first, last)...max(first, last)]))
    }
    return nil
  }

  /// The lowest and the highest value over the corners, or what is missing even there.
  private func extremes(
    of patient: Patient, variant: String, open: [Variable], asked: [Variable]
  ) -> (low: ScoreValue?, high: ScoreValue?, missing: [Variable]) {
    var values: [ScoreValue] = []
    for isHigh in [false, true] {
      var corners = [patient]
      for variable in open {
        let choices = candidates(for: variable, of: patient, isHigh: isHigh)
        corners = corners.flatMap { corner in choices.map { corner.assuming($0, for: variable) } }
      }
      for variable in asked {
        let choices = candidates(for: variable, of: patient, isHigh: isHigh)
        corners += corners.flatMap { corner in choices.map { corner.assuming($0, for: variable) } }
      }
      for corner in corners {
        switch outcome(for: corner, variant: variant) {
        case .value(let value): values.append(value)
        case .missing(let gaps):
          let more = gaps.map(\.variable).filter { !open.contains($0) }
          return (nil, nil, more.isEmpty ? open : more)
        case .notApplicable: continue
        }
      }
    }
    return (end(of: values, by: <), end(of: values, by: >), [])
  }

  /// The value that stands first in each of its parts: they can differ where a value is held at an
  /// end of the scale.
  private func end(
    of values: [ScoreValue], by isBefore: (Double, Double) -> Bool
  ) -> ScoreValue? {
    guard
      let unrounded = values.map(\.unrounded).min(by: isBefore),
      let value = values.min(by: {
        $0.reported == $1.reported
          ? isBefore($0.unrounded, $1.unrounded) : isBefore($0.reported, $1.reported)
      })
    else { return nil }
    return ScoreValue(
      unrounded: unrounded, reported: value.reported, stratum: value.stratum,
      decimals: value.decimals)
  }

  /// The values of a missing input at which the score can be lowest, or highest.
  private func candidates(for variable: Variable, of patient: Patient, isHigh: Bool) -> [Value] {
    let all = variable.plausible(given: patient.value(of: variable))
    guard all.count > 1, variable.isOrdered, !turning.contains(variable) else { return all }
    let takesLast = falling.contains(variable) != isHigh
    return [takesLast ? all[all.count - 1] : all[0]]
  }
}

extension ScoreResult {
  /// What the score can still be with what is known; `nil` where it has a value, where it does not
  /// apply, and where the range says no more than the score's scale does.
  public var range: ScoreRange? {
    guard !inputs.isEmpty, let range = score.range(for: patient, variant: variant.id) else {
      return nil
    }
    let isWhole =
      switch score.form {
      case .grade, .definition: range.strata.count == strata.count
      case .number, .points:
        range.low.reported <= score.scale.lowerBound
          && range.high.reported >= score.scale.upperBound
      }
    return isWhole && !range.isSettled ? nil : range
  }
}

extension Variable {
  /// Whether its values have an order, so that the ends stand for all of them.
  var isOrdered: Bool {
    switch kind {
    case .quantity, .yesNo: true
    case .choice(_, let ordered): ordered
    case .choices, .event: false
    }
  }

  var isYesNo: Bool { if case .yesNo = kind { true } else { false } }

  /// The ends of what is plausible, or every answer where they have no order.
  func plausible(given known: Value?) -> [Value] {
    switch kind {
    case .quantity(let measure):
      let range = measure.plausible(given: known)
      return [range.lowerBound, range.upperBound]
        .map { .quantity(Quantity($0, measure.canonical), .exact) }
    case .yesNo: return [.yesNo(false), .yesNo(true)]
    case .choice(let choices, let ordered):
      let ends = ordered ? [choices.first, choices.last].compactMap { $0 } : choices
      return ends.map { .choice($0.id) }
    case .choices(let choices): return choices.map { .choices([$0.id]) }
    case .event: return [.event(.never), .event(.ongoing)]
    }
  }
}

extension Measure {
  /// What a quantity can be within its plausible range, on the side of a bound that is known of it;
  /// within the accepted one where the bound is outside of the plausible one.
  func plausible(given known: Value?) -> ClosedRange<FixedDecimal> {
    guard case .quantity(let quantity, let bound) = known, bound != .exact,
      let limit = try? canonical(quantity)
    else { return plausible }
    switch bound {
    case .below, .atMost:
      return (limit > plausible.lowerBound ? plausible.lowerBound : accepted.lowerBound)...limit
    case .above, .atLeast:
      return limit...(limit < plausible.upperBound ? plausible.upperBound : accepted.upperBound)
    case .exact: return plausible
    }
  }
}

extension Patient {
  /// The same patient with a value that nobody typed.
  func assuming(_ value: Value, for variable: Variable) -> Patient {
    var other = self
    other.assume(value, for: variable)
    return other
  }
}
