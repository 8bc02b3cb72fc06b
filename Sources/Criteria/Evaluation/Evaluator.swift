import Quantities

/// Evaluates the conditions and terms of a program for one patient.
struct Evaluator {
  typealias Condition = Program.Index<Program.Condition>
  typealias Term = Program.Index<Program.Term>
  typealias Conditions = Program.Operands<Program.Condition>
  typealias Terms = Program.Operands<Program.Term>

  let facts: any Facts
  let date: Day?
  let root: Program.Part
  // Borrowed for the time of one call: nothing is counted or checked at each part.
  private let conditions: UnsafeBufferPointer<Program.Condition>
  private let terms: UnsafeBufferPointer<Program.Term>
  private let operands: UnsafeBufferPointer<Int32>
  private let constants: UnsafeBufferPointer<Value>
  private let scales: UnsafeBufferPointer<Scale>

  /// Calls `body` with an evaluator that must not outlive the call.
  static func with<Answer>(
    _ program: Program, _ facts: any Facts, on date: Day?, _ body: (Evaluator) -> Answer
  ) -> Answer {
    program.conditions.withUnsafeBufferPointer { conditions in
      program.terms.withUnsafeBufferPointer { terms in
        program.operands.withUnsafeBufferPointer { operands in
          program.constants.withUnsafeBufferPointer { constants in
            program.scales.withUnsafeBufferPointer { scales in
              body(
                Evaluator(
                  facts: facts, date: date, root: program.root, conditions: conditions,
                  terms: terms, operands: operands, constants: constants, scales: scales))
            }
          }
        }
      }
    }
  }

  private func operand<Element>(
    _ run: Program.Operands<Element>, _ offset: Int
  ) -> Program.Index<Element> {
    Program.Index(number: operands[Int(run.start) + offset])
  }

  // MARK: Truth

  /// What a condition comes to.
  func truth(_ condition: Condition) -> Truth {
    switch conditions[Int(condition.number)] {
    case .holds(let a): flag(a)
    case .not(let a): truth(a).inverse
    case .junction(.and, let run): all(run)
    case .junction(.or, let run): any(run)
    case .connective(.xor, let a, let b): exclusive(a, b)
    case .connective(.implies, let a, let b): implication(a, b)
    case .atLeast(let count, let run): atLeast(Int(count), run)
    case .compare(let comparison, let a, let b): compared(comparison, a, b)
    case .equivalent(let a, let b, let asNumbers): equivalent(a, b, asNumbers: asNumbers)
    case .between(let value, let bounds): between(value, bounds)
    case .isOneOf(let value, let run): isOneOf(value, run)
    case .intersects(let set, let mask): overlap(set, mask)
    case .includes(let set, let option): overlap(set, 1 << UInt64(option))
    case .test(let test, let a): passes(test, a)
    case .event(let symbol, let event): happened(symbol, event)
    case .window(.within, let event, let window): within(event, window)
    }
  }

  private func truth(of result: Result) -> Truth {
    switch result {
    case .value(.boolean(let flag)): return Truth(flag)
    case .value: return .unknown(.permanent)
    case .unknown(let doubt), .range(_, let doubt), .oneOf(_, let doubt): return .unknown(doubt)
    }
  }

  private func flag(_ a: Term) -> Truth { truth(of: result(a)) }

  private func all(_ run: Conditions) -> Truth {
    var doubt: Doubt?
    for offset in 0..<Int(run.count) {
      switch truth(operand(run, offset)) {
      case .yes: continue
      case .no: return .no
      case .unknown(let more): Doubt.add(more, to: &doubt)
      }
    }
    return doubt.map(Truth.unknown) ?? .yes
  }

  private func any(_ run: Conditions) -> Truth {
    var doubt: Doubt?
    for offset in 0..<Int(run.count) {
      switch truth(operand(run, offset)) {
      case .yes: return .yes
      case .no: continue
      case .unknown(let more): Doubt.add(more, to: &doubt)
      }
    }
    return doubt.map(Truth.unknown) ?? .no
  }

  private func atLeast(_ count: Int, _ run: Conditions) -> Truth {
    var holding = 0
    var open = 0
    var doubt: Doubt?
    for offset in 0..<Int(run.count) {
      switch truth(operand(run, offset)) {
      case .yes:
        holding += 1
        if holding >= count { return .yes }
      case .no: continue
      case .unknown(let more):
        open += 1
        Doubt.add(more, to: &doubt)
      }
    }
    guard holding + open >= count, let doubt else { return .no }
    return .unknown(doubt)
  }

  private func exclusive(_ a: Condition, _ b: Condition) -> Truth {
    let (one, other) = (truth(a), truth(b))
    switch (one, other) {
    case (.unknown(let left), .unknown(let right)):
      // Where one side stays unknown for ever, the other settles nothing.
      return .unknown(left.isPermanent || right.isPermanent ? .permanent : left.union(right))
    case (.unknown, _): return one
    case (_, .unknown): return other
    case (.yes, .no), (.no, .yes): return .yes
    case (.yes, .yes), (.no, .no): return .no
    }
  }

