public import Quantities

/// What is known of one variable of a patient.
public enum Value: Hashable, Sendable {
  /// A number with its unit, and whether it is the value or a bound of it.
  case quantity(Quantity, Bound)
  /// The answer of a choice, by its id.
  case choice(String)
  /// The answers that hold, by their ids.
  case choices(Set<String>)
  /// Yes or no.
  case yesNo(Bool)
  /// When something happened last.
  case event(Occurrence)

  /// How the true number stands to a reported one.
  public enum Bound: Hashable, Sendable, CaseIterable {
    /// It is the reported one.
    case exact
    /// It is below, as in `< 40`.
    case below
    /// It is not above, as in `<= 40`.
    case atMost
    /// It is not below, as in `>= 1000`.
    case atLeast
    /// It is above, as in `> 1000`.
    case above

    /// The sign before the number; empty for an exact one.
    public var sign: String {
      switch self {
      case .exact: ""
      case .below: "<"
      case .atMost: "<="
      case .atLeast: ">="
      case .above: ">"
      }
    }

    /// The signs that are read, longer ones first, with what they mean.
    static let signs: [(String, Bound)] = [
      ("<=", .atMost), ("=<", .atMost), ("≤", .atMost), (">=", .atLeast), ("=>", .atLeast),
      ("≥", .atLeast), ("<", .below), (">", .above),
    ]
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

  /// The value as files write it: `<40`, `mild`, `hbv,alcohol`, `yes`, `2026-11-21`; of a quantity the
  /// number without its unit.
  public var text: String {
    switch self {
    case .quantity(let quantity, let bound): "\(bound.sign)\(quantity.value)"
    case .choice(let id): id
    case .choices(let ids): ids.sorted().joined(separator: ",")
    case .yesNo(let yes): yes ? "yes" : "no"
    case .event(.never): "never"
    case .event(.ongoing): "ongoing"
    case .event(.on(let day)): "\(day)"
    }
  }
}
