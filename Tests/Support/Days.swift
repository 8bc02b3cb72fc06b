public import Quantities

/// A day written as `2026-11-21`; a text that is none is a fault of the test.
public func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("“\(text)” is not a day") }
  return day
}
