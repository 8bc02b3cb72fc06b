public import Quantities

/// A number that a score takes, in which unit and how far: declared once, for the bedside and for
/// cohorts.
public struct ScoreInput: Sendable {
  /// What it is.
  public let column: PatientColumns.Column
  /// What is below counts as the lower end, what is above as the upper end.
  public let range: ClosedRange<Double>
  /// Whether the score can do without it.
  public let isOptional: Bool
  /// The question which, answered with yes, puts the upper end in the place of what was measured.
  public let replacement: Variable?
  /// Whether the formula takes its natural logarithm.
  let isLogarithm: Bool

  /// The variable.
  public var variable: Variable { column.variable }

  /// The unit of a number; `nil` for an answer.
  public var unit: Unit? { if case .number(_, let unit) = column { unit } else { nil } }

  /// A number as it is.
  static func number(
    _ variable: Variable, in unit: Unit,
    within range: ClosedRange<Double> = -.infinity...(.infinity), isOptional: Bool = false
  ) -> ScoreInput {
    ScoreInput(
      column: .number(variable, unit), range: range, isOptional: isOptional, replacement: nil,
      isLogarithm: false)
  }

  /// The natural logarithm of a number.
  static func logarithm(
    _ variable: Variable, in unit: Unit,
    within range: ClosedRange<Double> = -.infinity...(.infinity), replacedBy: Variable? = nil
  ) -> ScoreInput {
    ScoreInput(
      column: .number(variable, unit), range: range, isOptional: false, replacement: replacedBy,
      isLogarithm: true)
  }

  /// The place of an answer among the choices.
  static func rank(_ variable: Variable) -> ScoreInput {
    ScoreInput(
      column: .rank(variable), range: -.infinity...(.infinity), isOptional: false,
      replacement: nil, isLogarithm: false)
  }

  /// Whether one of these answers holds.
  static func any(_ variable: Variable, of answers: [String]) -> ScoreInput {
    ScoreInput(
      column: .any(variable, of: answers), range: -.infinity...(.infinity), isOptional: false,
      replacement: nil, isLogarithm: false)
  }

  /// The age in years, for those whom a score does not apply to.
  static let age = number(.age, in: .years, isOptional: true)

  /// A number of it as it is shown, with its unit.
  public func shown(_ number: Double) -> String {
    let symbol = unit?.symbol ?? ""
    return Working.plain(number) + (symbol.isEmpty ? "" : " \(symbol)")
  }
}
