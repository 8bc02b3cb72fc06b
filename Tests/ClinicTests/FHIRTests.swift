import Foundation
import Hepatology
import Quantities
import TestSupport
import Testing

@testable import Clinic

@Suite("FHIR")
struct FHIRTests {
  private func bundle(_ resources: String..., type: String = "collection") -> [ImportFile] {
    let entries = resources.map { "{\"resource\":\($0)}" }.joined(separator: ",")
    let text = "{\"resourceType\":\"Bundle\",\"type\":\"\(type)\",\"entry\":[\(entries)]}"
    return [ImportFile(name: "b.json", bytes: Array(text.utf8))]
  }

  private func observation(
    _ code: String, _ value: String, unit: String = "mg/dL", at time: String = "2026-11-01",
    status: String = "final", more: String = ""
  ) -> String {
    """
    {"resourceType":"Observation","status":"\(status)","subject":{"reference":"Patient/7"},
    "code":{"coding":[{"system":"http://loinc.org","code":"\(code)","display":"x"}]},
    "effectiveDateTime":"\(time)",\(more)"valueQuantity":{"value":\(value),
    "system":"http://unitsofmeasure.org","code":"\(unit)"}}
    """
  }

  private func taken(_ files: [ImportFile]) throws -> (ImportReport, PatientRecord?) {
    let store = try Store.inMemory()
    let report = try store.importFiles(files)
    let record = try report.patients.first.map { try store.record(of: $0) }
    return (report, record)
  }

