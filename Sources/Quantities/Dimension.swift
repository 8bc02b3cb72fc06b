/// Powers of the base dimensions: length, mass, time, temperature, amount of substance, electric
/// charge, luminous intensity and plane angle, and of the arbitrary ones that convert into nothing
/// else, such as that of international units.
///
/// UCUM counts a mole as a number of particles; here it is a dimension of its own, as in the SI,
/// so that `mmol/L` never becomes `10*9/L`.
public struct Dimension: Hashable, Sendable {
  /// The base dimensions, and where their powers stand.
  enum Base: Int, Sendable {
    case length, mass, time, temperature, amount, charge, luminosity, angle
  }

  private var powers: SIMD8<Int16> = .zero
  private var arbitrary: [String: Int] = [:]

  /// The dimension of a pure number.
  public init() {}

  init(_ base: Base) {
    powers[base.rawValue] = 1
  }

  /// A dimension of its own.
  init(arbitrary code: String) {
    arbitrary[code] = 1
  }

  /// What a mass has more than the amount of substance that it becomes.
  static let massPerAmount = Dimension(.mass).times(Dimension(.amount), power: -1)
  /// What an amount of substance has more than the mass that it becomes.
  static let amountPerMass = Dimension(.amount).times(Dimension(.mass), power: -1)

  /// The dimension of a product with a power of another.
  func times(_ other: Dimension, power: Int = 1) -> Dimension {
    var result = self
    result.powers &+= other.powers &* Int16(truncatingIfNeeded: power)
    for (unit, count) in other.arbitrary {
      let sum = (result.arbitrary[unit] ?? 0) + count * power
      result.arbitrary[unit] = sum == 0 ? nil : sum
    }
    return result
  }

  /// Whether this is the dimension of a pure number.
  public var isNumber: Bool { self == Dimension() }
}
