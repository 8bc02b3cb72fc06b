import Quantities

/// The words for the conditions and terms of a program, without a patient.
struct Wording {
  typealias Condition = Program.Index<Program.Condition>
  typealias Term = Program.Index<Program.Term>

  let program: Program
  let notes: Notes

  func type(_ index: Term) -> ValueType { notes.types[Int(index.number)] }

  func isConstant(_ index: Term) -> Bool {
    switch program[index] {
    case .number, .constant, .null: true
    case .truth, .symbol, .scaled, .conditional, .cases, .coalesce, .extreme, .arithmetic,
      .function, .round, .log, .interval:
      false
    }
  }

  /// A condition or a term, as it stands in the middle of a sentence.
  func text(_ part: Program.Part) -> String {
    switch part {
    case .condition(let index): phrase(index)
    case .term(let index): value(index)
    }
  }

  /// The same within another phrase.
  func nested(_ part: Program.Part) -> String {
    switch part {
    case .condition(let index): nested(index)
    case .term(let index): value(index)
    }
  }

  // MARK: Conditions

  /// A condition in words, as it stands in the middle of a sentence.
  func phrase(_ index: Condition) -> String {
    switch program[index] {
    case .holds(let a): value(a)
    case .not(let a): negation(a)
    case .junction(let symbol, let run): program[run].map(nested).listed(word(symbol))
    case .connective(.xor, let a, let b): "either \(nested(a)) or \(nested(b)), but not both"
    case .connective(.implies, let a, let b): "if \(nested(a)), then \(nested(b))"
    case .atLeast(let count, let run):
      "at least \(count) of: \(program[run].map(phrase).joined(separator: "; "))"
    case .compare(let comparison, let a, let b): compared(comparison, a, b)
    case .equivalent(let a, let b, _): "\(value(a)) equivalent to \(value(b))"
    case .between(let a, let bounds): "\(value(a)) \(range(of: a, bounds))"
    case .isOneOf(let a, let run): "\(value(a)) \(list(run, as: a))"
    case .includes(let set, let option): including(1 << UInt64(option), set)
    case .intersects(let set, let mask): including(mask, set)
    case .test(let test, let a): "\(value(a)) \(words(test))"
    case .event(let symbol, let event): "\(label(event)) \(word(symbol))"
    case .window(let symbol, let event, let window): "\(label(event)) \(word(symbol)) \(window)"
    }
  }

  private func including(_ mask: UInt64, _ set: Term) -> String {
    "\(value(set)) includes \(answers(mask, set).listed("or"))"
  }

  private func words(_ test: Test) -> String {
    switch test {
    case .null: "not recorded"
    case .true: "known to hold"
    case .false: "known not to hold"
    }
  }

  private func word(_ symbol: EventOperator) -> String {
    switch symbol {
    case .ever: "ever"
    case .ongoing: "ongoing"
    }
  }

  private func word(_ symbol: WindowOperator) -> String {
    switch symbol {
    case .within: "within"
    }
  }

  private func negation(_ index: Condition) -> String {
    switch program[index] {
    case .test(.null, let a): "\(value(a)) recorded"
    case .compare(.equal, let a, let b): "\(value(a)) other than \(value(b, as: a))"
    case .isOneOf(let a, let run): "\(value(a)) other than \(list(run, as: a))"
    case .includes, .intersects:
      phrase(index).replacing(" includes ", with: " does not include ")
    case .event, .window: "no \(phrase(index))"
    case .holds, .not, .junction, .connective, .atLeast, .equivalent, .between,
      .compare(.less, _, _), .compare(.lessOrEqual, _, _), .compare(.greater, _, _),
      .compare(.greaterOrEqual, _, _), .test(.true, _), .test(.false, _):
      "not \(nested(index))"
    }
  }

  private func compared(_ comparison: Comparison, _ a: Term, _ b: Term) -> String {
    if comparison == .equal, !type(b).isNumeric, isConstant(b) {
      return "\(value(a)) \(value(b, as: a))"
    }
    return isConstant(a) && !isConstant(b)
      ? "\(value(b)) \(word(comparison.mirrored)) \(value(a, as: b))"
      : "\(value(a)) \(word(comparison)) \(value(b, as: a))"
  }

