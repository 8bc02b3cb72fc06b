public import Quantities

/// How days of visits and values are shown and typed; what stands in files, and what a registry says,
/// stays year-month-day.
public enum DayFormat: String, CaseIterable, Hashable, Sendable {
  /// `2026-11-21`.
  case iso
  /// `21.11.2026`.
  case dayFirst = "day-first"
  /// `11/21/2026`.
  case monthFirst = "month-first"

  /// A day as it is shown; always ten characters.
  public func text(_ day: Day) -> String {
    let parts = "\(day)".split(separator: "-").map(String.init)
    guard parts.count == 3 else { return "\(day)" }
    return switch self {
    case .iso: "\(day)"
    case .dayFirst: "\(parts[2]).\(parts[1]).\(parts[0])"
    case .monthFirst: "\(parts[1])/\(parts[2])/\(parts[0])"
    }
  }

  /// The day that was typed in this form, with points, strokes or hyphens, or as year-month-day, which
  /// can be nothing else; `nil` where it is no day.
  public func day(_ text: String) -> Day? {
    if let day = Day(text) { return day }
    let parts = text.split(omittingEmptySubsequences: false) { "./-".contains($0) }
    guard self != .iso, parts.count == 3, parts[2].count == 4,
      parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) }),
      let first = Int(parts[0]), let second = Int(parts[1]), let year = Int(parts[2])
    else { return nil }
    return self == .dayFirst ? Day(year, second, first) : Day(year, first, second)
  }

  /// How a day is to be written, in words.
  var words: String {
    switch self {
    case .iso: "year-month-day, as in 2026-11-21"
    case .dayFirst: "day.month.year, as in 21.11.2026"
    case .monthFirst: "month/day/year, as in 11/21/2026"
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
