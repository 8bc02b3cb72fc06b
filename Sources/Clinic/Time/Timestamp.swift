public import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An instant, to the millisecond, in universal time.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Milliseconds since the beginning of 1970, without leap seconds.
  public let milliseconds: Int64

  /// An instant so many milliseconds after the beginning of 1970.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// What the clock of this machine says.
  public static func system() -> Timestamp {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
  }

  /// Compares by time.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// `2026-11-21T14:02:11.123Z`; the number of milliseconds outside of the years of ``Day``.
  public var description: String {
    let (day, time) = split
    guard let day else { return "\(milliseconds) ms" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let rest = time % 1000
    let fraction = String("00\(rest)".suffix(3))
    let seconds = time / 1000
    return
      "\(day)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(fraction)Z"
  }

  /// The day in universal time; `nil` outside of the years of ``Day``.
  public var day: Day? { split.day }

  /// The day, and the milliseconds since its beginning.
  private var split: (day: Day?, time: Int) {
    let length: Int64 = 86_400_000
    var (days, rest) = milliseconds.quotientAndRemainder(dividingBy: length)
    if rest < 0 { (days, rest) = (days - 1, rest + length) }
    guard let count = Int(exactly: days), abs(count) < 200_000 else { return (nil, Int(rest)) }
    return (Day(1970, 1, 1)?.adding(days: count), Int(rest))
  }
}
