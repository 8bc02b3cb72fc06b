import Quantities

extension Formula {
  /// Mean arterial pressure from systolic and diastolic: `(systolic + 2 diastolic) ÷ 3`.
  public static func meanArterialPressure(systolic: Double, diastolic: Double) -> Double {
    (systolic + 2 * diastolic) / 3
  }
}

/// What several scores of organ failure ask in the same way.
extension Working {
  /// The mean arterial pressure in mmHg, as it was given or from systolic and diastolic.
  mutating func meanPressure() -> Double? {
    if patient[.meanArterialPressure] == nil,
      let systolic = optionalNumber(.systolic, in: .millimetresOfMercury),
      let diastolic = optionalNumber(.diastolic, in: .millimetresOfMercury)
    {
      note("The mean arterial pressure is (systolic + 2 × diastolic) ÷ 3.")
      return Formula.meanArterialPressure(systolic: systolic, diastolic: diastolic).snapped
    }
    return number(.meanArterialPressure, in: .millimetresOfMercury)
  }

  /// How well the lungs take up oxygen.
  enum Oxygenation {
    /// PaO₂ in mmHg over the inspired fraction of oxygen.
    case arterial(Double)
    /// SpO₂ in per cent over the inspired fraction of oxygen.
    case pulse(Double)

    /// Whether it is no better than a limit of the one ratio or of the other.
    func isAtMost(arterial: Double, pulse: Double) -> Bool {
      switch self {
      case .arterial(let ratio): ratio <= arterial
      case .pulse(let ratio): ratio <= pulse
      }
    }

    var label: String {
      switch self {
      case .arterial(let ratio): "PaO2/FiO2 \(Int(ratio.rounded()))"
      case .pulse(let ratio): "SpO2/FiO2 \(Int(ratio.rounded()))"
      }
    }
  }

  /// The ratio by blood gas, or by pulse oximeter where there is none; `nil`, with gaps noted, where
  /// neither is known.
  mutating func oxygenation() -> Oxygenation? {
    let fraction = number(.fio2, in: .one)
    if patient[.pao2] == nil, let saturation = optionalNumber(.spo2, in: .percent) {
      return fraction.map { .pulse((saturation / $0).snapped) }
    }
    let pressure = number(.pao2, in: .millimetresOfMercury)
    guard let pressure, let fraction else { return nil }
    return .arterial((pressure / fraction).snapped)
  }

  /// The answer to a question on organ support, taken as no where it is not answered, which is noted.
  mutating func support(_ variable: Variable) -> Bool {
    if let yes = answer(variable) { return yes }
    note("\(variable.label): not answered, taken as no.")
    return false
  }
}
