import Quantities

/// An expression whose names, types and units are settled: conditions and terms that refer to each
/// other by their number, so that evaluating it needs no look-up and no memory of its own.
///
/// Whatever refers to another one comes after it. A condition and a term are two types, and each
/// phase has one switch for each without a default, so that a case that a phase forgets does not
/// compile, and no phase can go from the one to the other and back with the same part.
struct Program {
  private(set) var conditions: [Condition] = []
  private(set) var terms: [Term] = []
  /// The numbers of the operands of parts that have many.
  private(set) var operands: [Int32] = []
  var constants: [Value] = []
  var scales: [Scale] = []
  var root = Part.term(Index(number: 0))

  /// The number of a condition or of a term among its like.
  struct Index<Element>: Hashable, Sendable {
    let number: Int32
  }

  /// A run of operands.
  struct Operands<Element>: Hashable, Sendable {
    let start: Int32
    let count: Int32
  }

  /// A condition or a term.
  enum Part: Hashable, Sendable {
    case condition(Index<Condition>)
    case term(Index<Term>)
  }

  /// A symbol or one of its members.
  struct Reference: Hashable, Sendable {
    let symbol: Int32
    /// −1 for the symbol itself.
    let member: Int32

    /// The place of the member among the members; nil for the symbol itself.
    var memberIndex: Int? { member < 0 ? nil : Int(member) }
  }

  /// Two ends; one that is nil is none.
  struct Bounds: Hashable, Sendable {
    let low: Index<Term>?
    let high: Index<Term>?
    let includesLow: Bool
    let includesHigh: Bool
  }

  /// What is true, false or unknown.
  enum Condition: Hashable, Sendable {
    /// A term that is true or false by itself.
    case holds(Index<Term>)
    case not(Index<Condition>)
    case junction(Junction, Operands<Condition>)
    case connective(Connective, Index<Condition>, Index<Condition>)
    case atLeast(Int32, Operands<Condition>)

    case compare(Comparison, Index<Term>, Index<Term>)
    case equivalent(Index<Term>, Index<Term>, asNumbers: Bool)
    case between(Index<Term>, Bounds)
    case isOneOf(Index<Term>, Operands<Term>)
    /// Whether any of the answers is among those of a set.
    case intersects(Index<Term>, mask: UInt64)
    /// Whether one answer is among those of a set.
    case includes(Index<Term>, option: Int32)
    case test(Test, Index<Term>)

    case event(EventOperator, Reference)
    case window(WindowOperator, Reference, Window)
  }

  /// What has a value, or one that is not known.
  enum Term: Hashable, Sendable {
    /// Whether a condition holds.
    case truth(Index<Condition>)
    /// The unknown that nothing settles.
    case null
    case constant(Int32)
    case number(FixedDecimal)
    case symbol(Reference)
    /// A number in another unit.
    case scaled(Index<Term>, scale: Int32)

    /// The result of the first condition that holds; there is one result more, for where none does.
    case conditional(Operands<Condition>, Operands<Term>)
    /// The same, with values that the subject is compared with in the place of conditions.
    case cases(Index<Term>, Operands<Term>, Operands<Term>)
    case coalesce(Operands<Term>)
    case extreme(Operands<Term>, isLargest: Bool)

    case arithmetic(Arithmetic, Index<Term>, Index<Term>, whole: Bool)
    case function(Calculation.Function, Index<Term>, whole: Bool)
    case round(Index<Term>, places: Index<Term>)
    case log(Index<Term>, base: Index<Term>)
    case interval(Bounds, whole: Bool)
  }
}

extension Program {
  subscript(_ index: Index<Condition>) -> Condition { conditions[Int(index.number)] }

  subscript(_ index: Index<Term>) -> Term {
    get { terms[Int(index.number)] }
    set { terms[Int(index.number)] = newValue }
  }

  subscript<Element>(_ run: Operands<Element>) -> [Index<Element>] {
    operands[Int(run.start)..<Int(run.start + run.count)].map { Index(number: $0) }
  }

  mutating func add(_ condition: Condition) -> Index<Condition> {
    conditions.append(condition)
    return Index(number: Int32(conditions.count - 1))
  }

  mutating func add(_ term: Term) -> Index<Term> {
    terms.append(term)
    return Index(number: Int32(terms.count - 1))
  }

  mutating func run<Element>(_ indices: [Index<Element>]) -> Operands<Element> {
    let start = Int32(operands.count)
    operands += indices.map(\.number)
    return Operands(start: start, count: Int32(indices.count))
  }

  /// What stands directly under a part, in the order of the text.
  func children(_ part: Part) -> [Part] {
    switch part {
    case .condition(let index): children(self[index])
    case .term(let index): children(self[index])
    }
  }

  private func children(_ condition: Condition) -> [Part] {
    switch condition {
    case .holds(let a), .intersects(let a, _), .includes(let a, _), .test(_, let a): [.term(a)]
    case .not(let a): [.condition(a)]
    case .junction(_, let run), .atLeast(_, let run): self[run].map(Part.condition)
    case .connective(_, let a, let b): [.condition(a), .condition(b)]
    case .compare(_, let a, let b), .equivalent(let a, let b, _): [.term(a), .term(b)]
    case .between(let a, let bounds): [.term(a)] + bounds.ends
    case .isOneOf(let a, let run): [.term(a)] + self[run].map(Part.term)
    case .event, .window: []
    }
  }

  private func children(_ term: Term) -> [Part] {
    switch term {
    case .null, .constant, .number, .symbol: []
    case .truth(let condition): [.condition(condition)]
    case .scaled(let a, _), .function(_, let a, _): [.term(a)]
    case .arithmetic(_, let a, let b, _), .round(let a, let b), .log(let a, let b):
      [.term(a), .term(b)]
    case .conditional(let conditions, let results):
      alternating(self[conditions].map(Part.condition), results)
    case .cases(let subject, let values, let results):
      [.term(subject)] + alternating(self[values].map(Part.term), results)
    case .coalesce(let run), .extreme(let run, _): self[run].map(Part.term)
    case .interval(let bounds, _): bounds.ends
    }
  }

  /// The symbol that a part itself asks for.
  func reference(_ part: Part) -> Reference? {
    switch part {
    case .condition(let index): reference(self[index])
    case .term(let index): reference(self[index])
    }
  }

  private func reference(_ condition: Condition) -> Reference? {
    switch condition {
    case .event(_, let reference), .window(_, let reference, _): reference
    case .holds, .not, .junction, .connective, .atLeast, .compare, .equivalent, .between, .isOneOf,
      .intersects, .includes, .test:
      nil
    }
  }

  private func reference(_ term: Term) -> Reference? {
    switch term {
    case .symbol(let reference): reference
    case .truth, .null, .constant, .number, .scaled, .conditional, .cases, .coalesce, .extreme,
      .arithmetic, .function, .round, .log, .interval:
      nil
    }
  }

  private func alternating(_ tests: [Part], _ results: Operands<Term>) -> [Part] {
    let results = self[results].map(Part.term)
    return zip(tests, results).flatMap { [$0, $1] } + results.suffix(1)
  }
}

extension Program.Bounds {
  fileprivate var ends: [Program.Part] { [low, high].compactMap { $0.map(Program.Part.term) } }
}
