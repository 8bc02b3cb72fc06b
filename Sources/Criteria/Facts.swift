public import Quantities

/// The patient's side, asked while an expression is evaluated.
public protocol Facts {
  /// What is known of a symbol, by its ``Symbol/index``, or of the member at that position of its
  /// ``Symbol/members``.
  func fact(_ symbol: Int, member: Int?) -> Fact
  /// What a variable is called in sentences, by its index; used by explanations alone.
  func label(of symbol: Int) -> String
}

/// What is known of a symbol.
public enum Fact: Hashable, Sendable {
  /// The value; of a quantity, in the unit of the symbol's type.
  case known(Value)
  /// A number that is known only to lie within an interval, as one that was reported as a bound
  /// (`< 40`), and the variables that would settle it.
  indirect case within(NumberInterval, settledBy: VariableSet)
  /// Nothing; the variables that would settle it.
  case unknown(needs: VariableSet)
  /// One of several values, as where a rule can be read in two ways or an input was assumed, and
  /// what would settle which.
  indirect case alternatives([Value], unsettledBy: Unsettled)

  /// What would settle which of several values holds.
  public enum Unsettled: Hashable, Sendable {
    /// Answers to these variables.
    case variables(VariableSet)
    /// A person's judgement, on the matter that the sentence names.
    case person(String)
  }
}

/// A value of the language.
///
/// What a number counts and what a choice means is said by its ``ValueType``.
public enum Value: Hashable, Sendable {
  /// True or false.
  case boolean(Bool)
  /// A whole number, a decimal, or the number of a quantity.
  case number(FixedDecimal)
  /// The answer at this position of the type's options.
  case choice(Int)
  /// The answers whose bits are set.
  case choices(UInt64)
  /// When something happened last.
  case event(Occurrence)
  /// Text.
  case string(String)
  /// All numbers between two.
  indirect case interval(NumberInterval)
}

/// When something happened last.
public enum Occurrence: Hashable, Sendable {
  /// It never did.
  case never
  /// It did on that day.
  case on(Day)
  /// It still does.
  case ongoing
}

/// The numbers between two bounds.
public struct NumberInterval: Hashable, Sendable {
  /// A bound, and whether it belongs to the interval.
  public struct Bound: Hashable, Sendable {
    /// Where the interval ends.
    public let value: FixedDecimal
    /// Whether ``value`` belongs to it.
    public let isIncluded: Bool

    /// A bound, and whether it belongs to the interval.
    public init(_ value: FixedDecimal, isIncluded: Bool) {
      self.value = value
      self.isIncluded = isIncluded
    }
  }

  /// The lower end; `nil` where there is none.
  public let low: Bound?
  /// The upper end; `nil` where there is none.
  public let high: Bound?

  /// The numbers between two bounds.
  public init(low: Bound?, high: Bound?) {
    self.low = low
    self.high = high
  }
}

/// A set of symbols, by their index.
public struct VariableSet: Hashable, Sendable {
  /// One more than the largest index.
  public static let capacity = 512

  // Four words side by side rather than a vector, whose alignment would make everything that
  // holds a set twice as large.
  private var a: UInt128 = 0
  private var b: UInt128 = 0
  private var c: UInt128 = 0
  private var d: UInt128 = 0

  /// No symbols.
  public init() {}

  /// The symbols of these indices.
  ///
  /// - Precondition: each is from 0 to ``capacity`` − 1.
  public init(_ indices: some Sequence<Int>) {
    for index in indices { insert(index) }
  }

  /// The symbol of this index alone.
  ///
  /// - Precondition: it is from 0 to ``capacity`` − 1.
  public init(_ index: Int) {
    insert(index)
  }

  /// Adds the symbol of an index.
  ///
  /// - Precondition: it is from 0 to ``capacity`` − 1.
  public mutating func insert(_ index: Int) {
    precondition((0..<Self.capacity).contains(index), "a vocabulary has at most 512 symbols")
    let bit: UInt128 = 1 &<< UInt128(truncatingIfNeeded: index)
    switch index >> 7 {
    case 0: a |= bit
    case 1: b |= bit
    case 2: c |= bit
    default: d |= bit
    }
  }

