import Quantities
import Testing

@Suite struct DayTests {
  @Test func readsAndWrites() throws {
    #expect(Day("2026-11-21")?.description == "2026-11-21")
    for text in [
      "2026-2-1", "2026-02-30", "2026-02-01x", "+026-02-01", "1799-12-31", "2201-01-01", "",
    ] {
      #expect(Day(text) == nil)
    }
    #expect(Day("2024-02-29") != nil)
    #expect(Day("2023-02-29") == nil)
    #expect(Day("1900-02-29") == nil)
    #expect(Day("2000-02-29") != nil)
  }

  @Test(arguments: [
    ("2026-03-31", -1, "2026-02-28"), ("2024-03-31", -1, "2024-02-29"),
    ("2024-02-29", -12, "2023-02-28"), ("2024-02-29", 48, "2028-02-29"),
    ("2026-01-31", 1, "2026-02-28"), ("2026-12-15", 1, "2027-01-15"),
    ("2026-01-15", -1, "2025-12-15"), ("2026-05-31", -3, "2026-02-28"),
  ])
  func addsMonths(from: String, months: Int, to: String) throws {
    #expect(try #require(Day(from)).adding(months: months) == Day(to))
  }

  @Test func addsDays() throws {
    let first = try #require(Day(1800, 1, 1))
    var day = first
    // Every day up to the last is the one after the day before.
    for count in 1...146_461 {
      let next = try #require(day.adding(days: 1))
      #expect(next > day)
      #expect(next.number == first.number + count)
      if next.day != day.day + 1 { #expect(next.day == 1) }
      day = next
    }
    #expect(day == Day(2200, 12, 31))
    #expect(day.adding(days: 1) == nil)
    #expect(first.adding(days: -1) == nil)
    #expect(Day(2026, 3, 1)?.adding(days: -1) == Day(2026, 2, 28))
    #expect(Day(2024, 3, 1)?.adding(days: -1) == Day(2024, 2, 29))
  }

  @Test func ordersByTime() throws {
    #expect(try #require(Day(2026, 1, 31)) < #require(Day(2026, 2, 1)))
    #expect(try #require(Day(2025, 12, 31)) < #require(Day(2026, 1, 1)))
  }
}
