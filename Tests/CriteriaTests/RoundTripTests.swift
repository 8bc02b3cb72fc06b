import TestSupport
import Quantities
import Testing

@testable import Criteria

/// Makes expressions of the test vocabulary by chance that are well typed, as trees and not as text.
struct TreeMaker {
  var chance: SeededRandom

  private func node(_ kind: Syntax.Kind) -> Syntax {
    Syntax(kind: kind, position: Position(line: 1, column: 1), depth: 1)
  }

  private func name(_ name: String, _ member: String? = nil) -> Syntax {
    node(.name(name, member: member))
  }

  private mutating func flip() -> Bool { Bool.random(using: &chance) }

  private mutating func many<Element>(
    _ range: ClosedRange<Int>, _ make: (inout TreeMaker) -> Element
  ) -> [Element] {
    (0..<Int.random(in: range, using: &chance)).map { _ in make(&self) }
  }

  mutating func condition(_ depth: Int) -> Syntax {
    if depth <= 0 { return flag() }
    switch Int.random(in: 0..<20, using: &chance) {
    case 0: return node(.prefix(.not, condition(depth - 1)))
    case 1, 2: return junction(depth)
    case 3:
      return infix(
        .connective(chance.pick(Connective.allCases)), condition(depth - 1), condition(depth - 1))
    case 4:
      let all = many(1...4) { $0.condition(depth - 2) }
      return node(.atLeast(Int.random(in: 1...all.count, using: &chance), all))
    case 5, 6:
      return infix(
        .comparison(chance.pick(Comparison.allCases)), number(depth - 1), number(depth - 1))
    case 7: return likeness(depth)
    case 8: return membership(depth)
    case 9: return range(depth)
    case 10: return test(depth)
    case 11:
      return node(.event(chance.pick(EventOperator.allCases), event()))
    case 12: return window()
    case 13:
      return node(
        .conditional(
          condition(depth - 1), then: condition(depth - 1), otherwise: condition(depth - 1)))
    case 14: return cases(depth) { $0.condition($1) }
    case 15: return node(.call("Coalesce", many(2...3) { $0.condition(depth - 1) }))
    case 16:
      let function = chance.pick([Function.isNull, .isTrue, .isFalse])
      return node(.call(function.rawValue, [condition(depth - 1)]))
    case 17: return measured()
    case 18: return infix(.comparison(.equal), interval(depth), interval(depth))
    default: return flag()
    }
  }

  private func infix(_ symbol: InfixOperator, _ left: Syntax, _ right: Syntax) -> Syntax {
    node(.infix(symbol, left, right))
  }

  private mutating func flag() -> Syntax {
    switch Int.random(in: 0..<6, using: &chance) {
    case 0: node(.boolean(flip()))
    case 1: node(.null)
    case 2: infix(.comparison(.equal), name("sex"), node(.string(chance.pick(["female", "male"]))))
    default: name(chance.pick(["cirrhosis", "pregnant"]))
    }
  }

  private mutating func junction(_ depth: Int) -> Syntax {
    let symbol = chance.pick(Junction.allCases)
    var operands = many(2...4) { $0.condition(depth - 1) }
    // Read from the left the same would be one with it.
    if case .junction(symbol, _) = operands[0].kind { operands[0] = flag() }
    return node(.junction(symbol, operands))
  }

  private mutating func likeness(_ depth: Int) -> Syntax {
    let symbol = InfixOperator.likeness(chance.pick(Likeness.allCases))
    if flip() { return infix(symbol, number(depth - 1), number(depth - 1)) }
    let left = condition(depth - 1)
    // Nothing is equal to null.
    return infix(symbol, left.kind == .null ? name("pregnant") : left, name("cirrhosis"))
  }

