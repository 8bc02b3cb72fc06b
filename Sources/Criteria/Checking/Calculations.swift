import Quantities

extension Checker {
  // MARK: Arithmetic

  mutating func arithmetic(
    _ operation: Arithmetic, _ left: Typed, _ right: Typed, _ place: Position
  ) -> Typed {
    switch operation {
    case .plus, .minus, .div, .mod: sum(operation, left, right, place)
    case .times, .divided: product(operation, left, right, place)
    case .power: power(left, right, place)
    }
  }

  /// A sum, a difference, a whole quotient or a remainder: of two numbers or of two quantities.
  private mutating func sum(
    _ operation: Arithmetic, _ left: Typed, _ right: Typed, _ place: Position
  ) -> Typed {
    let (a, b) = (number(left, "arithmetic"), number(right, "arithmetic"))
    var (first, second) = (a, b)
    if operation == .div, case .quantity = a.type, b.type.isPlainNumber {
      // A quantity shared out.
    } else if a.isConstant, !b.isConstant {
      guard let moved = fitted(a, to: b) else { return unknown(.any, place) }
      first = moved
    } else {
      guard let moved = fitted(b, to: a) else { return unknown(.any, place) }
      second = moved
    }
    return calculated(operation, first, second, common([first.type, second.type]), place)
  }

  private mutating func calculated(
    _ operation: Arithmetic, _ a: Typed, _ b: Typed, _ type: ValueType, _ place: Position
  ) -> Typed {
    let (first, second) = (term(a), term(b))
    return add(
      .arithmetic(operation, first, second, whole: type == .integer), type, place, over: [a, b])
  }

