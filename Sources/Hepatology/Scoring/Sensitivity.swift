public import Quantities

/// What one input does to a score at this patient.
public struct Sensitivity: Sendable {
  /// The input.
  public let variable: Variable
  /// By how much the unrounded value changes over ten per cent of the input.
  ///
  /// From five below to five above this patient's; zero where the input is held at a bound, `nil` for
  /// choices and where the score is made of points and grades.
  public let slope: Double?
  /// The nearest values at which the reported value or the band changes: at most two below and two
  /// above what was typed, the nearest first.
  public let thresholds: [Threshold]
}

/// The nearest value of an input at which a score changes.
public struct Threshold: Hashable, Sendable {
  /// The input.
  public let variable: Variable
  /// The nearest value of at most four digits at which the change has happened, in the unit as typed.
  public let value: Value
  /// The limit itself, where the change has happened everywhere beyond it but not on it.
  public let limit: Quantity?
  /// Whether it lies above what was typed.
  public let isAbove: Bool
  /// The score as it is.
  public let from: ScoreValue
  /// The score there.
  public let to: ScoreValue
  /// Whether the band is another one there.
  public var changesStratum: Bool { from.stratum != to.stratum }
  /// In words: `B at total bilirubin 51.3 µmol/L or less`, `+1 at creatinine 1.517 mg/dL or more`,
  /// `−1 at INR below 2`.
  public let text: String
}

extension Score {
  /// What would change the score: for each input that was used, the nearest thresholds and the slope.
  ///
  /// Empty where the score has no value. Thresholds are found on the score itself, by halving grids of
  /// ever finer decimals between what was typed and the end of the accepted range; along one input every score moves
  /// one way, so that none is missed. For choices and yes-or-no questions the next answers are tried.
  public func sensitivity(for patient: Patient, variant: String? = nil) -> [Sensitivity] {
    let result = result(for: patient, variant: variant)
    guard let value = result.value else { return [] }
    let probe = Probe(score: self, patient: patient, variant: result.variant, value: value)
    return (inputs + optionalInputs).compactMap { variable in
      guard result.inputs.contains(where: { $0.variable == variable }) else { return nil }
      switch patient.value(of: variable) {
      case .quantity(let quantity, .exact)?:
        return Sensitivity(
          variable: variable, slope: probe.slope(of: variable, quantity),
          thresholds: probe.thresholds(of: variable, quantity))
      case .choice?, .yesNo?:
        return Sensitivity(
          variable: variable, slope: nil, thresholds: probe.thresholds(of: variable))
      default: return nil
      }
    }
  }
}

/// Tries a score on patients who differ in one input.
private struct Probe {
  let score: Score
  let patient: Patient
  let variant: Score.Variant
  let value: ScoreValue

  func value(with other: Value, of variable: Variable) -> ScoreValue? {
    let outcome = score.outcome(
      for: patient.assuming(other, for: variable), variant: variant.id)
    if case .value(let value) = outcome { return value } else { return nil }
  }

  // MARK: Slope

  func slope(of variable: Variable, _ quantity: Quantity) -> Double? {
    let number = quantity.value.double
    guard score.form == .number, number != 0,
      let less = FixedDecimal(number * 0.95), let more = FixedDecimal(number * 1.05),
      let low = value(with: .quantity(Quantity(less, quantity.unit), .exact), of: variable),
      let high = value(with: .quantity(Quantity(more, quantity.unit), .exact), of: variable)
    else { return nil }
    return high.unrounded - low.unrounded
  }

  // MARK: Thresholds

  func thresholds(of variable: Variable, _ quantity: Quantity) -> [Threshold] {
    guard let measure = variable.measure,
      let accepted = measure.range(measure.accepted, in: quantity.unit)
    else { return [] }
    return [accepted.lowerBound, accepted.upperBound].flatMap { end in
      nearest { isChanged in
        first(from: quantity.value, to: end, isWhole: measure.isWhole) { number in
          let other = value(with: .quantity(Quantity(number, quantity.unit), .exact), of: variable)
          return other.map(isChanged) ?? false
        }.map { found in
          Found(
            value: .quantity(Quantity(found.value, quantity.unit), .exact),
            limit: found.limit.map { Quantity($0, quantity.unit) })
        }
      } make: { found in
        threshold(variable, found, isAbove: end > quantity.value)
      }
    }
  }