  private mutating func membership(_ depth: Int) -> Syntax {
    let isIn = InfixOperator.membership(.isIn)
    let causes = many(1...3) { $0.node(.string($0.chance.pick(["hbv", "hcv", "alcohol"]))) }
    switch Int.random(in: 0..<5, using: &chance) {
    case 0: return infix(isIn, number(depth - 1), node(.list(many(0...3) { $0.number(depth - 1) })))
    case 1: return infix(isIn, number(depth - 1), interval(depth))
    case 2: return infix(isIn, causes[0], name("aetiology"))
    case 3:
      let all = [node(.string("A")), node(.string("C"))]
      return infix(isIn, name("childPugh", "class"), node(.list(all)))
    default:
      let set = infix(.membership(.intersect), name("aetiology"), node(.list(causes)))
      return node(.prefix(.exists, set))
    }
  }

  private mutating func interval(_ depth: Int) -> Syntax {
    // Bounds that are known beforehand may make no empty interval.
    let high = flip() ? node(.integer(FixedDecimal(1000))) : name("meld")
    return node(
      .interval(
        low: flip() ? node(.decimal(-1000.5)) : name("inr"), high: high, includesLow: flip(),
        includesHigh: flip()))
  }

  private mutating func range(_ depth: Int) -> Syntax {
    // A bound above the other one is found where both are known beforehand.
    let high =
      flip()
      ? infix(.arithmetic(chance.pick([.plus, .minus])), name("inr"), number(depth - 1))
      : node(
        .conditional(condition(depth - 1), then: name("meld"), otherwise: number(depth - 1)))
    return node(
      .range(
        chance.pick(RangeOperator.allCases), number(depth - 1), low: number(depth - 1), high: high))
  }

  private mutating func test(_ depth: Int) -> Syntax {
    let test = chance.pick(Test.allCases)
    let value = test == .null && flip() ? number(depth - 1) : condition(depth - 1)
    return node(.test(test, value, negated: flip()))
  }

  private mutating func event() -> Syntax {
    name(chance.pick(["immunosuppressant", "otherTrial"]))
  }

  private mutating func window() -> Syntax {
    let window = Window(
      count: Int32.random(in: 1...1500, using: &chance),
      unit: chance.pick([.day, .week, .month, .year]))
    return node(.window(chance.pick(WindowOperator.allCases), event(), window))
  }

  /// What has a unit.
  private mutating func measured() -> Syntax {
    let value = FixedDecimal(Int.random(in: -3...40, using: &chance))
    let comparison = InfixOperator.comparison(chance.pick(Comparison.allCases))
    switch Int.random(in: 0..<3, using: &chance) {
    case 0:
      let unit = CalendarUnit.allCases[Int.random(in: 0...2, using: &chance)]
      return infix(comparison, name("age"), node(.quantity(value, .calendar(unit))))
    case 1:
      let unit = chance.pick(["mg/dL", "umol/L"])
      return infix(comparison, name("totalBilirubin"), node(.quantity(value, .ucum(unit))))
    default:
      let limit = infix(.arithmetic(.times), node(.quantity(value, .ucum("mg/dL"))), name("inr"))
      return infix(comparison, name("totalBilirubin"), limit)
    }
  }

  private mutating func cases(
    _ depth: Int, _ make: (inout TreeMaker, Int) -> Syntax
  ) -> Syntax {
    let subject = flip() ? number(depth - 1) : nil
    let branches = many(1...3) { maker in
      Syntax.Branch(
        when: subject == nil ? maker.condition(depth - 1) : maker.number(depth - 1),
        then: make(&maker, depth - 1))
    }
    return node(.cases(subject: subject, branches, otherwise: make(&self, depth - 1)))
  }

  mutating func number(_ depth: Int) -> Syntax {
    if depth <= 0 || flip() { return amount() }
    switch Int.random(in: 0..<7, using: &chance) {
    case 0:
      let operand = number(depth - 1)
      // A number takes its sign in.
      switch operand.kind {
      case .integer, .decimal: return operand
      default: return node(.prefix(chance.pick([.positive, .negative]), operand))
      }
    case 1, 2, 3:
      return infix(
        .arithmetic(chance.pick(Arithmetic.allCases)), number(depth - 1), number(depth - 1))
    case 4:
      return node(
        .conditional(condition(depth - 1), then: number(depth - 1), otherwise: number(depth - 1)))
    case 5: return cases(depth) { $0.number($1) }
    default: return call(depth)
    }
  }

