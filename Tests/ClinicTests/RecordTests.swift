import Clinic
import Hepatology
import Quantities
import TestSupport
import Testing

@Suite("Patients and visits")
struct RecordTests {
  @Test("Codes are codes and never names")
  func codes() throws {
    #expect(try PatientCode("P-0001").text == "P-0001")
    #expect(try PatientCode("SITE2/017.b").text == "SITE2/017.b")
    for wrong in ["", "Miller", "Anna Miller 2", "P 1", "P-1\n", String(repeating: "1", count: 33)]
    {
      #expect(throws: StoreError.self) { try PatientCode(wrong) }
    }
    let store = try Store.inMemory()
    #expect(try store.newPatient().code.text == "P-0001")
    #expect(try store.newPatient(PatientCode("P-0003")).code.text == "P-0003")
    #expect(try store.newPatient().code.text == "P-0004")
    #expect(throws: StoreError.codeTaken(try PatientCode("p-0001"))) {
      try store.newPatient(PatientCode("p-0001"))
    }
    #expect(throws: StoreError.noPatient(try PatientCode("Q-1"), near: ["P-0001"])) {
      try store.record(of: PatientCode("Q-1"))
    }
  }

  @Test("What was typed is kept as it was typed, with the unit that held")
  func typed() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    let milligrams = try Unit(ucum: "mg/dL")
    let bilirubin = try variable("totalBilirubin")
    let receipt = try store.commit(
      [.value(bilirubin, "12,50", unit: milligrams), try value("inr", "<2.10")], to: code, visit: 1)
    let visit = try #require(receipt.record.visit(1))
    #expect(visit[bilirubin]?.typed == "12,50")
    #expect(visit[bilirubin]?.unit == milligrams)
    #expect(visit[bilirubin]?.origin == .measured)
    #expect(visit[try variable("inr")]?.typed == "<2.10")
    #expect(visit.patient.value(of: bilirubin) == .quantity(Quantity(12.5, milligrams), .exact))
  }

  @Test("What is no value is refused, and nothing of the change is written")
  func refused() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    #expect(throws: StoreError.refused("inr: 'abc' is not a number")) {
      try store.commit([value("sodium", "140"), value("inr", "abc")], to: code, visit: 1)
    }
    #expect(throws: StoreError.noVisit(7, code)) {
      try store.commit([value("sodium", "140")], to: code, visit: 7)
    }
    #expect(try store.record(of: code).observations.count == 2)
    #expect(try store.verify().isSound)
  }

  @Test("A new visit starts from the last, and carried values are not new")
  func carried() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    let (inr, sodium) = (try variable("inr"), try variable("sodium"))
    _ = try store.commit([value("inr", "2.1"), value("sodium", "135")], to: code, visit: 1)
    _ = try store.newVisit(on: day("2026-11-08"), for: code)
    let record = try store.commit([value("sodium", "131")], to: code, visit: 2).record
    let visit = try #require(record.visits.last)
    #expect(visit.number == 2)
    #expect(visit[inr]?.origin == .carried)
    #expect(visit[inr]?.holdsAt == Moment(day("2026-11-01")))
    #expect(visit[sodium]?.origin == .measured)
    #expect(visit.measured.map(\.variable) == [sodium])
    #expect(visit.measuredPatient.entered(in: .builtIn) == [sodium])
    #expect(visit.patient.entered(in: .builtIn) == [sodium, inr])
    #expect(record.series(of: sodium).map(\.typed) == ["135", "131"])
    #expect(record.series(of: inr).map(\.typed) == ["2.1"])

    // The same text typed again at another visit is a measurement.
    let again = try store.commit([value("inr", "2.1")], to: code, visit: 2)
    #expect(again.added.count == 1)
    #expect(again.record.visits.last?[inr]?.origin == .measured)
    // Typed once more at the same visit it is nothing new.
    #expect(try store.commit([value("inr", "2.1")], to: code, visit: 2).added.isEmpty)
  }

  @Test("Unknown from a visit on, and known again at the next")
  func cleared() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    let inr = try variable("inr")
    _ = try store.commit([value("inr", "2.1")], to: code, visit: 1)
    _ = try store.newVisit(on: day("2026-11-08"), for: code)
    _ = try store.newVisit(on: day("2026-11-09"), for: code)
    _ = try store.commit([.unknown(inr)], to: code, visit: 2)
    let record = try store.commit([value("inr", "1.9")], to: code, visit: 3).record
    #expect(record.visits.map { $0[inr]?.typed } == ["2.1", nil, "1.9"])
  }

  @Test("Visits stand in the order of their days, and can be given another day")
  func order() throws {
    let store = try Store.inMemory()
    let code = try store.patient(visit: "2026-11-10")
    _ = try store.newVisit(on: day("2026-11-01"), for: code)
    _ = try store.commit([value("inr", "2.5")], to: code, visit: 2)
    var record = try store.record(of: code)
    #expect(record.visits.map(\.number) == [2, 1])
    #expect(record.visit(1)?[try variable("inr")]?.origin == .carried)
    record = try store.redate(visit: 2, of: code, to: day("2026-11-20"), reason: "misread").record
    #expect(record.visits.map(\.number) == [1, 2])
    #expect(record.visit(1)?[try variable("inr")] == nil)
    #expect(record.visit(2)?[try variable("inr")]?.holdsAt == Moment(day("2026-11-20")))
    #expect(record.observations.last?.reason == "misread")
    #expect(record.visit(on: day("2026-11-20"))?.number == 2)
  }

  @Test("A correction points at what it corrects and carries a reason")
  func correction() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    let first = try store.commit([value("inr", "12")], to: code, visit: 1)
    let second = try store.commit([value("inr", "2.1")], to: code, visit: 1, reason: "slip")
    #expect(second.added.first?.corrects == first.added.first?.sequence)
    #expect(second.added.first?.reason == "slip")
    let third = try store.commit([value("inr", "2.2")], to: code, visit: 1)
    #expect(third.added.first?.corrects == second.added.first?.sequence)
    #expect(third.added.first?.reason == Store.usualReason)
    #expect(third.record.visits.first?.measured.map(\.typed) == ["2.2"])
  }

  @Test("A group that was reviewed answers what was not answered, question by question")
  func reviewed() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    _ = try store.commit([value("infection", "yes")], to: code, visit: 1)
    let receipt = try store.commit([.reviewed(.complications)], to: code, visit: 1)
    let visit = try #require(receipt.record.visits.first)
    #expect(visit.reviewed == [.complications])
    #expect(visit.patient.value(of: try variable("infection")) == .yesNo(true))
    #expect(visit.patient.value(of: try variable("bacterialPeritonitis")) == .yesNo(false))
    #expect(visit.patient.value(of: try variable("malignancy")) == .event(.never))
    #expect(Set(receipt.added.map(\.change)).count == 1)
    let undone = try store.undo(code).record
    #expect(undone.visits.first?.measured.map(\.typed) == ["yes"])
    #expect(undone.visits.first?.reviewed == [])
    #expect(throws: StoreError.self) {
      try store.commit([.reviewed(.liver)], to: code, visit: 1)
    }
  }

  @Test("Answers to criteria stand from the visit at which they were given")
  func attested() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    _ = try store.newVisit(on: day("2026-11-08"), for: code)
    func attest(_ answer: String) throws -> [Visit] {
      try store.commit(
        [.attested(trial: "NCT05985863", criterion: "e4", answer: answer)], to: code, visit: 2
      ).record.visits
    }
    let visits = try attest("yes")
    #expect(visits.map { $0.attestations.map(\.answer) } == [[], ["yes"]])
    #expect(visits.last?.attestations.first?.author == "tester")
    #expect(try attest("").last?.attestations == [])
    #expect(throws: StoreError.self) { try attest("perhaps") }
  }

  @Test(
    "The daily rise of bilirubin comes from dated values",
    arguments: [
      (["2026-11-01": "100 umol/L", "2026-11-03": "160 umol/L"], "30"),
      (["2026-11-01": "100 umol/L", "2026-11-03": "10 mg/dL"], "35.5"),
      (["2026-11-01": "100 umol/L", "2026-11-02": "130 umol/L", "2026-11-04": "120 umol/L"], "-5"),
      (["2026-11-01": "100 umol/L"], nil),
      (["2026-11-01": "100 umol/L", "2026-11-03": ">513 umol/L"], nil),
      (["2026-10-01": "100 umol/L", "2026-11-03": "160 umol/L"], nil),
    ])
  func rise(values: [String: String], expected: String?) throws {
    let store = try Store.inMemory()
    let code = try store.newPatient().code
    for (date, text) in values.sorted(by: { $0.key < $1.key }) {
      let receipt = try store.newVisit(on: day(date), for: code)
      let number = try #require(receipt.record.visits.last?.number)
      _ = try store.commit([value("totalBilirubin", text)], to: code, visit: number)
    }
    let visit = try #require(try store.record(of: code).visits.last)
    #expect(visit[try variable("totalBilirubinDailyRise")]?.typed == expected)
  }

  @Test("Two samples of one day give a rise by their hours; of one morning they give none")
  func riseWithinADay() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    let bilirubin = try variable("totalBilirubin")
    let rise = try variable("totalBilirubinDailyRise")
    _ = try store.newVisit(on: day("2026-11-01"), for: code)
    func enter(_ text: String, _ moment: String, visit: Int) throws -> DatedValue? {
      let input = Input.value(bilirubin, text, at: Moment(moment))
      return try store.commit([input], to: code, visit: visit).record.visit(2)?[rise]
    }
    #expect(try enter("100 umol/L", "2026-11-01T06:00", visit: 1) == nil)
    #expect(try enter("110 umol/L", "2026-11-01T08:00", visit: 2) == nil)
    let late = try #require(try enter("110 umol/L", "2026-11-01T18:00", visit: 2))
    #expect(late.typed == "20")
    #expect(
      late.origin
        == .derived(
          from: try #require(Moment("2026-11-01T06:00")),
          to: try #require(Moment("2026-11-01T18:00"))))
    // What a person entered at the visit stands before what was computed.
    let record = try store.commit(
      [value("totalBilirubinDailyRise", "18 umol/L/d")], to: code, visit: 2
    ).record
    #expect(record.visit(2)?[rise]?.typed == "18 umol/L/d")
  }

  @Test("Moments as files write them")
  func moments() throws {
    #expect(Moment("2026-11-21T08:30")?.description == "2026-11-21T08:30")
    #expect(Moment("2026-11-21 08:30:15")?.description == "2026-11-21T08:30")
    #expect(Moment("2010-01-05T08:00:00.123-05:00")?.description == "2010-01-05T08:00")
    #expect(Moment("2010-01-05T08:00:00Z")?.description == "2010-01-05T08:00")
    for wrong in ["2026", "2026-11", "2026-11-31", "2026-11-21T24:00", "2026-11-21T8:30", "x"] {
      #expect(Moment(wrong) == nil)
    }
    #expect(Timestamp(milliseconds: 1_795_269_731_123).description == "2026-11-21T14:02:11.123Z")
    #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
  }
}
