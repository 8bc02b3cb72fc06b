import Quantities

extension Checker {
  // MARK: Arithmetic

  /// A sum, a difference, a whole quotient or a remainder: of two numbers or of two quantities.
  mutating func sum(
    _ operation: Program.Arithmetic, _ left: Typed, _ right: Typed, _ place: Position
  ) -> Typed {
    let (a, b) = (number(left, "arithmetic"), number(right, "arithmetic"))
    var (first, second) = (a, b)
    if operation == .div, case .quantity = a.type, b.type.isPlainNumber {
      // A quantity shared out.
    } else if a.isConstant, !b.isConstant {
      guard let moved = fitted(a, to: b) else { return add(.null, .any, place, isConstant: false) }
      first = moved
    } else {
      guard let moved = fitted(b, to: a) else { return add(.null, .any, place, isConstant: false) }
      second = moved
    }
    let type = common([first.type, second.type])
    return add(
      .arithmetic(operation, first.step, second.step, whole: type == .integer), type, place,
      over: [first, second])
  }

  mutating func product(
    _ symbol: BinaryOperator, _ left: Typed, _ right: Typed, _ place: Position
  ) -> Typed {
    let isQuotient = symbol == .divided
    let operation: Program.Arithmetic = isQuotient ? .divided : .times
    let a = number(left, "arithmetic")
    var b = number(right, "arithmetic")
    var type: ValueType
    switch (a.type, b.type) {
    case (.any, _), (_, .any): type = a.type == .any ? b.type : a.type
    case (.quantity(let unit, let substances), .quantity(let other, let others)):
      if isQuotient, let scale = try? other.scale(to: unit, as: substances + others) {
        if scale != .one, let moved = fitted(b, to: a) { b = moved }
        type = .quantity(.one, substances: [])
      } else {
        guard let result = isQuotient ? unit.divided(by: other) : unit.times(other) else {
          return fail(place, "the unit of the result is too complicated")
        }
        type = .quantity(result, substances: [])
      }
    case (.quantity, _): type = a.type
    case (_, .quantity(let unit, let substances)):
      type = b.type
      if isQuotient {
        guard let inverse = Unit.one.divided(by: unit) else {
          return fail(place, "the unit of the result is too complicated")
        }
        type = .quantity(inverse, substances: substances)
      }
    default: type = common([a.type, b.type])
    }
    if isQuotient, type == .integer { type = .decimal }
    return add(
      .arithmetic(operation, a.step, b.step, whole: type == .integer), type, place, over: [a, b])
  }

  mutating func power(_ left: Typed, _ right: Typed, _ place: Position) -> Typed {
    let a = plainNumber(left, "a power")
    let b = plainNumber(right, "a power")
    var type = ValueType.decimal
    // Two to the power of minus two is no whole number.
    if a.type == .integer, b.type == .integer,
      case .number(let exponent) = program.steps[Int(b.step)],
      exponent.sign >= 0
    {
      type = .integer
    }
    return add(
      .arithmetic(.power, a.step, b.step, whole: type == .integer), type, place, over: [a, b])
  }

  /// The type that all of several values have after they were fitted.
  func common(_ types: [ValueType]) -> ValueType {
    var result = ValueType.any
    for type in types where type != .any {
      if result == .any || result == .integer && type.isPlainNumber { result = type }
    }
    return result
  }

  // MARK: Choosing

  /// `if` and both forms of `case`.
  mutating func conditional(
    _ branches: [(Syntax, Syntax)], otherwise: Syntax, subject: Syntax?, _ place: Position
  ) -> Typed {
    let wanted = subject.map { check($0) }
    var conditions: [Typed] = []
    var results: [Typed] = []
    for (when, then) in branches {
      let condition = check(when)
      if let wanted {
        conditions.append(fitted(condition, to: wanted) ?? condition)
      } else {
        conditions.append(truth(condition))
      }
      results.append(check(then))
    }
    results.append(check(otherwise))
    results = fitted(results)
    var steps: [Int32] = []
    for (condition, result) in zip(conditions, results) { steps += [condition.step, result.step] }
    steps += results.suffix(1).map(\.step)
    let operands = run(steps)
    let type = common(results.map(\.type))
    let children = conditions + results + (wanted.map { [$0] } ?? [])
    return add(
      wanted.map { .cases($0.step, operands) } ?? .conditional(operands), type, place,
      over: children)
  }

  /// Values of which one is chosen, in the type and unit of the first that has one.
  private mutating func fitted(_ values: [Typed]) -> [Typed] {
    guard
      let target = values.first(where: { $0.type != .any && !$0.isConstant })
        ?? values.first(where: { $0.type != .any })
    else { return values }
    var plain = target
    plain.numbers = nil
    return values.map { fitted($0, to: plain) ?? $0 }
  }

