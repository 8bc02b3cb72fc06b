public import Quantities

/// The two customs in which laboratories report.
public enum UnitSystem: String, CaseIterable, Sendable {
  /// Amounts of substance a litre: µmol/L, g/L, 10⁹/L.
  case si = "SI"
  /// Masses a decilitre, as in the United States: mg/dL, g/dL, BUN for urea, 10³/µL.
  case conventional
}

extension Measure {
  /// The unit of a custom, which is the canonical one where they have the same.
  public func unit(in system: UnitSystem) -> Unit {
    switch system {
    case .si: canonical
    case .conventional:
      Self.conventional.lazy.compactMap { code in self.units.first { $0.code == code } }.first
        ?? canonical
    }
  }

  /// The conventional units, the one first that is taken where a measure has several.
  private static let conventional = [
    "mg/dL{BUN}", "mg/dL", "ug/dL", "g/dL", "mg/dL/d", "10*3/uL", "meq/L",
  ]
}
