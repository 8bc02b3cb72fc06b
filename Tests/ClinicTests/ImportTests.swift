import Foundation
import Hepatology
import Quantities
import TestSupport
import Testing

@testable import Clinic

func csv(_ text: String) -> [ImportFile] { [ImportFile(name: "test.csv", bytes: Array(text.utf8))] }

@Suite("Import")
struct ImportTests {
  static let table = """
    code,date,totalBilirubin[umol/L],inr,albumin[g/dL],sex,encephalopathyGrade,aetiology
    P-0001,2026-11-01,214,2.1,3.1,female,1,"hbv,alcohol"
    P-0001,2026-11-08,"12,5 mg/dL",,,,,
    S-2,2026-11-02,<40,1.9,2.9,male,none of these,
    """

  @Test("CSV: one row a visit")
  func table() throws {
    let store = try Store.inMemory()
    let report = try store.importFiles(csv(Self.table))
    #expect(report.patients.map(\.text) == ["P-0001", "S-2"])
    #expect(report.newPatients.map(\.text) == ["P-0001", "S-2"])
    #expect(report.newVisits == 3)
    #expect(report.added == 11)
    #expect(report.conflicts.isEmpty)
    #expect(
      report.unread == [
        ImportReport.Unread(
          what: "line 4, encephalopathyGrade",
          reason: "'none of these' is none of 0, 1, 2, 3, 4", count: 1)
      ])
    let record = try store.record(of: PatientCode("P-0001"))
    let bilirubin = try variable("totalBilirubin")
    #expect(record.visits.map { $0[bilirubin]?.shown } == ["214 µmol/L", "12.5 mg/dL"])
    #expect(
      record.visits.first?.patient.value(of: try variable("aetiology"))
        == .choices(["hbv", "alcohol"]))
    let source = "csv:" + Digest(of: Self.table.utf8).description.prefix(12)
    #expect(record.observations.allSatisfy { $0.source == source })
    #expect(try store.verify().findings == [])
  }

  @Test("Importing the same file twice changes nothing")
  func twice() throws {
    let store = try Store.inMemory()
    _ = try store.importFiles(csv(Self.table))
    let before = try store.verify()
    let again = try store.importFiles(csv(Self.table))
    #expect(again.same == 11)
    #expect(again.added == 0 && again.newVisits == 0 && again.newPatients.isEmpty)
    #expect(again.conflicts.isEmpty)
    #expect(try store.verify() == before)
  }

  @Test("A rehearsal says what the import then does, and writes nothing")
  func rehearsal() throws {
    let store = try Store.inMemory()
    _ = try store.patient("S-2", visit: "2026-11-02")
    _ = try store.commit([value("inr", "1.7")], to: PatientCode("S-2"), visit: 1)
    let before = try store.verify()
    var rehearsed = try store.importFiles(csv(Self.table), ImportOptions(isDryRun: true))
    #expect(rehearsed.isDryRun)
    #expect(rehearsed.newPatients.map(\.text) == ["P-0001"])
    #expect(rehearsed.conflicts.count == 1)
    #expect(try store.verify() == before)
    let done = try store.importFiles(csv(Self.table))
    rehearsed = ImportReport(rehearsed, isDryRun: false)
    #expect(rehearsed == done)
  }

  @Test("What contradicts the store is listed and left, or replaced where that is told")
  func conflicts() throws {
    let store = try Store.inMemory()
    let code = try store.patient("S-2", visit: "2026-11-02")
    _ = try store.commit([value("inr", "1.7"), value("albumin", "29 g/L")], to: code, visit: 1)
    _ = try store.commit([.unknown(variable("sex"))], to: code, visit: 1)
    var report = try store.importFiles(csv(Self.table))
    #expect(
      report.conflicts == [
        ImportReport.Conflict(
          patient: code, date: day("2026-11-02"), variable: try variable("inr"),
          present: "1.7", incoming: "1.9"),
        ImportReport.Conflict(
          patient: code, date: day("2026-11-02"), variable: try variable("sex"),
          present: nil, incoming: "male"),
      ])
    // The same in another unit is the same.
    #expect(report.same == 1)
    #expect(try store.record(of: code).visits.last?[variable("inr")]?.typed == "1.7")
    report = try store.importFiles(csv(Self.table), ImportOptions(replacing: "from the lab"))
    #expect(report.replaced == 2)
    let record = try store.record(of: code)
    #expect(record.visits.last?[try variable("inr")]?.typed == "1.9")
    #expect(record.observations.last { $0.field == "inr" }?.reason == "from the lab")
    _ = try store.undo(code)
    #expect(try store.record(of: code).visits.last?[variable("inr")]?.typed == "1.7")
  }

  @Test(
    "Rows and columns that cannot be read are said with their place",
    arguments: [
      ("code,date,totalBili\nP-1,2026-11-01,3", "column 3", "'totalBili' is not a variable"),
      ("code,date,inr,inr\nP-1,2026-11-01,2,3", "column 4", "inr has a column already"),
      ("code,date,inr[mg/dL]\nP-1,2026-11-01,2", "column 3", "inr:"),
      ("code,date,sex[1]\nP-1,2026-11-01,male", "column 3", "sex has no unit"),
      ("code,date,inr\nAnna,2026-11-01,2", "line 2", "a patient's code has at least one digit"),
      ("code,date,inr\nP-1,1.11.2026,2", "line 2", "the date is not written as"),
      ("code,date,inr\nP-1,2026-11-01", "line 2", "has 2 fields, the header has 3"),
      ("code,date,totalBilirubin\nP-1,2026-11-01,214", "line 2, totalBilirubin", "needs a unit"),
      ("code,date,inr\nP-1,2026-11-01,99", "line 2, inr", "must be 0.5 to 20"),
    ])
  func places(text: String, place: String, reason: String) throws {
    let report = try Store.inMemory().importFiles(csv(text))
    let item = try #require(report.unread.first)
    #expect(report.unread.count == 1)
    #expect(item.what == place)
    #expect(item.reason.hasPrefix(reason), "\(item.reason)")
    #expect(report.added <= 1)
  }

  @Test(
    "Files that are no table of patients are refused",
    arguments: [
      ("", "empty"), ("a,b\n1,2", "no column 'code'"), ("code,inr\nP-1,2", "no column 'date'"),
      ("code,date\n\"P-1", "never closed"), ("{}", "neither a bundle of FHIR"),
      ("{\"a\": }", "line 1, column 7: a value is due"),
      ("{\"resourceType\":\"Patient\"}", "not a Bundle"),
      ("{\"resourceType\":\"Bundle\",\"type\":\"history\"}", "that is history"),
      ("{\"format\":\"lobule.patients\",\"version\":9}", "its version is 9"),
    ])
  func refused(text: String, reason: String) throws {
    let store = try Store.inMemory()
    let error = #expect(throws: ImportError.self) { try store.importFiles(csv(text)) }
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    #expect(try store.rosterCount() == 0)
  }

  @Test("Semicolons with decimal commas, a byte order mark, and line ends of another system")
  func european() throws {
    let store = try Store.inMemory()
    let report = try store.importFiles(
      csv("\u{FEFF}code;date;inr;albumin[g/L]\r\nP-1;2026-11-01T08:30;2,1;31\r\n"))
    #expect(report.added == 2 && report.unread.isEmpty)
    let value = try store.record(of: PatientCode("P-1")).visits.first?[variable("inr")]
    #expect(value?.shown == "2.1")
    #expect(value?.holdsAt == Moment("2026-11-01T08:30"))
  }

  @Test("A long file comes in pieces, and its patients come several times")
  func long() throws {
    let folder = try TemporaryFolder()
    var text = "code,date,inr,sodium\n"
    for row in 0..<900 { text += "P-\(row % 90),2026-11-\(row / 90 + 10),1.\(row % 9),140\n" }
    try text.write(toFile: folder.file("long.csv"), atomically: true, encoding: .utf8)
    let store = try Store.test(folder)
    let report = try store.importFiles([ImportFile(path: folder.file("long.csv"))])
    #expect(report.newPatients.count == 90)
    #expect(report.newVisits == 900)
    #expect(report.added == 1800)
    #expect(try store.record(of: PatientCode("P-7")).visits.count == 10)
    #expect(try store.verify().findings == [])
    #expect(throws: ImportError.self) {
      try store.importFiles([ImportFile(path: folder.file("none.csv"))])
    }
  }
}

extension ImportReport {
  init(_ other: ImportReport, isDryRun: Bool) {
    self.init(isDryRun: isDryRun)
    patients = other.patients
    newPatients = other.newPatients
    newVisits = other.newVisits
    added = other.added
    same = other.same
    older = other.older
    replaced = other.replaced
    conflicts = other.conflicts
    unread = other.unread
    isCut = other.isCut
  }
}
