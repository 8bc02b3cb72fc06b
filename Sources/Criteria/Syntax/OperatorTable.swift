/// What is to be known of an operator besides what it comes to.
///
/// The words that cannot be names, the marks, the parser, the printer and the tables of
/// `docs/criteria-language.md` are made from this. What an operator comes to and how it is said is
/// the business of the checker, the evaluator and the explanations, whose switches have no default.
struct OperatorEntry: Hashable, Sendable {
  /// How it is written, without what it stands beside.
  let words: String
  /// How tightly it binds.
  let precedence: Precedence
  /// An expression of which it is the outermost operator.
  let example: String
  /// What the example says.
  let meaning: String

  init(_ words: String, _ precedence: Precedence, _ example: String, _ meaning: String) {
    self.words = words
    self.precedence = precedence
    self.example = example
    self.meaning = meaning
  }
}

/// How tightly operators bind, after the grammar of CQL 1.5; a later one binds tighter.
enum Precedence: Int, CaseIterable, Comparable {
  case lowest, intersect, implies, or, and, membership, equality, inequality, between, not, test
  case sum, product, power, sign, primary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}

/// A group of operators that are read, written and checked in the same way.
protocol OperatorGroup: CaseIterable, Hashable, Sendable {
  var entry: OperatorEntry { get }
}

// MARK: Before an operand

enum PrefixOperator: OperatorGroup {
  case not, exists, positive, negative

  var entry: OperatorEntry {
    switch self {
    case .not: .init("not", .not, "not pregnant", "the condition does not hold")
    case .exists:
      .init(
        "exists", .not, "exists (aetiology intersect { 'hbv', 'hcv' })",
        "any of these is among several answers")
    case .positive: .init("+", .sign, "+meld", "the number itself")
    case .negative: .init("-", .sign, "-meld", "the number with the other sign")
    }
  }
}

// MARK: Between operands

/// Joins any number of conditions.
enum Junction: OperatorGroup {
  case and, or

  var entry: OperatorEntry {
    switch self {
    case .and: .init("and", .and, "cirrhosis and inr >= 1.5", "both conditions hold")
    case .or: .init("or", .or, "cirrhosis or inr >= 1.5", "one of the conditions holds, or both")
    }
  }
}

/// Joins two conditions.
enum Connective: OperatorGroup {
  case xor, implies

  var entry: OperatorEntry {
    switch self {
    case .xor:
      .init("xor", .or, "cirrhosis xor inr >= 1.5", "one of the conditions holds, but not both")
    case .implies:
      .init(
        "implies", .implies, "cirrhosis implies inr >= 1.5",
        "the second condition holds, or the first does not")
    }
  }
}

/// Compares two values.
enum Comparison: OperatorGroup {
  case equal, less, lessOrEqual, greater, greaterOrEqual

  var entry: OperatorEntry {
    switch self {
    case .equal: .init("=", .equality, "sex = 'female'", "the values are equal")
    case .less: .init("<", .inequality, "inr < 1.5", "the first value is less than the second")
    case .lessOrEqual: .init("<=", .inequality, "inr <= 1.5", "the first is less or equal")
    case .greater: .init(">", .inequality, "inr > 1.5", "the first is more than the second")
    case .greaterOrEqual:
      .init(">=", .inequality, "ascites >= 'mild'", "the first is more or equal")
    }
  }
}

/// Compares two values, by way of other comparisons.
enum Likeness: OperatorGroup {
  case unequal, equivalent, inequivalent

  var entry: OperatorEntry {
    switch self {
    case .unequal: .init("!=", .equality, "sex != 'female'", "the values are not equal")
    case .equivalent:
      .init(
        "~", .equality, "meld ~ 20",
        "both values are missing, or they are equal to the decimals that both have; never unknown "
          + "where a value is missing")
    case .inequivalent: .init("!~", .equality, "meld !~ 20", "the same is not so")
    }
  }
}

/// Asks what belongs to a list, an interval or a set of answers.
enum Membership: OperatorGroup {
  case isIn, intersect

  var entry: OperatorEntry {
    switch self {
    case .isIn:
      .init(
        "in", .membership, "childPugh.class in { 'B', 'C' }",
        "the value is in the list, in the interval, or among the answers")
    case .intersect:
      .init(
        "intersect", .intersect, "aetiology intersect { 'hbv', 'hcv' }",
        "the answers that both have; stands after `exists` only")
    }
  }
}