  private func implication(_ a: Condition, _ b: Condition) -> Truth {
    let premise = truth(a)
    if premise.isNo { return .yes }
    let conclusion = truth(b)
    switch (premise, conclusion) {
    case (_, .yes), (.yes, _), (.no, _): return conclusion
    case (.unknown, .no): return premise
    case (.unknown(let left), .unknown(let right)): return .unknown(left.union(right))
    }
  }

  private func compared(_ comparison: Comparison, _ a: Term, _ b: Term) -> Truth {
    Comparing.compare(comparison, result(a), result(b))
  }

  private func equivalent(_ a: Term, _ b: Term, asNumbers: Bool) -> Truth {
    Comparing.equivalent(result(a), result(b), asNumbers: asNumbers)
  }

  private func passes(_ test: Test, _ a: Term) -> Truth {
    switch test {
    case .null: Truth(result(a).isUnknown)
    case .true: Truth(flag(a).isYes)
    case .false: Truth(flag(a).isNo)
    }
  }

  private func between(_ value: Term, _ bounds: Program.Bounds) -> Truth {
    Comparing.between(
      result(value), low: bounds.low.map(result), high: bounds.high.map(result),
      includesLow: bounds.includesLow, includesHigh: bounds.includesHigh)
  }

  /// Whether any of the answers whose bits are set is among those of a set.
  private func overlap(_ set: Term, _ mask: UInt64) -> Truth {
    truth(
      of: result(set).map { value in
        guard case .choices(let chosen) = value else { return .null }
        return .value(.boolean(chosen & mask != 0))
      })
  }

  private func isOneOf(_ value: Term, _ run: Terms) -> Truth {
    let wanted = result(value)
    guard case .oneOf = wanted else {
      return isOneOf(wanted, run) { result(operand(run, $0)) }
    }
    let elements = (0..<Int(run.count)).map { result(operand(run, $0)) }
    return Comparing.forEachCandidate(of: wanted) { isOneOf($0, run) { elements[$0] } }
  }

  private func isOneOf(
    _ wanted: Result, _ run: Terms, _ element: (Int) -> Result
  ) -> Truth {
    var doubt: Doubt?
    for offset in 0..<Int(run.count) {
      switch Comparing.compare(.equal, wanted, element(offset)) {
      case .yes: return .yes
      case .no: continue
      case .unknown(let more): Doubt.add(more, to: &doubt)
      }
    }
    return doubt.map(Truth.unknown) ?? .no
  }

  // MARK: Events

  /// Whether an event is going on, or on a day that `isMeant`, which gets the day and the screening
  /// date; `undated` is the answer where there is no screening date.
  private func occurrence(
    _ event: Program.Reference, undated: Bool?, _ isMeant: (Day, Day) -> Bool
  ) -> Truth {
    truth(
      of: fact(event).map { value in
        guard case .event(let occurrence) = value else { return .null }
        switch occurrence {
        case .never: return .value(.boolean(false))
        case .ongoing: return .value(.boolean(true))
        case .on(let day):
          guard let date else {
            if let undated { return .value(.boolean(undated)) }
            return .unknown(Doubt(variables: VariableSet(), reasons: [.noScreeningDate]))
          }
          guard day <= date else {
            return .unknown(
              Doubt(
                variables: VariableSet(Int(event.symbol)),
                reasons: [.futureDate(Int(event.symbol), day)]))
          }
          return .value(.boolean(isMeant(day, date)))
        }
      })
  }

  private func happened(_ symbol: EventOperator, _ event: Program.Reference) -> Truth {
    switch symbol {
    case .ever: occurrence(event, undated: true) { _, _ in true }
    case .ongoing: occurrence(event, undated: false) { _, _ in false }
    }
  }

  private func within(_ event: Program.Reference, _ window: Window) -> Truth {
    occurrence(event, undated: nil) { day, date in
      guard let start = window.start(before: date) else { return true }
      return day >= start
    }
  }

  // MARK: Values

  /// What a term comes to.
  func result(_ term: Term) -> Result {
    switch terms[Int(term.number)] {
    case .truth(let condition): truth(condition).result
    case .null: .null
    case .number(let number): .value(.number(number))
    case .constant(let index): .value(constants[Int(index)])
    case .symbol(let reference): fact(reference)
    case .scaled(let a, let scale): scaled(a, scale)
    case .arithmetic(let operation, let a, let b, let whole):
      calculated(operation, a, b, whole: whole)
    case .function(let function, let a, let whole): applied(function, a, whole: whole)
    case .round(let a, let places): rounded(a, places)
    case .log(let a, let base): logarithm(a, base)
    case .conditional(let conditions, let results): conditional(conditions, results)
    case .cases(let subject, let values, let results): matched(subject, values, results)
    case .coalesce(let run): coalesce(run)
    case .extreme(let run, let isLargest): extreme(run, isLargest: isLargest)
    case .interval(let bounds, let whole): interval(bounds, whole: whole)
    }
  }