  mutating func interval(
    _ ends: [Typed], _ includesLow: Bool, _ includesHigh: Bool, _ place: Position
  ) -> Typed {
    var bounds = ends
    for bound in bounds where bound.type != .any && !bound.type.isNumeric {
      return fail(bound.position, "an interval lies between numbers, not \(bound.type.name)")
    }
    bounds = fitted(bounds)
    let point = common(bounds.map(\.type))
    let steps = zip(bounds, [includesLow, includesHigh]).map { bound, isIncluded in
      bound.isNull && isIncluded ? -1 : bound.step
    }
    let result = add(
      .interval(
        steps[0], steps[1], includesLow: includesLow, includesHigh: includesHigh,
        whole: point == .integer), .interval(of: point), place, over: bounds)
    if result.isConstant, bounds.allSatisfy({ !$0.isNull }),
      case .null = program.steps[Int(result.step)]
    {
      return fail(place, "the interval is empty: its lower bound is not below its upper one")
    }
    return result
  }

  // MARK: Functions

  static let functions = [
    "Abs", "Ceiling", "Coalesce", "Exp", "Floor", "IsFalse", "IsNull", "IsTrue", "Ln", "Log", "Max",
    "Min", "Power", "Round", "Truncate",
  ]

  mutating func call(_ name: String, _ arguments: [Syntax], _ place: Position) -> Typed {
    let counts: ClosedRange<Int>
    switch name {
    case "Abs", "Ceiling", "Exp", "Floor", "IsFalse", "IsNull", "IsTrue", "Ln", "Max", "Min",
      "Truncate":
      counts = 1...1
    case "Log", "Power": counts = 2...2
    case "Round": counts = 1...2
    case "Coalesce": counts = 2...Int.max
    default:
      let right =
        Self.functions.filter { $0.lowercased() == name.lowercased() }
      return fail(
        place, "there is no function '\(name)'",
        suggestions: right.isEmpty ? nearestNames(to: name, among: Self.functions) : right)
    }
    guard counts.contains(arguments.count) else {
      let wanted =
        counts.upperBound == Int.max
        ? "two or more values"
        : counts == 1...1
          ? "one value"
          : counts == 1...2
            ? "a number and, if wanted, how many decimals" : "two values"
      return fail(place, "\(name) takes \(wanted)")
    }
    switch name {
    case "IsNull": return test(check(arguments[0]), .null, place)
    case "IsTrue": return test(check(arguments[0]), .true, place)
    case "IsFalse": return test(check(arguments[0]), .false, place)
    case "Max", "Min": return extreme(name, arguments[0], place)
    case "Coalesce":
      let values = fitted(arguments.map { check($0) })
      let operands = run(values.map(\.step))
      return add(.coalesce(operands), common(values.map(\.type)), place, over: values)
    case "Abs":
      let value = number(check(arguments[0]), name)
      return add(
        .function(.absolute, value.step, whole: value.type == .integer), value.type, place,
        over: [value])
    case "Power": return power(check(arguments[0]), check(arguments[1]), place)
    case "Log":
      let value = plainNumber(check(arguments[0], asDecimal: true), name)
      let base = plainNumber(check(arguments[1], asDecimal: true), name)
      return add(.log(value.step, base: base.step), .decimal, place, over: [value, base])
    case "Round":
      let value = plainNumber(check(arguments[0], asDecimal: true), name)
      let places =
        arguments.count > 1
        ? plainNumber(check(arguments[1]), name)
        : add(.number(0), .integer, place, isConstant: true)
      return add(.round(value.step, places: places.step), .decimal, place, over: [value, places])
    default: return function(name, arguments[0], place)
    }
  }

  private mutating func function(_ name: String, _ argument: Syntax, _ place: Position) -> Typed {
    let value = plainNumber(check(argument, asDecimal: true), name)
    let function: Program.Function
    switch name {
    case "Ceiling": function = .ceiling
    case "Floor": function = .floor
    case "Truncate": function = .truncate
    case "Ln": function = .ln
    default: function = .exp
    }
    let isWhole = function != .ln && function != .exp
    let result = add(
      .function(function, value.step, whole: isWhole), isWhole ? .integer : .decimal, place,
      over: [value])
    if case .number(let number) = program.steps[Int(value.step)] {
      if function == .ln, number == .zero {
        return fail(place, "the logarithm of 0 does not exist")
      }
      if function == .exp, case .null = program.steps[Int(result.step)] {
        return fail(place, "the result of Exp is out of range")
      }
    }
    return result
  }

  private mutating func extreme(_ name: String, _ argument: Syntax, _ place: Position) -> Typed {
    guard case .list(let elements) = argument.kind, !elements.isEmpty else {
      return fail(place, "\(name) takes a list of numbers, as in \(name)({ a, b })")
    }
    let values = fitted(elements.map { number(check($0), name) })
    let operands = run(values.map(\.step))
    return add(
      .extreme(operands, isLargest: name == "Max"), common(values.map(\.type)), place, over: values)
  }
}
