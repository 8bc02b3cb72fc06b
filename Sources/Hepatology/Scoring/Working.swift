import Quantities

/// What a score writes down while it is computed.
struct Working {
  let score: Score
  let patient: Patient
  var variant: Score.Variant
  private(set) var inputs: [InputUse] = []
  private(set) var terms: [Term] = []
  private(set) var gaps: [Gap] = []
  private(set) var notes: [String] = []
  var mortality: [Mortality] = []
  var alternatives: [Alternative] = []

  init(score: Score, patient: Patient, variant: Score.Variant) {
    self.score = score
    self.patient = patient
    self.variant = variant
  }

  /// The outcome where an input is missing.
  var incomplete: Outcome { .missing(gaps) }

  /// The number of a quantity in a unit, held between `floor` and `cap`; `nil`, with a gap noted,
  /// where there is none.
  mutating func number(
    _ variable: Variable, in unit: Unit, floor: Double? = nil, cap: Double? = nil
  ) -> Double? {
    guard let entry = patient[variable] else {
      gaps.append(Gap(variable: variable, reason: nil))
      return nil
    }
    guard case .value(.quantity(let quantity, let bound), _) = entry.reading,
      let measure = variable.measure,
      let converted = try? quantity.converted(to: unit, as: measure.substances)
    else {
      gaps.append(Gap(variable: variable, reason: entry.problem))
      return nil
    }
    let number = converted.value.double
    var used = number
    var adjustment: InputUse.Adjustment?
    if let floor, number < floor { (used, adjustment) = (floor, .floored) }
    if let cap, number > cap { (used, adjustment) = (cap, .capped) }
    // A bound decides nothing, but where everything beyond it is held at the same value.
    switch bound {
    case .exact: break
    case .below where floor.map { number <= $0 } ?? false:
      (used, adjustment) = (floor ?? used, .floored)
    case .above where cap.map { number >= $0 } ?? false: (used, adjustment) = (cap ?? used, .capped)
    case .below, .above:
      gaps.append(Gap(variable: variable, reason: "\(entry.shown) is a bound, not a value"))
      return nil
    }
    inputs.append(
      InputUse(
        variable: variable, typed: entry.shown, used: Self.text(used, unit), adjustment: adjustment)
    )
    return used
  }

  /// The answer of a choice, by its place among the choices.
  mutating func rank(_ variable: Variable) -> Int? {
    guard let entry = patient[variable] else {
      gaps.append(Gap(variable: variable, reason: nil))
      return nil
    }
    guard case .value(.choice(let id), _) = entry.reading,
      case .choice(let choices, _) = variable.kind,
      let rank = choices.firstIndex(where: { $0.id == id })
    else {
      gaps.append(Gap(variable: variable, reason: entry.problem))
      return nil
    }
    inputs.append(
      InputUse(
        variable: variable, typed: entry.typed, used: choices[rank].id, adjustment: nil))
    return rank
  }

  /// The answers of a choice of several.
  mutating func words(_ variable: Variable) -> Set<String>? {
    guard let entry = patient[variable] else {
      gaps.append(Gap(variable: variable, reason: nil))
      return nil
    }
    guard case .value(.choices(let ids), _) = entry.reading else {
      gaps.append(Gap(variable: variable, reason: entry.problem))
      return nil
    }
    inputs.append(
      InputUse(
        variable: variable, typed: entry.typed, used: ids.sorted().joined(separator: ", "),
        adjustment: nil))
    return ids
  }

  /// The answer of a yes-or-no question that need not be answered; `nil` where it is not.
  mutating func answer(_ variable: Variable) -> Bool? {
    guard case .yesNo(let yes) = patient.value(of: variable) else { return nil }
    inputs.append(
      InputUse(
        variable: variable, typed: yes ? "yes" : "no", used: yes ? "yes" : "no", adjustment: nil))
    return yes
  }

  /// The age in years, where it is known; not an input of the formula.
  var age: Double? {
    guard case .quantity(let quantity, .exact) = patient.value(of: .age) else { return nil }
    return quantity.value.double
  }

  /// Writes down that an input was replaced by what the score prescribes.
  mutating func replace(_ variable: Variable, by used: Double, in unit: Unit) {
    let typed = patient[variable]?.shown ?? "not given"
    inputs.removeAll { $0.variable == variable }
    gaps.removeAll { $0.variable == variable }
    inputs.append(
      InputUse(
        variable: variable, typed: typed, used: Self.text(used, unit), adjustment: .replaced))
  }

  mutating func term(_ label: String, _ variables: Variable..., points: Double) {
    term(label, variables, points: points)
  }

  mutating func term(_ label: String, _ variables: [Variable], points: Double) {
    terms.append(Term(label: label, variables: variables, points: points))
  }

  mutating func note(_ text: String) {
    notes.append(text)
  }

  private static func text(_ number: Double, _ unit: Unit) -> String {
    let rounded = FixedDecimal(number)?.rounded(to: 3).description ?? "\(number)"
    return unit == .one ? rounded : "\(rounded) \(unit.symbol)"
  }
}

extension Patient.Entry {
  /// What was typed, with the unit that holds for it.
  public var shown: String {
    guard case .value(.quantity(let quantity, let bound), _) = reading else { return typed }
    let sign =
      switch bound {
      case .exact: ""
      case .below: "< "
      case .above: "> "
      }
    let unit = quantity.unit.symbol
    return "\(sign)\(quantity.value)" + (unit.isEmpty ? "" : " \(unit)")
  }

  /// Why it cannot be used, where it cannot.
  public var problem: String? {
    if case .refused(let error) = reading { "\(error)" } else { nil }
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
}
