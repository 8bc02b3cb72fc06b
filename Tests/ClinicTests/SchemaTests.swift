import Foundation
import Hepatology
import Quantities
import TestSupport
import Testing

@testable import Clinic

/// `docs/patient.schema.json`, held against what is written and what is taken.
@Suite("The schema of patients")
struct SchemaTests {
  private static let now = Timestamp(milliseconds: 1_795_269_731_123)

  private func schema() throws -> JSONValue {
    try JSONValue(
      parsing: [UInt8](try Data(contentsOf: Repository.url("docs/patient.schema.json"))))
  }

  /// Patients of whom something of every kind is known, one put away, and one without a visit.
  private func records() throws -> [PatientRecord] {
    let (store, record) = try everyKind()
    let away = try store.patient("S-2")
    _ = try store.archive(away)
    return [record, try store.record(of: away), try store.newPatient()]
  }

  private func file(_ document: JSONValue) -> [ImportFile] {
    [ImportFile(name: "p.json", bytes: Array(document.text().utf8))]
  }

  @Test("What is written is valid, whole and piece by piece")
  func written() throws {
    let records = try records()
    let schema = JSONSchema(try schema())
    let document = PatientsJSON.document(
      records, program: "lobule \"x\"", now: Self.now, withLabels: true)
    #expect(try schema.faults(of: document) == [])
    var pieces = PatientsJSON(program: "lobule \"x\"", now: Self.now, withLabels: true)
    var text = pieces.beginning
    for record in records { text += pieces.line(of: record) }
    text += pieces.end
    #expect(try JSONValue(parsing: Array(text.utf8)) == document)
    let none = PatientsJSON(program: "x", now: Self.now)
    let empty = try JSONValue(parsing: Array((none.beginning + none.end).utf8))
    #expect(try schema.faults(of: empty) == [])
  }

  @Test("Every member that the schema names is written")
  func complete() throws {
    let schema = try schema()
    var named: Set<String> = []
    var used: Set<String> = []
    func collect(_ value: JSONValue, _ path: String) {
      switch value {
      case .object(let members):
        for member in members {
          used.insert("\(path).\(member.name)")
          collect(member.value, "\(path).\(member.name)")
        }
      case .array(let items): for item in items { collect(item, path) }
      case .null, .bool, .numeral, .string: break
      }
    }
    func name(_ schema: JSONValue?, _ path: String, root: JSONValue) {
      var schema = schema
      if let target = schema?["$ref"]?.string?.split(separator: "/").last {
        schema = root["$defs"]?[String(target)]
      }
      if let items = schema?["items"] { name(items, path, root: root) }
      guard case .object(let members) = schema?["properties"] else { return }
      for member in members {
        named.insert("\(path).\(member.name)")
        name(member.value, "\(path).\(member.name)", root: root)
      }
    }
    name(schema, "$", root: schema)
    collect(
      PatientsJSON.document(try records(), program: "x", now: Self.now, withLabels: true), "$")
    #expect(used == named)
    let groups =
      schema["$defs"]?["visit"]?["properties"]?["reviewed"]?["items"]?["enum"]?.items ?? []
    #expect(
      groups.compactMap(\.string) == Variable.Group.allCases.filter(\.isHistory).map(\.rawValue))
  }

  /// Hundreds of documents that differ from a right one in one place.
  @Test("What the schema does not allow is refused or listed, and never passed over")
  func neighbours() throws {
    let schema = JSONSchema(try schema())
    let document = PatientsJSON.document(
      try records(), program: "x", now: Self.now, withLabels: true
    ).oneOfEachForm
    let store = try Store.inMemory()
    let rehearsal = ImportOptions(isDryRun: true)
    #expect(try store.importFiles(file(document), rehearsal).unread == [])
    var wrong = 0
    for neighbour in document.neighbours {
      let faults = try schema.faults(of: neighbour)
      if !faults.isEmpty { wrong += 1 }
      do {
        let report = try store.importFiles(file(neighbour), rehearsal)
        #expect(faults.isEmpty || !report.unread.isEmpty, "passed over: \(faults)")
      } catch let error as ImportError {
        #expect(!faults.isEmpty, "refused, though valid: \(error)")
      }
    }
    #expect(wrong > 500)
  }

  @Test("A patient without a visit is not lost")
  func withoutVisits() throws {
    let records = try records()
    let document = PatientsJSON.document(records, program: "x", now: Self.now, withLabels: true)
    let store = try Store.inMemory()
    let report = try store.importFiles(file(document))
    #expect(report.newPatients == records.map(\.code))
    #expect(try store.rosterCount() == 3)
    let before = try store.verify()
    #expect(try store.importFiles(file(document)).newPatients.isEmpty)
    #expect(try store.verify() == before)
  }
}
