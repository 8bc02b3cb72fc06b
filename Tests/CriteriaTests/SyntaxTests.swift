import Quantities
import Testing

@testable import Criteria

/// What binds how, by the grammar of CQL 1.5 and not by the table of the program.
@Suite struct PrecedenceTests {
  /// From loose to tight; what stands on one line is read from the left.
  static let levels = [
    ["intersect"], ["implies"], ["or", "xor"], ["and"], ["in"], ["=", "!=", "~", "!~"],
    ["<", "<=", ">", ">="], ["between 8 and", "properly between 8 and"], ["not"], ["is null"],
    ["+", "-"], ["*", "/", "div", "mod"], ["^"],
  ]
  static let infix = levels.enumerated().flatMap { level, symbols in
    symbols.filter { !["not", "is null"].contains($0) }.map { (level, $0) }
  }

  /// Both read alike.
  private func same(_ text: String, _ bracketed: String) throws {
    #expect(try syntax(text) == syntax(bracketed), "\(text) is not \(bracketed)")
  }

  @Test(arguments: infix)
  func infixBindsByTheGrammar(level: Int, symbol: String) throws {
    for (other, second) in Self.infix {
      try same(
        "a \(symbol) b \(second) c",
        level >= other ? "(a \(symbol) b) \(second) c" : "a \(symbol) (b \(second) c)")
    }
    // The bounds are sums at most.
    for bound in ["a + b", "a * b", "a ^ b", "-a"] {
      try same("x between \(bound) and \(bound)", "x between (\(bound)) and (\(bound))")
    }
    #expect(throws: (any Error).self) { try syntax("x between a < b and c") }
    #expect(throws: (any Error).self) { try syntax("x between a is null and c") }
  }

  @Test(arguments: infix)
  func prefixesAndSuffixesBindByTheGrammar(level: Int, symbol: String) throws {
    let (not, test) = (8, 9)
    for word in ["not", "exists"] {
      try same(
        "\(word) a \(symbol) b",
        level > not ? "\(word) (a \(symbol) b)" : "(\(word) a) \(symbol) b")
    }
    try same("-a \(symbol) b", "(-a) \(symbol) b")
    try same("+a \(symbol) b", "(+a) \(symbol) b")
    if symbol.contains("between") { return }
    for word in ["is null", "is not true", "is false", "ever", "ongoing", "within 2 weeks"] {
      try same(
        "a \(symbol) b \(word)",
        level > test ? "(a \(symbol) b) \(word)" : "a \(symbol) (b \(word))")
      try same("not a \(word)", "not (a \(word))")
      try same("-a \(word)", "(-a) \(word)")
      try same("a \(word) is null", "(a \(word)) is null")
    }
  }

  @Test func formsTakeAllThatFollows() throws {
    try same(
      "if a then b else c or d implies e", "if a then b else ((c or d) implies e)")
    try same("(if a then b else c) or d", "((if a then b else c)) or d")
    try same("1 + if a then b else c + d", "1 + (if a then b else (c + d))")
    try same("case when a then b else c end or d", "(case when a then b else c end) or d")
    try same("Interval[a, b or c] = d", "Interval[a, (b or c)] = d")
    try same("Abs(a) + b", "(Abs(a)) + b")
    try same("at least 1 of { a } and b", "(at least 1 of { a }) and b")
    try same("a and b and c", "(a and b) and c")
    #expect(try syntax("a and (b and c)") != syntax("a and b and c"))
    #expect(try syntax("a or b or c").kind != syntax("a or (b or c)").kind)
  }

  /// Numbers take a sign in.
  @Test func signsOfNumbers() throws {
    #expect(try syntax("-2").kind == .integer(-2))
    #expect(try syntax("- 2.5").kind == .decimal(-2.5))
    #expect(try syntax("-(2)").kind == .integer(-2))
    #expect(try syntax("+2 'g'").kind == .quantity(2, .ucum("g")))
    #expect(try syntax("-2 years").kind == .quantity(-2, .calendar(.year)))
    #expect(try syntax("--2").kind == .integer(2))
    #expect(try syntax("-a").kind == .prefix(.negative, syntax("a")))
    #expect(try syntax("+a").kind == .prefix(.positive, syntax("a")))
  }
}

