public import Quantities

/// The names that expressions may use, and what they mean.
///
/// Implemented by whoever knows the variables and the scores.
public protocol Vocabulary: Sendable {
  /// What a name means; `nil` where it means nothing.
  func symbol(_ name: String) -> Symbol?
  /// All names, for pointing from a misspelt one to the right one.
  var names: [String] { get }
}

/// A name and what stands behind it: a variable of the patient or a score.
public struct Symbol: Hashable, Sendable {
  /// The name in expressions: `totalBilirubin`.
  public let name: String
  /// The name in sentences: `Total bilirubin`.
  public let label: String
  /// What kind of value it has; a quantity with the unit in which its values arrive.
  public let type: ValueType
  /// What else can be asked of it, as in `childPugh.class`.
  public let members: [Member]
  /// Its number among all symbols of its vocabulary, from 0 to ``VariableSet/capacity`` − 1.
  public let index: Int

  /// A named part of a symbol.
  public struct Member: Hashable, Sendable {
    /// The word after the point.
    public let name: String
    /// The name in sentences: `Child-Pugh class`.
    public let label: String
    /// What kind of value it has.
    public let type: ValueType

    /// A named part of a symbol.
    public init(_ name: String, label: String, type: ValueType) {
      self.name = name
      self.label = label
      self.type = type
    }
  }

  /// A name and what stands behind it.
  public init(
    _ name: String, label: String, type: ValueType, members: [Member] = [], index: Int
  ) {
    self.name = name
    self.label = label
    self.type = type
    self.members = members
    self.index = index
  }
}

/// What kind of value a symbol or an expression has.
public enum ValueType: Hashable, Sendable {
  /// Of `null` alone: fits everything.
  case any
  /// True or false.
  case boolean
  /// A whole number of 32 bits.
  case integer
  /// A number with up to eight decimals.
  case decimal
  /// A number of a unit, and the substances whose mass and amount may be converted.
  case quantity(Unit, substances: [Substance])
  /// One of several answers.
  case choice(Options)
  /// Any number of several answers.
  case choices(Options)
  /// Something that never happened, did on a day, or goes on.
  case event
  /// Text.
  case string
  /// All values between two.
  indirect case interval(of: ValueType)

  /// The type in words, with its article: `a number`.
  public var name: String {
    switch self {
    case .any: "nothing known"
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .decimal: "a number"
    case .quantity(let unit, _): unit.code == "1" ? "a number" : "a quantity in \(unit.code)"
    case .choice(let options): "one of \(options.list)"
    case .choices(let options): "a set of \(options.list)"
    case .event: "an event"
    case .string: "a text"
    case .interval(let point): point == .any ? "an interval" : "an interval of \(point.name)"
    }
  }
}

/// The answers of a question.
public struct Options: Hashable, Sendable {
  /// One answer.
  public struct Option: Hashable, Sendable {
    /// The word in expressions: `mild`.
    public let id: String
    /// The word in sentences: `Mild`.
    public let label: String

    /// One answer.
    public init(_ id: String, _ label: String) {
      self.id = id
      self.label = label
    }
  }

  /// The answers, at most sixty-four; the least first where they are ordered.
  public let all: [Option]
  /// Whether later answers are more than earlier ones, so that `ascites >= 'mild'` has a meaning.
  public let isOrdered: Bool
  /// The answers as numbers, where each of them is a whole number, as the grades 0 to 4 are; they
  /// are compared with numbers then.
  public let numbers: [Int]?

  /// The answers of a question; those after the sixty-fourth are left out.
  public init(_ all: [Option], isOrdered: Bool = false) {
    self.all = Array(all.prefix(64))
    self.isOrdered = isOrdered
    let numbers = self.all.compactMap { Int32($0.id).map(Int.init) }
    self.numbers = numbers.count == self.all.count && !numbers.isEmpty ? numbers : nil
  }

  /// The value of an answer: a number where all answers are numbers.
  public func value(of id: String) -> Value? {
    guard let index = all.firstIndex(where: { $0.id == id }) else { return nil }
    if let numbers { return .number(FixedDecimal(numbers[index])) }
    return .choice(index)
  }

  /// The value of a set of answers; ids that are unknown are left out.
  public func value(of ids: Set<String>) -> Value {
    var mask: UInt64 = 0
    for (index, option) in all.enumerated() where ids.contains(option.id) { mask |= 1 << index }
    return .choices(mask)
  }

  /// The ids with a comma between them.
  var list: String { all.map { "'\($0.id)'" }.joined(separator: ", ") }
}
