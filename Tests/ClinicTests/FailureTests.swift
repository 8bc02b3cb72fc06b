import Hepatology
import Foundation
import GRDB
import Quantities
import TestSupport
import Testing

@testable import Clinic

@Suite("When it goes wrong")
struct FailureTests {
  @Test("The folder and the file are for this account alone")
  func modes() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("data/lobule/lobule.sqlite")
    let store = try Store.open(
      .file(path), author: "tester", variables: .builtIn, clock: TestClock().now)
    _ = try store.patient()
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(folder.file("data/lobule")) == 0o700)
    for file in [path, path + "-wal", path + "-shm"] { #expect(try mode(file) == 0o600) }
    #expect(store.remarks == ["a new store was made at \(path)"])
    chmod(path, 0o644)
    let open = try Store.open(
      .file(path), author: "tester", variables: .builtIn, clock: TestClock(1_796_000_000_000).now)
    #expect(open.remarks == ["\(path) can be read by other accounts of this machine"])
  }

  @Test("A commit waits for the disk")
  func synchronous() throws {
    let folder = try TemporaryFolder()
    let store = try Store.test(folder)
    let settings = try store.queue.read { db in
      try ["synchronous", "journal_mode", "foreign_keys"].map {
        try String.fetchOne(db, sql: "PRAGMA \($0)")
      }
    }
    #expect(settings == ["2", "wal", "1"])
  }

  @Test("A full disk is said, nothing is half written, and it goes on when there is room")
  func full() throws {
    let folder = try TemporaryFolder()
    let store = try Store.test(folder)
    let code = try store.patient()
    try store.queue.inDatabase { db in
      let pages = try #require(try Int.fetchOne(db, sql: "PRAGMA page_count"))
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 3)")
    }
    var saved = 0
    var failure: (any Error)?
    while failure == nil, saved < 500 {
      do {
        _ = try store.commit(
          [value("inr", "1.\(saved + 100)")], to: code, visit: 1,
          reason: String(repeating: "long ", count: 30))
        saved += 1
      } catch {
        failure = error
      }
    }
    #expect(failure as? StoreError == .diskFull(folder.store))
    #expect(saved > 5)
    let rows = try store.record(of: code).observations.filter { $0.kind == .value }
    #expect(rows.count == saved)
    #expect(try store.verify().findings == [])
    try store.queue.inDatabase { db in
      try db.execute(sql: "PRAGMA max_page_count = 100000")
    }
    _ = try store.commit([value("inr", "3")], to: code, visit: 1)
    #expect(try store.verify().findings == [])
  }

  @Test("A file that is no store, and a damaged one")
  func foreign() throws {
    let folder = try TemporaryFolder()
    try Data("code,date\n".utf8).write(to: URL(filePath: folder.store))
    #expect(throws: StoreError.notAStore(folder.store)) { try Store.test(folder) }
    #expect(try String(contentsOfFile: folder.store, encoding: .utf8) == "code,date\n")

    let other = try TemporaryFolder()
    try tamper(other.store, "CREATE TABLE t (x)")
    let before = try Data(contentsOf: URL(filePath: other.store))
    #expect(throws: StoreError.notAStore(other.store)) { try Store.test(other) }
    #expect(try Data(contentsOf: URL(filePath: other.store)) == before)

    let damaged = try TemporaryFolder()
    let code = try Store.test(damaged).patient()
    try tamper(damaged.store, "PRAGMA wal_checkpoint(TRUNCATE)")
    var bytes = try Data(contentsOf: URL(filePath: damaged.store))
    for place in stride(from: 4096 + 100, to: bytes.count, by: 7) { bytes[place] = 0xA5 }
    try bytes.write(to: URL(filePath: damaged.store))
    #expect {
      try Store.test(damaged).record(of: code)
    } throws: { error in
      if case .damaged? = error as? StoreError { true } else { false }
    }
  }

  @Test("A store of a newer lobule is refused and not touched")
  func newer() throws {
    let folder = try TemporaryFolder()
    _ = try Store.test(folder).patient()
    try tamper(folder.store, "PRAGMA user_version = 7; PRAGMA wal_checkpoint(TRUNCATE)")
    let before = try Data(contentsOf: URL(filePath: folder.store))
    let refusal = StoreError.newerSchema(folder.store, found: 7, known: Schema.current.version)
    #expect(throws: refusal) { try Store.test(folder) }
    #expect(throws: refusal) { try Store.test(folder, access: .read) }
    #expect(try Data(contentsOf: URL(filePath: folder.store)) == before)
    #expect(refusal.description.contains("newer lobule"))
  }

  @Test("A store that was deleted or moved under the program")
  func vanished() throws {
    let folder = try TemporaryFolder()
    let store = try Store.test(folder)
    let code = try store.patient()
    try FileManager.default.moveItem(atPath: folder.store, toPath: folder.file("elsewhere"))
    let failure = StoreError.vanished(folder.store)
    #expect(throws: failure) { try store.commit([value("inr", "2")], to: code, visit: 1) }
    try Data().write(to: URL(filePath: folder.store))
    #expect(throws: failure) { try store.commit([value("inr", "2")], to: code, visit: 1) }
    // What was read is still there, to be written elsewhere.
    #expect(try store.record(of: code).visits.count == 1)
  }

  @Test("A clock that was set back is said; times in the log never go backwards")
  func clock() throws {
    let folder = try TemporaryFolder()
    let clock = TestClock(1_795_000_000_000)
    let store = try Store.test(folder, clock: clock)
    let code = try store.patient()
    let last = try #require(try store.record(of: code).observations.last?.enteredAt)
    clock.set(1_700_000_000_000)
    let receipt = try store.commit([value("inr", "2")], to: code, visit: 1)
    let row = try #require(receipt.added.first)
    #expect(row.enteredAt == last)
    #expect(row.clock == receipt.clock)
    #expect(try #require(receipt.clock) < last)
    let again = try Store.test(folder, clock: clock)
    #expect(again.remarks.count == 1)
    #expect(again.remarks.first?.contains("was it set back?") == true)
    clock.set(1_796_000_000_000)
    let later = try store.commit([value("inr", "2.2")], to: code, visit: 1)
    #expect(later.clock == nil)
    #expect(try store.verify().isSound)
  }

  @Test("Texts that would steer a terminal are refused")
  func controls() throws {
    let store = try Store.inMemory()
    let code = try store.patient()
    #expect(throws: StoreError.self) { try store.relabel(code, "bed\u{1B}[31m") }
    #expect(throws: StoreError.self) { try store.archive(code, reason: "a\nb") }
    #expect(throws: StoreError.self) { try Store.open(.memory, author: " ", variables: .builtIn) }
  }

  @Test("A folder that can only be read: said at once, and the store can be read")
  func readOnly() async throws {
    let folder = try TemporaryFolder()
    do { _ = try Store.test(folder).patient() }
    chmod(folder.store, 0o444)
    chmod(folder.path, 0o555)
    // Root may write anywhere, so that another account has to try.
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      _ = setuid(65534)
      let store = path + "/lobule.sqlite"
      #expect(throws: StoreError.readOnly(store)) {
        try Store.open(.file(store), author: "tester", variables: .builtIn)
      }
      let reader = try Store.open(
        .file(store), access: .read, author: "tester", variables: .builtIn)
      #expect(try reader.roster().count == 1)
      #expect(throws: StoreError.readOnly(store)) { try reader.newPatient() }
      #expect(throws: StoreError.noPermission(path + "/new/x.sqlite")) {
        try Store.open(.file(path + "/new/x.sqlite"), author: "tester", variables: .builtIn)
      }
    }
  }

  @Test("A disk that refuses to grow the file")
  func limit() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .success) { [path = folder.store as String] in
      let store = try Store.open(.file(path), author: "tester", variables: .builtIn)
      let code = try store.newPatient().code
      _ = try store.newVisit(on: day("2026-11-01"), for: code)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 400_000, rlim_max: 400_000)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      var saved = 0
      while saved < 2000 {
        do {
          _ = try store.commit([value("inr", "1.\(saved + 10000)")], to: code, visit: 1)
          saved += 1
        } catch {
          break
        }
      }
      #expect(saved > 5 && saved < 2000)
      // Reading goes on, and nothing that was reported is missing.
      let rows = try store.record(of: code).observations.filter { $0.kind == .value }
      #expect(rows.count == saved)
    }
    #expect(try Store.test(folder).verify().findings == [])
  }
}
