public import Quantities

/// A date as registries give it: a day, a month or a year.
public struct PartialDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The year.
  public let year: Int
  /// The month, 1 to 12, where it is given.
  public let month: Int?
  /// The day of the month, where it is given.
  public let day: Int?

  /// Reads `2023-07-18`, `2023-07` or `2023`; `nil` for anything else, or a day that no calendar
  /// has.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let digits = parts.allSatisfy { part in part.utf8.allSatisfy { (48...57).contains($0) } }
    guard digits, (1...3).contains(parts.count), parts[0].utf8.count == 4,
      parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }), let year = Int(parts[0])
    else { return nil }
    let month = parts.count > 1 ? Int(parts[1]) : nil
    let day = parts.count > 2 ? Int(parts[2]) : nil
    guard Day(year, month ?? 1, day ?? 1) != nil else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day; the first one of a month or a year that is all that is given.
  public var earliest: Day {
    guard let day = Day(year, month ?? 1, day ?? 1) else {
      preconditionFailure("a partial date is checked when it is made")
    }
    return day
  }

  /// `2023-07-18`, `2023-07` or `2023`.
  public var description: String {
    let text = earliest.description
    return String(text.prefix(day != nil ? 10 : month != nil ? 7 : 4))
  }

  /// Compares by the earliest day that is meant.
  public static func < (left: PartialDate, right: PartialDate) -> Bool {
    left.earliest < right.earliest
  }
}