  private mutating func amount() -> Syntax {
    switch Int.random(in: 0..<5, using: &chance) {
    case 0: node(.integer(FixedDecimal(Int.random(in: -9...99, using: &chance))))
    case 1: node(.decimal(FixedDecimal(Int.random(in: -9...99, using: &chance)).dividedBy8))
    default: name(chance.pick(["inr", "meld", "childPugh", "admissions"]))
    }
  }

  private mutating func call(_ depth: Int) -> Syntax {
    let function = chance.pick(Function.allCases)
    switch function {
    case .isNull, .isTrue, .isFalse: return amount()
    case .max, .min:
      return node(.call(function.rawValue, [node(.list(many(1...3) { $0.number(depth - 1) }))]))
    case .ln, .exp:
      // Of what is the same for all it may not exist.
      return node(.call(function.rawValue, [name("inr")]))
    case .absolute, .ceiling, .coalesce, .floor, .log, .power, .round, .truncate:
      let most = min(function.parameters.counts.upperBound, 3)
      let counts = function.parameters.counts.lowerBound...most
      return node(.call(function.rawValue, many(counts) { $0.number(depth - 1) }))
    }
  }
}

extension FixedDecimal {
  fileprivate var dividedBy8: FixedDecimal { divided(by: 8) ?? self }
}

/// What parts an expression has, by switches without a default: a part that the maker leaves out is
/// found.
struct Parts {
  var found: Set<String> = []

  static let ofSyntax: Set<String> =
    Set(PrefixOperator.allCases.map { "prefix \($0)" } + Junction.allCases.map { "\($0)" })
    .union(InfixOperator.all.map { "\($0)" }).union(RangeOperator.allCases.map { "\($0)" })
    .union(Test.allCases.flatMap { ["is \($0)", "is not \($0)"] })
    .union(EventOperator.allCases.map { "\($0)" }).union(WindowOperator.allCases.map { "\($0)" })
    .union(Function.allCases.map { "call \($0.rawValue)" })
    .union([
      "null", "boolean", "integer", "decimal", "ucum", "calendar", "string", "name", "member",
      "interval", "list", "conditional", "cases", "cases of", "atLeast",
    ])

  static let ofProgram: Set<String> =
    Set(Junction.allCases.map { "\($0)" } + Connective.allCases.map { "\($0)" })
    .union(Comparison.allCases.map { "\($0)" }).union(Test.allCases.map { "is \($0)" })
    .union(EventOperator.allCases.map { "\($0)" }).union(WindowOperator.allCases.map { "\($0)" })
    .union(Arithmetic.allCases.map { "\($0)" })
    .union([
      "holds", "not", "atLeast", "equivalent", "between", "isOneOf", "intersects", "includes",
      "truth", "null", "constant", "number", "symbol", "scaled", "conditional", "cases", "coalesce",
      "extreme", "function", "round", "log", "interval",
    ])

  mutating func collect(_ syntax: Syntax) {
    switch syntax.kind {
    case .null: found.insert("null")
    case .boolean: found.insert("boolean")
    case .integer: found.insert("integer")
    case .decimal: found.insert("decimal")
    case .quantity(_, .ucum): found.insert("ucum")
    case .quantity(_, .calendar): found.insert("calendar")
    case .string: found.insert("string")
    case .name(_, member: nil): found.insert("name")
    case .name(_, member: _?): found.insert("member")
    case .prefix(let symbol, let a): add("prefix \(symbol)", [a])
    case .junction(let symbol, let all): add("\(symbol)", all)
    case .infix(let symbol, let a, let b): add("\(symbol)", [a, b])
    case .range(let symbol, let a, let low, let high): add("\(symbol)", [a, low, high])
    case .test(let test, let a, let negated): add("is \(negated ? "not " : "")\(test)", [a])
    case .event(let symbol, let a): add("\(symbol)", [a])
    case .window(let symbol, let a, _): add("\(symbol)", [a])
    case .interval(let low, let high, _, _): add("interval", [low, high])
    case .list(let all): add("list", all)
    case .conditional(let a, let b, let c): add("conditional", [a, b, c])
    case .cases(nil, let branches, let otherwise):
      add("cases", branches.flatMap { [$0.when, $0.then] } + [otherwise])
    case .cases(let subject?, let branches, let otherwise):
      add("cases of", branches.flatMap { [$0.when, $0.then] } + [subject, otherwise])
    case .call(let name, let all): add("call \(name)", all)
    case .atLeast(_, let all): add("atLeast", all)
    }
  }

