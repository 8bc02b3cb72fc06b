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
    case .prefix(let symbol, _): symbol.entry.precedence
    case .junction(let symbol, _): symbol.entry.precedence
    case .infix(let symbol, _, _): symbol.entry.precedence
    case .range(let symbol, _, _, _): symbol.entry.precedence
    case .test(let symbol, _, _): symbol.entry.precedence
    case .event(let symbol, _): symbol.entry.precedence
    case .window(let symbol, _, _): symbol.entry.precedence
    case .interval: Form.interval.entry.precedence
    case .conditional: Form.conditional.entry.precedence
    case .cases: Form.cases.entry.precedence
    case .atLeast: Form.atLeast.entry.precedence
    case .null, .boolean, .integer, .decimal, .quantity, .string, .name, .list, .call: .primary
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
    case .quantity(let value, .ucum(let code)): text += "\(value) \(code.literal)"
    case .quantity(let value, .calendar(let unit)): text += "\(value) \(unit.word(after: value))"
    case .string(let string): text += string.literal
    case .name(let name, let member): text += member.map { "\(name).\($0)" } ?? name
    case .prefix(let symbol, let operand):
      text += symbol.entry.words
      if symbol.entry.words.last?.isLetter == true { text += " " }
      operand.write(to: &text, within: precedence)
    case .junction(let symbol, let operands):
      for (index, operand) in operands.enumerated() {
        if index > 0 { text += " \(symbol.entry.words) " }
        operand.write(to: &text, within: index == 0 ? precedence : precedence.tighter)
      }
    case .infix(let symbol, let left, let right):
      left.write(to: &text, within: precedence)
      text += " \(symbol.entry.words) "
      right.write(to: &text, within: precedence.tighter)
    case .range(let symbol, let value, let low, let high):
      value.write(to: &text, within: precedence)
      text += " \(symbol.entry.words) "
      low.write(to: &text, within: .sum)
      text += " and "
      high.write(to: &text, within: .sum)
    case .test(let symbol, let value, let negated):
      value.write(to: &text, within: precedence)
      text += " \(symbol.words(negated: negated))"
    case .event(let symbol, let event):
      event.write(to: &text, within: precedence)
      text += " \(symbol.entry.words)"
    case .window(let symbol, let event, let window):
      event.write(to: &text, within: precedence)
      text += " \(symbol.entry.words) \(window)"
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
  private static func decimal(_ value: FixedDecimal) -> String {
    let text = value.description
    return text.contains(".") ? text : text + ".0"
  }
}
