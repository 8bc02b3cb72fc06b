public import Quantities

/// What a score writes down while it is computed.
struct Working {
  let score: Score
  let patient: Patient
  var variant: Score.Variant
  /// Whether only the outcome is wanted.
  let isQuiet: Bool
  private(set) var inputs: [InputUse] = []
  private(set) var terms: [Term] = []
  private(set) var gaps: [Gap] = []
  private(set) var notes: [String] = []
  var mortality: [Mortality] = []
  var alternatives: [Alternative] = []

  init(score: Score, patient: Patient, variant: Score.Variant, isQuiet: Bool = false) {
    self.score = score
    self.patient = patient
    self.variant = variant
    self.isQuiet = isQuiet
  }

  /// The outcome where an input is missing.
  var incomplete: Outcome { .missing(gaps) }

  // MARK: Inputs

  /// The number of a quantity in a unit, held between `floor` and `cap`; `nil`, with a gap noted,
  /// where there is none.
  mutating func number(
    _ variable: Variable, in unit: Unit, floor: Double? = nil, cap: Double? = nil
  ) -> Double? {
    guard let entry = patient[variable] else { return lack(variable) }
    guard let (number, bound) = entry.number(of: variable, in: unit) else {
      return lack(variable, entry.gap)
    }
    var used = number
    var adjustment: InputUse.Adjustment?
    if let floor, number < floor { (used, adjustment) = (floor, .floored) }
    if let cap, number > cap { (used, adjustment) = (cap, .capped) }
    // A bound decides nothing, but where everything beyond it is held at the same value.
    switch bound {
    case .exact: break
    case .below, .atMost:
      guard let floor, number <= floor else { return lackValue(variable, entry) }
      (used, adjustment) = (floor, .floored)
    case .above, .atLeast:
      guard let cap, number >= cap else { return lackValue(variable, entry) }
      (used, adjustment) = (cap, .capped)
    }
    use(variable, entry, .number(used, unit), adjustment)
    return used
  }

  /// The number of an input, held within its range; `nil`, with a gap noted, where there is none.
  mutating func number(_ input: ScoreInput) -> Double? {
    guard let unit = input.unit else { return nil }
    return number(
      input.variable, in: unit,
      floor: input.range.lowerBound.isFinite ? input.range.lowerBound : nil,
      cap: input.range.upperBound.isFinite ? input.range.upperBound : nil)
  }

  /// The number of a quantity that need not be known; `nil` where it is not.
  mutating func optionalNumber(_ variable: Variable, in unit: Unit) -> Double? {
    guard let entry = patient[variable],
      case let (number, .exact)? = entry.number(of: variable, in: unit)
    else { return nil }
    use(variable, entry, .number(number, unit))
    return number
  }

  /// Whether a quantity stands so to a limit; `nil`, with a gap noted, where that is unknown.
  ///
  /// A bound such as `< 40` decides what it can.
  mutating func holds(
    _ variable: Variable, _ comparison: Comparison, _ limit: Double, in unit: Unit
  ) -> Bool? {
    guard let entry = patient[variable] else { return lack(variable) }
    guard let (number, bound) = entry.number(of: variable, in: unit) else {
      return lack(variable, entry.gap)
    }
    guard let truth = comparison.holds(number, bound, limit) else {
      return lackValue(variable, entry)
    }
    use(variable, entry, .number(number, unit))
    return truth
  }

  /// How a number may stand to a limit.
  enum Comparison {
    case below, atMost, atLeast, above

    func holds(_ number: Double, _ bound: Value.Bound, _ limit: Double) -> Bool? {
      switch (self, bound) {
      case (.below, .exact): number < limit
      case (.atMost, .exact): number <= limit
      case (.atLeast, .exact): number >= limit
      case (.above, .exact): number > limit
      case (.below, .below), (.atMost, .below), (.atMost, .atMost): number <= limit ? true : nil
      case (.below, .atMost): number < limit ? true : nil
      case (.atLeast, .below), (.above, .below), (.above, .atMost): number <= limit ? false : nil
      case (.atLeast, .atMost): number < limit ? false : nil
      case (.below, .above), (.atMost, .above), (.below, .atLeast): number >= limit ? false : nil
      case (.atMost, .atLeast): number > limit ? false : nil
      case (.atLeast, .above), (.above, .above), (.atLeast, .atLeast): number >= limit ? true : nil
      case (.above, .atLeast): number > limit ? true : nil
      }
    }
  }

