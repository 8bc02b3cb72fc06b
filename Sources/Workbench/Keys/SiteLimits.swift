public import Hepatology
public import Quantities

/// The limits of a site: a number outside of them asks for a second look.
///
/// They stand in place of the limits that the program comes with. What cannot be a value at all is
/// refused whatever they say.
public struct SiteLimits: Hashable, Sendable {
  /// The limits of one variable.
  public struct Limit: Hashable, Sendable {
    /// From the least to the greatest number that asks nothing.
    public let range: ClosedRange<FixedDecimal>
    /// The unit of both.
    public let unit: Unit

    /// Limits in a unit.
    public init(_ range: ClosedRange<FixedDecimal>, _ unit: Unit) {
      self.range = range
      self.unit = unit
    }
  }

  private let limits: [Variable: Limit]

  /// Limits of some variables; for the others those hold that the program comes with.
  public init(_ limits: [Variable: Limit] = [:]) { self.limits = limits }

  /// What a person should know about a value: what its reading says, with these limits in place of the
  /// usual ones.
  func remarks(of variable: Variable, _ reading: Reading?) -> [Remark] {
    guard case .value(let value, let remarks)? = reading else { return [] }
    guard let limit = limits[variable], let measure = variable.measure,
      case .quantity(let quantity, _) = value,
      let number = try? quantity.converted(to: limit.unit, as: measure.substances).value
    else { return remarks }
    let others = remarks.filter { if case .unusual = $0 { false } else { true } }
    // Which unit was meant is asked first.
    let isAsked = others.contains { if case .ordinaryInOtherUnit = $0 { true } else { false } }
    return limit.range.contains(number) || isAsked
      ? others : [.unusual(limit.range, limit.unit)] + others
  }
}
