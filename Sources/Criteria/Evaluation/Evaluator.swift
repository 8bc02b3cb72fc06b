import Quantities

/// Evaluates the steps of a program for one patient.
struct Evaluator {
  let facts: any Facts
  let date: Day?
  let root: Int32
  // Borrowed for the time of one call: nothing is counted or checked at each step.
  private let steps: UnsafeBufferPointer<Program.Step>
  private let operands: UnsafeBufferPointer<Int32>
  private let constants: UnsafeBufferPointer<Value>
  private let scales: UnsafeBufferPointer<Scale>

  /// Calls `body` with an evaluator that must not outlive the call.
  static func with<Answer>(
    _ program: Program, _ facts: any Facts, on date: Day?, _ body: (Evaluator) -> Answer
  ) -> Answer {
    program.steps.withUnsafeBufferPointer { steps in
      program.operands.withUnsafeBufferPointer { operands in
        program.constants.withUnsafeBufferPointer { constants in
          program.scales.withUnsafeBufferPointer { scales in
            body(
              Evaluator(
                facts: facts, date: date, root: program.root, steps: steps, operands: operands,
                constants: constants, scales: scales))
          }
        }
      }
    }
  }

  func operand(_ run: Program.Operands, _ offset: Int) -> Int32 {
    operands[Int(run.start) + offset]
  }

  // MARK: Truth

  /// What a step of type boolean comes to.
  func truth(_ step: Int32) -> Truth {
    switch steps[Int(step)] {
    case .not(let a): return truth(a).inverse
    case .and(let run): return all(run)
    case .or(let run): return any(run)
    case .xor(let a, let b): return exclusive(truth(a), truth(b))
    case .implies(let a, let b):
      let premise = truth(a)
      if premise.isNo { return .yes }
      let conclusion = truth(b)
      if conclusion.isYes || premise.isYes { return conclusion }
      return Self.joined(premise, conclusion)
    case .atLeast(let count, let run): return atLeast(Int(count), run)
    case .compare(let comparison, let a, let b):
      return Comparing.compare(comparison, result(a), result(b))
    case .equivalent(let a, let b, let asNumbers):
      return Comparing.equivalent(result(a), result(b), asNumbers: asNumbers)
    case .between(let value, let low, let high, let includesLow, let includesHigh):
      return Comparing.between(
        result(value), low: low < 0 ? nil : result(low), high: high < 0 ? nil : result(high),
        includesLow: includesLow, includesHigh: includesHigh)
    case .isOneOf(let value, let run): return isOneOf(value, run)
    case .intersects(let set, let mask):
      return truth(
        of: result(set).map { value in
          guard case .choices(let chosen) = value else { return .null }
          return .value(.boolean(chosen & mask != 0))
        })
    case .includes(let set, let option):
      return truth(
        of: result(set).map { value in
          guard case .choices(let chosen) = value else { return .null }
          return .value(.boolean(chosen & (1 << UInt64(option)) != 0))
        })
    case .isNull(let a):
      if case .unknown = result(a) { return .yes }
      return .no
    case .isTruth(let a, let wanted):
      let found = truth(a)
      return Truth(wanted ? found.isYes : found.isNo)
    case .within(let event, let count, let unit):
      return occurrence(event, undated: nil) { day, date in
        guard let start = Self.start(of: Int(count), unit, before: date) else { return true }
        return day >= start
      }
    case .ever(let event): return occurrence(event, undated: true) { _, _ in true }
    case .ongoing(let event): return occurrence(event, undated: false) { _, _ in false }
    default: return truth(of: result(step))
    }
  }

  private func truth(of result: Result) -> Truth {
    switch result {
    case .value(.boolean(let flag)): return Truth(flag)
    case .value: return .unknown(.permanent)
    case .unknown(let doubt), .range(_, let doubt), .oneOf(_, let doubt): return .unknown(doubt)
    }
  }

