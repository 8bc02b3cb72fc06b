import Quantities

extension Checker {
  mutating func prefix(
    _ symbol: PrefixOperator, _ operand: Syntax, _ place: Position, asDecimal: Bool
  ) -> Typed {
    switch symbol {
    case .not: return not(truth(check(operand)), place)
    case .exists: return exists(operand, place)
    case .positive: return number(check(operand, asDecimal: asDecimal), "a sign")
    case .negative:
      let value = number(check(operand, asDecimal: asDecimal), "a sign")
      return function(.negative, of: value, value.type, place)
    }
  }

  mutating func junction(_ symbol: Junction, _ operands: [Syntax], _ place: Position) -> Typed {
    let values = truths(operands)
    let run = conditions(values)
    return add(.junction(symbol, run), place, over: values)
  }

  mutating func atLeast(_ count: Int, _ operands: [Syntax], _ place: Position) -> Typed {
    let values = truths(operands)
    let run = conditions(values)
    return add(.atLeast(Int32(count), run), place, over: values)
  }

  private mutating func truths(_ operands: [Syntax]) -> [Typed] {
    var values: [Typed] = []
    for operand in operands { values.append(truth(check(operand))) }
    return values
  }

  mutating func infix(
    _ symbol: InfixOperator, _ left: Syntax, _ right: Syntax, _ place: Position
  ) -> Typed {
    switch symbol {
    case .connective(let connective): connected(connective, left, right, place)
    case .comparison(let comparison): compared(comparison, left, right, place)
    case .likeness(.unequal): not(compared(.equal, left, right, place), place)
    case .likeness(.equivalent): equivalent(left, right, place)
    case .likeness(.inequivalent): not(equivalent(left, right, place), place)
    case .membership(.isIn): membership(left, right, place)
    case .membership(.intersect):
      fail(place, "write \"exists (name intersect { 'a', 'b' })\" to ask whether sets overlap")
    case .arithmetic(let operation):
      arithmetic(operation, check(left), check(right), place)
    }
  }

  private mutating func connected(
    _ symbol: Connective, _ left: Syntax, _ right: Syntax, _ place: Position
  ) -> Typed {
    let values = truths([left, right])
    let (a, b) = (condition(values[0]), condition(values[1]))
    return add(.connective(symbol, a, b), place, over: values)
  }

  mutating func test(_ test: Test, _ operand: Syntax, negated: Bool, _ place: Position) -> Typed {
    let result = self.test(test, check(operand), place)
    return negated ? not(result, place) : result
  }

  mutating func test(_ test: Test, _ operand: Typed, _ place: Position) -> Typed {
    let value = test.takesCondition ? truth(operand) : operand
    let index = term(value)
    return add(.test(test, index), place, over: [value])
  }

  mutating func event(_ symbol: EventOperator, _ event: Syntax, _ place: Position) -> Typed {
    guard let reference = reference(event, symbol.entry.words) else { return unknown(.any, place) }
    return happening(.event(symbol, reference), place)
  }

  mutating func window(
    _ symbol: WindowOperator, _ event: Syntax, _ window: Window, _ place: Position
  ) -> Typed {
    guard let reference = reference(event, symbol.entry.words) else { return unknown(.any, place) }
    return happening(.window(symbol, reference, window), place)
  }

  private mutating func happening(_ condition: Program.Condition, _ place: Position) -> Typed {
    var result = add(condition, place, over: [])
    result.isConstant = false
    return result
  }

  // MARK: Comparing

  private mutating func compared(
    _ comparison: Comparison, _ left: Syntax, _ right: Syntax, _ place: Position
  ) -> Typed {
    compared(comparison, check(left), check(right), place)
  }

  private mutating func compared(
    _ comparison: Comparison, _ left: Typed, _ right: Typed, _ place: Position
  ) -> Typed {
    for (null, other) in [(left, right), (right, left)]
    where null.isNull && !other.isConstant && other.type != .any {
      return fail(place, "nothing is equal to, more or less than null; write 'is null'")
    }
    guard let (a, b) = fitted(left, right, comparing: comparison, place) else {
      return unknown(.boolean, place)
    }
    let (first, second) = (term(a), term(b))
    return add(.compare(comparison, first, second), place, over: [a, b])
  }