/// Calculates with two numbers.
enum Arithmetic: OperatorGroup {
  case plus, minus, times, divided, div, mod, power

  var entry: OperatorEntry {
    switch self {
    case .plus: .init("+", .sum, "meld + 1", "the sum")
    case .minus: .init("-", .sum, "meld - 1", "the difference")
    case .times: .init("*", .product, "10 * totalBilirubinULN", "the product")
    case .divided: .init("/", .product, "totalBilirubin / totalBilirubinULN", "the quotient")
    case .div: .init("div", .product, "meld div 10", "the quotient without its decimals")
    case .mod: .init("mod", .product, "meld mod 10", "what remains after `div`")
    case .power: .init("^", .power, "inr ^ 2", "the power")
    }
  }
}

/// All operators between two operands that are read from the left to the right.
enum InfixOperator: Hashable, Sendable {
  case connective(Connective)
  case comparison(Comparison)
  case likeness(Likeness)
  case membership(Membership)
  case arithmetic(Arithmetic)

  static let all =
    Connective.allCases.map(connective) + Comparison.allCases.map(comparison)
    + Likeness.allCases.map(likeness) + Membership.allCases.map(membership)
    + Arithmetic.allCases.map(arithmetic)

  var entry: OperatorEntry {
    switch self {
    case .connective(let symbol): symbol.entry
    case .comparison(let symbol): symbol.entry
    case .likeness(let symbol): symbol.entry
    case .membership(let symbol): symbol.entry
    case .arithmetic(let symbol): symbol.entry
    }
  }
}

/// Asks whether a value lies between two others.
enum RangeOperator: OperatorGroup {
  case between, properlyBetween

  var entry: OperatorEntry {
    switch self {
    case .between:
      .init(
        "between", .between, "inr between 1.5 and 2.6",
        "the value lies between the bounds or on one of them")
    case .properlyBetween:
      .init(
        "properly between", .between, "inr properly between 1.5 and 2.6",
        "the value lies between the bounds and on none of them")
    }
  }
}

// MARK: After an operand

/// Asks what is known, and is never unknown itself.
enum Test: OperatorGroup {
  case null, `true`, `false`

  var entry: OperatorEntry {
    switch self {
    case .null: .init("is null", .test, "inr is null", "the value is not recorded")
    case .true: .init("is true", .test, "pregnant is true", "the condition is known to hold")
    case .false: .init("is false", .test, "pregnant is false", "the condition is known not to hold")
    }
  }

  /// Whether it is asked of a condition, and not of a value of any kind.
  var takesCondition: Bool {
    switch self {
    case .null: false
    case .true, .false: true
    }
  }

  /// The test with its opposite: `is not null`.
  func words(negated: Bool) -> String {
    negated ? entry.words.replacing("is ", with: "is not ", maxReplacements: 1) : entry.words
  }
}

/// Asks whether something happened at any time.
enum EventOperator: OperatorGroup {
  case ever, ongoing

  var entry: OperatorEntry {
    switch self {
    case .ever: .init("ever", .test, "otherTrial ever", "the event goes on, or ever happened")
    case .ongoing: .init("ongoing", .test, "otherTrial ongoing", "the event goes on")
    }
  }
}

/// Asks whether something happened in a time that is counted from the screening date.
enum WindowOperator: OperatorGroup {
  case within

  var entry: OperatorEntry {
    switch self {
    case .within:
      .init(
        "within", .test, "otherTrial within 4 weeks",
        "the event goes on, or its date lies in the four weeks before the screening date, both "
          + "ends included")
    }
  }
}

/// What may stand after an operand, by its first word or mark.
enum Follower: Hashable, Sendable {
  case junction(Junction)
  case infix(InfixOperator)
  case range(RangeOperator)
  case test(Test)
  case event(EventOperator)
  case window(WindowOperator)

  static let all =
    Junction.allCases.map(junction) + InfixOperator.all.map(infix)
    + RangeOperator.allCases.map(range) + Test.allCases.map(test)
    + EventOperator.allCases.map(event) + WindowOperator.allCases.map(window)

  var entry: OperatorEntry {
    switch self {
    case .junction(let symbol): symbol.entry
    case .infix(let symbol): symbol.entry
    case .range(let symbol): symbol.entry
    case .test(let symbol): symbol.entry
    case .event(let symbol): symbol.entry
    case .window(let symbol): symbol.entry
    }
  }
}

// MARK: Forms

/// What begins with a word of its own and has its parts in it.
enum Form: String, CaseIterable {
  case conditional = "if"
  case cases = "case"
  case interval = "Interval"
  case atLeast = "at"

