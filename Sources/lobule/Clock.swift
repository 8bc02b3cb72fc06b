import Glibc
import Quantities

/// The clock of the machine, which the core does not know.
enum Clock {
  /// The time of the day where the user is: `14:02:11`.
  static var time: String {
    var now = Glibc.time(nil)
    var parts = tm()
    guard localtime_r(&now, &parts) != nil else { return "" }
    let numbers = [parts.tm_hour, parts.tm_min, parts.tm_sec]
    return numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  /// Today where the user is.
  static var today: Day? {
    var now = Glibc.time(nil)
    var parts = tm()
    guard localtime_r(&now, &parts) != nil else { return nil }
    return Day(Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
  }
}