  private mutating func product(
    _ operation: Arithmetic, _ left: Typed, _ right: Typed, _ place: Position
  ) -> Typed {
    let isQuotient = operation == .divided
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
    case (.integer, _), (.decimal, _), (.boolean, _), (.choice, _), (.choices, _), (.event, _),
      (.string, _), (.interval, _):
      type = common([a.type, b.type])
    }
    if isQuotient, type == .integer { type = .decimal }
    return calculated(operation, a, b, type, place)
  }

  private mutating func power(_ left: Typed, _ right: Typed, _ place: Position) -> Typed {
    let a = plainNumber(left, "a power")
    let b = plainNumber(right, "a power")
    var type = ValueType.decimal
    // Two to the power of minus two is no whole number.
    if a.type == .integer, b.type == .integer, let exponent = number(of: b), exponent.sign >= 0 {
      type = .integer
    }
    return calculated(.power, a, b, type, place)
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

  /// `if`, and `case` without a subject.
  mutating func conditional(
    _ branches: [Syntax.Branch], _ otherwise: Syntax, _ place: Position
  ) -> Typed {
    var tests: [Typed] = []
    var results: [Typed] = []
    for branch in branches {
      tests.append(truth(check(branch.when)))
      results.append(check(branch.then))
    }
    results.append(check(otherwise))
    results = fitted(results)
    let (first, second) = (conditions(tests), terms(results))
    return add(
      .conditional(first, second), common(results.map(\.type)), place, over: tests + results)
  }

  /// `case` with a subject.
  mutating func cases(
    _ subject: Syntax, _ branches: [Syntax.Branch], _ otherwise: Syntax, _ place: Position
  ) -> Typed {
    let wanted = check(subject)
    var values: [Typed] = []
    var results: [Typed] = []
    for branch in branches {
      let value = check(branch.when)
      values.append(fitted(value, to: wanted) ?? value)
      results.append(check(branch.then))
    }
    results.append(check(otherwise))
    results = fitted(results)
    let index = term(wanted)
    let (first, second) = (terms(values), terms(results))
    return add(
      .cases(index, first, second), common(results.map(\.type)), place,
      over: values + results + [wanted])
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
    _ low: Syntax, _ high: Syntax, _ includesLow: Bool, _ includesHigh: Bool, _ place: Position
  ) -> Typed {
    interval([check(low), check(high)], includesLow, includesHigh, place)
  }

  mutating func interval(
    _ ends: [Typed], _ includesLow: Bool, _ includesHigh: Bool, _ place: Position
  ) -> Typed {
    for end in ends where end.type != .any && !end.type.isNumeric {
      return fail(end.position, "an interval lies between numbers, not \(end.type.name)")
    }
    let ends = fitted(ends)
    let point = common(ends.map(\.type))
    let bounds = Program.Bounds(
      low: end(ends[0].isNull && includesLow ? nil : ends[0]),
      high: end(ends[1].isNull && includesHigh ? nil : ends[1]), includesLow: includesLow,
      includesHigh: includesHigh)
    let result = add(
      .interval(bounds, whole: point == .integer), .interval(of: point), place, over: ends)
    if result.isConstant, ends.allSatisfy({ !$0.isNull }), hasNoValue(result) {
      return fail(place, "the interval is empty: its lower bound is not below its upper one")
    }
    return result
  }

  // MARK: Functions

  mutating func call(_ name: String, _ arguments: [Syntax], _ place: Position) -> Typed {
    guard let function = function(name, arguments, place) else { return unknown(.any, place) }
    return call(function, arguments, place)
  }

  /// The function of that name; nil after an error.
  private mutating func function(
    _ name: String, _ arguments: [Syntax], _ place: Position
  ) -> Function? {
    guard let function = Function(rawValue: name) else {
      let names = Function.allCases.map(\.rawValue)
      let right = names.filter { $0.lowercased() == name.lowercased() }
      _ = fail(
        place, "there is no function '\(name)'",
        suggestions: right.isEmpty ? nearestNames(to: name, among: names) : right)
      return nil
    }
    guard function.parameters.counts.contains(arguments.count) else {
      _ = fail(place, "\(name) takes \(function.parameters.words)")
      return nil
    }
    return function
  }

  private mutating func call(
    _ function: Function, _ arguments: [Syntax], _ place: Position
  ) -> Typed {
    switch function {
    case .isNull: test(.null, check(arguments[0]), place)
    case .isTrue: test(.true, check(arguments[0]), place)
    case .isFalse: test(.false, check(arguments[0]), place)
    case .max: extreme(function, arguments[0], isLargest: true, place)
    case .min: extreme(function, arguments[0], isLargest: false, place)
    case .coalesce: coalesce(arguments, place)
    case .absolute: absolute(arguments[0], place)
    case .power: power(check(arguments[0]), check(arguments[1]), place)
    case .log: logarithm(arguments[0], base: arguments[1], place)
    case .round: rounded(arguments[0], places: arguments.dropFirst().first, place)
    case .ceiling: whole(.ceiling, arguments[0], function, place)
    case .floor: whole(.floor, arguments[0], function, place)
    case .truncate: whole(.truncate, arguments[0], function, place)
    case .ln: naturalLogarithm(arguments[0], place)
    case .exp: exponential(arguments[0], place)
    }
  }

  mutating func function(
    _ function: Calculation.Function, of value: Typed, _ type: ValueType, _ place: Position
  ) -> Typed {
    let index = term(value)
    return add(
      .function(function, index, whole: type == .integer), type, place, over: [value])
  }

  private mutating func absolute(_ argument: Syntax, _ place: Position) -> Typed {
    let value = number(check(argument), Function.absolute.rawValue)
    return function(.absolute, of: value, value.type, place)
  }

  private mutating func whole(
    _ calculation: Calculation.Function, _ argument: Syntax, _ name: Function, _ place: Position
  ) -> Typed {
    let value = plainNumber(check(argument, asDecimal: true), name.rawValue)
    return function(calculation, of: value, .integer, place)
  }

  private mutating func naturalLogarithm(_ argument: Syntax, _ place: Position) -> Typed {
    let value = plainNumber(check(argument, asDecimal: true), Function.ln.rawValue)
    if number(of: value) == .zero { return fail(place, "the logarithm of 0 does not exist") }
    return function(.ln, of: value, .decimal, place)
  }

  private mutating func exponential(_ argument: Syntax, _ place: Position) -> Typed {
    let value = plainNumber(check(argument, asDecimal: true), Function.exp.rawValue)
    let result = function(.exp, of: value, .decimal, place)
    if number(of: value) != nil, hasNoValue(result) {
      return fail(place, "the result of Exp is out of range")
    }
    return result
  }

  private mutating func logarithm(
    _ argument: Syntax, base: Syntax, _ place: Position
  ) -> Typed {
    let value = plainNumber(check(argument, asDecimal: true), Function.log.rawValue)
    let base = plainNumber(check(base, asDecimal: true), Function.log.rawValue)
    let (first, second) = (term(value), term(base))
    return add(.log(first, base: second), .decimal, place, over: [value, base])
  }

  private mutating func rounded(
    _ argument: Syntax, places: Syntax?, _ place: Position
  ) -> Typed {
    let value = plainNumber(check(argument, asDecimal: true), Function.round.rawValue)
    var places = places.map { check($0) } ?? add(.number(0), .integer, place, isConstant: true)
    places = plainNumber(places, Function.round.rawValue)
    let (first, second) = (term(value), term(places))
    return add(.round(first, places: second), .decimal, place, over: [value, places])
  }

  private mutating func coalesce(_ arguments: [Syntax], _ place: Position) -> Typed {
    var values: [Typed] = []
    for argument in arguments { values.append(check(argument)) }
    values = fitted(values)
    let run = terms(values)
    return add(.coalesce(run), common(values.map(\.type)), place, over: values)
  }

  private mutating func extreme(
    _ function: Function, _ argument: Syntax, isLargest: Bool, _ place: Position
  ) -> Typed {
    let name = function.rawValue
    guard case .list(let elements) = argument.kind, !elements.isEmpty else {
      return fail(place, "\(name) takes a list of numbers, as in \(name)({ a, b })")
    }
    var values: [Typed] = []
    for element in elements { values.append(number(check(element), name)) }
    values = fitted(values)
    let run = terms(values)
    return add(
      .extreme(run, isLargest: isLargest), common(values.map(\.type)), place, over: values)
  }
}