  private func list(_ run: Program.Operands<Program.Term>, as subject: Term) -> String {
    program[run].map { value($0, as: subject) }.listed("or")
  }

  /// A condition within another, in parentheses where it has parts of its own.
  private func nested(_ index: Condition) -> String {
    switch program[index] {
    case .junction, .connective, .atLeast: "(\(phrase(index)))"
    case .holds, .not, .compare, .equivalent, .between, .isOneOf, .intersects, .includes, .test,
      .event, .window:
      phrase(index)
    }
  }

  private func word(_ symbol: Junction) -> String {
    switch symbol {
    case .and: "and"
    case .or: "or"
    }
  }

  func word(_ comparison: Comparison) -> String {
    switch comparison {
    case .equal: "equal to"
    case .less: "below"
    case .lessOrEqual: "at most"
    case .greater: "above"
    case .greaterOrEqual: "at least"
    }
  }

  /// `between 20 % and 40 %`; with an open end, `at least 20 % and below 40 %`.
  func range(of subject: Term, _ bounds: Program.Bounds) -> String {
    let low = bounds.low.map { value($0, as: subject) }
    let high = bounds.high.map { value($0, as: subject) }
    if let low, let high, bounds.includesLow, bounds.includesHigh {
      return "between \(low) and \(high)"
    }
    let ends = [
      low.map { "\(bounds.includesLow ? "at least" : "above") \($0)" },
      high.map { "\(bounds.includesHigh ? "at most" : "below") \($0)" },
    ]
    return ends.compactMap { $0 }.listed("and")
  }

  // MARK: Values

  /// A number or an answer in words; an answer of the question that `subject` asks.
  func value(_ index: Term, as subject: Term? = nil) -> String {
    switch program[index] {
    case .truth(let condition): nested(condition)
    case .null: "unknown"
    case .number(let number): self.number(number, index)
    case .constant(let constant): text(program.constants[Int(constant)], type(index))
    case .symbol(let reference): label(reference)
    case .scaled(let a, _): value(a)
    case .arithmetic(let operation, let a, let b, _):
      "\(part(a)) \(operation.mark) \(part(b))"
    case .function(let function, let a, _): "\(function.words)\(part(a))"
    case .round(let a, _): "\(part(a)), rounded"
    case .log(let a, let base): "the logarithm of \(part(a)) to the base \(part(base))"
    case .extreme(let run, let isLargest): extreme(run, isLargest: isLargest)
    case .coalesce(let run):
      program[run].map { value($0) }.joined(separator: " or, where that is unknown, ")
    case .conditional(let conditions, let results):
      choice(program[conditions].map(nested), results)
    case .cases(let subject, let values, let results): matched(subject, values, results)
    case .interval(let bounds, _): range(of: index, bounds)
    }
  }

  private func extreme(_ run: Program.Operands<Program.Term>, isLargest: Bool) -> String {
    "the \(isLargest ? "largest" : "smallest") of \(program[run].map { value($0) }.listed("and"))"
  }

  private func matched(
    _ subject: Term, _ values: Program.Operands<Program.Term>,
    _ results: Program.Operands<Program.Term>
  ) -> String {
    "by \(part(subject)): \(choice(program[values].map { value($0, as: subject) }, results))"
  }

  private func number(_ number: FixedDecimal, _ index: Term) -> String {
    guard let written = notes.written[index] else { return text(number, unit(index)) }
    return "\(text(written.value, written.unit)) (\(text(number, unit(index))))"
  }

  private func choice(_ tests: [String], _ run: Program.Operands<Program.Term>) -> String {
    let results = program[run].map { value($0) }
    let parts = zip(tests, results).map { "if \($0), \($1)" }
    return (parts + results.suffix(1).map { "otherwise \($0)" }).joined(separator: "; ")
  }

  private func part(_ index: Term) -> String {
    switch program[index] {
    case .arithmetic, .conditional, .cases, .coalesce, .round: "(\(value(index)))"
    case .truth, .null, .constant, .number, .symbol, .scaled, .extreme, .function, .log, .interval:
      value(index)
    }
  }

