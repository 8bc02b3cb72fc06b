/// A number with a unit.
public struct Quantity: Hashable, Sendable {
  /// The number.
  public var value: FixedDecimal
  /// The unit that the number counts.
  public var unit: Unit

  /// A number with a unit.
  public init(_ value: FixedDecimal, _ unit: Unit) {
    self.value = value
    self.unit = unit
  }

  /// The same quantity in another unit, exact to eight places.
  ///
  /// Mass becomes amount of substance only through one of `substances`, by its conventional
  /// factor; which one is chosen by the annotation of the unit that counts mass.
  ///
  /// - Throws: ``ConversionError`` where the units do not fit or the result is out of range.
  public func converted(to target: Unit, as substances: [Substance] = []) throws(ConversionError)
    -> Quantity
  {
    if unit == target { return self }
    let ratio = try unit.ratio(to: target, as: substances)
    guard let fromZero = value.plus(unit.zero), let result = ratio.applied(to: fromZero),
      let number = result.minus(target.zero)
    else { throw ConversionError(from: unit, to: target, reason: .outOfRange) }
    return Quantity(number, target)
  }
}

extension Quantity: CustomStringConvertible {
  /// The number and the UCUM code, as in `214 umol/L`; a pure number stands alone.
  public var description: String { unit == .one ? "\(value)" : "\(value) \(unit.code)" }
}

/// A substance whose mass and amount convert into each other by a conventional factor.
public struct Substance: Hashable, Sendable {
  /// The name: `bilirubin`.
  public let name: String
  /// The annotation that a unit of mass must carry to mean this substance: `BUN`; `nil` where the
  /// plain unit does.
  public let annotation: String?
  /// How many moles one gram is.
  public let molesPerGram: Scale

  /// Bilirubin: 1 mg/dL = 17.1 µmol/L.
  ///
  /// The conventional factor, with which published cut-offs were set (the molar mass of
  /// 584.66 g/mol gives 17.104, and would move 34.2 µmol/L off the cut-off of 2 mg/dL).
  public static let bilirubin = Substance("bilirubin", Scale(171, exponent: -5))
  /// Creatinine: 1 mg/dL = 88.4 µmol/L, the conventional factor (113.12 g/mol).
  public static let creatinine = Substance("creatinine", Scale(884, exponent: -5))
  /// Urea: mmol/L = mg/dL ÷ 6.006 (60.06 g/mol).
  public static let urea = Substance("urea", annotation: "urea", Scale(1, over: 6006, exponent: 2))
  /// Urea nitrogen: mmol/L of urea = mg/dL ÷ 2.8, the conventional factor (a molecule of urea holds
  /// two atoms of nitrogen, 28.01 g/mol).
  ///
  /// With it limits stand on the same value in both units: 5 mmol/L of urea, that of the Glasgow
  /// alcoholic hepatitis score (Forrest EH et al., Gut 2005;54:1174-1179), is 14 mg/dL of urea
  /// nitrogen. The rounded factor 0.357 would put 14 mg/dL below it.
  public static let ureaNitrogen = Substance(
    "urea nitrogen", annotation: "BUN", Scale(1, over: 28))
  /// Lactate: mmol/L = mg/dL ÷ 9.008 (90.08 g/mol).
  public static let lactate = Substance("lactate", Scale(1, over: 9008, exponent: 2))
  /// Ammonia: µmol/L = µg/dL × 0.587, the conventional factor (17.03 g/mol).
  public static let ammonia = Substance("ammonia", Scale(587, exponent: -4))

  init(_ name: String, annotation: String? = nil, _ molesPerGram: Scale) {
    self.name = name
    self.annotation = annotation
    self.molesPerGram = molesPerGram
  }
}

