import Quantities

/// An expression whose names, types and units are settled: steps that refer to each other by their
/// number, so that evaluating it needs no look-up and no memory of its own.
struct Program: Hashable {
  var steps: [Step] = []
  /// Operands of the steps that have many.
  var operands: [Int32] = []
  var constants: [Value] = []
  var scales: [Scale] = []
  var root: Int32 = 0

  /// A run of ``operands``.
  struct Operands: Hashable {
    let start: Int32
    let count: Int32
  }

  /// A symbol or one of its members.
  struct Reference: Hashable {
    let symbol: Int32
    /// −1 for the symbol itself.
    let member: Int32

    /// The place of the member among the members; nil for the symbol itself.
    var memberIndex: Int? { member < 0 ? nil : Int(member) }
  }

  enum Comparison: Hashable {
    case equal, less, lessOrEqual, greater, greaterOrEqual
  }

  enum Arithmetic: Hashable {
    case plus, minus, times, divided, div, mod, power
  }

  enum Function: Hashable {
    case absolute, negative, ceiling, floor, truncate, ln, exp
  }

  enum Step: Hashable {
    /// The unknown that nothing settles.
    case null
    case constant(Int32)
    case number(FixedDecimal)
    case symbol(Reference)
    /// A number in another unit.
    case scaled(Int32, scale: Int32)

    case not(Int32)
    case and(Operands)
    case or(Operands)
    case xor(Int32, Int32)
    case implies(Int32, Int32)
    case atLeast(Int32, Operands)

    case compare(Comparison, Int32, Int32)
    case equivalent(Int32, Int32, asNumbers: Bool)
    /// A bound of −1 is none.
    case between(Int32, low: Int32, high: Int32, includesLow: Bool, includesHigh: Bool)
    case isOneOf(Int32, Operands)
    /// Whether any of the answers is among those of a set.
    case intersects(Int32, mask: UInt64)
    /// Whether one answer is among those of a set.
    case includes(Int32, option: Int32)
    case isNull(Int32)
    case isTruth(Int32, Bool)

    case within(Reference, Int32, CalendarUnit)
    case ever(Reference)
    case ongoing(Reference)

    /// Conditions and results in turn, and what results where no condition holds.
    case conditional(Operands)
    /// The same, with values that the subject is compared with in the place of conditions.
    case cases(Int32, Operands)
    case coalesce(Operands)
    case extreme(Operands, isLargest: Bool)

    case arithmetic(Arithmetic, Int32, Int32, whole: Bool)
    case function(Function, Int32, whole: Bool)
    case round(Int32, places: Int32)
    case log(Int32, base: Int32)
    /// A bound of −1 is none.
    case interval(Int32, Int32, includesLow: Bool, includesHigh: Bool, whole: Bool)
  }
}
