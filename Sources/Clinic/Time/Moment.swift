public import Quantities

/// The time that a value holds for: a day, and the time of that day where it is known.
///
/// It is the time on the wall where the value was taken. Clinical records give it that way, and
/// nobody at the bedside counts in universal time.
public struct Moment: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The day.
  public let day: Day
  /// The minute of the day, 0 to 1439; `nil` where only the day is known.
  public let minute: Int?

  /// A day, with the minute of it where that is known; `nil` for a minute that no day has.
  public init?(_ day: Day, minute: Int?) {
    if let minute, !(0..<1440).contains(minute) { return nil }
    self.day = day
    self.minute = minute
  }

  /// A day of which the time is not known.
  public init(_ day: Day) {
    self.day = day
    minute = nil
  }

  /// Reads `2026-11-21`, `2026-11-21T08:30`, `2026-11-21 08:30`, and with seconds and a zone, which
  /// are left out: what counts is the time on the wall.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10 || bytes.count >= 16,
      let day = Day(String(decoding: bytes.prefix(10), as: UTF8.self))
    else { return nil }
    guard bytes.count > 10 else {
      self.init(day)
      return
    }
    guard [UInt8(ascii: "T"), UInt8(ascii: " ")].contains(bytes[10]),
      let hour = Self.two(bytes[11...12]), bytes[13] == UInt8(ascii: ":"),
      let minute = Self.two(bytes[14...15]), hour < 24, minute < 60, Self.isRest(bytes[16...])
    else { return nil }
    self.init(day, minute: hour * 60 + minute)
  }

  private static func two(_ bytes: ArraySlice<UInt8>) -> Int? {
    bytes.allSatisfy { (48...57).contains($0) } ? bytes.reduce(0) { $0 * 10 + Int($1) - 48 } : nil
  }

  /// Whether it is nothing, or seconds, a fraction of them and a zone.
  private static func isRest(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    if rest.first == UInt8(ascii: ":") {
      guard rest.count >= 3, let second = two(rest.dropFirst().prefix(2)), second <= 60 else {
        return false
      }
      rest = rest.dropFirst(3)
      if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst().drop { (48...57).contains($0) }
      }
    }
    switch rest.first {
    case nil: return true
    case UInt8(ascii: "Z"): return rest.count == 1
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let zone = Array(rest.dropFirst())
      return zone.count == 5 && zone[2] == UInt8(ascii: ":") && two(zone[0...1]) != nil
        && two(zone[3...4]) != nil
    default: return false
    }
  }

  /// `2026-11-21`, or `2026-11-21T08:30`.
  public var description: String {
    guard let minute else { return "\(day)" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(minute / 60)):\(two(minute % 60))"
  }

  /// Compares by time; a day without a time comes before the same day with one.
  public static func < (left: Moment, right: Moment) -> Bool {
    (left.day, left.minute ?? -1) < (right.day, right.minute ?? -1)
  }

  /// The days from another moment to this one, with a fraction where both have a time of day.
  public func days(since other: Moment) -> Double {
    let days = Double(day.number - other.day.number)
    guard let minute, let earlier = other.minute else { return days }
    return days + Double(minute - earlier) / 1440
  }
}
