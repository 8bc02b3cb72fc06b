public import Quantities

/// How a quantity is measured: its units, and which numbers are taken, asked about, usual.
///
/// The ranges are an engineering proposal for adults with severe liver disease where a variable names
/// no source: outside of the accepted range a number is a slip of the finger, outside of the
/// plausible one it deserves a second look. Reference ranges are customary adult ones and differ
/// between laboratories. One for each variable, never changed.
public final class Measure: Sendable {
  /// The units that are accepted, the canonical one first.
  public let units: [Unit]
  /// The unit in which it is reported where masses a decilitre are the custom, as in the United
  /// States; the canonical one where there is no other.
  public let conventional: Unit
  /// What is measured, where mass converts into amount.
  public let substances: [Substance]
  /// Whether two of the units are in daily use and differ, so that a number without a unit would
  /// be a guess.
  public let needsUnit: Bool
  /// Outside of it a value is refused; in the canonical unit, like all ranges here.
  public let accepted: ClosedRange<FixedDecimal>
  /// Outside of it a value asks for a second look.
  public let plausible: ClosedRange<FixedDecimal>
  /// What is ordinary in the people whom Lobule is for; a number that is outside of it in its unit
  /// and inside of it in another one is asked about.
  public let typical: ClosedRange<FixedDecimal>
  /// What is normal in healthy adults, where that is customary.
  public let reference: ClosedRange<FixedDecimal>?
  /// Whether only whole numbers make sense.
  public let isWhole: Bool

  /// A measure; `units` holds at least one, the canonical one first.
  public init(
    units: [Unit], conventional: Unit? = nil, substances: [Substance] = [],
    needsUnit: Bool = false, accepted: ClosedRange<FixedDecimal>,
    plausible: ClosedRange<FixedDecimal>? = nil, typical: ClosedRange<FixedDecimal>? = nil,
    reference: ClosedRange<FixedDecimal>? = nil, isWhole: Bool = false
  ) {
    precondition(!units.isEmpty, "a quantity has a unit, be it the pure number")
    self.units = units
    self.conventional = conventional ?? units[0]
    self.substances = substances
    self.needsUnit = needsUnit
    self.accepted = accepted
    self.plausible = plausible ?? accepted
    self.typical = typical ?? plausible ?? accepted
    self.reference = reference
    self.isWhole = isWhole
  }

  /// The unit that values are computed in.
  public var canonical: Unit { units[0] }

  /// The unit of a unit system, which is the canonical one where both have the same.
  public func unit(in system: UnitSystem) -> Unit {
    switch system {
    case .si: canonical
    case .conventional: conventional
    }
  }

  /// A value in the canonical unit.
  ///
  /// - Throws: `ConversionError` where the unit does not fit.
  public func canonical(_ quantity: Quantity) throws(ConversionError) -> FixedDecimal {
    try quantity.converted(to: canonical, as: substances).value
  }

  /// A range of the canonical unit in another one, at most three decimals.
  public func range(_ range: ClosedRange<FixedDecimal>, in unit: Unit)
    -> ClosedRange<FixedDecimal>?
  {
    guard
      let low = try? Quantity(range.lowerBound, canonical).converted(to: unit, as: substances),
      let high = try? Quantity(range.upperBound, canonical).converted(to: unit, as: substances)
    else { return nil }
    return low.value.rounded(to: 3)...high.value.rounded(to: 3)
  }
}

/// The two customs in which laboratories report.
public enum UnitSystem: String, CaseIterable, Sendable {
  /// Amounts of substance a litre: µmol/L, g/L, 10⁹/L.
  case si = "SI"
  /// Masses a decilitre, as in the United States: mg/dL, g/dL, BUN for urea, 10³/µL.
  case conventional
}
