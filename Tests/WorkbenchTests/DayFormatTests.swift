import Clinic
import Hepatology
import Quantities
import Terminal
import Testing

@testable import Workbench

/// Days as a site writes them.
@Suite struct DayFormatTests {
  @Test(arguments: [
    (DayFormat.iso, "2026-11-02"), (.dayFirst, "02.11.2026"), (.monthFirst, "11/02/2026"),
  ])
  func isShownAndReadAlike(format: DayFormat, text: String) throws {
    let day = try #require(Day("2026-11-02"))
    #expect(format.text(day) == text)
    #expect(format.day(text) == day)
    // Which of the three it is cannot be mistaken.
    #expect(format.day("2026-11-02") == day)
  }

  @Test(arguments: DayFormat.allCases) func everyDayOfSomeYears(format: DayFormat) {
    for year in [1999, 2024, 2026] {
      for month in 1...12 {
        for day in 1...31 {
          guard let day = Day(year, month, day) else { continue }
          #expect(format.day(format.text(day)) == day && format.text(day).count == 10)
        }
      }
    }
  }

  @Test func whatElseIsTyped() {
    #expect(DayFormat.dayFirst.day("2/11/2026") == Day(2026, 11, 2))
    #expect(DayFormat.dayFirst.day("2-11-2026") == Day(2026, 11, 2))
    #expect(DayFormat.monthFirst.day("2-11-2026") == Day(2026, 2, 11))
    #expect(DayFormat.dayFirst.day("11/21/2026") == nil)
    for text in [
      "", "2.11", "2.11.26", "a.b.2026", "٢.11.2026", "2..2026", "-2.11.2026", "02.11.2026 ",
    ] {
      #expect(DayFormat.dayFirst.day(text) == nil, "\(text)")
    }
    #expect(DayFormat.iso.day("02.11.2026") == nil)
  }

  @Test("The day of a value is asked for and shown as the site writes it, and kept as ever")
  func inTheForm() throws {
    let desk = Desk(.large, dates: .dayFirst).press("2").go(to: "inr").type("2.1").press(
      "Enter", "Up")
    desk.press("Ctrl-t")
    #expect(desk.shows("Taken on: 21.11.2026") && desk.shows("day.month.year, as in 21.11.2026"))
    for _ in 0..<10 { desk.press("Backspace") }
    desk.type("11/21/2026").press("Enter")
    #expect(desk.keyLine.contains("'11/21/2026' is not a day: write day.month.year"))
    for _ in 0..<10 { desk.press("Backspace") }
    desk.type("20.11.2026").press("Enter")
    let inr = Variable.inr
    #expect(desk.workbench.patient[inr]?.taken == Day(2026, 11, 20))
    #expect(desk.shows("Taken on 20.11.2026"))
  }

  @Test("An event is typed as the site writes it, and kept as every program reads it")
  func anEvent() throws {
    let event = try #require(
      VariableTable.builtIn.all.first { if case .event = $0.kind { true } else { false } })
    let desk = Desk(.large, dates: .monthFirst).press("2", "Ctrl-o").go(to: event.id)
    desk.type("11/02/2026").press("Enter")
    #expect(desk.workbench.patient[event]?.typed == "2026-11-02")
  }

  @Test func ofVisits() throws {
    let store = try Store.open(.memory, author: "anna", variables: .builtIn)
    let inr = Variable.inr
    let day = try #require(Day("2026-11-02"))
    _ = try store.admit(PatientCode("P-0007"), on: day, with: [.value(inr, "2.1")])
    let desk = Desk(.large, store: store, dates: .dayFirst).press("5")
    #expect(desk.shows("02.11.2026") && !desk.shows("2026-11-02"))
    desk.press("Enter")
    #expect(desk.shows("Visit 1 of 1 · 02.11.2026"))
    desk.press("Ctrl-v")
    #expect(desk.shows("The day of the visit: day.month.year"))
    desk.press("Enter")
    #expect(desk.shows("Visit 2 of 2 · 21.11.2026"))
  }
}