  @Test("Of one day the latest result counts that stands")
  func latest() throws {
    let (report, record) = try taken(
      bundle(
        observation("1975-2", "2.0", at: "2026-11-01T08:00:00+01:00"),
        observation("1975-2", "3.10", at: "2026-11-01T18:00:00+01:00"),
        observation("1975-2", "9.0", at: "2026-11-01T20:00:00+01:00", status: "entered-in-error"),
        observation("1975-2", "8.0", at: "2026-11-01T21:00:00+01:00", status: "cancelled"),
        observation("1975-2", "4.0", at: "2026-11-02", status: "amended")))
    let bilirubin = try variable("totalBilirubin")
    #expect(record?.visits.map { $0[bilirubin]?.shown } == ["3.1 mg/dL", "4 mg/dL"])
    #expect(record?.visits.first?[bilirubin]?.typed == "3.10")
    #expect(record?.visits.first?[bilirubin]?.holdsAt == Moment("2026-11-01T18:00"))
    #expect(
      report.unread.map(\.reason) == [
        "it was entered in error", "it was cancelled", "there is a later value of the same day",
      ])
  }

  @Test("Units: urea nitrogen is named, bounds are kept, what is not said is not guessed")
  func units() throws {
    let comparator = { (sign: String) in
      """
      {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/7"},
      "code":{"coding":[{"system":"http://loinc.org","code":"1920-8"}]},
      "effectiveDateTime":"2026-11-01","valueQuantity":{"value":10,"comparator":"\(sign)",
      "system":"http://unitsofmeasure.org","code":"U/L"}}
      """
    }
    let (report, record) = try taken(
      bundle(
        observation("3094-0", "20"), observation("6301-6", "2.1", unit: "{INR}"), comparator("<")))
    let visit = try #require(record?.visits.first)
    #expect(visit[try variable("urea")]?.shown == "20 mg/dL BUN")
    #expect(visit.patient.value(of: try variable("ast")).map { "\($0)".contains("below") } == true)
    #expect(visit[try variable("inr")]?.typed == "2.1")
    #expect(report.unread == [])
    for (file, reason) in [
      (comparator("ad"), "the comparator ad cannot be kept as a bound"),
      (observation("1975-2", "2", unit: "mm[Hg]"), "'mm[Hg]' does not fit: write umol/L"),
      (observation("1975-2", "2", unit: "furlong"), "'furlong' is no unit of this"),
      (observation("1975-2", "2", unit: ""), "it has no unit"),
      (observation("1975-2", "2", at: "2026-11"), "its time is not a full date"),
      (observation("2093-3", "2"), "no variable has this code"),
      (observation("1975-2", "2", more: "\"modifierExtension\":[],"), "an extension changes"),
      (observation("1975-2", "900"), "must be"),
    ] {
      let (report, _) = try taken(bundle(file))
      #expect(report.added == 0)
      #expect(report.unread.count == 1)
      #expect(report.unread.first?.reason.contains(reason) == true, "\(report.unread)")
    }
  }

  @Test("Two results of one time that contradict each other are both left")
  func contradiction() throws {
    let (report, record) = try taken(
      bundle(
        observation("1975-2", "2"), observation("1975-2", "3"),
        observation("6301-6", "2", unit: "1")))
    #expect(record?.visits.first?.measured.map(\.variable.id) == ["inr"])
    #expect(report.unread.map(\.count) == [2])
    let (same, _) = try taken(bundle(observation("1975-2", "2"), observation("1975-2", "2.0")))
    #expect(same.added == 1)
  }

  @Test("Patient and Conditions of R4 and of STU3")
  func conditions() throws {
    let patient = """
      {"resourceType":"Patient","id":"7","gender":"female","birthDate":"1974-11-02",
      "name":[{"family":"Secret"}]}
      """
    func condition(_ code: String, _ clinical: String, _ verification: String) -> String {
      """
      {"resourceType":"Condition","subject":{"reference":"Patient/7"},"onsetDateTime":"2020-01-01",
      "clinicalStatus":\(clinical),"verificationStatus":\(verification),
      "code":{"coding":[{"system":"http://snomed.info/sct","code":"\(code)"}]}}
      """
    }
    func coded(_ code: String) -> String { "{\"coding\":[{\"code\":\"\(code)\"}]}" }
    let (report, record) = try taken(
      bundle(
        patient, observation("1975-2", "2"), observation("1975-2", "3", at: "2026-11-02"),
        condition("19943007", coded("active"), coded("confirmed")),
        condition("128302006", "\"active\"", "\"confirmed\""),
        condition("61977001", coded("active"), coded("confirmed")),
        condition("59282003", coded("resolved"), coded("confirmed")),
        condition("44054006", coded("resolved"), coded("confirmed")),
        condition("109841003", coded("active"), coded("provisional")),
        condition("195967001", coded("active"), coded("confirmed"))))
    let visits = try #require(record?.visits)
    #expect(visits.map { $0[.age]?.typed } == ["51", "52"])
    let now = try #require(visits.last?.patient)
    #expect(now.value(of: .sex) == .choice("female"))
    #expect(now.value(of: try variable("cirrhosis")) == .yesNo(true))
    #expect(now.value(of: try variable("aetiology")) == .choices(["hbv", "hcv"]))
    #expect(now.value(of: try variable("venousThromboembolism")) == .yesNo(true))
    #expect(now.value(of: try variable("diabetes")) == nil)
    #expect(now.value(of: try variable("liverCancer")) == nil)
    #expect(report.unread.count == 3)
    #expect(!"\(report)".contains("Secret"))
  }

  @Test("Nothing of the source's own names stays in the store")
  func aliases() throws {
    let folder = try TemporaryFolder()
    let store = try Store.test(folder)
    let files = bundle(
      """
      {"resourceType":"Patient","id":"mrn-998877","gender":"male","birthDate":"1970-01-01"}
      """,
      observation("1975-2", "2").replacing("Patient/7", with: "Patient/mrn-998877"))
    let code = try #require(try store.importFiles(files).patients.first)
    try tamper(folder.store, "PRAGMA wal_checkpoint(TRUNCATE)")
    let bytes = try Data(contentsOf: URL(filePath: folder.store))
    #expect(bytes.range(of: Data("998877".utf8)) == nil)
    #expect(try store.importFiles(files).patients == [code])
    #expect(try store.rosterCount() == 1)
    // Another person whom another system calls the same.
    let other = bundle(
      """
      {"resourceType":"Patient","id":"mrn-998877","gender":"female"}
      """,
      observation("1975-2", "2", at: "2026-12-01").replacing(
        "Patient/7", with: "Patient/mrn-998877"))
    #expect(throws: StoreError.self) { try store.importFiles(other) }
    // A letter is the same sex as the word.
    _ = try store.commit([value("sex", "m")], to: code, visit: 1, reason: "typing error")
    #expect(throws: StoreError.self) { try store.importFiles(other) }
    let later = bundle(
      """
      {"resourceType":"Patient","id":"mrn-998877","gender":"male"}
      """,
      observation("1975-2", "3", at: "2026-12-01").replacing(
        "Patient/7", with: "Patient/mrn-998877"))
    #expect(try store.importFiles(later).patients == [code])
    #expect(throws: StoreError.self) {
      try store.importFiles(files, ImportOptions(code: PatientCode("Q-9")))
    }
    let named = try Store.inMemory().importFiles(files, ImportOptions(code: PatientCode("Q-9")))
    #expect(named.newPatients.map(\.text) == ["Q-9"])
  }
}