  private mutating func add(_ word: String, _ children: [Syntax]) {
    found.insert(word)
    for child in children { collect(child) }
  }

  mutating func collect(_ program: Program) {
    for condition in program.conditions {
      switch condition {
      case .holds: found.insert("holds")
      case .not: found.insert("not")
      case .junction(let symbol, _): found.insert("\(symbol)")
      case .connective(let symbol, _, _): found.insert("\(symbol)")
      case .atLeast: found.insert("atLeast")
      case .compare(let comparison, _, _): found.insert("\(comparison)")
      case .equivalent: found.insert("equivalent")
      case .between: found.insert("between")
      case .isOneOf: found.insert("isOneOf")
      case .intersects: found.insert("intersects")
      case .includes: found.insert("includes")
      case .test(let test, _): found.insert("is \(test)")
      case .event(let symbol, _): found.insert("\(symbol)")
      case .window(let symbol, _, _): found.insert("\(symbol)")
      }
    }
    for term in program.terms {
      switch term {
      case .truth: found.insert("truth")
      case .null: found.insert("null")
      case .constant: found.insert("constant")
      case .number: found.insert("number")
      case .symbol: found.insert("symbol")
      case .scaled: found.insert("scaled")
      case .conditional: found.insert("conditional")
      case .cases: found.insert("cases")
      case .coalesce: found.insert("coalesce")
      case .extreme: found.insert("extreme")
      case .arithmetic(let operation, _, _, _): found.insert("\(operation)")
      case .function: found.insert("function")
      case .round: found.insert("round")
      case .log: found.insert("log")
      case .interval: found.insert("interval")
      }
    }
  }
}

@Suite struct RoundTripTests {
  static let count = 4000

  /// Every tree that the parser may make is written so that it is read as the same tree, and the
  /// trees have every part of the language.
  @Test func whatIsWrittenIsReadAsTheSame() throws {
    var maker = TreeMaker(chance: SeededRandom(21))
    var parts = Parts()
    for _ in 0..<Self.count {
      let tree = maker.condition(5)
      parts.collect(tree)
      let text = tree.description
      let again = try syntax(text)
      #expect(again == tree, "\(text)\n\(again)")
    }
    #expect(parts.found == Parts.ofSyntax)
  }

  /// The tree and its text come to the same and are explained alike for any patient.
  @Test func whatIsWrittenComesToTheSame() throws {
    var maker = TreeMaker(chance: SeededRandom(22))
    var patients = Maker(chance: SeededRandom(23), isMonotone: false)
    var parts = Parts()
    var settled = 0
    let date = Day(2026, 11, 21)
    for _ in 0..<Self.count / 2 {
      let tree = maker.condition(4)
      var checker = Checker(Ward.shared)
      let root = checker.check(tree)
      try #require(checker.errors.isEmpty, "\(tree)\n\(checker.errors)")
      checker.program.root = .condition(checker.condition(root))
      parts.collect(checker.program)
      let again = try criterion(tree.description)
      var facts = patients.patient()
      for name in facts.keys.sorted() where Int.random(in: 0..<3, using: &maker.chance) == 0 {
        facts[name] = patients.weaker(facts[name] ?? .flag(true), name)
      }
      let (first, second) = (checker.program, again.program)
      let outcome = Evaluator.with(first, Bed(facts), on: date) { $0.outcome }
      #expect(outcome == again.evaluate(Bed(facts), on: date), "\(tree)")
      #expect(outcome == again.explain(Bed(facts), on: date).outcome)
      let wording = Wording(program: first, notes: checker.notes)
      #expect(
        wording.text(first.root) == Wording(program: second, notes: again.notes).text(second.root))
      if outcome.isTrue != nil { settled += 1 }
    }
    #expect(settled > Self.count / 10)
    #expect(parts.found == Parts.ofProgram)
  }
}