  /// The answer of a choice, by its place among the choices.
  mutating func rank(_ variable: Variable) -> Int? {
    guard let entry = patient[variable] else { return lack(variable) }
    guard case .value(.choice(let id), _) = entry.reading,
      case .choice(let choices, _) = variable.kind,
      let rank = choices.firstIndex(where: { $0.id == id })
    else { return lack(variable, entry.gap) }
    use(variable, entry, .word(choices[rank].id))
    return rank
  }

  /// The answers of a choice of several.
  mutating func words(_ variable: Variable) -> Set<String>? {
    guard let entry = patient[variable] else { return lack(variable) }
    guard case .value(.choices(let ids), _) = entry.reading else {
      return lack(variable, entry.gap)
    }
    use(variable, entry, .word(ids.sorted().joined(separator: ", ")))
    return ids
  }

  /// The answer of a yes-or-no question that need not be answered; `nil` where it is not.
  mutating func answer(_ variable: Variable) -> Bool? {
    guard let entry = patient[variable], case .value(.yesNo(let yes), _) = entry.reading else {
      return nil
    }
    use(variable, entry, .word(yes ? "yes" : "no"))
    return yes
  }

  /// The answer of a yes-or-no question; `nil`, with a gap noted, where it is not answered.
  mutating func truth(_ variable: Variable) -> Bool? {
    answer(variable) ?? lack(variable, patient[variable]?.gap)
  }

  /// The age in years, where it is known; not an input of the formula.
  var age: Double? { patient.number(.age, in: .years) }

  /// Notes that a variable is missing, once.
  mutating func lack<T>(_ variable: Variable, _ reason: String? = nil) -> T? {
    if !gaps.contains(where: { $0.variable == variable }) {
      gaps.append(Gap(variable: variable, reason: reason))
    }
    return nil
  }

  /// Notes that only a bound of a variable is known.
  private mutating func lackValue<T>(_ variable: Variable, _ entry: Patient.Entry) -> T? {
    lack(variable, "\(entry.shown) is a bound, not a value")
  }

  /// Takes back that variables are missing, where the outcome does not depend on them.
  mutating func forgive(_ variables: [Variable]) {
    gaps.removeAll { variables.contains($0.variable) }
  }

  private mutating func use(
    _ variable: Variable, _ entry: Patient.Entry, _ taken: InputUse.Taken,
    _ adjustment: InputUse.Adjustment? = nil
  ) {
    guard !isQuiet, !inputs.contains(where: { $0.variable == variable }) else { return }
    inputs.append(
      InputUse(variable: variable, adjustment: adjustment, entry: entry, taken: taken))
  }

  /// Writes down that an input was replaced by what the score prescribes.
  mutating func replace(_ variable: Variable, by used: Double, in unit: Unit) {
    gaps.removeAll { $0.variable == variable }
    guard !isQuiet else { return }
    inputs.removeAll { $0.variable == variable }
    inputs.append(
      InputUse(
        variable: variable, adjustment: .replaced, entry: patient[variable],
        taken: .number(used, unit)))
  }

  // MARK: Working and value

  mutating func term(
    _ label: @autoclosure () -> String, _ variables: Variable..., points: Double,
    against limits: [Double] = []
  ) {
    term(label(), variables, points: points, against: limits)
  }

  mutating func term(
    _ label: @autoclosure () -> String, _ variables: [Variable], points: Double,
    against limits: [Double] = []
  ) {
    guard !isQuiet else { return }
    terms.append(Term(label: label(), variables: variables, points: points, limits: limits))
  }

  mutating func note(_ text: @autoclosure () -> String) {
    guard !isQuiet else { return }
    notes.append(text())
  }

  /// A value, rounded to the score's decimals unless `reported` says otherwise, in the band of
  /// `banded`, which is the unrounded value unless it says otherwise.
  func value(_ unrounded: Double, reported: Double? = nil, banded: Double? = nil) -> ScoreValue {
    let reported = reported ?? Self.rounded(unrounded, to: score.decimals)
    let stratum = score.stratum(of: (banded ?? unrounded).snapped, variant: variant)?.name
    let isSeen = { score.stratum(of: $0, variant: variant)?.name == stratum }
    let decimals =
      isSeen(reported)
      ? score.decimals
      : (score.decimals + 1..<8).first { isSeen(Self.rounded(unrounded, to: $0)) } ?? 8
    return ScoreValue(
      unrounded: unrounded, reported: reported, stratum: stratum, decimals: decimals)
  }

