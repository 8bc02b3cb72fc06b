import Quantities

extension Syntax: CustomStringConvertible {
  /// The canonical text: reading it gives this expression again.
  var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  /// How tightly the outermost operator binds.
  var precedence: Precedence {
    switch kind {
    case .conditional: .lowest
    case .chain(let connective, _): connective == .and ? .and : .or
    case .binary(let symbol, _, _): symbol.precedence
    case .between: .between
    case .not, .exists: .not
    case .test, .within, .ever, .ongoing: .test
    case .positive, .negative: .sign
    default: .primary
    }
  }

  private func write(to text: inout String, within minimum: Precedence) {
    guard precedence < minimum else { return write(to: &text) }
    text += "("
    write(to: &text)
    text += ")"
  }

  private static func write(_ elements: [Syntax], to text: inout String) {
    for (index, element) in elements.enumerated() {
      if index > 0 { text += ", " }
      element.write(to: &text)
    }
  }

  private func write(to text: inout String) {
    switch kind {
    case .null: text += "null"
    case .boolean(let flag): text += flag ? "true" : "false"
    case .integer(let value): text += value.description
    case .decimal(let value): text += Self.decimal(value)
    case .quantity(let value, .ucum(let code)): text += "\(value) \(Self.quoted(code))"
    case .quantity(let value, .calendar(let unit)): text += "\(value) \(unit.word(after: value))"
    case .string(let string): text += Self.quoted(string)
    case .name(let name, let member): text += member.map { "\(name).\($0)" } ?? name
    case .positive(let operand), .negative(let operand):
      if case .positive = kind { text += "+" } else { text += "-" }
      operand.write(to: &text, within: .sign)
    case .not(let operand):
      text += "not "
      operand.write(to: &text, within: .not)
    case .exists(let operand):
      text += "exists "
      operand.write(to: &text, within: .not)
    case .chain(let connective, let operands):
      for (index, operand) in operands.enumerated() {
        if index > 0 { text += " \(connective.rawValue) " }
        operand.write(to: &text, within: index == 0 ? precedence : precedence.tighter)
      }
    case .binary(let symbol, let left, let right):
      left.write(to: &text, within: precedence)
      text += " \(symbol.rawValue) "
      right.write(to: &text, within: precedence.tighter)
    case .between(let value, let low, let high, let properly):
      value.write(to: &text, within: .between)
      text += properly ? " properly between " : " between "
      low.write(to: &text, within: .sum)
      text += " and "
      high.write(to: &text, within: .sum)
    case .test(let value, let test, let negated):
      value.write(to: &text, within: .test)
      text += negated ? " is not \(test.rawValue)" : " is \(test.rawValue)"
    case .within(let event, let count, let unit):
      event.write(to: &text, within: .test)
      text += " within \(count) \(unit.word(after: FixedDecimal(count)))"
    case .ever(let event):
      event.write(to: &text, within: .test)
      text += " ever"
    case .ongoing(let event):
      event.write(to: &text, within: .test)
      text += " ongoing"
    case .interval(let low, let high, let includesLow, let includesHigh):
      text += includesLow ? "Interval[" : "Interval("
      low.write(to: &text)
      text += ", "
      high.write(to: &text)
      text += includesHigh ? "]" : ")"
    case .list(let elements):
      text += elements.isEmpty ? "{" : "{ "
      Self.write(elements, to: &text)
      text += elements.isEmpty ? "}" : " }"
    case .conditional(let condition, let then, let otherwise):
      text += "if "
      condition.write(to: &text)
      text += " then "
      then.write(to: &text)
      text += " else "
      otherwise.write(to: &text)
    case .cases(let subject, let branches, let otherwise):
      text += "case "
      if let subject {
        subject.write(to: &text)
        text += " "
      }
      for branch in branches {
        text += "when "
        branch.when.write(to: &text)
        text += " then "
        branch.then.write(to: &text)
        text += " "
      }
      text += "else "
      otherwise.write(to: &text)
      text += " end"
    case .call(let function, let arguments):
      text += "\(function)("
      Self.write(arguments, to: &text)
      text += ")"
    case .atLeast(let count, let operands):
      text += "at least \(count) of { "
      Self.write(operands, to: &text)
      text += " }"
    }
  }

  /// A decimal keeps its point, by which it differs from an integer.
  static func decimal(_ value: FixedDecimal) -> String {
    let text = value.description
    return text.contains(".") ? text : text + ".0"
  }

  static func quoted(_ string: String) -> String {
    var text = "'"
    for scalar in string.unicodeScalars {
      switch scalar {
      case "'": text += "\\'"
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{c}": text += "\\f"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }
}
