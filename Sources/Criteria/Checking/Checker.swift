import Quantities

/// Settles what names mean and whether types and units fit, and makes the program.
///
/// It goes on after an error, with a type that fits everything, so that one reading finds all.
struct Checker {
  let vocabulary: any Vocabulary
  var program = Program()
  var notes = Notes()
  var errors: [CriteriaError] = []

  /// More errors than this help nobody.
  static let errorLimit = 20

  /// A part of the program with its type.
  struct Typed {
    var step: Int32
    var type: ValueType
    let position: Position
    /// Whether it is the same for all patients.
    var isConstant: Bool
    /// The answers, where it is a choice whose answers are numbers.
    var numbers: [Int]?
    /// Whether it is the literal `null`.
    var isNull = false
  }

  init(_ vocabulary: any Vocabulary) {
    self.vocabulary = vocabulary
  }

  // MARK: Making steps

  mutating func fail(
    _ position: Position, _ message: String, suggestions: [String] = []
  ) -> Typed {
    if errors.count < Self.errorLimit {
      errors.append(CriteriaError(position, message, suggestions: suggestions))
    }
    return add(.null, .any, position, isConstant: false)
  }

  mutating func add(
    _ step: Program.Step, _ type: ValueType, _ position: Position, isConstant: Bool
  ) -> Typed {
    program.steps.append(step)
    notes.types.append(type)
    return Typed(
      step: Int32(program.steps.count - 1), type: type, position: position, isConstant: isConstant)
  }

  /// Adds a step over others; what is constant is computed here, once.
  mutating func add(
    _ step: Program.Step, _ type: ValueType, _ position: Position, over children: [Typed]
  ) -> Typed {
    var result = add(
      step, type, position, isConstant: children.allSatisfy(\.isConstant))
    guard result.isConstant, type != .boolean else { return result }
    let found = Evaluator.with(program, NoFacts(), on: nil) { $0.result(result.step) }
    switch found {
    case .value(.number(let number)): program.steps[Int(result.step)] = .number(number)
    case .value(let value):
      program.constants.append(value)
      program.steps[Int(result.step)] = .constant(Int32(program.constants.count - 1))
    case .unknown: program.steps[Int(result.step)] = .null
    case .range, .oneOf: result.isConstant = false
    }
    return result
  }

  mutating func run(_ steps: [Int32]) -> Program.Operands {
    let start = Int32(program.operands.count)
    program.operands += steps
    return Program.Operands(start: start, count: Int32(steps.count))
  }

  // MARK: Expressions

  /// A part of the expression; with `asDecimal`, where a number with decimals is asked for, so that
  /// a whole number may be larger than an integer.
  mutating func check(_ syntax: Syntax, asDecimal: Bool = false) -> Typed {
    let place = syntax.position
    switch syntax.kind {
    case .null:
      var result = add(.null, .any, place, isConstant: true)
      result.isNull = true
      return result
    case .boolean(let flag): return constant(.boolean(flag), .boolean, place)
    case .string(let string): return constant(.string(string), .string, place)
    case .integer(let value): return integer(value, place, asDecimal: asDecimal)
    case .decimal(let value):
      guard value.isInRange else {
        return fail(place, "a number has at most 28 digits before the point")
      }
      return add(.number(value), .decimal, place, isConstant: true)
    case .quantity(let value, let unit): return quantity(value, unit, place)
    case .name(let name, let member): return named(name, member, place)
    case .positive(let operand), .negative(let operand):
      let value = number(check(operand, asDecimal: asDecimal), "a sign")
      if case .positive = syntax.kind { return value }
      return add(
        .function(.negative, value.step, whole: value.type == .integer), value.type, place,
        over: [value])
    case .not(let operand):
      let value = truth(check(operand))
      return add(.not(value.step), .boolean, place, over: [value])
    case .exists(let operand): return exists(operand, place)
    case .chain(let connective, let operands):
      let values = operands.map { truth(check($0)) }
      let steps = run(values.map(\.step))
      return add(connective == .and ? .and(steps) : .or(steps), .boolean, place, over: values)
    case .atLeast(let count, let operands):
      let values = operands.map { truth(check($0)) }
      let steps = run(values.map(\.step))
      return add(.atLeast(Int32(count), steps), .boolean, place, over: values)
    case .binary(let symbol, let left, let right): return binary(symbol, left, right, place)
    case .between(let value, let low, let high, let properly):
      return between(
        check(value), low: check(low), high: check(high), includesLow: !properly,
        includesHigh: !properly, place)
    case .test(let value, let test, let negated):
      let result = self.test(check(value), test, place)
      return negated ? add(.not(result.step), .boolean, place, over: [result]) : result
    case .within(let event, let count, let unit):
      return self.event(event, "within", place) { .within($0, Int32(count), unit) }
    case .ever(let event): return self.event(event, "ever", place) { .ever($0) }
    case .ongoing(let event): return self.event(event, "ongoing", place) { .ongoing($0) }
    case .interval(let low, let high, let includesLow, let includesHigh):
      return interval([check(low), check(high)], includesLow, includesHigh, place)
    case .list:
      return fail(
        place, "a list stands after 'in', 'intersect' and 'of' only, and in Max and Min")
    case .conditional(let condition, let then, let otherwise):
      return conditional([(condition, then)], otherwise: otherwise, subject: nil, place)
    case .cases(let subject, let branches, let otherwise):
      return conditional(
        branches.map { ($0.when, $0.then) }, otherwise: otherwise, subject: subject, place)
    case .call(let name, let arguments): return call(name, arguments, place)
    }
  }

