import Foundation
import Hepatology
import Quantities
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
      (comparator("<="), "the comparator <= cannot be kept as a bound"),
      (observation("1975-2", "2", unit: "mm[Hg]"), "mm[Hg] and umol/L measure different things"),
      (observation("1975-2", "2", unit: "furlong"), "'furlong' is not a unit"),
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
    #expect(visits.map { $0[.patientAge]?.typed } == ["51", "52"])
    let now = try #require(visits.last?.patient)
    #expect(now.value(of: .patientSex) == .choice("female"))
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
    let folder = try Folder()
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

  // MARK: Real bundles

  static let folder: String = {
    let beside = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared").standardizedFileURL.path
    return (ProcessInfo.processInfo.environment["LOBULE_SHARED"] ?? beside) + "/corpus/fhir"
  }()

  static let isPresent = FileManager.default.fileExists(atPath: folder)

  /// What the bundles hold, counted apart from this program by a script that goes through the JSON,
  /// and looked through by hand.
  struct Corpus: Sendable, CustomStringConvertible {
    let files: [String]
    /// Observations with a value, and components.
    let parts: Int
    /// Those of them that have a LOINC code of the table, and on how many days.
    let coded: Int
    let days: Int
    /// Those of them that contradict another one of the same time.
    let contradicting: Int
    /// Resources that are no Patient, Observation or Condition.
    let others: Int
    /// Conditions, and those of them that mean a question of the form.
    let conditions: Int
    let history: Int
    /// The ages that the patient has on those days.
    let ages: Int

    var description: String { files[0] }
  }

  static let corpus = [
    Corpus(
      files: ["R4__SYNTHEA__Thanh_Considine_b7a86b8b-bbf8-4107-96e6-76a948fba0e8.json"],
      parts: 164, coded: 57, days: 9, contradicting: 0, others: 91, conditions: 10, history: 0,
      ages: 7),
    // Creatinine, urea nitrogen and sodium stand twice at one minute, with other numbers.
    Corpus(
      files: ["R4__SYNTHEA__Tom_Goodwin_e20de9eb-6f2d-4871-a43f-bbede53293ed.json"],
      parts: 131, coded: 41, days: 6, contradicting: 6, others: 61, conditions: 4, history: 0,
      ages: 6),
    // Chronic liver disease and diabetes are taken; urea nitrogen and sodium of serum and of blood
    // differ on 2009-09-07.
    Corpus(
      files: [
        "STU-3__SMART__patient-665677.fhir-bundle.json",
        "STU-3__SMART__patient-665677.fhir-bundle.01.json",
        "STU-3__SMART__patient-665677.fhir-bundle.02.json",
      ],
      parts: 328, coded: 71, days: 27, contradicting: 4, others: 82, conditions: 16, history: 2,
      ages: 8),
  ]

  @Test(
    "Real bundles", .enabled(if: isPresent, "the shared corpus is not on this machine"),
    arguments: corpus)
  func real(corpus: Corpus) throws {
    let files = corpus.files.map { ImportFile(path: Self.folder + "/" + $0) }
    let store = try Store.inMemory()
    let report = try store.importFiles(files)
    #expect(report.patients.count == 1)
    #expect(report.newVisits == corpus.days)
    #expect(
      report.added == corpus.coded - corpus.contradicting + corpus.history + corpus.ages + 1)
    #expect(
      report.unread.reduce(0) { $0 + $1.count } == corpus.parts - corpus.coded
        + corpus.contradicting + corpus.others + corpus.conditions - corpus.history)
    // Twice, in another order, and file by file: the same.
    let before = try store.verify()
    #expect(before.findings == [])
    _ = try store.importFiles(files.reversed())
    #expect(try store.verify() == before)
    guard files.count > 1 else { return }
    for file in files { _ = try store.importFiles([file]) }
    #expect(try store.verify() == before)
    // In a store of its own too, but that only the file with the Patient knows an age.
    let apart = try Store.inMemory()
    for file in files { _ = try apart.importFiles([file]) }
    func known(_ store: Store) throws -> [String] {
      let visit = try store.record(of: report.patients[0]).visits.last
      return (visit?.known ?? []).filter { $0.variable != .patientAge }
        .map { "\($0.variable.id) \($0.shown) \($0.holdsAt)" }
    }
    #expect(try known(apart) == known(store))
  }

  @Test("The latest values of the patient who is split over three files", .enabled(if: isPresent))
  func split() throws {
    let files = Self.corpus[2].files.map { ImportFile(path: Self.folder + "/" + $0) }
    let store = try Store.inMemory()
    let code = try #require(try store.importFiles(files).patients.first)
    let visit = try #require(try store.record(of: code).visits.last)
    let shown = Dictionary(
      uniqueKeysWithValues: visit.known.map { ($0.variable.id, "\($0.shown) \($0.holdsAt)") })
    #expect(shown["totalBilirubin"] == "0.8 mg/dL 2009-08-25")
    #expect(shown["creatinine"] == "1 mg/dL 2011-05-17")
    #expect(shown["urea"] == "19 mg/dL BUN 2011-05-17")
    #expect(shown["platelets"] == "164 10³/µL 2010-09-26")
    #expect(shown["systolic"] == "110 mmHg 2010-06-14")
    #expect(shown["diabetes"] == "type2 2009-09-07")
    #expect(shown["chronicLiverDisease"] == "yes 2009-08-25")
    #expect(shown["age"] == "56 years 2011-05-17")
    #expect(shown["sex"]?.hasPrefix("female") == true)
    let fib4 = try #require(Score.find("fib4"))
    #expect(fib4.result(for: visit.patient).text != nil)
  }
}
