import Quantities

/// The words for the steps of a program, without a patient.
struct Wording {
  let program: Program
  let notes: Notes

  func step(_ index: Int32) -> Program.Step { program.steps[Int(index)] }

  func type(_ index: Int32) -> ValueType { notes.types[Int(index)] }

  func operands(_ run: Program.Operands) -> ArraySlice<Int32> {
    program.operands[Int(run.start)..<Int(run.start + run.count)]
  }

  func isConstant(_ index: Int32) -> Bool {
    switch step(index) {
    case .number, .constant, .null: true
    default: false
    }
  }

  // MARK: Conditions

  /// A condition in words, as it stands in the middle of a sentence.
  func phrase(_ index: Int32) -> String {
    switch step(index) {
    case .not(let a): return negation(a)
    case .and(let run): return joined(run, "and")
    case .or(let run): return joined(run, "or")
    case .xor(let a, let b): return "either \(nested(a)) or \(nested(b)), but not both"
    case .implies(let a, let b): return "if \(nested(a)), then \(nested(b))"
    case .atLeast(let count, let run):
      return "at least \(count) of: \(operands(run).map(phrase).joined(separator: "; "))"
    case .compare(.equal, let a, let b) where !type(b).isNumeric && isConstant(b):
      return "\(value(a)) \(value(b, as: a))"
    case .compare(let comparison, let a, let b):
      return isConstant(a) && !isConstant(b)
        ? "\(value(b)) \(word(comparison.mirrored)) \(value(a, as: b))"
        : "\(value(a)) \(word(comparison)) \(value(b, as: a))"
    case .equivalent(let a, let b, _): return "\(value(a)) equivalent to \(value(b))"
    case .between(let a, let low, let high, let includesLow, let includesHigh):
      return "\(value(a)) \(range(of: a, low, high, includesLow, includesHigh))"
    case .isOneOf(let a, let run):
      return "\(value(a)) \(operands(run).map { value($0, as: a) }.listed("or"))"
    case .includes(let set, let option):
      return "\(value(set)) includes \(answer(Int(option), set))"
    case .intersects(let set, let mask):
      return "\(value(set)) includes \(answers(mask, set).listed("or"))"
    case .isNull(let a): return "\(value(a)) not recorded"
    case .isTruth(let a, let wanted):
      return wanted ? "\(nested(a)) known to hold" : "\(nested(a)) known not to hold"
    case .within(let event, let count, let unit):
      return "\(label(event)) within \(count) \(unit.word(after: FixedDecimal(Int(count))))"
    case .ever(let event): return "\(label(event)) ever"
    case .ongoing(let event): return "\(label(event)) ongoing"
    default: return value(index)
    }
  }

  private func negation(_ index: Int32) -> String {
    switch step(index) {
    case .isNull(let a): "\(value(a)) recorded"
    case .compare(.equal, let a, let b): "\(value(a)) other than \(value(b, as: a))"
    case .isOneOf(let a, let run):
      "\(value(a)) other than \(operands(run).map { value($0, as: a) }.listed("or"))"
    case .includes, .intersects:
      phrase(index).replacing(" includes ", with: " does not include ")
    case .within, .ever, .ongoing: "no \(phrase(index))"
    default: "not \(nested(index))"
    }
  }

  private func joined(_ run: Program.Operands, _ word: String) -> String {
    operands(run).map(nested).listed(word)
  }

  /// A condition within another, in parentheses where it has parts of its own.
  private func nested(_ index: Int32) -> String {
    switch step(index) {
    case .and, .or, .xor, .implies, .atLeast: "(\(phrase(index)))"
    default: phrase(index)
    }
  }

  func word(_ comparison: Program.Comparison) -> String {
    switch comparison {
    case .equal: "equal to"
    case .less: "below"
    case .lessOrEqual: "at most"
    case .greater: "above"
    case .greaterOrEqual: "at least"
    }
  }

  /// `between 20 % and 40 %`; with an open end, `at least 20 % and below 40 %`.
  func range(
    of subject: Int32, _ low: Int32, _ high: Int32, _ includesLow: Bool, _ includesHigh: Bool
  ) -> String {
    let ends = (low < 0 ? nil : value(low, as: subject), high < 0 ? nil : value(high, as: subject))
    switch ends {
    case (let low?, let high?) where includesLow && includesHigh:
      return "between \(low) and \(high)"
    case (let low, let high):
      let parts = [
        low.map { "\(includesLow ? "at least" : "above") \($0)" },
        high.map { "\(includesHigh ? "at most" : "below") \($0)" },
      ]
      return parts.compactMap { $0 }.listed("and")
    }
  }

  // MARK: Values

