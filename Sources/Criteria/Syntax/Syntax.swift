import Quantities

/// An expression as it was written, without regard to what its names mean.
struct Syntax: Hashable, Sendable {
  // One reference, so that what walks deep expressions needs little of the stack.
  private final class Node: Sendable {
    let kind: Kind
    let position: Position
    let depth: Int

    init(_ kind: Kind, _ position: Position, _ depth: Int) {
      self.kind = kind
      self.position = position
      self.depth = depth
    }
  }

  private let node: Node

  init(kind: Kind, position: Position, depth: Int) {
    node = Node(kind, position, depth)
  }

  var kind: Kind { node.kind }
  var position: Position { node.position }
  /// How deep it is nested, so that what walks it cannot run out of stack.
  var depth: Int { node.depth }

  static let depthLimit = 32

  enum Kind: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// May be larger than an integer is; that depends on where it stands.
    case integer(FixedDecimal)
    case decimal(FixedDecimal)
    case quantity(FixedDecimal, WrittenUnit)
    case string(String)
    case name(String, member: String?)
    case prefix(PrefixOperator, Syntax)
    /// Between two operands or more.
    case junction(Junction, [Syntax])
    case infix(InfixOperator, Syntax, Syntax)
    case range(RangeOperator, Syntax, low: Syntax, high: Syntax)
    case test(Test, Syntax, negated: Bool)
    case event(EventOperator, Syntax)
    case window(WindowOperator, Syntax, Window)
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

/// A length of time in whole days, weeks, months or years.
struct Window: Hashable, Sendable {
  let count: Int32
  let unit: Unit

  enum Unit: Hashable, Sendable {
    case year, month, week, day

    /// Nothing is recorded by the hour.
    init?(_ unit: CalendarUnit) {
      switch unit {
      case .year: self = .year
      case .month: self = .month
      case .week: self = .week
      case .day: self = .day
      case .hour, .minute, .second: return nil
      }
    }

    var calendar: CalendarUnit {
      switch self {
      case .year: .year
      case .month: .month
      case .week: .week
      case .day: .day
      }
    }
  }
}

extension Window: CustomStringConvertible {
  /// As it is written: `4 weeks`.
  var description: String { "\(count) \(unit.calendar.word(after: FixedDecimal(Int(count))))" }
}
