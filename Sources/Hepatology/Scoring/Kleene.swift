/// Three-valued logic after Kleene; `nil` is unknown.
enum Kleene {
  /// True where one is true, false where all are false.
  static func or(_ parts: Bool?...) -> Bool? {
    if parts.contains(true) { return true }
    return parts.contains(nil) ? nil : false
  }

  /// False where one is false, true where all are true.
  static func and(_ parts: [Bool?]) -> Bool? {
    if parts.contains(false) { return false }
    return parts.contains(nil) ? nil : true
  }
}

/// A part of a definition, and what it asks.
struct Condition {
  let label: String
  let variables: [Variable]
  let holds: Bool?
}

extension Working {
  /// Whether all parts of a definition hold; what is missing counts only where it decides.
  mutating func all(_ conditions: [Condition]) -> Bool? {
    for condition in conditions {
      guard let holds = condition.holds else { continue }
      term(
        "\(condition.label): \(holds ? "holds" : "does not hold")", condition.variables,
        points: holds ? 1 : 0)
      forgive(condition.variables)
    }
    return Kleene.and(conditions.map(\.holds))
  }
}
