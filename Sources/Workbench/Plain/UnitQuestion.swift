import Hepatology
import Quantities

/// The question in which of two units a number was meant, which would be ordinary in the other one.
struct UnitQuestion: Sendable {
  let variable: Variable
  /// The day on which the value was taken, where one was said.
  let taken: Day?
  private let sentence: String
  private let choices: [(quantity: Quantity, text: String, unit: Unit?)]

  /// The question; `nil` where the number is ordinary in its unit.
  init?(
    _ variable: Variable, _ typed: String, _ value: Value, _ remarks: [Remark], in unit: Unit?,
    taken: Day?
  ) {
    guard case .quantity(_, let bound) = value else { return nil }
    for remark in remarks {
      guard case .ordinaryInOtherUnit(let quantity, let other) = remark else { continue }
      let sign = bound.sign
      self.variable = variable
      self.taken = taken
      sentence = "\(remark)"
      choices = [
        (quantity, typed, unit), (other, "\(sign)\(other.value)", other.unit),
      ]
      return
    }
    return nil
  }

  /// The question in a line.
  var asked: String {
    let answers = choices.enumerated().map { "\($0 + 1) \($1.quantity.unit.symbol)" }
    return "\(variable.label): \(sentence) \(answers.joined(separator: ", "))"
  }

  /// The value that an answer means: the number of a unit, or the unit; `nil` where it is neither.
  func answered(by text: String) -> (typed: String, unit: Unit?)? {
    let number = Int(text).map { $0 - 1 }
    let unit = try? Unit(spelling: text, measuring: variable.measure?.canonical)
    let found = choices.indices.first { index in
      index == number || unit.map { $0.code == choices[index].quantity.unit.code } ?? false
    }
    return found.map { (choices[$0].text, choices[$0].unit) }
  }
}
