import Quantities

/// Reads an expression by the grammar of CQL 1.5.
struct Parser {
  private let tokens: [Token]
  private var index = 0
  private var depth = 0

  /// How deep it may go: each level of an expression may stand in parentheses, which are not kept.
  private static let limit = 2 * Syntax.depthLimit + 1

  init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  /// The whole text as one expression.
  mutating func parse() throws(CriteriaError) -> Syntax {
    if tokens.count == 1 { throw CriteriaError(token.position, "an expression is missing") }
    let result = try expression(.lowest)
    guard token.kind == .end else {
      if token.kind == .mark(","), case .number = tokens[index - 1].kind {
        throw CriteriaError(token.position, "decimals stand after a point, as in 1.5")
      }
      throw unexpected("an operator such as 'and', or the end, is expected")
    }
    return result
  }

  // MARK: Tokens

  private var token: Token { tokens[index] }

  private mutating func advance() {
    if index + 1 < tokens.count { index += 1 }
  }

  private func isWord(_ word: String, at offset: Int = 0) -> Bool {
    index + offset < tokens.count && tokens[index + offset].kind == .word(word)
  }

  private mutating func skip(word: String) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  private mutating func skip(mark: String) -> Bool {
    guard token.kind == .mark(mark) else { return false }
    advance()
    return true
  }

  private mutating func expect(mark: String, _ purpose: String) throws(CriteriaError) {
    guard skip(mark: mark) else { throw unexpected("'\(mark)' is expected \(purpose)") }
  }

  private mutating func expect(word: String, _ purpose: String) throws(CriteriaError) {
    guard skip(word: word) else { throw unexpected("'\(word)' is expected \(purpose)") }
  }

  private func unexpected(_ wanted: String) -> CriteriaError {
    let found =
      switch token.kind {
      case .number(let text), .word(let text), .mark(let text): "found '\(text)'"
      case .string(let text): "found the text '\(text.prefix(40))'"
      case .end: "the text ends here"
      }
    return CriteriaError(token.position, "\(wanted); \(found)")
  }

  private func make(_ kind: Syntax.Kind, at position: Position, over children: [Syntax] = [])
    throws(CriteriaError) -> Syntax
  {
    let depth = 1 + (children.lazy.map(\.depth).max() ?? 0)
    guard depth <= Syntax.depthLimit else { throw Self.tooDeep(position) }
    return Syntax(kind: kind, position: position, depth: depth)
  }

  private static func tooDeep(_ position: Position) -> CriteriaError {
    CriteriaError(
      position,
      "the expression is nested deeper than \(Syntax.depthLimit) levels; write several shorter ones"
    )
  }

  // MARK: Operators