  private func all(_ run: Program.Operands) -> Truth {
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

  private func any(_ run: Program.Operands) -> Truth {
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

  private func atLeast(_ count: Int, _ run: Program.Operands) -> Truth {
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

  /// Unknown for the reasons of both.
  private static func joined(_ a: Truth, _ b: Truth) -> Truth {
    switch (a, b) {
    case (.unknown(let left), .unknown(let right)): .unknown(left.union(right))
    case (.unknown, _): a
    default: b
    }
  }

  private func exclusive(_ a: Truth, _ b: Truth) -> Truth {
    switch (a, b) {
    case (.unknown(let left), .unknown(let right)):
      // Where one side stays unknown for ever, the other settles nothing.
      .unknown(left.isPermanent || right.isPermanent ? .permanent : left.union(right))
    case (.unknown, _), (_, .unknown): Self.joined(a, b)
    default: Truth(a.isYes != b.isYes)
    }
  }

  private func isOneOf(_ value: Int32, _ run: Program.Operands) -> Truth {
    let wanted = result(value)
    if run.count > 0, wanted.isPermanentNull { return .unknown(.permanent) }
    guard case .oneOf = wanted else {
      return isOneOf(wanted, run) { result(operand(run, $0)) }
    }
    let elements = (0..<Int(run.count)).map { result(operand(run, $0)) }
    return Comparing.forEachCandidate(of: wanted) { isOneOf($0, run) { elements[$0] } }
  }

  private func isOneOf(
    _ wanted: Result, _ run: Program.Operands, _ element: (Int) -> Result
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

  /// The first day of a window that ends on a date; nil where it reaches beyond the calendar.
  static func start(of count: Int, _ unit: CalendarUnit, before date: Day) -> Day? {
    switch unit {
    case .year: date.adding(months: -12 * count)
    case .month: date.adding(months: -count)
    case .week: date.adding(days: -7 * count)
    default: date.adding(days: -count)
    }
  }

  // MARK: Values

  /// What a step comes to.
  func result(_ step: Int32) -> Result {
    switch steps[Int(step)] {
    case .null: return .null
    case .number(let number): return .value(.number(number))
    case .constant(let index): return .value(constants[Int(index)])
    case .symbol(let reference): return fact(reference)
    case .scaled(let a, let scale):
      return Calculation.scaled(result(a), by: scales[Int(scale)])
    case .arithmetic(let operation, let a, let b, let whole):
      return Calculation.apply(operation, result(a), result(b), whole: whole)
    case .function(let function, let a, let whole):
      return Calculation.apply(function, result(a), whole: whole)
    case .round(let a, let places):
      return Result.combined(result(a), result(places)) { value, places in
        guard case .number(let number) = value, case .number(let places) = places else {
          return .null
        }
        return Result(number.rounded(to: places.wholeNumber ?? 0))
      }
    case .log(let a, let base):
      return Result.combined(result(a), result(base)) { value, base in
        guard case .number(let number) = value, case .number(let base) = base else { return .null }
        return Result(Calculation.logarithm(number, base: base))
      }
    case .conditional(let run): return conditional(run) { truth($0) }
    case .cases(let subject, let run):
      let wanted = result(subject)
      return conditional(run) { Comparing.compare(.equal, wanted, result($0)) }
    case .coalesce(let run): return coalesce(run)
    case .extreme(let run, let isLargest): return extreme(run, isLargest: isLargest)
    case .interval(let low, let high, let includesLow, let includesHigh, let whole):
      return interval(low, high, includesLow, includesHigh, whole: whole)
    default: return truth(step).result
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

  /// The result of the first condition that holds; of all that may, where some are unknown.
  ///
  /// A condition that nothing can settle does not hold, as in CQL.
  private func conditional(_ run: Program.Operands, _ holds: (Int32) -> Truth) -> Result {
    var doubt: Doubt?
    var possible: [Result] = []
    var chosen = operand(run, Int(run.count) - 1)
    for offset in stride(from: 0, to: Int(run.count) - 1, by: 2) {
      let condition = holds(operand(run, offset))
      if condition.isYes {
        chosen = operand(run, offset + 1)
        break
      }
      if case .unknown(let more) = condition, !more.isPermanent {
        Doubt.add(more, to: &doubt)
        possible.append(result(operand(run, offset + 1)))
      }
    }
    let found = result(chosen)
    guard let doubt else { return found }
    return Result.merged(possible + [found], doubt)
  }

  private func coalesce(_ run: Program.Operands) -> Result {
    for offset in 0..<Int(run.count) {
      let found = result(operand(run, offset))
      if case .unknown = found { continue }
      return found
    }
    return .null
  }

  private func extreme(_ run: Program.Operands, isLargest: Bool) -> Result {
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

  private func interval(
    _ low: Int32, _ high: Int32, _ includesLow: Bool, _ includesHigh: Bool, whole: Bool
  ) -> Result {
    Result.combined(
      low < 0 ? .value(.boolean(false)) : result(low),
      high < 0 ? .value(.boolean(false)) : result(high)
    ) { a, b in
      let step = whole ? FixedDecimal.one : FixedDecimal.step
      var bounds = NumberInterval(low: nil, high: nil)
      if case .number(let number) = a {
        guard let first = includesLow ? number : number.plus(step) else { return .null }
        bounds = NumberInterval(low: .init(first, isIncluded: true), high: nil)
      }
      if case .number(let number) = b {
        guard let last = includesHigh ? number : number.minus(step) else { return .null }
        bounds = NumberInterval(low: bounds.low, high: .init(last, isIncluded: true))
      }
      if let first = bounds.low, let last = bounds.high, first.value > last.value { return .null }
      return .value(.interval(bounds))
    }
  }
}
