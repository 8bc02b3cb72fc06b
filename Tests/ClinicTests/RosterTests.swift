import Clinic
import Quantities
import TestSupport
import Testing

@Suite("Roster")
struct RosterTests {
  @Test("Lines, order, archive")
  func lines() throws {
    let store = try Store.inMemory()
    let first = try store.patient(visit: "2026-11-05")
    let second = try store.patient("S-2", visit: "2026-11-09")
    let third = try store.newPatient(label: "ward 3").code
    _ = try store.commit(
      [value("age", "52"), value("sex", "f"), value("inr", "2")], to: first, visit: 1)
    _ = try store.commit([value("age", "41.9")], to: second, visit: 1)
    let lines = try store.roster()
    #expect(lines.map(\.code.text) == ["S-2", "P-0001", "P-0003"])
    let line = try #require(lines.first { $0.code == first })
    #expect(line.age == 52)
    #expect(line.sex == "female")
    #expect(line.known == 3)
    #expect(line.visits == 1)
    #expect(line.lastVisit == (day("2026-11-05")))
    #expect(try store.roster(by: .lastVisit).map(\.code) == [second, first, third])
    #expect(try store.roster(by: .age).map(\.code) == [third, second, first])
    #expect(try store.roster(skipping: 1, limit: 1).map(\.code) == [first])
    #expect(try store.archive(second).record.isArchived)
    #expect(try store.archive(second).added.isEmpty)
    #expect(try store.roster().map(\.code) == [first, third])
    #expect(try store.roster(archived: true).map(\.code) == [second])
    #expect(try store.rosterCount() == 2)
    #expect(try store.archive(second, false).record.isArchived == false)
    #expect(try store.verify().isSound)
  }

  @Test("Finding by the beginning of code, number and label")
  func finding() throws {
    let store = try Store.inMemory()
    for _ in 1...120 { _ = try store.newPatient() }
    _ = try store.newPatient(PatientCode("NJ-77"), label: "Günther, 3. Stock")
    func found(_ text: String) throws -> [String] {
      try store.roster(matching: text).map(\.code.text)
    }
    #expect(try found("P-0042") == ["P-0042"])
    #expect(try found("42") == ["P-0042"])
    #expect(try found("11") == ["P-0011"] + (110...119).map { "P-0\($0)" })
    #expect(try found("nj") == ["NJ-77"])
    #expect(try found("gunth") == ["NJ-77"])
    #expect(try found("stock 3") == ["NJ-77"])
    #expect(try found("\"*(") == (try store.roster().map(\.code.text)))
    #expect(try found("zz").isEmpty)
    #expect(try store.rosterCount(matching: "nj 77") == 1)
    try store.relabel(PatientCode("NJ-77"), "bed 4")
    #expect(try found("gunth").isEmpty)
    #expect(try found("bed") == ["NJ-77"])
    try store.relabel(PatientCode("NJ-77"), nil)
    #expect(try found("bed").isEmpty)
    #expect(try store.record(of: PatientCode("nj-77")).label == nil)
  }

  @Test("Those who were put away are found among themselves, and so is a label that changed there")
  func findingInTheArchive() throws {
    let store = try Store.inMemory()
    for number in 1...30 { _ = try store.newPatient(PatientCode("S-\(number)"), label: "ward") }
    let code = try PatientCode("S-17")
    func found(_ text: String, _ archived: Bool) throws -> [String] {
      let lines = try store.roster(matching: text, archived: archived)
      #expect(try store.rosterCount(matching: text, archived: archived) == lines.count)
      return lines.map(\.code.text)
    }
    _ = try store.archive(code)
    #expect(try found("17", false) == [] && found("17", true) == ["S-17"])
    #expect(try found("ward", false).count == 29 && found("ward", true) == ["S-17"])
    try store.relabel(code, "home")
    #expect(try found("ward", true) == [] && found("home", true) == ["S-17"])
    #expect(try found("home", false) == [])
    _ = try store.archive(code, false)
    #expect(try found("home", false) == ["S-17"] && found("s", true) == [])
    #expect(try store.rosterCount(matching: "s", upTo: 7) == 7)
    #expect(try store.verify().findings == [])
  }
}