  private mutating func equivalent(_ left: Syntax, _ right: Syntax, _ place: Position) -> Typed {
    guard let (a, b) = fitted(check(left), check(right), comparing: .equal, place) else {
      return unknown(.boolean, place)
    }
    let (first, second) = (term(a), term(b))
    return add(
      .equivalent(first, second, asNumbers: a.type.isNumeric), place, over: [a, b])
  }

  /// Two operands made comparable; nil after an error.
  mutating func fitted(
    _ left: Typed, _ right: Typed, comparing comparison: Comparison, _ place: Position
  ) -> (Typed, Typed)? {
    // A constant is brought to what it is compared with.
    if left.isConstant, !right.isConstant {
      guard let moved = fitted(left, to: right) else { return nil }
      return isComparable(right, comparison, place) ? (moved, right) : nil
    }
    guard let moved = fitted(right, to: left) else { return nil }
    return isComparable(left, comparison, place) ? (left, moved) : nil
  }

  private mutating func isComparable(
    _ value: Typed, _ comparison: Comparison, _ place: Position
  ) -> Bool {
    let reason: String
    switch value.type {
    case .any, .integer, .decimal, .quantity: return true
    case .choice(let options):
      if comparison == .equal || options.isOrdered { return true }
      reason = "the answers \(options.list) have no order; compare with '=' or 'in'"
    case .boolean, .string, .interval:
      if comparison == .equal { return true }
      reason = "\(value.type.name) is neither more nor less than another; compare with '='"
    case .choices:
      reason = "several answers may hold; write \"'…' in\" and the name"
    case .event:
      reason = "an event is not compared; write 'ever', 'ongoing' or 'within 1 month' after it"
    }
    _ = fail(place, reason)
    return false
  }

  /// The operand in the type and the unit of another one; nil after an error.
  mutating func fitted(_ value: Typed, to target: Typed) -> Typed? {
    switch (value.type, target.type) {
    case (.any, _), (_, .any): return value
    case (.string, .choice(let options)): return option(value, of: options)
    case (.interval(let own), .interval(let other)):
      if own.isPlainNumber && other.isPlainNumber || own == other || own == .any || other == .any {
        return value
      }
      _ = fail(value.position, "write both intervals in one unit")
      return nil
    case (.integer, _), (.decimal, _), (.quantity, _):
      if target.type.isNumeric { return fittedNumber(value, to: target) }
    case (.boolean, _), (.choice, _), (.choices, _), (.event, _), (.string, _), (.interval, _):
      if value.type == target.type { return value }
    }
    if case .choices = target.type, value.type == .string {
      _ = fail(target.position, "several answers may hold; write \"'…' in\" and the name")
    } else {
      _ = fail(
        value.position, "\(value.type.name) does not compare with \(target.type.name)")
    }
    return nil
  }

  private mutating func option(_ value: Typed, of options: Options) -> Typed? {
    guard case .string(let id) = constant(of: value) else {
      _ = fail(value.position, "one of \(options.list) is expected here")
      return nil
    }
    guard let position = options.all.firstIndex(where: { $0.id == id }) else {
      _ = fail(
        value.position, "'\(id)' is not one of \(options.list)",
        suggestions: nearestNames(to: id, among: options.all.map(\.id)))
      return nil
    }
    program.constants.append(.choice(position))
    return add(
      .constant(Int32(program.constants.count - 1)), .choice(options), value.position,
      isConstant: true)
  }

