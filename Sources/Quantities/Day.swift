/// A day of the Gregorian calendar.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The year.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, 1 to 31.
  public let day: Int

  /// A day; `nil` where the calendar has none of that number, or before 1800 or after 2200.
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1800...2200).contains(year), (1...12).contains(month),
      day >= 1, day <= Self.days(in: month, of: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Reads `2026-11-21`.
  public init?(_ text: some StringProtocol) {
    // Digit by digit, since a list of patients has many of them.
    var (year, month, number, count) = (0, 0, 0, 0)
    for byte in String(text).utf8 {
      switch count {
      case 4 where byte == UInt8(ascii: "-"): (year, number) = (number, 0)
      case 7 where byte == UInt8(ascii: "-"): (month, number) = (number, 0)
      case 0..<4, 5, 6, 8, 9:
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
      default: return nil
      }
      count += 1
    }
    guard count == 10 else { return nil }
    self.init(year, month, number)
  }

  /// `2026-11-21`.
  public var description: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// Compares by time.
  public static func < (left: Day, right: Day) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// The number of days since 1 March 1600.
  public var number: Int {
    let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let years = y - 1600
    return years * 365 + years / 4 - years / 100 + years / 400 + (m * 153 + 2) / 5 + day - 1
  }

  /// The same day of the month so many months later or earlier.
  ///
  /// The month's last day where it has no such day, as CQL's date arithmetic has it; `nil` outside
  /// of the years of this type.
  public func adding(months: Int) -> Day? {
    let count = year * 12 + month - 1 + months
    let (year, month) = (count / 12, count % 12 + 1)
    return Day(year, month, min(day, Self.days(in: month, of: year)))
  }

  /// So many days later or earlier; `nil` outside of the years of this type.
  public func adding(days: Int) -> Day? {
    // Civil from days, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    let count = number + days
    guard count >= 0 else { return nil }
    let era = count / 146_097
    let rest = count % 146_097
    let yearOfEra = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365
    let dayOfYear = rest - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    return Day(
      1600 + era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