  func thresholds(of variable: Variable) -> [Threshold] {
    let answers: [Value]
    switch variable.kind {
    case .choice(let choices, _): answers = choices.map { .choice($0.id) }
    case .yesNo: answers = [.yesNo(false), .yesNo(true)]
    default: return []
    }
    guard let own = patient.value(of: variable), let index = answers.firstIndex(of: own) else {
      return []
    }
    let sides: [(Bool, [Value])] = [
      (false, answers[..<index].reversed()), (true, Array(answers[(index + 1)...])),
    ]
    return sides.flatMap { isAbove, side in
      nearest { isChanged in
        side.first { value(with: $0, of: variable).map(isChanged) ?? false }
          .map { Found(value: $0, limit: nil) }
      } make: {
        threshold(variable, $0, isAbove: isAbove)
      }
    }
  }

  /// The nearest change of the reported value, where it is whole points, and of the band.
  private func nearest(
    _ find: ((ScoreValue) -> Bool) -> Found?, make: (Found) -> Threshold?
  ) -> [Threshold] {
    var found: [Found] = []
    if score.decimals == 0, let step = find({ $0.reported != value.reported }) {
      found.append(step)
    }
    if let band = find({ $0.stratum != value.stratum }), !found.contains(band) {
      found.append(band)
    }
    return found.compactMap(make)
  }

  /// A value at which a change has happened, and the value just before it where that one is the limit.
  private struct Found: Equatable {
    let value: Value
    let limit: Quantity?
  }

  private func threshold(_ variable: Variable, _ found: Found, isAbove: Bool) -> Threshold? {
    guard let to = value(with: found.value, of: variable) else { return nil }
    let name = variable.label.inSentence
    let text =
      found.limit.map { "\(name) \(isAbove ? "above" : "below") \(words($0))" }
      ?? "\(name) \(words(found.value, isAbove))"
    return Threshold(
      variable: variable, value: found.value, limit: found.limit, isAbove: isAbove, from: value,
      to: to,
      text: "\(change(to)) at \(text)")
  }

  /// `B`, or `+1` where the band stays.
  private func change(_ to: ScoreValue) -> String {
    if let stratum = to.stratum, stratum != value.stratum { return stratum }
    let difference = to.reported - value.reported
    return (difference < 0 ? "−" : "+") + score.text(of: difference.magnitude)
  }

  private func words(_ there: Value, _ isAbove: Bool) -> String {
    switch there {
    case .quantity(let quantity, _): "\(words(quantity)) or \(isAbove ? "more" : "less")"
    case .choice(let id): id
    case .yesNo(let yes): yes ? "yes" : "no"
    default: ""
    }
  }

  private func words(_ quantity: Quantity) -> String {
    let unit = quantity.unit.symbol
    return "\(quantity.value)\(unit.isEmpty ? "" : " \(unit)")"
  }

  /// The number nearest to `start`, of at most four digits, at which a change has happened on the way
  /// to `end`, and the number just before it where everything beyond that one has changed; `nil` where
  /// nothing has at `end`.
  private func first(
    from start: FixedDecimal, to end: FixedDecimal, isWhole: Bool,
    isChanged: (FixedDecimal) -> Bool
  ) -> (value: FixedDecimal, limit: FixedDecimal?)? {
    guard start != end, isChanged(end) else { return nil }
    let isUp = end > start
    let sign: Double = isUp ? 1 : -1
    var near = start.double
    var far = (value: end, number: end.double)
    // Grids of whole numbers over a power of ten, so that every number on them is exact.
    var power = -4
    while true {
      let scale = Self.scale(power)
      var low = isUp ? (near * scale).rounded(.down) + 1 : (near * scale).rounded(.up) - 1
      var high =
        isUp ? (far.number * scale).rounded(.up) - 1 : (far.number * scale).rounded(.down) + 1
      while (high - low) * sign >= 0 {
        let middle = ((low + high) / 2).rounded(.towardZero)
        guard let number = FixedDecimal(middle / scale) else { break }
        if isChanged(number) {
          far = (number, middle / scale)
          high = middle - sign
        } else {
          near = middle / scale
          low = middle + sign
        }
      }
      let digits = max(far.number.magnitude, 0.001)
      if isWhole && power >= 0 { return (far.value, nil) }
      if power >= 6 || digits * scale >= 1000 {
        let before = FixedDecimal(near)
        let beyond = FixedDecimal(near + sign * 1e-5 * max(near.magnitude, 0.1))
        return (far.value, beyond.map(isChanged) ?? false ? before : nil)
      }
      power += 1
    }
  }

  private static func scale(_ power: Int) -> Double {
    let ten: [Double] = [1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6]
    return ten[power + 4]
  }
}

extension String {
  /// With a small first letter, unless the word is an abbreviation.
  fileprivate var inSentence: String {
    guard let first, let second = dropFirst().first, first.isUppercase, second.isLowercase else {
      return self
    }
    return first.lowercased() + dropFirst()
  }
}
