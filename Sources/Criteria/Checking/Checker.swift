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
    var part: Program.Part
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

  // MARK: Making parts

  mutating func fail(
    _ position: Position, _ message: String, suggestions: [String] = []
  ) -> Typed {
    if errors.count < Self.errorLimit {
      errors.append(CriteriaError(position, message, suggestions: suggestions))
    }
    return unknown(.any, position)
  }

  /// What stands in the place of a part in which there is an error.
  mutating func unknown(_ type: ValueType, _ position: Position) -> Typed {
    add(.null, type, position, isConstant: false)
  }

  mutating func add(
    _ term: Program.Term, _ type: ValueType, _ position: Position, isConstant: Bool
  ) -> Typed {
    notes.types.append(type)
    return Typed(
      part: .term(program.add(term)), type: type, position: position, isConstant: isConstant)
  }

  /// Adds a term over others; what is constant is computed here, once.
  mutating func add(
    _ term: Program.Term, _ type: ValueType, _ position: Position, over children: [Typed]
  ) -> Typed {
    var result = add(term, type, position, isConstant: children.allSatisfy(\.isConstant))
    guard result.isConstant, type != .boolean else { return result }
    let index = self.term(result)
    switch Evaluator.with(program, NoFacts(), on: nil, { $0.result(index) }) {
    case .value(.number(let number)): program[index] = .number(number)
    case .value(let value):
      program.constants.append(value)
      program[index] = .constant(Int32(program.constants.count - 1))
    case .unknown: program[index] = .null
    case .range, .oneOf: result.isConstant = false
    }
    return result
  }

  /// Adds a condition over others or over terms.
  mutating func add(
    _ condition: Program.Condition, _ position: Position, over children: [Typed]
  ) -> Typed {
    Typed(
      part: .condition(program.add(condition)), type: .boolean, position: position,
      isConstant: children.allSatisfy(\.isConstant))
  }

  /// The part as a condition.
  mutating func condition(_ value: Typed) -> Program.Index<Program.Condition> {
    switch value.part {
    case .condition(let index): index
    case .term(let index): program.add(.holds(index))
    }
  }

  /// The part as a term.
  mutating func term(_ value: Typed) -> Program.Index<Program.Term> {
    switch value.part {
    case .condition(let index): self.term(add(.truth(index), .boolean, value.position, over: []))
    case .term(let index): index
    }
  }

  mutating func conditions(_ values: [Typed]) -> Program.Operands<Program.Condition> {
    var indices: [Program.Index<Program.Condition>] = []
    for value in values { indices.append(condition(value)) }
    return program.run(indices)
  }

  mutating func terms(_ values: [Typed]) -> Program.Operands<Program.Term> {
    var indices: [Program.Index<Program.Term>] = []
    for value in values { indices.append(term(value)) }
    return program.run(indices)
  }

  mutating func not(_ value: Typed, _ position: Position) -> Typed {
    let operand = condition(value)
    return add(.not(operand), position, over: [value])
  }

  /// The number that a part is for all patients; nil where it is none.
  func number(of value: Typed) -> FixedDecimal? {
    guard case .term(let index) = value.part, case .number(let number) = program[index] else {
      return nil
    }
    return number
  }

  /// The value that a part is for all patients; nil where it is none or a number.
  func constant(of value: Typed) -> Value? {
    guard case .term(let index) = value.part, case .constant(let constant) = program[index] else {
      return nil
    }
    return program.constants[Int(constant)]
  }

  /// Whether a part has no value for any patient.
  func hasNoValue(_ value: Typed) -> Bool {
    guard case .term(let index) = value.part, case .null = program[index] else { return false }
    return true
  }

  // MARK: Expressions

  /// A part of the expression; with `asDecimal`, where a number with decimals is asked for, so that
  /// a whole number may be larger than an integer.
  mutating func check(_ syntax: Syntax, asDecimal: Bool = false) -> Typed {
    let place = syntax.position
    switch syntax.kind {
    case .null: return null(place)
    case .boolean(let flag): return constant(.boolean(flag), .boolean, place)
    case .string(let string): return constant(.string(string), .string, place)
    case .integer(let value): return integer(value, place, asDecimal: asDecimal)
    case .decimal(let value): return decimal(value, place)
    case .quantity(let value, let unit): return quantity(value, unit, place)
    case .name(let name, let member): return named(name, member, place)
    case .prefix(let symbol, let operand):
      return prefix(symbol, operand, place, asDecimal: asDecimal)
    case .junction(let symbol, let operands): return junction(symbol, operands, place)
    case .infix(let symbol, let left, let right): return infix(symbol, left, right, place)
    case .range(let symbol, let value, let low, let high):
      return range(symbol, value, low, high, place)
    case .test(let test, let value, let negated):
      return self.test(test, value, negated: negated, place)
    case .event(let symbol, let event): return self.event(symbol, event, place)
    case .window(let symbol, let event, let window):
      return self.window(symbol, event, window, place)
    case .interval(let low, let high, let includesLow, let includesHigh):
      return interval(low, high, includesLow, includesHigh, place)
    case .list:
      return fail(
        place, "a list stands after 'in', 'intersect' and 'of' only, and in Max and Min")
    case .conditional(let condition, let then, let otherwise):
      return conditional([Syntax.Branch(when: condition, then: then)], otherwise, place)
    case .cases(nil, let branches, let otherwise): return conditional(branches, otherwise, place)
    case .cases(let subject?, let branches, let otherwise):
      return cases(subject, branches, otherwise, place)
    case .call(let name, let arguments): return call(name, arguments, place)
    case .atLeast(let count, let operands): return atLeast(count, operands, place)
    }
  }

  private mutating func null(_ place: Position) -> Typed {
    var result = add(.null, .any, place, isConstant: true)
    result.isNull = true
    return result
  }

  private mutating func decimal(_ value: FixedDecimal, _ place: Position) -> Typed {
    guard value.isInRange else {
      return fail(place, "a number has at most 28 digits before the point")
    }
    return add(.number(value), .decimal, place, isConstant: true)
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
    case .quantity, .any, .boolean, .integer, .decimal, .choices, .event, .string, .interval: break
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
    case .integer, .decimal, .quantity, .choice, .choices, .string, .interval:
      return fail(
        value.position, "true or false is expected here, and this is \(value.type.name)")
    }
  }

  /// The operand, where it is a number or a quantity.
  mutating func number(_ value: Typed, _ purpose: String) -> Typed {
    switch value.type {
    case .integer, .decimal, .quantity, .any: return value
    case .boolean, .choice, .choices, .event, .string, .interval:
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

  /// The event that is named.
  mutating func reference(_ syntax: Syntax, _ word: String) -> Program.Reference? {
    let value = check(syntax)
    if value.type == .any { return nil }
    guard value.type == .event, case .term(let index) = value.part,
      case .symbol(let reference) = program[index]
    else {
      _ = fail(value.position, "'\(word)' asks for an event, and this is \(value.type.name)")
      return nil
    }
    return reference
  }
}

/// What the terms of a program mean, for sentences.
struct Notes {
  /// The type of each term.
  var types: [ValueType] = []
  /// What a converted constant was before.
  var written: [Program.Index<Program.Term>: Quantity] = [:]
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
