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

  /// How a reported number stands to the true one.
  public enum Bound: Hashable, Sendable {
    /// It is the value.
    case exact
    /// The value is below it, as in `< 40`.
    case below
    /// The value is above it, as in `> 1000`.
    case above
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
}
