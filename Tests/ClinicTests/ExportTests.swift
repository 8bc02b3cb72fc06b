import Foundation
import Hepatology
import Quantities
import TestSupport
import Testing

@testable import Clinic

/// A patient of whom something of every kind is known.
func everyKind() throws -> (Store, PatientRecord) {
  let store = try Store.inMemory()
  let code = try store.newPatient(label: "bed, \"4\"").code
  _ = try store.newVisit(on: day("2026-11-01"), for: code)
  _ = try store.newVisit(on: day("2026-11-04"), for: code)
  _ = try store.newVisit(on: day("2026-11-04"), for: code)
  _ = try store.commit(
    [
      value("age", "52"), value("sex", "female"), value("totalBilirubin", "12.5 mg/dL"),
      value("inr", "2.10"), value("creatinine", "88 umol/L"), value("sodium", "<130"),
      value("aetiology", "hbv, alcohol"), value("malignancy", "2019-04-05"),
      value("urea", "40 mg/dL{BUN}"), value("encephalopathyGrade", "1"),
      value("ascites", "mild"),
      .value(variable("albumin"), "31 g/L", at: Moment("2026-11-01T08:30")),
    ], to: code, visit: 1)
  _ = try store.commit([.reviewed(.complications)], to: code, visit: 1)
  _ = try store.commit(
    [
      .unknown(variable("sodium")), value("totalBilirubin", "240 umol/L"),
      .attested(trial: "NCT05985863", criterion: "e4", answer: "no"),
    ], to: code, visit: 2)
  _ = try store.commit([value("inr", "2.3")], to: code, visit: 3)
  return (store, try store.record(of: code))
}

@Suite("Export")
struct ExportTests {
  /// What is known of a patient, without where in which log it stands.
  private func content(_ record: PatientRecord) -> [[String]] {
    record.visits.map { visit in
      ["\(visit.number) \(visit.date)"]
        + visit.known.map { "\($0.variable.id) \($0.typed) \($0.shown) \($0.holdsAt) \($0.origin)" }
        + visit.reviewed.map(\.rawValue).sorted() + visit.unknown.map(\.id).sorted()
        + visit.attestations.map { "\($0.trial) \($0.criterion) \($0.answer) \($0.visit)" }
    }
  }

  @Test("JSON there and back is the same patient")
  func json() throws {
    let (store, record) = try everyKind()
    let now = Timestamp(milliseconds: 1_795_269_731_123)
    let text = PatientsJSON.document([record], program: "lobule test", now: now).text(pretty: true)
    #expect(!text.contains("bed"))
    let file = [ImportFile(name: "p.json", bytes: Array(text.utf8))]
    let other = try Store.inMemory()
    let report = try other.importFiles(file)
    #expect(report.unread == [] && report.conflicts == [])
    let copy = try other.record(of: record.code)
    #expect(content(copy) == content(record))
    #expect(try other.verify().findings == [])
    // Where it came from it is nothing new, and neither is it where it came to.
    let before = try store.verify().rows
    _ = try store.importFiles(file)
    #expect(try store.verify().rows == before)
    let again = try other.importFiles(file)
    #expect(again.added == 0 && again.conflicts == [])
    let labelled = PatientsJSON.document([record], program: "x", now: now, withLabels: true)
    _ = try Store.inMemory().importFiles([
      ImportFile(name: "p.json", bytes: Array(labelled.text().utf8))
    ])
    #expect(labelled.text().contains("bed"))
  }

  @Test("CSV there and back, in canonical units")
  func csvThereAndBack() throws {
    let (store, record) = try everyKind()
    let csv = PatientsCSV(variables: try store.enteredVariables(), in: .builtIn)
    let text = csv.header + csv.rows(of: record)
    #expect(text.contains("totalBilirubin[umol/L]"))
    #expect(text.contains(",213.75,"))
    #expect(text.contains(",<130,"))
    #expect(text.contains("\"alcohol,hbv\""))
    #expect(!text.contains("bed"))
    let file = [ImportFile(name: "p.csv", bytes: Array(text.utf8))]
    let other = try Store.inMemory()
    let report = try other.importFiles(file)
    #expect(report.unread == [] && report.newVisits == 3)
    let copy = try other.record(of: record.code)
    #expect(
      copy.visits.first?.measuredPatient.entered(in: .builtIn)
        == record.visits.first?.measuredPatient.entered(in: .builtIn))
    let meld = try #require(Score.find("meld3"))
    #expect(
      copy.visits.first.map { meld.result(for: $0.patient).text }
        == record.visits.first.map { meld.result(for: $0.patient).text })
    let before = try store.verify().rows
    let again = try store.importFiles(file)
    #expect(again.conflicts == [])
    #expect(try store.verify().rows == before)
    let labelled = PatientsCSV(variables: [], in: .builtIn, withLabels: true)
    #expect(labelled.rows(of: record).hasPrefix("P-0001,\"bed, \"\"4\"\"\",1,2026-11-01\r\n"))
  }

  @Test("The summary says values, scores with working, trials, versions and date")
  func summary() throws {
    let (_, record) = try everyKind()
    let now = Timestamp(milliseconds: 1_795_269_731_123)
    let line = PatientSummary.TrialLine(
      trial: "NCT05985863", title: "A | trial", verdict: "open", reasons: ["age"])
    let summary = try #require(
      PatientSummary(record, trials: [line], program: "lobule 0.1.0", now: now))
    let markdown = summary.text()
    for part in [
      "# P-0001 on 2026-11-04", "2026-11-21T14:02 UTC by lobule 0.1.0",
      "| INR | 2.3 | 2026-11-04 |",
      "not measured again", "| MELD |", "ln", "A \\| trial", "Not computed, for values are missing",
      "Computed with values that were not measured at this visit",
    ] {
      #expect(markdown.contains(part), "\(part) is missing:\n\(markdown)")
    }
    #expect(!markdown.contains("bed"))
    let plain = summary.text(.plain)
    #expect(plain.contains("P-0001 on 2026-11-04\n===="))
    #expect(!plain.contains("| MELD") && !plain.contains("\\"))
    #expect(plain.contains("MELD        26"))
    #expect(PatientSummary(record, visit: 9, program: "", now: now) == nil)
    let first = try #require(PatientSummary(record, visit: 1, program: "", now: now)).text(.plain)
    #expect(first.contains("12.5 mg/dL"))
  }
}