  private mutating func constant(_ value: Value, _ type: ValueType, _ place: Position) -> Typed {
    program.constants.append(value)
    return add(.constant(Int32(program.constants.count - 1)), type, place, isConstant: true)
  }

  private mutating func integer(_ value: FixedDecimal, _ place: Position, asDecimal: Bool) -> Typed
  {
    if Calculation.isWhole32(value) {
      return add(.number(value), .integer, place, isConstant: true)
    }
    guard asDecimal, value.isInRange else {
      return fail(
        place, "\(value) is out of the range of whole numbers; write \(value).0 for a decimal")
    }
    return add(.number(value), .decimal, place, isConstant: true)
  }

  private mutating func quantity(_ value: FixedDecimal, _ unit: WrittenUnit, _ place: Position)
    -> Typed
  {
    let code =
      switch unit {
      case .ucum(let code): code
      case .calendar(let unit): unit.code
      }
    do {
      let unit = try Unit(ucum: code)
      guard value.isInRange else {
        return fail(place, "a number has at most 28 digits before the point")
      }
      return add(
        .number(value), .quantity(unit, substances: []), place, isConstant: true)
    } catch {
      let right = try? Unit(spelling: code)
      return fail(place, error.description, suggestions: right.map { [$0.code] } ?? [])
    }
  }

  private mutating func named(_ name: String, _ member: String?, _ place: Position) -> Typed {
    guard let symbol = vocabulary.symbol(name) else {
      let near =
        errors.count < Self.errorLimit ? nearestNames(to: name, among: vocabulary.names) : []
      return fail(place, "there is no variable or score '\(name)'", suggestions: near)
    }
    guard (0..<VariableSet.capacity).contains(symbol.index) else {
      return fail(place, "the vocabulary has more than \(VariableSet.capacity) symbols")
    }
    notes.add(symbol)
    var type = symbol.type
    var reference = Program.Reference(symbol: Int32(symbol.index), member: -1)
    if let member {
      guard let index = symbol.members.firstIndex(where: { $0.name == member }) else {
        let known = symbol.members.map { "'\(name).\($0.name)'" }
        return fail(
          place,
          known.isEmpty
            ? "'\(name)' has no members; write it without '.\(member)'"
            : "'\(name)' has no member '\(member)'; it has \(known.joined(separator: ", "))")
      }
      type = symbol.members[index].type
      reference = Program.Reference(symbol: Int32(symbol.index), member: Int32(index))
    }
    var numbers: [Int]?
    switch type {
    case .quantity(let unit, _) where unit.code == "1": type = .decimal
    case .choice(let options):
      if let those = options.numbers { (type, numbers) = (.integer, those) }
    default: break
    }
    var result = add(.symbol(reference), type, place, isConstant: false)
    result.numbers = numbers
    return result
  }

  // MARK: What a place asks for

  /// The operand, where it is true or false.
  mutating func truth(_ value: Typed) -> Typed {
    switch value.type {
    case .boolean, .any: return value
    case .event:
      return fail(
        value.position,
        "an event is not true or false by itself; write 'ever', 'ongoing' or 'within 1 month' "
          + "after it")
    default:
      return fail(
        value.position, "true or false is expected here, and this is \(value.type.name)")
    }
  }

  /// The operand, where it is a number or a quantity.
  mutating func number(_ value: Typed, _ purpose: String) -> Typed {
    switch value.type {
    case .integer, .decimal, .quantity, .any: return value
    default:
      return fail(value.position, "\(purpose) takes a number, and this is \(value.type.name)")
    }
  }

  /// The operand, where it is a number without a unit.
  mutating func plainNumber(_ value: Typed, _ purpose: String) -> Typed {
    if case .quantity(let unit, _) = value.type, unit.code != "1" {
      return fail(
        value.position,
        "\(purpose) takes a number without a unit, and this is \(value.type.name)")
    }
    return number(value, purpose)
  }

  mutating func test(_ value: Typed, _ test: Syntax.Test, _ place: Position) -> Typed {
    if test == .null { return add(.isNull(value.step), .boolean, place, over: [value]) }
    let operand = truth(value)
    return add(.isTruth(operand.step, test == .true), .boolean, place, over: [operand])
  }

  private mutating func event(
    _ syntax: Syntax, _ word: String, _ place: Position,
    _ step: (Program.Reference) -> Program.Step
  ) -> Typed {
    let value = check(syntax)
    if value.type == .any { return value }
    guard value.type == .event, case .symbol(let reference) = program.steps[Int(value.step)] else {
      return fail(
        value.position, "'\(word)' asks for an event, and this is \(value.type.name)")
    }
    return add(step(reference), .boolean, place, over: [value])
  }
}

/// What the steps of a program mean, for sentences.
struct Notes: Hashable {
  /// The type of each step.
  var types: [ValueType] = []
  /// What a converted constant was before, by its step.
  var written: [Int32: Quantity] = [:]
  /// The symbols in the order in which they were first mentioned.
  var symbols: [Symbol] = []

  mutating func add(_ symbol: Symbol) {
    if !symbols.contains(where: { $0.index == symbol.index }) { symbols.append(symbol) }
  }
}

/// For constants, which ask for no facts.
private struct NoFacts: Facts {
  func fact(_ symbol: Int, member: Int?) -> Fact { .unknown(needs: VariableSet()) }
  func label(of symbol: Int) -> String { "" }
}