  /// An expression of operators that bind at least so tightly.
  private mutating func expression(_ minimum: Precedence) throws(CriteriaError) -> Syntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.limit else { throw Self.tooDeep(token.position) }
    var result = try operand(minimum)
    while let follower = follower(minimum) { result = try extend(result, by: follower) }
    return result
  }

  private mutating func operand(_ minimum: Precedence) throws(CriteriaError) -> Syntax {
    guard let symbol = lookUp(in: OperatorTable.prefixes) else { return try primary() }
    guard minimum <= symbol.entry.precedence else {
      throw unexpected("a value is expected; put parentheses around what belongs together")
    }
    return try prefixed(symbol)
  }

  private func lookUp<Symbol>(in table: [String: Symbol]) -> Symbol? {
    switch token.kind {
    case .word(let text), .mark(let text): table[text]
    case .number, .string, .end: nil
    }
  }

  private mutating func prefixed(_ symbol: PrefixOperator) throws(CriteriaError) -> Syntax {
    let position = token.position
    advance()
    let operand = try expression(symbol.entry.precedence)
    switch symbol {
    case .positive where operand.kind.negative != nil: return operand
    case .negative:
      if let number = operand.kind.negative { return try make(number, at: position) }
      fallthrough
    case .not, .exists, .positive:
      return try make(.prefix(symbol, operand), at: position, over: [operand])
    }
  }

  /// The operator that stands here, where it binds at least so tightly.
  private func follower(_ minimum: Precedence) -> Follower? {
    guard let follower = lookUp(in: OperatorTable.followers),
      minimum <= follower.entry.precedence
    else { return nil }
    return follower
  }

  /// The expression with the operator after it and what that takes.
  private mutating func extend(_ left: Syntax, by follower: Follower) throws(CriteriaError)
    -> Syntax
  {
    switch follower {
    case .junction(let symbol): try joined(left, symbol)
    case .infix(let symbol): try infix(left, symbol)
    case .range(let symbol): try range(left, symbol)
    case .test: try tested(left)
    case .event(let symbol): try event(left, symbol)
    case .window(let symbol): try windowed(left, symbol)
    }
  }

  private mutating func joined(_ left: Syntax, _ symbol: Junction) throws(CriteriaError) -> Syntax {
    let position = token.position
    var operands = [left]
    if case .junction(symbol, let earlier) = left.kind { operands = earlier }
    let precedence = symbol.entry.precedence.tighter
    while skip(word: symbol.entry.words) { operands.append(try expression(precedence)) }
    return try make(.junction(symbol, operands), at: position, over: operands)
  }

  private mutating func infix(_ left: Syntax, _ symbol: InfixOperator) throws(CriteriaError)
    -> Syntax
  {
    let position = token.position
    advance()
    let right = try expression(symbol.entry.precedence.tighter)
    return try make(.infix(symbol, left, right), at: position, over: [left, right])
  }

  private mutating func range(_ value: Syntax, _ symbol: RangeOperator) throws(CriteriaError)
    -> Syntax
  {
    let position = token.position
    for word in symbol.entry.words.split(separator: " ") {
      try expect(word: String(word), "in '\(symbol.entry.words)'")
    }
    let low = try expression(.sum)
    try expect(word: "and", "between the two bounds")
    let high = try expression(.sum)
    return try make(
      .range(symbol, value, low: low, high: high), at: position, over: [value, low, high])
  }

  private mutating func tested(_ value: Syntax) throws(CriteriaError) -> Syntax {
    let position = token.position
    advance()
    let negated = skip(word: "not")
    for test in Test.allCases where isWord(test.word) {
      advance()
      return try make(.test(test, value, negated: negated), at: position, over: [value])
    }
    throw unexpected("\(Test.allCases.map { "'\($0.word)'" }.listed("or")) is expected after 'is'")
  }

  private mutating func event(_ event: Syntax, _ symbol: EventOperator) throws(CriteriaError)
    -> Syntax
  {
    let position = token.position
    advance()
    return try make(.event(symbol, event), at: position, over: [event])
  }

  private mutating func windowed(_ event: Syntax, _ symbol: WindowOperator) throws(CriteriaError)
    -> Syntax
  {
    let position = token.position
    advance()
    let purpose =
      "a window is a whole number of days, weeks, months or years, as in "
      + "'\(symbol.entry.words) 4 weeks'"
    let place = token.position
    guard case .number(let text) = token.kind, let count = Int32(text), count <= 100_000 else {
      throw unexpected(purpose)
    }
    advance()
    var unit: CalendarUnit?
    switch token.kind {
    case .word(let word): unit = CalendarUnit(word: word)
    case .string(let code): unit = CalendarUnit(code: code)
    case .number, .mark, .end: break
    }
    guard let unit = unit.flatMap(Window.Unit.init) else { throw unexpected(purpose) }
    advance()
    guard count > 0 else { throw CriteriaError(place, "a window is at least one day long") }
    return try make(
      .window(symbol, event, Window(count: count, unit: unit)), at: position, over: [event])
  }

  // MARK: Values

  private mutating func primary() throws(CriteriaError) -> Syntax {
    switch token.kind {
    case .number(let text): return try number(text)
    case .string(let text): return try literal(.string(text))
    case .mark("("): return try parenthesised()
    case .mark("{"): return try list()
    case .word("null"): return try literal(.null)
    case .word("true"): return try literal(.boolean(true))
    case .word("false"): return try literal(.boolean(false))
    case .word(let word):
      if let form = Form(rawValue: word) { return try self.form(form) }
      if !OperatorTable.keywords.contains(word) { return try named(word) }
    case .mark, .end: break
    }
    throw unexpected("a value is expected")
  }

  private mutating func form(_ form: Form) throws(CriteriaError) -> Syntax {
    switch form {
    case .conditional: try conditional()
    case .cases: try cases()
    case .interval: try interval()
    case .atLeast: try atLeast()
    }
  }

  private mutating func literal(_ kind: Syntax.Kind) throws(CriteriaError) -> Syntax {
    let position = token.position
    advance()
    return try make(kind, at: position)
  }

  private mutating func parenthesised() throws(CriteriaError) -> Syntax {
    advance()
    let inner = try expression(.lowest)
    try expect(mark: ")", "to close the parenthesis")
    return inner
  }

  private mutating func number(_ text: String) throws(CriteriaError) -> Syntax {
    let position = token.position
    advance()
    var unit: WrittenUnit?
    switch token.kind {
    case .string(let code): unit = .ucum(code)
    case .word(let word): unit = CalendarUnit(word: word).map(WrittenUnit.calendar)
    case .number, .mark, .end: break
    }
    if let unit {
      advance()
      guard let value = Self.rounded(text) else {
        throw CriteriaError(position, "\(text) has too many digits")
      }
      return try make(.quantity(value, unit), at: position)
    }
    guard let value = FixedDecimal(text) else {
      throw CriteriaError(
        position, "\(text) has too many digits; at most 28 before and 8 after the point are kept")
    }
    return try make(text.contains(".") ? .decimal(value) : .integer(value), at: position)
  }

  /// The number of a quantity, rounded to eight places.
  private static func rounded(_ text: String) -> FixedDecimal? {
    guard let point = text.firstIndex(of: ".") else { return FixedDecimal(text) }
    let decimals = text[text.index(after: point)...]
    guard decimals.count > FixedDecimal.places else { return FixedDecimal(text) }
    guard let cut = FixedDecimal("\(text[..<point]).\(decimals.prefix(FixedDecimal.places))"),
      let next = decimals.dropFirst(FixedDecimal.places).first
    else { return nil }
    return next >= "5" ? cut.plus(.step) : cut
  }

  private mutating func list() throws(CriteriaError) -> Syntax {
    let position = token.position
    let elements = try elements()
    return try make(.list(elements), at: position, over: elements)
  }

  private mutating func elements() throws(CriteriaError) -> [Syntax] {
    try expect(mark: "{", "to open a list")
    if skip(mark: "}") { return [] }
    let elements = try expressions()
    try expect(mark: "}", "to close the list")
    return elements
  }

  private mutating func expressions() throws(CriteriaError) -> [Syntax] {
    var all: [Syntax] = []
    repeat { all.append(try expression(.lowest)) } while skip(mark: ",")
    return all
  }

  private mutating func named(_ word: String) throws(CriteriaError) -> Syntax {
    let position = token.position
    advance()
    if skip(mark: "(") {
      let arguments = skip(mark: ")") ? [] : try arguments(of: word)
      return try make(.call(word, arguments), at: position, over: arguments)
    }
    guard skip(mark: ".") else { return try make(.name(word, member: nil), at: position) }
    guard case .word(let member) = token.kind else {
      throw unexpected("a name is expected after the point")
    }
    advance()
    return try make(.name(word, member: member), at: position)
  }

  private mutating func arguments(of function: String) throws(CriteriaError) -> [Syntax] {
    let arguments = try expressions()
    try expect(mark: ")", "to close the arguments of \(function)")
    return arguments
  }

  private mutating func conditional() throws(CriteriaError) -> Syntax {
    let position = token.position
    try expect(word: "if", "")
    let condition = try expression(.lowest)
    try expect(word: "then", "after the condition")
    let then = try expression(.lowest)
    try expect(word: "else", "after 'then'")
    let otherwise = try expression(.lowest)
    return try make(
      .conditional(condition, then: then, otherwise: otherwise), at: position,
      over: [condition, then, otherwise])
  }

  private mutating func cases() throws(CriteriaError) -> Syntax {
    let position = token.position
    try expect(word: "case", "")
    let subject = isWord("when") ? nil : try expression(.lowest)
    var branches: [Syntax.Branch] = []
    var children = subject.map { [$0] } ?? []
    while skip(word: "when") {
      let when = try expression(.lowest)
      try expect(word: "then", "after the condition")
      let then = try expression(.lowest)
      branches.append(Syntax.Branch(when: when, then: then))
      children += [when, then]
    }
    guard !branches.isEmpty else { throw unexpected("'when' is expected after 'case'") }
    try expect(word: "else", "after the last 'then'")
    let otherwise = try expression(.lowest)
    try expect(word: "end", "to close 'case'")
    return try make(
      .cases(subject: subject, branches, otherwise: otherwise), at: position,
      over: children + [otherwise])
  }

  private mutating func interval() throws(CriteriaError) -> Syntax {
    let position = token.position
    try expect(word: "Interval", "")
    let includesLow = token.kind == .mark("[")
    guard includesLow || token.kind == .mark("(") else {
      throw unexpected("'[' or '(' is expected after 'Interval'")
    }
    advance()
    let low = try expression(.lowest)
    try expect(mark: ",", "between the bounds of an interval")
    let high = try expression(.lowest)
    let includesHigh = token.kind == .mark("]")
    guard includesHigh || token.kind == .mark(")") else {
      throw unexpected("']' or ')' is expected to close the interval")
    }
    advance()
    return try make(
      .interval(low: low, high: high, includesLow: includesLow, includesHigh: includesHigh),
      at: position, over: [low, high])
  }

  private mutating func atLeast() throws(CriteriaError) -> Syntax {
    let position = token.position
    try expect(word: "at", "")
    try expect(word: "least", "after 'at'")
    guard case .number(let text) = token.kind, let count = Int(text) else {
      throw unexpected("a whole number is expected, as in 'at least 2 of { … }'")
    }
    let place = token.position
    advance()
    try expect(word: "of", "after the number")
    let operands = try elements()
    guard count >= 1, count <= operands.count else {
      throw CriteriaError(
        place, "of \(operands.count) conditions, at least 1 and at most all can be asked for")
    }
    return try make(.atLeast(count, operands), at: position, over: operands)
  }
}

extension Test {
  /// The word after `is`.
  fileprivate var word: String { String(entry.words.drop { $0 != " " }.dropFirst()) }
}

extension Syntax.Kind {
  /// The number with the other sign; nil of what is no number.
  fileprivate var negative: Syntax.Kind? {
    switch self {
    case .integer(let value): .integer(-value)
    case .decimal(let value): .decimal(-value)
    case .quantity(let value, let unit): .quantity(-value, unit)
    case .null, .boolean, .string, .name, .prefix, .junction, .infix, .range, .test, .event,
      .window, .interval, .list, .conditional, .cases, .call, .atLeast:
      nil
    }
  }
}