/// Why a quantity cannot be expressed in another unit.
public struct ConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What stands in the way.
  public enum Reason: Hashable, Sendable {
    /// The units measure different things.
    case unlike
    /// Mass against amount of substance, and it is not said which substance is meant; the units
    /// that would say it.
    case substanceUnknown([String])
    /// The units measure the same from different zeros, so that no factor makes one of the other.
    case noFactor
    /// The result has more digits than a decimal holds.
    case outOfRange
  }

  /// The unit of the quantity.
  public let from: Unit
  /// The unit that was asked for.
  public let to: Unit
  /// What stands in the way.
  public let reason: Reason

  /// The sentence for a person.
  public var description: String {
    switch reason {
    case .unlike: "\(from.code) and \(to.code) measure different things"
    case .substanceUnknown(let units) where units.isEmpty:
      "\(from.code) and \(to.code) convert only for a named substance"
    case .substanceUnknown(let units):
      "\(from.code) does not say what is measured; write \(units.joined(separator: " or "))"
    case .noFactor: "\(from.code) and \(to.code) count from different zeros"
    case .outOfRange: "the value is out of range in \(to.code)"
    }
  }
}

extension Unit {
  /// The factor by which a number in this unit becomes one in `target`.
  ///
  /// - Throws: ``ConversionError`` where the units do not fit, or where they count from different
  ///   zeros, as degrees of temperature do: those ``Quantity/converted(to:as:)`` converts.
  public func scale(to target: Unit, as substances: [Substance] = []) throws(ConversionError)
    -> Scale
  {
    let ratio = try ratio(to: target, as: substances)
    guard ratio.applied(to: zero) == target.zero else {
      throw ConversionError(from: self, to: target, reason: .noFactor)
    }
    return ratio
  }

  /// Whether a quantity in this unit can be expressed in another.
  func converts(to target: Unit, as substances: [Substance] = []) -> Bool {
    (try? ratio(to: target, as: substances)) != nil
  }

  /// How far zero of this unit lies above the zero of what it measures, in this unit.
  fileprivate var zero: FixedDecimal {
    if case .shifted(let zero) = kind { zero } else { .zero }
  }

  /// The factor between numbers that count from the zero of what they measure.
  fileprivate func ratio(to target: Unit, as substances: [Substance]) throws(ConversionError)
    -> Scale
  {
    var ratio = scale.times(target.scale, power: -1)
    let gained = dimension.times(target.dimension, power: -1)
    if gained.isNumber {
      if annotation != target.annotation, Self.isSubstance(annotation, substances),
        Self.isSubstance(target.annotation, substances)
      {
        // One mass concentration to the other, such as urea nitrogen to urea.
        guard let own = Self.find(annotation, substances),
          let other = Self.find(target.annotation, substances)
        else { throw unknownSubstance(target, substances) }
        ratio = ratio?.times(own.molesPerGram)?.times(other.molesPerGram, power: -1)
      }
    } else if gained == .massPerAmount {
      guard let substance = Self.find(annotation, substances) else {
        throw unknownSubstance(target, substances)
      }
      ratio = ratio?.times(substance.molesPerGram)
    } else if gained == .amountPerMass {
      guard let substance = Self.find(target.annotation, substances) else {
        throw target.unknownSubstance(self, substances)
      }
      ratio = ratio?.times(substance.molesPerGram, power: -1)
    } else {
      throw ConversionError(from: self, to: target, reason: .unlike)
    }
    guard let ratio else { throw ConversionError(from: self, to: target, reason: .outOfRange) }
    return ratio
  }

  private static func isSubstance(_ annotation: String?, _ substances: [Substance]) -> Bool {
    substances.contains { $0.annotation != nil && $0.annotation == annotation }
  }

  private static func find(_ annotation: String?, _ substances: [Substance]) -> Substance? {
    substances.first { $0.annotation == annotation }
  }

  private func unknownSubstance(_ other: Unit, _ substances: [Substance]) -> ConversionError {
    let plain = annotation.map { code.replacing("{\($0)}", with: "") } ?? code
    let written = substances.compactMap { $0.annotation.map { "\(plain){\($0)}" } }
    return ConversionError(from: self, to: other, reason: .substanceUnknown(written))
  }
}