  /// A number or an answer in words; an answer of the question that `subject` asks.
  func value(_ index: Int32, as subject: Int32? = nil) -> String {
    switch step(index) {
    case .null: return "unknown"
    case .number(let number):
      if let written = notes.written[index] {
        return "\(text(written.value, written.unit)) (\(text(number, unit(index))))"
      }
      return text(number, unit(index))
    case .constant(let constant): return text(program.constants[Int(constant)], type(index))
    case .symbol(let reference): return label(reference)
    case .scaled(let a, _): return value(a)
    case .arithmetic(let operation, let a, let b, _):
      return "\(part(a)) \(operation.mark) \(part(b))"
    case .function(.negative, let a, _): return "−\(part(a))"
    case .function(.absolute, let a, _): return "the magnitude of \(part(a))"
    case .function(let function, let a, _): return "\(function.word) of \(part(a))"
    case .round(let a, _): return "\(part(a)), rounded"
    case .log(let a, let base): return "the logarithm of \(part(a)) to the base \(part(base))"
    case .extreme(let run, let isLargest):
      let all = operands(run).map { value($0) }.listed("and")
      return "the \(isLargest ? "largest" : "smallest") of \(all)"
    case .coalesce(let run):
      return operands(run).map { value($0) }.joined(separator: " or, where that is unknown, ")
    case .conditional(let run): return choice(run) { nested($0) }
    case .cases(let subject, let run):
      return "by \(part(subject)): \(choice(run) { value($0, as: subject) })"
    case .interval(let low, let high, let includesLow, let includesHigh, _):
      return range(of: index, low, high, includesLow, includesHigh)
    default: return nested(index)
    }
  }

  private func choice(_ run: Program.Operands, _ condition: (Int32) -> String) -> String {
    let all = Array(operands(run))
    var parts: [String] = []
    for offset in stride(from: 0, to: all.count - 1, by: 2) {
      parts.append("if \(condition(all[offset])), \(value(all[offset + 1]))")
    }
    return (parts + all.suffix(1).map { "otherwise \(value($0))" }).joined(separator: "; ")
  }

  private func part(_ index: Int32) -> String {
    switch step(index) {
    case .arithmetic, .conditional, .cases, .coalesce, .round: "(\(value(index)))"
    default: value(index)
    }
  }

  func unit(_ index: Int32) -> Unit? {
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
    default: return "unknown"
    }
  }

  private func answer(_ option: Int, _ set: Int32) -> String {
    answers(1 << UInt64(option), set).first ?? ""
  }

  func answers(_ mask: UInt64, _ set: Int32) -> [String] {
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
  func numbers(_ index: Int32) -> [Int]? {
    guard case .symbol(let reference) = step(index), let symbol = symbol(reference),
      case .choice(let options) = reference.memberIndex.map({ symbol.members[$0].type })
        ?? symbol.type
    else { return nil }
    return options.numbers
  }

  /// The symbols that a step asks for, each once, in the order of the text.
  func references(_ index: Int32) -> [Program.Reference] {
    var found: [Program.Reference] = []
    collect(index, into: &found)
    return found
  }

  private func collect(_ index: Int32, into found: inout [Program.Reference]) {
    switch step(index) {
    case .symbol(let reference), .within(let reference, _, _), .ever(let reference),
      .ongoing(let reference):
      if !found.contains(reference) { found.append(reference) }
    default: for child in children(index) { collect(child, into: &found) }
    }
  }

  /// The steps under a step.
  func children(_ index: Int32) -> [Int32] {
    switch step(index) {
    case .null, .constant, .number, .symbol, .within, .ever, .ongoing: []
    case .scaled(let a, _), .not(let a), .isNull(let a), .isTruth(let a, _),
      .function(_, let a, _), .intersects(let a, _), .includes(let a, _):
      [a]
    case .xor(let a, let b), .implies(let a, let b), .compare(_, let a, let b),
      .equivalent(let a, let b, _), .arithmetic(_, let a, let b, _), .round(let a, let b),
      .log(let a, let b):
      [a, b]
    case .and(let run), .or(let run), .atLeast(_, let run), .conditional(let run),
      .coalesce(let run), .extreme(let run, _):
      Array(operands(run))
    case .isOneOf(let a, let run), .cases(let a, let run): [a] + operands(run)
    case .between(let a, let low, let high, _, _): [a, low, high].filter { $0 >= 0 }
    case .interval(let low, let high, _, _, _): [low, high].filter { $0 >= 0 }
    }
  }
}

extension Program.Comparison {
  /// The same comparison read from the other side.
  var mirrored: Program.Comparison {
    switch self {
    case .equal: .equal
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension Program.Arithmetic {
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

extension Program.Function {
  fileprivate var word: String {
    switch self {
    case .absolute: "the magnitude"
    case .negative: "minus"
    case .ceiling: "the next whole number"
    case .floor, .truncate: "the whole part"
    case .ln: "the natural logarithm"
    case .exp: "the exponential"
    }
  }
}