  private mutating func fittedNumber(_ value: Typed, to target: Typed) -> Typed? {
    if value.type.isPlainNumber, target.type.isPlainNumber {
      if let numbers = target.numbers, let number = number(of: value),
        let low = numbers.min(), let high = numbers.max(),
        number < FixedDecimal(low) || number > FixedDecimal(high)
      {
        _ = fail(value.position, "\(number) is out of the range from \(low) to \(high)")
        return nil
      }
      return value
    }
    guard case .quantity(let own, let ours) = value.type,
      case .quantity(let unit, let theirs) = target.type
    else {
      let (plain, measured) = value.type.isPlainNumber ? (value, target) : (target, value)
      if measured.isConstant, !plain.isConstant {
        _ = fail(measured.position, "this is compared with a number without a unit; leave it out")
        return nil
      }
      var hint = ""
      if case .quantity(let unit, _) = measured.type {
        let word = CalendarUnit(code: unit.code).map { "\($0.rawValue)s" } ?? "'\(unit.code)'"
        hint = "; write it with a unit, such as \(word)"
      }
      _ = fail(
        plain.position,
        "a number without a unit does not compare with \(measured.type.name)\(hint)")
      return nil
    }
    var same = value
    same.type = target.type
    if own == unit { return same }
    do {
      let scale = try own.scale(to: unit, as: theirs.isEmpty ? ours : theirs)
      return scale == .one ? same : scaled(value, by: scale, from: own, to: target.type)
    } catch {
      var message = error.description
      if case .unlike = error.reason { message += "; a quantity in \(unit.code) is expected" }
      _ = fail(value.position, message)
      return nil
    }
  }

  private mutating func scaled(
    _ value: Typed, by scale: Scale, from unit: Unit, to type: ValueType
  ) -> Typed? {
    program.scales.append(scale)
    let index = term(value)
    let result = add(
      .scaled(index, scale: Int32(program.scales.count - 1)), type, value.position, over: [value])
    guard let number = number(of: value) else { return result }
    guard self.number(of: result) != nil else {
      _ = fail(value.position, "the value is out of range in the unit that it is compared in")
      return nil
    }
    notes.written[term(result)] = Quantity(number, unit)
    return result
  }

  // MARK: Membership

  mutating func range(
    _ symbol: RangeOperator, _ value: Syntax, _ low: Syntax, _ high: Syntax, _ place: Position
  ) -> Typed {
    let includesBounds =
      switch symbol {
      case .between: true
      case .properlyBetween: false
      }
    return between(
      check(value), low: check(low), high: check(high), includesLow: includesBounds,
      includesHigh: includesBounds, place)
  }

  private mutating func between(
    _ value: Typed, low: Typed?, high: Typed?, includesLow: Bool, includesHigh: Bool,
    _ place: Position
  ) -> Typed {
    var target = value
    // A constant between two variables is brought to their unit.
    if value.isConstant,
      let other = [low, high].compactMap({ $0 }).first(where: { !$0.isConstant })
    {
      guard let moved = fitted(value, to: other) else { return unknown(.boolean, place) }
      target = moved
    }
    var bounds: [Typed?] = []
    for bound in [low, high] {
      guard let bound else {
        bounds.append(nil)
        continue
      }
      guard let moved = fitted(bound, to: target) else { return unknown(.boolean, place) }
      bounds.append(moved)
    }
    guard isComparable(target, .less, place) else { return unknown(.boolean, place) }
    if let first = bounds[0].flatMap(number(of:)), let last = bounds[1].flatMap(number(of:)),
      first > last
    {
      return fail(place, "the lower bound is above the upper one: nothing lies between them")
    }
    let index = term(target)
    let ends = Program.Bounds(
      low: end(bounds[0]), high: end(bounds[1]), includesLow: includesLow,
      includesHigh: includesHigh)
    return add(.between(index, ends), place, over: [target] + bounds.compactMap { $0 })
  }

  mutating func end(_ bound: Typed?) -> Program.Index<Program.Term>? {
    guard let bound else { return nil }
    return term(bound)
  }

  private mutating func membership(_ left: Syntax, _ right: Syntax, _ place: Position) -> Typed {
    if case .interval(let low, let high, let includesLow, let includesHigh) = right.kind {
      return isInside(left, [low, high], includesLow, includesHigh, place, right.position)
    }
    if case .list(let elements) = right.kind { return isOneOf(left, elements, place) }
    return isAmong(left, right, place)
  }

