import Criteria
import Foundation
import PatientSupport
import Quantities
import TestSupport
import Testing
import Trials

@testable import Assessment

/// Windows of time on their first and last days, at the ends of months and in leap years.
@Suite struct WindowTests {
  static let dates = [
    "2026-11-21", "2026-03-31", "2026-03-30", "2024-03-31", "2024-02-29", "2025-02-28",
    "2025-03-01", "2028-02-29", "2026-01-01", "2026-12-31", "2026-05-31",
  ]

  /// Every criterion with a window, from the rows of its events.
  @Test(arguments: dates)
  func everyWindowEndsOnItsDay(_ date: String) throws {
    var count = 0
    for row in CriterionTable.rows {
      let criterion = try #require(library[row.trial]?.criteria.first { $0.id == row.criterion })
      let text = try #require(criterion.expression).text.split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      guard let match = text.firstMatch(of: #/(\w+) within (\d+) (\w+?)s?\b/#),
        text.contains("\(row.variable) within")
      else { continue }
      let window = try #require(Int(match.2))
      let first = try #require(Self.firstDay(window, String(match.3), before: date))
      let inside = try #require(row.values.first { Day($0.value) != nil }).expected
      let outside = try #require(row.values.first { $0.value == "never" }).expected
      let screeningDate = TestSupport.day(date)
      let before = try #require(first.adding(days: -1))
      let after = try #require(screeningDate.adding(days: 1))
      let expression = try Expression(parsing: text, vocabulary: PatientVocabulary.builtIn)
      for (day, expected) in [
        (first, inside), (screeningDate, inside), (before, outside), (after, "?"),
      ] {
        let patient = try patient(row.base + ["\(row.variable)=\(day)"])
        let found = expression.evaluate(
          PatientFacts(patient, vocabulary: .builtIn), on: screeningDate
        ).isTrue
        #expect(
          found.map { $0 ? "yes" : "no" } ?? "?" == (expected == "person" ? "?" : expected),
          "\(row.trial) \(row.criterion) with \(day) on \(date)")
        #expect(
          expression.evaluate(PatientFacts(patient, vocabulary: .builtIn), on: nil).isTrue == nil,
          "\(row.trial) \(row.criterion) without a screening date")
      }
      count += 1
    }
    #expect(count == 15)
  }

  /// The first day of a window, found in another way than the program does.
  private static func firstDay(_ count: Int, _ unit: String, before date: String) -> Day? {
    let parts = date.split(separator: "-").compactMap { Int($0) }
    guard unit == "month" || unit == "year" else {
      let seconds = Double(unit == "week" ? 7 * count : count) * 86_400
      let formatter = ISO8601DateFormatter()
      formatter.formatOptions = [.withFullDate]
      return formatter.date(from: date).flatMap {
        Day(formatter.string(from: $0.addingTimeInterval(-seconds)))
      }
    }
    let months = parts[0] * 12 + parts[1] - 1 - (unit == "year" ? 12 * count : count)
    // The same day of that month, or its last one.
    return (1...parts[2]).reversed().lazy.compactMap { Day(months / 12, months % 12 + 1, $0) }.first
  }

  /// The calendar above against days that were counted by hand.
  @Test(arguments: [
    ("2026-03-31", 1, "month", "2026-02-28"), ("2024-03-31", 1, "month", "2024-02-29"),
    ("2026-03-31", 3, "month", "2025-12-31"), ("2026-03-31", 4, "week", "2026-03-03"),
    ("2026-03-31", 30, "day", "2026-03-01"), ("2024-02-29", 1, "year", "2023-02-28"),
    ("2024-02-29", 24, "month", "2022-02-28"), ("2024-02-29", 5, "year", "2019-02-28"),
    ("2028-02-29", 4, "week", "2028-02-01"), ("2025-03-01", 30, "day", "2025-01-30"),
  ])
  func monthsAreCalendarMonths(_ date: String, _ count: Int, _ unit: String, _ first: String) throws
  {
    #expect(try #require(Self.firstDay(count, unit, before: date)).description == first)
    let patient = try patient("otherTrial=\(first)")
    let expression = try Expression(
      parsing: "otherTrial within \(count) \(unit)s", vocabulary: PatientVocabulary.builtIn)
    #expect(
      expression.evaluate(PatientFacts(patient, vocabulary: .builtIn), on: TestSupport.day(date))
        .isTrue == true)
  }

  @Test func anotherScreeningDateOpensAWindow() throws {
    let record = try #require(library["NCT05985863"])
    let patient = try patient("otherTrial=2026-08-21")
    var screening = Screening(of: patient, trials: [record], on: today, vocabulary: .builtIn)
    #expect(screening.screening(of: record.id)?.result("E13a") == "met")
    screening.screen(on: TestSupport.day("2026-11-22"))
    #expect(screening.verdict(of: record.id) == nil)
    screening.settle()
    #expect(screening.screening(of: record.id)?.result("E13a") == "notMet")
    screening.screen(on: nil)
    screening.settle()
    #expect(screening.screening(of: record.id)?.result("E13a") == "unknown")
  }
}
