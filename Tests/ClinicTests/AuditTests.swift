import Clinic
import Foundation
import GRDB
import Quantities
import TestSupport
import Testing

@Suite("Audit")
struct AuditTests {
  /// A store with thirty rows of two patients, closed again.
  private func filled(_ folder: TemporaryFolder) throws {
    let store = try Store.test(folder)
    let first = try store.patient()
    let second = try store.patient("S-2")
    for round in 0..<6 {
      _ = try store.commit([value("inr", "2.\(round)")], to: first, visit: 1, reason: "again")
      _ = try store.commit(
        [value("sodium", "13\(round)"), value("totalBilirubin", "12.\(round) mg/dL")], to: second,
        visit: 1)
    }
    _ = try store.undo(first)
    _ = try store.redo(first)
    _ = try store.commit(
      [
        .value(
          try variable("lactate"), "2 mmol/L",
          at: try #require(Moment("2026-11-01T08:00") as Moment?))
      ], to: first, visit: 1)
    let report = try store.verify()
    #expect(report.findings == [])
    #expect(report.rows == 25)
  }

  private func findings(_ folder: TemporaryFolder, expecting head: Digest? = nil) throws
    -> [AuditFinding]
  {
    harm(try Store.test(folder).verify(expecting: head))
  }

  @Test("A log that nobody touched is sound, and its end can be written down")
  func sound() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    let store = try Store.test(folder)
    let head = try store.verify().head
    _ = try store.newPatient()
    #expect(try store.verify(expecting: head).isSound)
    #expect(
      try store.verify(expecting: .some(Digest(of: [1]))).findings
        == [.rewritten(Digest(of: [1]))])
  }

  @Test("The log refuses to be changed")
  func guarded() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    for sql in [
      "UPDATE observation SET text = '9' WHERE sequence = 5", "DELETE FROM observation",
      "DELETE FROM observation WHERE sequence = 25", "UPDATE head SET count = 3",
      "DELETE FROM head", "REPLACE INTO observation SELECT * FROM observation WHERE sequence = 5",
    ] {
      #expect(throws: DatabaseError.self, "\(sql)") { try tamper(folder.store, sql) }
    }
    #expect(try Store.test(folder).verify().isSound)
  }

  @Test("Guards that were taken away, and others that were put in, are missed and seen")
  func guards() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try tamper(
      folder.store,
      """
      DROP TRIGGER observation_is_never_changed;
      CREATE TRIGGER helpful AFTER INSERT ON observation BEGIN SELECT 1; END;
      """)
    #expect(
      try Store.test(folder).verify().findings
        == [.formAltered("observation_is_never_changed"), .formAltered("helpful")])
  }

  /// In the long run every byte of every row; in the short one of some rows every third byte of a
  /// text and every eighth of a digest, so that all places of them have their turn.
  @Test(
    "Any single byte of any row",
    arguments: Soak.isOn ? Array(1...25) : [1, 2, 3, 6, 9, 13, 16, 20, 23, 24, 25])
  func bytes(row: Int) throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try tamper(folder.store, withoutGuards)
    let names = [
      "change", "patient", "visit", "kind", "field", "text", "unit", "holds_at", "entered_at",
      "clock", "author", "reason", "source", "corrects", "previous", "digest",
    ]
    let store = try Store.test(folder)
    let queue = try DatabaseQueue(path: folder.store)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF")
    }
    for name in names {
      let present = try queue.read { db in
        try DatabaseValue.fetchOne(
          db, sql: "SELECT \(name) FROM observation WHERE sequence = ?", arguments: [row])
      }
      var others: [DatabaseValue] = []
      switch try #require(present).storage {
      case .null:
        let isNumber = ["visit", "clock", "corrects"].contains(name)
        others = [isNumber ? 1.databaseValue : "x".databaseValue]
      case .int64(let number): others = [(number + 1).databaseValue, (number ^ 256).databaseValue]
      case .double: Issue.record("no column holds a binary number")
      case .string(let text):
        for place in 0..<text.utf8.count
        where Soak.isOn || place % 3 == row % 3 || text.utf8.count < 4 {
          var bytes = Array(text.utf8)
          bytes[place] ^= 1
          others.append(String(decoding: bytes, as: UTF8.self).databaseValue)
        }
      case .blob(let data):
        for place in data.indices where Soak.isOn || place % 8 == row % 8 {
          var bytes = data
          bytes[place] ^= 1
          others.append(bytes.databaseValue)
        }
      }
      for other in others {
        try queue.inDatabase { db in
          try db.execute(
            sql: "UPDATE observation SET \(name) = ? WHERE sequence = ?", arguments: [other, row])
        }
        let found = harm(try store.verify())
        #expect(
          found.first == .altered(row: row), "\(name) of row \(row) became \(other): \(found)")
        try queue.inDatabase { db in
          try db.execute(
            sql: "UPDATE observation SET \(name) = ? WHERE sequence = ?", arguments: [present, row])
        }
      }
    }
    #expect(try findings(folder) == [])
  }

  @Test("Rows removed from the middle and from the end")
  func removed() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try tamper(folder.store, withoutGuards + "DELETE FROM observation WHERE sequence IN (7, 8, 12)")
    #expect(try findings(folder).prefix(2) == [.removed(7...8), .removed(12...12)])

    let other = try TemporaryFolder()
    try filled(other)
    let head = try Store.test(other).verify().head
    try tamper(other.store, withoutGuards + "DELETE FROM observation WHERE sequence > 23")
    #expect(try findings(other).first == .removed(24...25))
    // With the end put back too, only what was written down elsewhere tells.
    try tamper(
      other.store,
      """
      UPDATE head SET count = 23, digest = (SELECT digest FROM observation WHERE sequence = 23);
      """)
    #expect(try findings(other) == [.rosterAltered(try PatientCode("P-0001"))])
    #expect(try findings(other, expecting: head).first == .rewritten(head))
  }

  @Test("Rows that changed places")
  func moved() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try tamper(
      folder.store,
      withoutGuards + """
        UPDATE observation SET sequence = -1 WHERE sequence = 6;
        UPDATE observation SET sequence = 6 WHERE sequence = 15;
        UPDATE observation SET sequence = 15 WHERE sequence = -1;
        """)
    #expect(try findings(folder).prefix(2) == [.moved(row: 6, from: 15), .moved(row: 15, from: 6)])
  }

  @Test("A row put in behind the end, and an end that says something else")
  func added() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try tamper(
      folder.store,
      """
      INSERT INTO observation SELECT 26, change, patient, visit, kind, field, text, unit, holds_at,
      entered_at, clock, author, reason, source, corrects, previous, digest FROM observation
      WHERE sequence = 25
      """)
    #expect(try findings(folder).first == .added(26...26))
    let other = try TemporaryFolder()
    try filled(other)
    try tamper(other.store, withoutGuards + "UPDATE head SET digest = zeroblob(32)")
    #expect(try findings(other) == [.headAltered])
  }

  @Test("A roster that says what the log does not say")
  func roster() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try tamper(folder.store, "UPDATE patient SET known = 9, code = 'S-3' WHERE code = 'S-2'")
    #expect(try findings(folder) == [.rosterAltered(try PatientCode("S-3"))])
  }

  @Test("Bytes of the file itself")
  func pages() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    // Everything into the file, so that the log of SQLite does not heal it.
    try tamper(folder.store, "PRAGMA wal_checkpoint(TRUNCATE)")
    var bytes = try Data(contentsOf: URL(filePath: folder.store))
    let mark = try #require(bytes.range(of: Data("2026-11-01T08:00".utf8)))
    bytes[mark.lowerBound + 12] ^= 1
    try bytes.write(to: URL(filePath: folder.store))
    #expect(try findings(folder).contains(.altered(row: 25)))
  }
}