@Suite struct WritingTests {
  /// The canonical text, word for word.
  @Test(
    arguments: [
      ("inr  properly   between 1 and 2", "inr properly between 1 and 2"),
      ("inr between (1) and (2)", "inr between 1 and 2"),
      ("(inr) IN", nil), ("not(pregnant)", "not pregnant"),
      ("not (cirrhosis and pregnant)", "not (cirrhosis and pregnant)"),
      ("(cirrhosis and pregnant) and cirrhosis", "cirrhosis and pregnant and cirrhosis"),
      ("cirrhosis and (pregnant and cirrhosis)", "cirrhosis and (pregnant and cirrhosis)"),
      ("(cirrhosis or pregnant) and cirrhosis", "(cirrhosis or pregnant) and cirrhosis"),
      ("(cirrhosis and pregnant) or cirrhosis", "cirrhosis and pregnant or cirrhosis"),
      ("cirrhosis xor (pregnant xor true)", "cirrhosis xor (pregnant xor true)"),
      ("(cirrhosis implies pregnant) implies true", "cirrhosis implies pregnant implies true"),
      ("inr - (meld - 1) > 0", "inr - (meld - 1) > 0"),
      ("(inr - meld) - 1 > 0", "inr - meld - 1 > 0"),
      ("(inr + 1) * 2 > 0", "(inr + 1) * 2 > 0"), ("inr ^ (2 ^ 3) > 0", "inr ^ (2 ^ 3) > 0"),
      ("-(inr + 1) > 0", "-(inr + 1) > 0"), ("(-inr) ^ 2 > 0", "-inr ^ 2 > 0"),
      ("-(inr ^ 2) > 0", "-(inr ^ 2) > 0"), ("(inr + 1) is null", "inr + 1 is null"),
      ("(not cirrhosis) is null", "(not cirrhosis) is null"),
      ("not (cirrhosis is null)", "not cirrhosis is null"),
      ("cirrhosis is not  null", "cirrhosis is not null"),
      ("cirrhosis is not false", "cirrhosis is not false"),
      ("otherTrial  within 1 'mo'", "otherTrial within 1 month"),
      ("otherTrial within 1 weeks", "otherTrial within 1 week"),
      ("otherTrial within 2 day", "otherTrial within 2 days"),
      ("otherTrial within 1001 'a'", "otherTrial within 1001 years"),
      ("otherTrial  ever", "otherTrial ever"), ("otherTrial ongoing", "otherTrial ongoing"),
      ("inr = 1.50", "inr = 1.5"), ("inr = 2.0", "inr = 2.0"), ("inr = 2", "inr = 2"),
      ("age >= 18year", "age >= 18 years"), ("age > 1.0 years", "age > 1 year"),
      ("age > -1 years", "age > -1 year"),
      ("meld in Interval( 1,2 ]", "meld in Interval(1, 2]"),
      ("meld in Interval[ 1,2 )", "meld in Interval[1, 2)"),
      ("1 in {1,2}", "1 in { 1, 2 }"), ("1 in {}", "1 in {}"),
      ("sex = 'fem\\u0061le'", "sex = 'female'"), ("'a\\'\\\\\\n' = 'b'", "'a\\'\\\\\\n' = 'b'"),
      ("'\\n\\r\\t\\f\\/\\\"\\`\\u00e9' = 'x'", "'\\n\\r\\t\\f/\"`é' = 'x'"),
      ("1.0000000051 'g' = 1 'g'", "1.00000001 'g' = 1 'g'"),
      ("1.000000005 'g' = 1 'g'", "1.00000001 'g' = 1 'g'"),
      ("1.0000000049 'g' = 1 'g'", "1 'g' = 1 'g'"),
      ("(if cirrhosis then 1 else 2) + 1 > inr", "(if cirrhosis then 1 else 2) + 1 > inr"),
      (
        "if cirrhosis then true else (false or pregnant)",
        "if cirrhosis then true else false or pregnant"
      ),
      (
        "case sex when 'male' then true when 'female' then false else null end",
        "case sex when 'male' then true when 'female' then false else null end"
      ),
      ("at least 1 of {cirrhosis,pregnant}", "at least 1 of { cirrhosis, pregnant }"),
      ("Max({1,inr}) > Round(meld,1)", "Max({ 1, inr }) > Round(meld, 1)"),
      ("childPugh . class = 'A'", "childPugh.class = 'A'"),
      (
        "exists(aetiology intersect{'hbv'})", "exists (aetiology intersect { 'hbv' })"
      ),
    ] as [(String, String?)])
  func isWritten(text: String, wanted: String?) throws {
    guard let wanted else {
      #expect(!complaints(text).isEmpty)
      return
    }
    #expect(try criterion(text).description == wanted)
  }
}