  /// Its words; where the last part is open to the right it binds least of all.
  var entry: OperatorEntry {
    switch self {
    case .conditional:
      .init(
        "if then else", .lowest, "if sex = 'male' then inr > 2 else inr > 1.5",
        "what stands after `then` where the condition holds, else what stands after `else`")
    case .cases:
      .init(
        "case when then else end", .primary,
        "case when inr > 2 then 2 when inr > 1.5 then 1 else 0 end",
        "the value of the first condition that holds; with a value after `case`, of the first "
          + "that is equal to it")
    case .interval:
      .init(
        "Interval", .primary, "Interval[18 years, 66 years)",
        "the values between the bounds; `[` and `]` take a bound in, `(` and `)` leave it out")
    case .atLeast:
      .init(
        "at least of", .primary, "at least 2 of { cirrhosis, pregnant, inr > 2 }",
        "so many of the conditions hold, or more")
    }
  }
}

// MARK: Functions

/// What is written as a name with its arguments in parentheses.
enum Function: String, CaseIterable {
  case absolute = "Abs"
  case ceiling = "Ceiling"
  case coalesce = "Coalesce"
  case exp = "Exp"
  case floor = "Floor"
  case isFalse = "IsFalse"
  case isNull = "IsNull"
  case isTrue = "IsTrue"
  case ln = "Ln"
  case log = "Log"
  case max = "Max"
  case min = "Min"
  case power = "Power"
  case round = "Round"
  case truncate = "Truncate"

  /// How many values it takes, and what they are in words.
  var parameters: (counts: ClosedRange<Int>, words: String) {
    switch self {
    case .absolute, .ceiling, .exp, .floor, .isFalse, .isNull, .isTrue, .ln, .max, .min, .truncate:
      (1...1, "one value")
    case .log, .power: (2...2, "two values")
    case .round: (1...2, "a number and, if wanted, how many decimals")
    case .coalesce: (2...Int.max, "two or more values")
    }
  }

  /// How it is called, and what it comes to.
  var entry: OperatorEntry {
    func entry(_ arguments: String, _ meaning: String) -> OperatorEntry {
      .init(rawValue, .primary, "\(rawValue)(\(arguments))", meaning)
    }
    return switch self {
    case .absolute: entry("meld", "the number without its sign")
    case .ceiling: entry("meld", "the next whole number above, or the number itself")
    case .coalesce: entry("meld, inr", "the first value that is known")
    case .exp: entry("inr", "e to the power of the number")
    case .floor: entry("meld", "the next whole number below, or the number itself")
    case .isFalse: entry("pregnant", "the same as `is false`")
    case .isNull: entry("inr", "the same as `is null`")
    case .isTrue: entry("pregnant", "the same as `is true`")
    case .ln: entry("inr", "the natural logarithm")
    case .log: entry("inr, 10", "the logarithm to that base")
    case .max: entry("{ meld, inr }", "the largest of the numbers")
    case .min: entry("{ meld, inr }", "the smallest of the numbers")
    case .power: entry("inr, 2", "the same as `^`")
    case .round: entry("meld, 1", "the number rounded to so many decimals; a half goes away from 0")
    case .truncate: entry("meld", "the number without its decimals")
    }
  }
}

// MARK: Looking up

/// What the table comes to for those who read an expression.
enum OperatorTable {
  /// The operators before an operand, by what they are written with.
  static let prefixes = Dictionary(
    uniqueKeysWithValues: PrefixOperator.allCases.map { ($0.entry.words, $0) })

  /// The operators after an operand, by the first word or mark of each; where several begin with it,
  /// the first of them.
  static let followers = Dictionary(
    Follower.all.map { (words($0.entry)[0], $0) }, uniquingKeysWith: { first, _ in first })

  /// The entries of all operators and forms.
  static let entries =
    PrefixOperator.allCases.map(\.entry) + Follower.all.map(\.entry) + Form.allCases.map(\.entry)

  /// The words that cannot be names.
  static let keywords = Set(entries.flatMap(words).filter { $0.contains(where: \.isLetter) })

  /// The operators that are written with marks, and the brackets.
  static let marks =
    Set(entries.flatMap(words)).subtracting(keywords)
    .union(["(", ")", "[", "]", "{", "}", ",", "."])

  private static func words(_ entry: OperatorEntry) -> [String] {
    entry.words.split(separator: " ").map(String.init)
  }
}
