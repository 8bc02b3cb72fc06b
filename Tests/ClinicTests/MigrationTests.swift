import Hepatology
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Clinic

/// Every form that was ever released, kept as SQL in `Tests/Fixtures/forms`, becomes the present one.
@Suite("Older stores")
struct MigrationTests {
  /// A store of that form, as the program that had it wrote it.
  private func made(_ form: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let sql = try Fixtures.text("forms/form-\(form).sql")
    try tamper(folder.store, sql)
    chmod(folder.store, 0o600)
    return folder
  }

  @Test("Every form is kept here", arguments: 1...Schema.current.version)
  func kept(form: Int) throws {
    let folder = try made(form)
    let queue = try DatabaseQueue(path: folder.store)
    #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == form)
    // A step that was released is not changed any more: it makes what it made.
    let fresh = try DatabaseQueue()
    try Schema(steps: Array(Schema.current.steps.prefix(form))).migrate(fresh)
    func parts(_ queue: DatabaseQueue) throws -> [String] {
      try queue.read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master
            WHERE name NOT LIKE '%grdb_migrations%' ORDER BY name
            """)
      }
    }
    #expect(try parts(queue) == parts(fresh))
  }

  @Test(
    "A store of each form is taken forward, and says what it said",
    arguments: 1...Schema.current.version)
  func forward(form: Int) throws {
    let folder = try made(form)
    let store = try Store.test(folder, clock: TestClock(1_900_000_000_000))
    #expect(store.remarks == [])
    #expect(try store.verify().findings == [])
    let lines = try store.roster() + store.roster(archived: true)
    #expect(lines.map(\.code.text) == ["P-0001", "SITE2-017", "S-2"])
    let record = try store.record(of: PatientCode("P-0001"))
    #expect(record.label == "bed, \"4\"")
    #expect(record.visits.map { "\($0.date)" } == ["2026-11-01", "2026-11-04", "2026-11-04"])
    #expect(record.visits.last?[try variable("inr")]?.typed == "2.3")
    #expect(record.visits.last?[try variable("totalBilirubin")]?.shown == "240 µmol/L")
    #expect(record.visits.last?.attestations.map(\.answer) == ["no"])
    #expect(try store.roster(matching: "bed").map(\.code.text) == ["P-0001"])
    #expect(try store.roster(matching: "s").map(\.code.text) == ["SITE2-017"])
    #expect(try store.roster(matching: "s", archived: true).map(\.code.text) == ["S-2"])
    // Undo and redo reach back over it.
    #expect(try store.undo(record.code).record.visits.last?[variable("inr")]?.typed == "2.10")
    #expect(try store.redo(record.code).record.visits == record.visits)
    _ = try store.commit([value("inr", "2.4")], to: record.code, visit: 3)
    #expect(try store.verify().findings == [])
    let copies = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.contains(".form-") }
    #expect(copies.count == (form < Schema.current.version ? 1 : 0))
  }

  @Test("An older store is taken forward, with a copy of it beside")
  func migration() throws {
    let folder = try TemporaryFolder()
    let code = try Store.test(folder).patient()
    let next = Schema(
      steps: Schema.current.steps + [
        Schema.Step(name: "test", sql: "ALTER TABLE patient ADD COLUMN ward TEXT")
      ])
    let clock = TestClock()
    let store = try Store.open(
      .file(folder.store), author: "tester", variables: .builtIn, schema: next, clock: clock.now)
    #expect(try store.record(of: code).visits.count == 1)
    let copies = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.contains(".form-\(Schema.current.version).") }
    let copy = try #require(copies.first)
    #expect(copies.count == 1)
    let mode =
      try FileManager.default.attributesOfItem(atPath: folder.file(copy))[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let old = try Store.open(
      .file(folder.file(copy)), author: "tester", variables: .builtIn, clock: TestClock().now)
    #expect(try old.record(of: code).visits.count == 1)
    #expect(try old.verify().isSound)
    #expect(throws: StoreError.self) { try Store.test(folder) }
  }

  @Test("A step that fails leaves the store as it was")
  func failedMigration() throws {
    let folder = try TemporaryFolder()
    let code = try Store.test(folder).patient()
    let broken = Schema(
      steps: Schema.current.steps + [Schema.Step(name: "test", sql: "DROP TABLE head; nonsense")])
    #expect(throws: StoreError.self) {
      try Store.open(
        .file(folder.store), author: "tester", variables: .builtIn, schema: broken,
        clock: TestClock().now)
    }
    let store = try Store.test(folder)
    #expect(try store.record(of: code).visits.count == 1)
    #expect(try store.verify().isSound)
    // The next try, in the same second, finds a name of its own for its copy.
    let right = Schema(steps: Schema.current.steps + [Schema.Step(name: "test", sql: "SELECT 1")])
    _ = try Store.open(
      .file(folder.store), author: "tester", variables: .builtIn, schema: right,
      clock: TestClock().now)
    let copies = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.contains(".form-") }
    #expect(copies.count == 2)
  }
}
