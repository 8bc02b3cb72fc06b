import Quantities

/// An expression as it was written, without regard to what its names mean.
struct Syntax: Hashable, Sendable {
  let kind: Kind
  let position: Position
  /// How deep it is nested, so that what walks it cannot run out of stack.
  let depth: Int

  static let depthLimit = 60
  /// How deep the parser may go: each level may stand in parentheses that the tree does not keep.
  static let parsingLimit = 160

  indirect enum Kind: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// May be larger than an integer is; that depends on where it stands.
    case integer(FixedDecimal)
    case decimal(FixedDecimal)
    case quantity(FixedDecimal, WrittenUnit)
    case string(String)
    case name(String, member: String?)
    case positive(Syntax)
    case negative(Syntax)
    case not(Syntax)
    case exists(Syntax)
    /// `and` or `or` between two or more.
    case chain(Connective, [Syntax])
    case binary(BinaryOperator, Syntax, Syntax)
    case between(Syntax, Syntax, Syntax, properly: Bool)
    case test(Syntax, Test, negated: Bool)
    case within(Syntax, Int, CalendarUnit)
    case ever(Syntax)
    case ongoing(Syntax)
    case interval(low: Syntax, high: Syntax, includesLow: Bool, includesHigh: Bool)
    case list([Syntax])
    case conditional(Syntax, then: Syntax, otherwise: Syntax)
    case cases(subject: Syntax?, [Branch], otherwise: Syntax)
    case call(String, [Syntax])
    case atLeast(Int, [Syntax])
  }

  struct Branch: Hashable, Sendable {
    let when: Syntax
    let then: Syntax
  }

  enum Connective: String, Hashable, Sendable {
    case and
    case or
  }

  enum Test: String, Hashable, Sendable {
    case null
    case `true`
    case `false`
  }

  /// Two expressions are the same wherever they stand.
  static func == (left: Syntax, right: Syntax) -> Bool { left.kind == right.kind }
  func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

/// The unit of a quantity as it was written.
enum WrittenUnit: Hashable, Sendable {
  case ucum(String)
  case calendar(CalendarUnit)
}

/// The words for durations.
enum CalendarUnit: String, CaseIterable, Hashable, Sendable {
  case year, month, week, day, hour, minute, second

  init?(word: String) {
    self.init(rawValue: word.hasSuffix("s") ? String(word.dropLast()) : word)
  }

  init?(code: String) {
    guard let unit = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = unit
  }

  var code: String {
    switch self {
    case .year: "a"
    case .month: "mo"
    case .week: "wk"
    case .day: "d"
    case .hour: "h"
    case .minute: "min"
    case .second: "s"
    }
  }

  /// The word after a number: `month` after 1, else `months`.
  func word(after number: FixedDecimal) -> String {
    number.magnitude == .one ? rawValue : rawValue + "s"
  }
}

enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case implies, xor
  case membership = "in"
  case equal = "="
  case unequal = "!="
  case equivalent = "~"
  case inequivalent = "!~"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divided = "/"
  case div, mod
  case power = "^"
  case intersect

  var precedence: Precedence {
    switch self {
    case .intersect: .intersect
    case .implies: .implies
    case .xor: .or
    case .membership: .membership
    case .equal, .unequal, .equivalent, .inequivalent: .equality
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .inequality
    case .plus, .minus: .sum
    case .times, .divided, .div, .mod: .product
    case .power: .power
    }
  }
}

/// How tightly operators bind, after the grammar of CQL 1.5; a later one binds tighter.
enum Precedence: Int, Comparable {
  case lowest, intersect, implies, or, and, membership, equality, inequality, between, not, test
  case sum, product, power, sign, primary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}