  func fact(_ reference: Program.Reference) -> Result {
    switch facts.fact(Int(reference.symbol), member: reference.memberIndex) {
    case .known(let value): return .value(value)
    case .unknown(let needs): return .unknown(Doubt(variables: needs))
    case .within(let interval, let needs): return .range(interval, Doubt(variables: needs))
    case .alternatives(let values, let unsettled):
      let doubt =
        switch unsettled {
        case .variables(let needs): Doubt(variables: needs)
        case .person(let matter): Doubt(variables: VariableSet(), reasons: [.person(matter)])
        }
      return Result.merged(values.map(Result.value), doubt)
    }
  }

  private func scaled(_ a: Term, _ scale: Int32) -> Result {
    Calculation.scaled(result(a), by: scales[Int(scale)])
  }

  private func calculated(_ operation: Arithmetic, _ a: Term, _ b: Term, whole: Bool) -> Result {
    Calculation.apply(operation, result(a), result(b), whole: whole)
  }

  private func applied(_ function: Calculation.Function, _ a: Term, whole: Bool) -> Result {
    Calculation.apply(function, result(a), whole: whole)
  }

  private func rounded(_ a: Term, _ places: Term) -> Result {
    Calculation.rounded(result(a), places: result(places))
  }

  private func logarithm(_ a: Term, _ base: Term) -> Result {
    Calculation.logarithm(result(a), base: result(base))
  }

  private func conditional(_ conditions: Conditions, _ results: Terms) -> Result {
    choice(Int(conditions.count), results) { truth(operand(conditions, $0)) }
  }

  private func matched(_ subject: Term, _ values: Terms, _ results: Terms) -> Result {
    let wanted = result(subject)
    return choice(Int(values.count), results) {
      Comparing.compare(.equal, wanted, result(operand(values, $0)))
    }
  }

  /// The result of the first condition that holds; of all that may, where some are unknown.
  ///
  /// A condition that nothing can settle does not hold, as in CQL.
  private func choice(_ count: Int, _ results: Terms, _ holds: (Int) -> Truth) -> Result {
    var doubt: Doubt?
    var possible: [Result] = []
    var chosen = count
    for offset in 0..<count {
      let condition = holds(offset)
      if condition.isYes {
        chosen = offset
        break
      }
      if case .unknown(let more) = condition, !more.isPermanent {
        Doubt.add(more, to: &doubt)
        possible.append(result(operand(results, offset)))
      }
    }
    let found = result(operand(results, chosen))
    guard let doubt else { return found }
    return Result.merged(possible + [found], doubt)
  }

  private func coalesce(_ run: Terms) -> Result {
    for offset in 0..<Int(run.count) {
      let found = result(operand(run, offset))
      if case .unknown = found { continue }
      return found
    }
    return .null
  }

  private func extreme(_ run: Terms, isLargest: Bool) -> Result {
    var best: Result?
    for offset in 0..<Int(run.count) {
      let next = result(operand(run, offset))
      if next.isPermanentNull { continue }
      guard let found = best else {
        best = next
        continue
      }
      best = Result.combined(found, next) { a, b in
        guard case .number(let left) = a, case .number(let right) = b else { return .null }
        return .value(.number(isLargest ? max(left, right) : min(left, right)))
      }
    }
    return best ?? .null
  }

  private func interval(_ bounds: Program.Bounds, whole: Bool) -> Result {
    let none = Result.value(.boolean(false))
    return Result.combined(bounds.low.map(result) ?? none, bounds.high.map(result) ?? none) {
      let step = whole ? FixedDecimal.one : FixedDecimal.step
      var (low, high): (NumberInterval.Bound?, NumberInterval.Bound?)
      if case .number(let number) = $0 {
        guard let first = bounds.includesLow ? number : number.plus(step) else { return .null }
        low = .init(first, isIncluded: true)
      }
      if case .number(let number) = $1 {
        guard let last = bounds.includesHigh ? number : number.minus(step) else { return .null }
        high = .init(last, isIncluded: true)
      }
      if let low, let high, low.value > high.value { return .null }
      return .value(.interval(NumberInterval(low: low, high: high)))
    }
  }
}

extension Window {
  /// Its first day where it ends on a date; nil where it reaches beyond the calendar.
  func start(before date: Day) -> Day? {
    let count = Int(count)
    return switch unit {
    case .year: date.adding(months: -12 * count)
    case .month: date.adding(months: -count)
    case .week: date.adding(days: -7 * count)
    case .day: date.adding(days: -count)
    }
  }
}