  private mutating func isInside(
    _ left: Syntax, _ ends: [Syntax], _ includesLow: Bool, _ includesHigh: Bool, _ place: Position,
    _ intervalPlace: Position
  ) -> Typed {
    let value = check(left)
    let bounds = [check(ends[0]), check(ends[1])]
    if bounds.allSatisfy(\.isNull) { return falsehood(place, after: value) }
    // For what is wrong with the interval by itself.
    let whole = interval(bounds, includesLow, includesHigh, intervalPlace)
    guard whole.type != .any else { return whole }
    return between(
      value, low: bounds[0].isNull && includesLow ? nil : bounds[0],
      high: bounds[1].isNull && includesHigh ? nil : bounds[1], includesLow: includesLow,
      includesHigh: includesHigh, place)
  }

  private mutating func isOneOf(_ left: Syntax, _ elements: [Syntax], _ place: Position) -> Typed {
    let value = check(left)
    if case .choices = value.type {
      return fail(
        value.position,
        "several answers may hold; write \"exists (name intersect { … })\" to ask for any")
    }
    guard value.isConstant || isComparable(value, .equal, place) else {
      return unknown(.boolean, place)
    }
    var values: [Typed] = []
    for element in elements {
      if let moved = fitted(check(element), to: value) { values.append(moved) }
    }
    let index = term(value)
    let run = terms(values)
    return add(.isOneOf(index, run), place, over: [value] + values)
  }

  /// Whether an answer is among several.
  private mutating func isAmong(_ left: Syntax, _ right: Syntax, _ place: Position) -> Typed {
    let set = check(right)
    guard case .choices(let options) = set.type else {
      if set.type == .any, !set.isNull { return set }
      return fail(
        set.position, "a list, an interval or a set of answers is expected after 'in'")
    }
    let answer = check(left)
    guard answer.type == .string, let position = position(of: answer, in: options) else {
      if answer.type != .string, answer.type != .any {
        _ = fail(answer.position, "one of \(options.list) is expected before 'in'")
      }
      return unknown(.boolean, place)
    }
    let index = term(set)
    return add(.includes(index, option: Int32(position)), place, over: [set])
  }

  /// Where an answer stands among all; nil after an error.
  private mutating func position(of answer: Typed, in options: Options) -> Int? {
    guard let moved = option(answer, of: options), case .choice(let position) = constant(of: moved)
    else { return nil }
    return position
  }

  private mutating func falsehood(_ place: Position, after value: Typed) -> Typed {
    program.constants.append(.boolean(false))
    return add(
      .constant(Int32(program.constants.count - 1)), .boolean, place,
      isConstant: value.isConstant)
  }

  private mutating func exists(_ operand: Syntax, _ place: Position) -> Typed {
    guard case .infix(.membership(.intersect), let left, let right) = operand.kind,
      case .list(let elements) = right.kind
    else {
      return fail(place, "'exists' is written as in \"exists (name intersect { 'a', 'b' })\"")
    }
    let set = check(left)
    if set.type == .any, !set.isNull { return set }
    guard case .choices(let options) = set.type else {
      return fail(set.position, "a set of answers is expected here, and this is \(set.type.name)")
    }
    var mask: UInt64 = 0
    for element in elements {
      let answer = check(element)
      guard answer.type == .string else {
        if answer.type != .any {
          _ = fail(answer.position, "one of \(options.list) is expected here")
        }
        continue
      }
      if let position = position(of: answer, in: options) { mask |= 1 << UInt64(position) }
    }
    let index = term(set)
    return add(.intersects(index, mask: mask), place, over: [set])
  }
}

extension ValueType {
  /// A number with or without a unit.
  var isNumeric: Bool {
    switch self {
    case .integer, .decimal, .quantity: true
    case .any, .boolean, .choice, .choices, .event, .string, .interval: false
    }
  }

  /// A number without a unit, or of the unit 1.
  var isPlainNumber: Bool {
    switch self {
    case .integer, .decimal: true
    case .quantity(let unit, _): unit.code == "1"
    case .any, .boolean, .choice, .choices, .event, .string, .interval: false
    }
  }
}
