import TestSupport
import Testing

@testable import Hepatology
@testable import Quantities

extension Patient {
  /// The same patient with every amount in its other daily unit, which must give the same score.
  func inOtherUnits() throws -> Patient {
    var other = self
    for variable in entered(in: .builtIn) {
      guard let measure = variable.measure, measure.units.count > 1,
        case .quantity(let quantity, _) = value(of: variable)
      else { continue }
      let unit = quantity.unit == measure.units[0] ? measure.units[1] : measure.units[0]
      other.enter("\(try quantity.converted(to: unit, as: measure.substances))", for: variable)
    }
    return other
  }
}

extension SeededRandom {
  /// Any plausible value of a variable.
  mutating func value(of variable: Variable) -> Value {
    switch variable.kind {
    case .quantity(let measure):
      let (low, high) = (measure.plausible.lowerBound.double, measure.plausible.upperBound.double)
      // The ends too, and more often the low part, where most limits are.
      let share = Double.random(in: 0...1, using: &self)
      let place = [0, 1, share, share * share * share].randomElement(using: &self) ?? share
      let number = FixedDecimal(low + (high - low) * place)?.rounded(to: measure.isWhole ? 0 : 2)
      let held = min(
        max(number ?? measure.plausible.lowerBound, measure.plausible.lowerBound),
        measure.plausible.upperBound)
      return .quantity(Quantity(held, measure.canonical), .exact)
    case .yesNo: return .yesNo(Bool.random(using: &self))
    case .choice(let choices, _): return .choice(choices.randomElement(using: &self)?.id ?? "")
    case .choices(let choices):
      return .choices(
        Set(choices.filter { _ in Bool.random(using: &self) }.map(\.id)).union([choices[0].id]))
    case .event: return .event(.never)
    }
  }
}