  func unit(_ index: Term) -> Unit? {
    if case .quantity(let unit, _) = type(index), unit.code != "1" { unit } else { nil }
  }

  /// A number with its unit, as people read it.
  func text(_ number: FixedDecimal, _ unit: Unit?) -> String {
    let digits = number.description.replacing("-", with: "−")
    guard let unit, unit.code != "1" else { return digits }
    if let calendar = CalendarUnit(code: unit.code) {
      return "\(digits) \(calendar.word(after: number))"
    }
    return "\(digits) \(unit.symbol)"
  }

  func text(_ value: Value, _ type: ValueType) -> String {
    switch (value, type) {
    case (.boolean(let flag), _): return flag ? "true" : "false"
    case (.number(let number), .quantity(let unit, _)): return text(number, unit)
    case (.number(let number), _): return text(number, nil)
    case (.choice(let index), .choice(let options)) where options.all.indices.contains(index):
      return options.all[index].label.insideSentence
    case (.choices(let mask), .choices(let options)):
      let chosen = options.all.indices.filter { mask & (1 << UInt64($0)) != 0 }
      return chosen.isEmpty
        ? "none" : chosen.map { options.all[$0].label.insideSentence }.listed("and")
    case (.string(let string), _): return "'\(string)'"
    case (.event(.never), _): return "never"
    case (.event(.ongoing), _): return "ongoing"
    case (.event(.on(let day)), _): return "\(day)"
    case (.interval(let interval), .interval(let point)):
      let ends = [interval.low, interval.high].map { bound in
        bound.map { text(.number($0.value), point) } ?? "no bound"
      }
      return "between \(ends.listed("and"))"
    case (.choice, _), (.choices, _), (.interval, _): return "unknown"
    }
  }

  func answers(_ mask: UInt64, _ set: Term) -> [String] {
    guard case .choices(let options) = type(set) else { return [] }
    return options.all.indices.filter { mask & (1 << UInt64($0)) != 0 }
      .map { options.all[$0].label.insideSentence }
  }

  // MARK: Symbols

  func symbol(_ reference: Program.Reference) -> Symbol? {
    notes.symbols.first { $0.index == Int(reference.symbol) }
  }

  func label(_ reference: Program.Reference) -> String {
    guard let symbol = symbol(reference) else { return "" }
    let label = reference.memberIndex.map { symbol.members[$0].label } ?? symbol.label
    return label.insideSentence
  }

  func name(_ reference: Program.Reference) -> String {
    guard let symbol = symbol(reference) else { return "" }
    return reference.memberIndex.map { "\(symbol.name).\(symbol.members[$0].name)" } ?? symbol.name
  }

  /// The answers of a question whose answers are numbers.
  func numbers(_ index: Term) -> [Int]? {
    guard case .symbol(let reference) = program[index], let symbol = symbol(reference),
      case .choice(let options) = reference.memberIndex.map({ symbol.members[$0].type })
        ?? symbol.type
    else { return nil }
    return options.numbers
  }

  /// The symbols that a part asks for, each once, in the order of the text.
  func references(_ part: Program.Part) -> [Program.Reference] {
    var found: [Program.Reference] = []
    collect(part, into: &found)
    return found
  }

  private func collect(_ part: Program.Part, into found: inout [Program.Reference]) {
    if let own = program.reference(part), !found.contains(own) { found.append(own) }
    for child in program.children(part) { collect(child, into: &found) }
  }
}

extension Comparison {
  /// The same comparison read from the other side.
  var mirrored: Comparison {
    switch self {
    case .equal: .equal
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension Arithmetic {
  fileprivate var mark: String {
    switch self {
    case .plus: "+"
    case .minus: "−"
    case .times: "×"
    case .divided: "÷"
    case .div: "div"
    case .mod: "mod"
    case .power: "^"
    }
  }
}

extension Calculation.Function {
  /// What stands before the number.
  fileprivate var words: String {
    switch self {
    case .absolute: "the magnitude of "
    case .negative: "−"
    case .ceiling: "the next whole number of "
    case .floor, .truncate: "the whole part of "
    case .ln: "the natural logarithm of "
    case .exp: "the exponential of "
    }
  }
}