  /// Adds all symbols of another set.
  public mutating func formUnion(_ other: VariableSet) {
    a |= other.a
    b |= other.b
    c |= other.c
    d |= other.d
  }

  /// The symbols of either set.
  public func union(_ other: VariableSet) -> VariableSet {
    var result = self
    result.formUnion(other)
    return result
  }

  /// Whether the symbol of an index is in the set.
  public func contains(_ index: Int) -> Bool {
    guard (0..<Self.capacity).contains(index) else { return false }
    return intersects(VariableSet(index))
  }

  /// Whether the sets have a symbol in common.
  public func intersects(_ other: VariableSet) -> Bool {
    a & other.a | b & other.b | c & other.c | d & other.d != 0
  }

  /// Whether all symbols of this set are in the other one.
  public func isSubset(of other: VariableSet) -> Bool {
    union(other) == other
  }

  /// Whether the set has no symbols.
  public var isEmpty: Bool { a | b | c | d == 0 }

  /// The indices in ascending order.
  public var indices: Indices { Indices(words: (a, b, c, d)) }

  /// The indices of a set, in ascending order.
  public struct Indices: Sequence, IteratorProtocol, Sendable {
    fileprivate var words: (UInt128, UInt128, UInt128, UInt128)
    private var place = 0

    fileprivate init(words: (UInt128, UInt128, UInt128, UInt128)) { self.words = words }

    /// The next index.
    public mutating func next() -> Int? {
      while words.0 == 0 {
        guard place < 3 else { return nil }
        place += 1
        words = (words.1, words.2, words.3, 0)
      }
      let bit = words.0.trailingZeroBitCount
      words.0 &= words.0 - 1
      return place << 7 + bit
    }
  }
}

/// Why an outcome is not known.
public struct Doubt: Hashable, Sendable {
  /// The variables that would settle it.
  public var variables: VariableSet
  /// What else stands in the way.
  public var reasons: [Reason]

  /// Something that no missing variable explains.
  public enum Reason: Hashable, Sendable {
    /// Two readings of a rule differ for this patient; the sentence names the matter.
    case person(String)
    /// An event is dated, and there is no screening date to count from.
    case noScreeningDate
    /// The event of the symbol with this index is dated after the screening date.
    case futureDate(Int, Day)
  }

  /// Nothing that could be settled: the unknown of `null` itself.
  public static let permanent = Doubt(variables: VariableSet(), reasons: [])

  /// Why an outcome is not known.
  public init(variables: VariableSet, reasons: [Reason] = []) {
    self.variables = variables
    self.reasons = reasons
  }

  /// Whether nothing could settle it.
  public var isPermanent: Bool { variables.isEmpty && reasons.isEmpty }

  /// Whatever stands in the way in either.
  public func union(_ other: Doubt) -> Doubt {
    var result = self
    result.formUnion(other)
    return result
  }

  /// Adds whatever stands in the way in another one.
  public mutating func formUnion(_ other: Doubt) {
    variables.formUnion(other.variables)
    for reason in other.reasons where !reasons.contains(reason) { reasons.append(reason) }
  }
}

/// What an expression comes to for a patient.
public enum Outcome: Hashable, Sendable {
  /// A value.
  case value(Value)
  /// Not known; what would settle it.
  case unknown(Doubt)
  /// All that is needed is known, and a person must say how a rule is read, on these matters.
  case needsPerson([String])

  /// True or false, where that is the value.
  public var isTrue: Bool? {
    if case .value(.boolean(let flag)) = self { flag } else { nil }
  }

  init(_ doubt: Doubt) {
    let matters = doubt.reasons.compactMap { reason -> String? in
      if case .person(let matter) = reason { matter } else { nil }
    }
    self =
      doubt.variables.isEmpty && !matters.isEmpty && matters.count == doubt.reasons.count
      ? .needsPerson(matters) : .unknown(doubt)
  }
}
