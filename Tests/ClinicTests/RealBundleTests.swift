import Foundation
import Hepatology
import Quantities
import TestSupport
import Testing

@testable import Clinic

/// Bundles as other programs write them.
@Suite("Real bundles of FHIR", .enabled(if: Corpus.fhir.isPresent, Corpus.absent))
struct RealBundleTests {
  /// What the bundles hold, counted apart from this program by a script that goes through the JSON,
  /// and looked through by hand.
  struct Bundles: Sendable, CustomStringConvertible {
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

  static let all = [
    Bundles(
      files: ["R4__SYNTHEA__Thanh_Considine_b7a86b8b-bbf8-4107-96e6-76a948fba0e8.json"],
      parts: 164, coded: 57, days: 9, contradicting: 0, others: 91, conditions: 10, history: 0,
      ages: 7),
    // Creatinine, urea nitrogen and sodium stand twice at one minute, with other numbers.
    Bundles(
      files: ["R4__SYNTHEA__Tom_Goodwin_e20de9eb-6f2d-4871-a43f-bbede53293ed.json"],
      parts: 131, coded: 41, days: 6, contradicting: 6, others: 61, conditions: 4, history: 0,
      ages: 6),
    // Chronic liver disease and diabetes are taken; urea nitrogen and sodium of serum and of blood
    // differ on 2009-09-07.
    Bundles(
      files: [
        "STU-3__SMART__patient-665677.fhir-bundle.json",
        "STU-3__SMART__patient-665677.fhir-bundle.01.json",
        "STU-3__SMART__patient-665677.fhir-bundle.02.json",
      ],
      parts: 328, coded: 71, days: 27, contradicting: 4, others: 82, conditions: 16, history: 2,
      ages: 8),
  ]

  private func read(_ names: [String]) -> [ImportFile] {
    names.map { ImportFile(path: Corpus.fhir.url.path + "/" + $0) }
  }

  @Test("They are read whole, once, in any order", arguments: all)
  func real(bundles: Bundles) throws {
    let files = read(bundles.files)
    let store = try Store.inMemory()
    let report = try store.importFiles(files)
    #expect(report.patients.count == 1)
    #expect(report.newVisits == bundles.days)
    #expect(
      report.added == bundles.coded - bundles.contradicting + bundles.history + bundles.ages + 1)
    #expect(
      report.unread.reduce(0) { $0 + $1.count } == bundles.parts - bundles.coded
        + bundles.contradicting + bundles.others + bundles.conditions - bundles.history)
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
      return (visit?.known ?? []).filter { $0.variable != .age }
        .map { "\($0.variable.id) \($0.shown) \($0.holdsAt)" }
    }
    #expect(try known(apart) == known(store))
  }

  @Test("The latest values of the patient who is split over three files")
  func split() throws {
    let files = read(Self.all[2].files)
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