  /// One point below the first limit, three above the second, two between them and on them.
  @inline(__always)
  static func points(_ number: Double, _ low: Double, _ high: Double) -> Double {
    number < low ? 1 : number > high ? 3 : 2
  }

  static func rounded(_ number: Double, to decimals: Int) -> Double {
    FixedDecimal(number)?.rounded(to: decimals).double ?? number
  }

  /// A number as it is printed, at most three decimals.
  static func plain(_ number: Double) -> String {
    FixedDecimal(number)?.rounded(to: 3).description ?? "\(number)"
  }
}

extension Double {
  /// Rounded to eight places, as a decimal would hold it: 1.2 − 0.9 stands exactly on 0.3, and
  /// 1.35 ÷ 0.9 exactly on 1.5.
  var snapped: Double { (self * 1e8).rounded() / 1e8 }
}

extension Patient {
  /// The number of a quantity in a unit; `nil` where it is unknown or only a bound.
  func number(_ variable: Variable, in unit: Unit) -> Double? {
    guard case let (number, .exact)? = self[variable]?.number(of: variable, in: unit) else {
      return nil
    }
    return number
  }
}

extension Value {
  /// The number of a quantity in a unit as scores take it, and whether it is the value or a bound of
  /// it; `nil` where it is no quantity or the unit does not fit.
  public func number(of variable: Variable, in unit: Unit) -> (number: Double, bound: Bound)? {
    guard case .quantity(let quantity, let bound) = self, let measure = variable.measure,
      let converted = try? quantity.converted(to: unit, as: measure.substances)
    else { return nil }
    // Six places undo what rounding to eight did on the way: 34 µmol/L written as 1.98830409 mg/dL
    // stands on 34 again.
    let value = quantity.unit == unit ? converted.value : converted.value.rounded(to: 6)
    return (value.double, bound)
  }
}

extension Patient.Entry {
  /// The number in a unit, and whether it is the value or a bound of it.
  func number(of variable: Variable, in unit: Unit) -> (Double, Value.Bound)? {
    reading.value?.number(of: variable, in: unit)
  }

  /// What was typed, with the unit that holds for it.
  public var shown: String {
    guard case .value(.quantity(let quantity, let bound), _) = reading else { return typed }
    let sign = bound == .exact ? "" : "\(bound.sign) "
    let unit = quantity.unit.symbol
    return "\(sign)\(quantity.value)" + (unit.isEmpty ? "" : " \(unit)")
  }

  /// Why it cannot be used, where it cannot.
  public var problem: String? {
    if case .refused(let error) = reading { "\(error)" } else { nil }
  }

  /// Why it cannot be used, for a score: one sentence for all that more typing may cure, which stays
  /// while it is typed.
  fileprivate var gap: String? {
    guard case .refused(let error) = reading else { return nil }
    return error.isUnfinished ? "not complete yet" : "\(error)"
  }
}

extension Unit {
  static func known(_ code: String) -> Unit {
    do {
      return try Unit(ucum: code)
    } catch {
      preconditionFailure("a score has a wrong unit: \(error)")
    }
  }

  static let milligramsPerDecilitre = known("mg/dL")
  static let micromolesPerLitre = known("umol/L")
  static let millimolesPerLitre = known("mmol/L")
  static let gramsPerDecilitre = known("g/dL")
  static let billionsPerLitre = known("10*9/L")
  static let seconds = known("s")
  static let years = known("a")
  static let gramsPerLitre = known("g/L")
  static let percent = known("%")
  static let unitsPerLitre = known("U/L")
  static let millimetresOfMercury = known("mm[Hg]")
  static let kilograms = known("kg")
  static let hours = known("h")
  static let weeks = known("wk")
  static let millilitresPerDay = known("mL/d")
  static let microgramsPerKilogramMinute = known("ug/kg/min")
  static let micromolesPerLitreDay = known("umol/L/d")
}
