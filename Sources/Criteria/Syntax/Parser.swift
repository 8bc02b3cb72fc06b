import Quantities

/// Reads an expression by the grammar of CQL 1.5.
struct Parser {
  private let tokens: [Token]
  private var index = 0
  private var depth = 0

  /// The words that cannot be names.
  static let keywords: Set<String> = [
    "and", "at", "between", "case", "div", "else", "end", "ever", "exists", "false", "if",
    "implies", "in", "intersect", "Interval", "is", "mod", "not", "null", "of", "ongoing", "or",
    "properly", "then", "true", "when", "within", "xor",
  ]

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
    guard depth <= Syntax.depthLimit else { throw tooDeep(position) }
    return Syntax(kind: kind, position: position, depth: depth)
  }

  private func tooDeep(_ position: Position) -> CriteriaError {
    CriteriaError(position, "the expression is nested more than \(Syntax.depthLimit) levels deep")
  }

  // MARK: Operators

  /// An expression of operators that bind at least so tightly.
  private mutating func expression(_ minimum: Precedence) throws(CriteriaError) -> Syntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Syntax.parsingLimit else { throw tooDeep(token.position) }
    var left = try prefixed(minimum)
    while let extended = try extend(left, minimum) { left = extended }
    return left
  }

  private mutating func prefixed(_ minimum: Precedence) throws(CriteriaError) -> Syntax {
    let position = token.position
    if isWord("not") || isWord("exists") {
      guard minimum <= .not else {
        throw unexpected("a value is expected; put parentheses around what belongs together")
      }
      let isNot = isWord("not")
      advance()
      let operand = try expression(.not)
      return try make(isNot ? .not(operand) : .exists(operand), at: position, over: [operand])
    }
    if skip(mark: "+") {
      let operand = try expression(.sign)
      switch operand.kind {
      case .integer, .decimal, .quantity: return operand
      default: return try make(.positive(operand), at: position, over: [operand])
      }
    }
    if skip(mark: "-") {
      let operand = try expression(.sign)
      switch operand.kind {
      case .integer(let value): return try make(.integer(-value), at: position)
      case .decimal(let value): return try make(.decimal(-value), at: position)
      case .quantity(let value, let unit):
        return try make(.quantity(-value, unit), at: position)
      default: return try make(.negative(operand), at: position, over: [operand])
      }
    }
    return try primary()
  }

  /// The expression with what follows it; nil where nothing that binds so tightly does.
  private mutating func extend(_ left: Syntax, _ minimum: Precedence) throws(CriteriaError)
    -> Syntax?
  {
    let position = token.position
    switch token.kind {
    case .word("and"), .word("or"): return try chain(left, minimum)
    case .word("is"):
      guard minimum <= .test else { return nil }
      advance()
      let negated = skip(word: "not")
      guard case .word(let word) = token.kind, let test = Syntax.Test(rawValue: word) else {
        throw unexpected("'null', 'true' or 'false' is expected after 'is'")
      }
      advance()
      return try make(.test(left, test, negated: negated), at: position, over: [left])
    case .word("ever"), .word("ongoing"):
      guard minimum <= .test else { return nil }
      let isEver = isWord("ever")
      advance()
      return try make(isEver ? .ever(left) : .ongoing(left), at: position, over: [left])
    case .word("within"):
      guard minimum <= .test else { return nil }
      advance()
      let (count, unit) = try window()
      return try make(.within(left, count, unit), at: position, over: [left])
    case .word("between"), .word("properly"):
      guard minimum <= .between else { return nil }
      let properly = skip(word: "properly")
      try expect(word: "between", "after 'properly'")
      let low = try expression(.sum)
      try expect(word: "and", "between the two bounds")
      let high = try expression(.sum)
      return try make(
        .between(left, low, high, properly: properly), at: position, over: [left, low, high])
    case .word(let text), .mark(let text):
      guard let symbol = BinaryOperator(rawValue: text), minimum <= symbol.precedence else {
        return nil
      }
      advance()
      let right = try expression(symbol.precedence.tighter)
      return try make(.binary(symbol, left, right), at: position, over: [left, right])
    case .number, .string, .end: return nil
    }
  }

  private mutating func chain(_ left: Syntax, _ minimum: Precedence) throws(CriteriaError)
    -> Syntax?
  {
    let position = token.position
    let connective: Syntax.Connective = isWord("and") ? .and : .or
    let precedence: Precedence = connective == .and ? .and : .or
    guard minimum <= precedence else { return nil }
    var operands: [Syntax]
    if case .chain(connective, let earlier) = left.kind {
      operands = earlier
    } else {
      operands = [left]
    }
    while skip(word: connective.rawValue) { operands.append(try expression(precedence.tighter)) }
    return try make(.chain(connective, operands), at: position, over: operands)
  }

  private mutating func window() throws(CriteriaError) -> (Int, CalendarUnit) {
    let position = token.position
    let purpose =
      "a window is a whole number of days, weeks, months or years, as in 'within 4 weeks'"
    guard case .number(let text) = token.kind, let count = Int(text), count <= 100_000 else {
      throw unexpected(purpose)
    }
    advance()
    var unit: CalendarUnit?
    switch token.kind {
    case .word(let word): unit = CalendarUnit(word: word)
    case .string(let code): unit = CalendarUnit(code: code)
    default: break
    }
    guard let unit, [.year, .month, .week, .day].contains(unit) else { throw unexpected(purpose) }
    advance()
    guard count > 0 else { throw CriteriaError(position, "a window is at least one day long") }
    return (count, unit)
  }

  // MARK: Values

  private mutating func primary() throws(CriteriaError) -> Syntax {
    let position = token.position
    switch token.kind {
    case .number(let text):
      advance()
      return try number(text, at: position)
    case .string(let text):
      advance()
      return try make(.string(text), at: position)
    case .mark("("):
      advance()
      let inner = try expression(.lowest)
      try expect(mark: ")", "to close the parenthesis")
      return inner
    case .mark("{"):
      let elements = try list()
      return try make(.list(elements), at: position, over: elements)
    case .word("null"), .word("true"), .word("false"):
      let kind: Syntax.Kind = isWord("null") ? .null : .boolean(isWord("true"))
      advance()
      return try make(kind, at: position)
    case .word("if"): return try conditional()
    case .word("case"): return try cases()
    case .word("Interval"): return try interval()
    case .word("at"): return try atLeast()
    case .word(let word):
      if Self.keywords.contains(word) { break }
      advance()
      return try named(word, at: position)
    case .mark, .end: break
    }
    throw unexpected("a value is expected")
  }

  private mutating func number(_ text: String, at position: Position) throws(CriteriaError)
    -> Syntax
  {
    var unit: WrittenUnit?
    switch token.kind {
    case .string(let code): unit = .ucum(code)
    case .word(let word): unit = CalendarUnit(word: word).map(WrittenUnit.calendar)
    default: break
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

  private mutating func list() throws(CriteriaError) -> [Syntax] {
    try expect(mark: "{", "to open a list")
    var elements: [Syntax] = []
    if skip(mark: "}") { return elements }
    repeat { elements.append(try expression(.lowest)) } while skip(mark: ",")
    try expect(mark: "}", "to close the list")
    return elements
  }

  private mutating func named(_ word: String, at position: Position) throws(CriteriaError)
    -> Syntax
  {
    if skip(mark: "(") {
      var arguments: [Syntax] = []
      if !skip(mark: ")") {
        repeat { arguments.append(try expression(.lowest)) } while skip(mark: ",")
        try expect(mark: ")", "to close the arguments of \(word)")
      }
      return try make(.call(word, arguments), at: position, over: arguments)
    }
    guard skip(mark: ".") else { return try make(.name(word, member: nil), at: position) }
    guard case .word(let member) = token.kind else {
      throw unexpected("a name is expected after the point")
    }
    advance()
    return try make(.name(word, member: member), at: position)
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
    let operands = try list()
    guard count >= 1, count <= operands.count else {
      throw CriteriaError(
        place, "of \(operands.count) conditions, at least 1 and at most all can be asked for")
    }
    return try make(.atLeast(count, operands), at: position, over: operands)
  }
}
