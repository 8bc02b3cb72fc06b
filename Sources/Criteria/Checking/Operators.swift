import Quantities

extension Checker {
  mutating func binary(
    _ symbol: BinaryOperator, _ left: Syntax, _ right: Syntax, _ place: Position
  ) -> Typed {
    switch symbol {
    case .implies, .xor:
      let (a, b) = (truth(check(left)), truth(check(right)))
      return add(
        symbol == .xor ? .xor(a.step, b.step) : .implies(a.step, b.step), .boolean, place,
        over: [a, b])
    case .membership: return membership(left, right, place)
    case .intersect:
      return fail(
        place, "write \"exists (name intersect { 'a', 'b' })\" to ask whether sets overlap")
    case .equal: return comparison(.equal, check(left), check(right), place)
    case .less: return comparison(.less, check(left), check(right), place)
    case .lessOrEqual: return comparison(.lessOrEqual, check(left), check(right), place)
    case .greater: return comparison(.greater, check(left), check(right), place)
    case .greaterOrEqual: return comparison(.greaterOrEqual, check(left), check(right), place)
    case .unequal:
      let same = comparison(.equal, check(left), check(right), place)
      return add(.not(same.step), .boolean, place, over: [same])
    case .equivalent, .inequivalent:
      guard let (a, b) = fitted(check(left), check(right), comparing: .equal, place) else {
        return add(.null, .boolean, place, isConstant: false)
      }
      let same = add(
        .equivalent(a.step, b.step, asNumbers: a.type.isNumeric), .boolean, place, over: [a, b])
      if symbol == .equivalent { return same }
      return add(.not(same.step), .boolean, place, over: [same])
    case .plus: return sum(.plus, check(left), check(right), place)
    case .minus: return sum(.minus, check(left), check(right), place)
    case .div: return sum(.div, check(left), check(right), place)
    case .mod: return sum(.mod, check(left), check(right), place)
    case .times, .divided: return product(symbol, check(left), check(right), place)
    case .power: return power(check(left), check(right), place)
    }
  }

  // MARK: Comparing

  private mutating func comparison(
    _ comparison: Program.Comparison, _ left: Typed, _ right: Typed, _ place: Position
  ) -> Typed {
    for (null, other) in [(left, right), (right, left)]
    where null.isNull && !other.isConstant && other.type != .any {
      return fail(place, "nothing is equal to, more or less than null; write 'is null'")
    }
    guard let (a, b) = fitted(left, right, comparing: comparison, place) else {
      return add(.null, .boolean, place, isConstant: false)
    }
    return add(.compare(comparison, a.step, b.step), .boolean, place, over: [a, b])
  }

