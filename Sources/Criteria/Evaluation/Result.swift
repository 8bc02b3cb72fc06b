import Quantities

/// What a step comes to.
enum Result {
  case value(Value)
  /// A number that is known to lie between two.
  indirect case range(NumberInterval, Doubt)
  /// One of several values.
  indirect case oneOf([Value], Doubt)
  case unknown(Doubt)

  static let null = Result.unknown(.permanent)
  /// More alternatives than this are not followed.
  static let alternativeLimit = 64

  /// A number, or null where a calculation has none.
  init(_ number: FixedDecimal?) {
    if let number { self = .value(.number(number)) } else { self = .null }
  }

  var doubt: Doubt? {
    switch self {
    case .value: nil
    case .range(_, let doubt), .oneOf(_, let doubt), .unknown(let doubt): doubt
    }
  }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  var isPermanentNull: Bool {
    if case .unknown(let doubt) = self { doubt.isPermanent } else { false }
  }

  /// The values that it may be; nil where they cannot be listed.
  var candidates: [Value]? {
    switch self {
    case .value(let value): [value]
    case .oneOf(let values, _): values
    case .range, .unknown: nil
    }
  }

  /// The result of a function of one value.
  func map(_ transform: (Value) -> Result) -> Result {
    switch self {
    case .value(let value): return transform(value)
    case .range(_, let doubt), .unknown(let doubt): return .unknown(doubt)
    case .oneOf(let values, let doubt): return .merged(values.map(transform), doubt)
    }
  }

  /// The result of a function of two values.
  static func combined(_ a: Result, _ b: Result, _ transform: (Value, Value) -> Result) -> Result {
    if case .value(let left) = a, case .value(let right) = b { return transform(left, right) }
    if a.isPermanentNull || b.isPermanentNull { return .null }
    let doubt = (a.doubt ?? .permanent).union(b.doubt ?? .permanent)
    guard let left = a.candidates, let right = b.candidates,
      left.count * right.count <= alternativeLimit
    else { return .unknown(doubt) }
    return merged(left.flatMap { one in right.map { transform(one, $0) } }, doubt)
  }

  /// The result where any of several may hold and `doubt` says why it is not known which.
  static func merged(_ results: [Result], _ doubt: Doubt) -> Result {
    var values: [Value] = []
    var reasons = doubt
    var isListed = true
    for result in results {
      if let doubt = result.doubt { reasons = reasons.union(doubt) }
      guard let candidates = result.candidates else {
        isListed = false
        continue
      }
      for value in candidates where !values.contains(value) { values.append(value) }
      if values.count > alternativeLimit { isListed = false }
    }
    guard isListed, let first = values.first else {
      // All of them null: null whichever holds.
      if results.allSatisfy(\.isPermanentNull) { return .null }
      return .unknown(reasons)
    }
    return values.count == 1 ? .value(first) : .oneOf(values, reasons)
  }
}

extension Doubt {
  /// Adds a doubt to none or to others.
  static func add(_ more: Doubt, to doubt: inout Doubt?) {
    if doubt == nil { doubt = more } else { doubt?.formUnion(more) }
  }
}

/// True, false or unknown, by Kleene's tables.
enum Truth {
  case yes
  case no
  case unknown(Doubt)

  init(_ flag: Bool) { self = flag ? .yes : .no }

  var inverse: Truth {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unknown: self
    }
  }

  var isYes: Bool { if case .yes = self { true } else { false } }
  var isNo: Bool { if case .no = self { true } else { false } }

  var result: Result {
    switch self {
    case .yes: .value(.boolean(true))
    case .no: .value(.boolean(false))
    case .unknown(let doubt): .unknown(doubt)
    }
  }
}