  /// Two operands made comparable; nil after an error.
  mutating func fitted(
    _ left: Typed, _ right: Typed, comparing comparison: Program.Comparison, _ place: Position
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
    _ value: Typed, _ comparison: Program.Comparison, _ place: Position
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
    case (.choice, .string), (.choice, .choice), (.boolean, .boolean), (.string, .string),
      (.choices, .choices), (.event, .event):
      if value.type == target.type { return value }
    case (.interval(let own), .interval(let other)):
      if own.isPlainNumber && other.isPlainNumber || own == other || own == .any || other == .any {
        return value
      }
      _ = fail(value.position, "write both intervals in one unit")
      return nil
    default:
      if value.type.isNumeric, target.type.isNumeric { return fittedNumber(value, to: target) }
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
    guard case .constant(let index) = program.steps[Int(value.step)],
      case .string(let id) = program.constants[Int(index)]
    else {
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
      if let numbers = target.numbers, case .number(let number) = program.steps[Int(value.step)],
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
    let result = add(
      .scaled(value.step, scale: Int32(program.scales.count - 1)), type, value.position,
      over: [value])
    guard case .number(let number) = program.steps[Int(value.step)] else { return result }
    guard case .number = program.steps[Int(result.step)] else {
      _ = fail(value.position, "the value is out of range in the unit that it is compared in")
      return nil
    }
    notes.written[result.step] = Quantity(number, unit)
    return result
  }

  // MARK: Membership

  mutating func between(
    _ value: Typed, low: Typed?, high: Typed?, includesLow: Bool, includesHigh: Bool,
    _ place: Position
  ) -> Typed {
    var target = value
    // A constant between two variables is brought to their unit.
    if value.isConstant,
      let other = [low, high].compactMap({ $0 }).first(where: { !$0.isConstant })
    {
      guard let moved = fitted(value, to: other) else {
        return add(.null, .boolean, place, isConstant: false)
      }
      target = moved
    }
    var bounds: [Int32] = []
    var children = [target]
    for bound in [low, high] {
      guard let bound else {
        bounds.append(-1)
        continue
      }
      guard let moved = fitted(bound, to: target) else {
        return add(.null, .boolean, place, isConstant: false)
      }
      bounds.append(moved.step)
      children.append(moved)
    }
    guard isComparable(target, .less, place) else {
      return add(.null, .boolean, place, isConstant: false)
    }
    if bounds[0] >= 0, bounds[1] >= 0, case .number(let first) = program.steps[Int(bounds[0])],
      case .number(let last) = program.steps[Int(bounds[1])], first > last
    {
      return fail(place, "the lower bound is above the upper one: nothing lies between them")
    }
    return add(
      .between(
        target.step, low: bounds[0], high: bounds[1], includesLow: includesLow,
        includesHigh: includesHigh), .boolean, place, over: children)
  }

  private mutating func membership(_ left: Syntax, _ right: Syntax, _ place: Position) -> Typed {
    switch right.kind {
    case .interval(let low, let high, let includesLow, let includesHigh):
      let value = check(left)
      let bounds = [check(low), check(high)]
      if bounds.allSatisfy(\.isNull) { return falsehood(place, after: value) }
      // For what is wrong with the interval by itself.
      let whole = interval(bounds, includesLow, includesHigh, right.position)
      guard whole.type != .any else { return whole }
      return between(
        value, low: bounds[0].isNull && includesLow ? nil : bounds[0],
        high: bounds[1].isNull && includesHigh ? nil : bounds[1], includesLow: includesLow,
        includesHigh: includesHigh, place)
    case .list(let elements):
      let value = check(left)
      if case .choices = value.type {
        return fail(
          value.position,
          "several answers may hold; write \"exists (name intersect { … })\" to ask for any")
      }
      guard value.isConstant || isComparable(value, .equal, place) else {
        return add(.null, .boolean, place, isConstant: false)
      }
      var steps: [Typed] = []
      for element in elements {
        if let moved = fitted(check(element), to: value) { steps.append(moved) }
      }
      let operands = run(steps.map(\.step))
      return add(.isOneOf(value.step, operands), .boolean, place, over: [value] + steps)
    default: break
    }
    let set = check(right)
    guard case .choices(let options) = set.type else {
      if set.type == .any, !set.isNull { return set }
      return fail(
        set.position, "a list, an interval or a set of answers is expected after 'in'")
    }
    let answer = check(left)
    guard answer.type == .string, let moved = option(answer, of: options),
      case .constant(let index) = program.steps[Int(moved.step)],
      case .choice(let position) = program.constants[Int(index)]
    else {
      if answer.type != .string, answer.type != .any {
        _ = fail(answer.position, "one of \(options.list) is expected before 'in'")
      }
      return add(.null, .boolean, place, isConstant: false)
    }
    return add(.includes(set.step, option: Int32(position)), .boolean, place, over: [set])
  }

  private mutating func falsehood(_ place: Position, after value: Typed) -> Typed {
    program.constants.append(.boolean(false))
    return add(
      .constant(Int32(program.constants.count - 1)), .boolean, place,
      isConstant: value.isConstant)
  }

  mutating func exists(_ operand: Syntax, _ place: Position) -> Typed {
    guard case .binary(.intersect, let left, let right) = operand.kind,
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
      if let moved = option(answer, of: options),
        case .constant(let index) = program.steps[Int(moved.step)],
        case .choice(let position) = program.constants[Int(index)]
      {
        mask |= 1 << UInt64(position)
      }
    }
    return add(.intersects(set.step, mask: mask), .boolean, place, over: [set])
  }
}

extension ValueType {
  /// A number with or without a unit.
  var isNumeric: Bool {
    switch self {
    case .integer, .decimal, .quantity: true
    default: false
    }
  }

  /// A number without a unit, or of the unit 1.
  var isPlainNumber: Bool {
    switch self {
    case .integer, .decimal: true
    case .quantity(let unit, _): unit.code == "1"
    default: false
    }
  }
}
