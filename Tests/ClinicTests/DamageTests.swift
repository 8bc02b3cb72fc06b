import Clinic
import Foundation
import GRDB
import TestSupport
import Testing

/// Files that are cut off, altered, or left as a killed program leaves them.
///
/// `LOBULE_SOAK` has every place tried, instead of some.
@Suite("Damaged files")
struct DamageTests {
  /// A store with some rows, and the values of its patient in order.
  private func filled(_ folder: TemporaryFolder, _ count: Int = 20) throws -> [String] {
    let store = try Store.test(folder)
    let code = try store.patient()
    for number in 0..<count {
      _ = try store.commit([value("inr", "1.\(100 + number)")], to: code, visit: 1)
    }
    return try texts(store)
  }

  private func texts(_ store: Store) throws -> [String] {
    try store.record(of: PatientCode("P-0001")).observations
      .filter { $0.kind == .value }.compactMap(\.text)
  }

  /// Everything in the file itself, and nothing beside it.
  private func closed(_ folder: TemporaryFolder) throws -> Data {
    try tamper(folder.store, "PRAGMA wal_checkpoint(TRUNCATE)")
    for end in ["-wal", "-shm"] { unlink(folder.store + end) }
    return try Data(contentsOf: URL(filePath: folder.store))
  }

  private func write(_ bytes: Data, _ end: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try bytes.write(to: URL(filePath: folder.store + end))
    return folder
  }

  @Test(
    "A file that was cut off is damaged wherever it was cut, and never passes for a smaller one")
  func truncated() throws {
    let folder = try TemporaryFolder()
    _ = try filled(folder)
    let bytes = try closed(folder)
    let step = Soak.isOn ? 509 : 8009
    for length in [1, 15, 16, 50, 99, 100, 101, 4095, bytes.count - 1]
      + Array(stride(from: 512, to: bytes.count, by: step))
    {
      let cut = try write(bytes.prefix(length))
      let before = try Data(contentsOf: URL(filePath: cut.store))
      #expect("\(length) bytes") {
        _ = try Store.test(cut)
      } throws: { error in
        switch error as? StoreError {
        case .damaged: length >= 16
        case .notAStore: length < 16
        default: false
        }
      }
      #expect(try Data(contentsOf: URL(filePath: cut.store)) == before, "\(length) bytes")
    }
    // Nothing at all is a new store, unless something waits beside it; either way it is said.
    let empty = try write(Data())
    #expect(try Store.test(empty).remarks.contains("a new store was made at \(empty.store)"))
    let waiting = try write(Data())
    try Data([1]).write(to: URL(filePath: waiting.store + "-wal"))
    #expect(
      throws: StoreError.damaged(
        waiting.store, detail: "it is empty, while changes wait in \(waiting.store)-wal")
    ) { try Store.test(waiting) }
  }

  @Test("What a killed program left in the write-ahead log is there, up to where it was cut")
  func leftover() throws {
    let folder = try TemporaryFolder()
    let store = try Store.test(folder)
    let code = try store.patient()
    // From here on everything waits in the log.
    try tamper(folder.store, "PRAGMA wal_checkpoint(TRUNCATE)")
    let main = try Data(contentsOf: URL(filePath: folder.store))
    for number in 0..<12 {
      _ = try store.commit([value("inr", "1.\(100 + number)")], to: code, visit: 1)
    }
    let wanted = try texts(store)
    let log = try Data(contentsOf: URL(filePath: folder.store + "-wal"))
    #expect(try Data(contentsOf: URL(filePath: folder.store)) == main)
    var seen: Set<Int> = []
    for length in stride(from: log.count, through: 0, by: Soak.isOn ? -101 : -2003) {
      let copy = try write(main)
      try log.prefix(length).write(to: URL(filePath: copy.store + "-wal"))
      let found = try Store.test(copy, clock: TestClock(1_796_000_000_000))
      let values = try texts(found)
      #expect(values == Array(wanted.prefix(values.count)), "\(length) bytes")
      #expect(try found.verify().findings == [], "\(length) bytes")
      if length == log.count { #expect(values == wanted) }
      seen.insert(values.count)
    }
    #expect(seen.count > 6)
  }

  @Test("A byte that changed in the write-ahead log ends it there")
  func alteredLog() throws {
    let folder = try TemporaryFolder()
    let store = try Store.test(folder)
    let code = try store.patient()
    try tamper(folder.store, "PRAGMA wal_checkpoint(TRUNCATE)")
    let main = try Data(contentsOf: URL(filePath: folder.store))
    for number in 0..<4 {
      _ = try store.commit([value("inr", "1.\(100 + number)")], to: code, visit: 1)
    }
    let wanted = try texts(store)
    let log = try Data(contentsOf: URL(filePath: folder.store + "-wal"))
    for place in stride(from: 0, to: log.count, by: Soak.isOn ? 211 : 4001) {
      let copy = try write(main)
      var altered = log
      altered[place] ^= 0x10
      try altered.write(to: URL(filePath: copy.store + "-wal"))
      let found = try Store.test(copy, clock: TestClock(1_796_000_000_000))
      let values = try texts(found)
      #expect(values == Array(wanted.prefix(values.count)), "byte \(place)")
      #expect(try found.verify().findings == [], "byte \(place)")
    }
  }

  /// What the log says must be as it was, or the check must say that it is not.
  ///
  /// Bytes that hold nothing may change unseen, and so may labels, which stand beside the log on
  /// purpose.
  @Test("A byte that changed anywhere in the file is found, or holds nothing of the log")
  func alteredFile() throws {
    let folder = try TemporaryFolder()
    _ = try filled(folder, 6)
    let bytes = try closed(folder)
    let history = try Store.test(folder).history(of: PatientCode("P-0001"))
    let places =
      Soak.isOn ? Array(0..<bytes.count) : Array(stride(from: 0, to: bytes.count, by: 149))
    var found = 0
    let copy = try TemporaryFolder()
    for place in places {
      for end in ["", "-wal", "-shm"] { unlink(copy.store + end) }
      var altered = bytes
      altered[place] ^= 0x10
      try altered.write(to: URL(filePath: copy.store))
      do {
        let store = try Store.test(copy, clock: TestClock(1_796_000_000_000))
        let isSound = try store.verify().findings.isEmpty
        // Whatever it holds, nothing of it ends the program.
        _ = try? (store.roster(), store.roster(matching: "p"), store.rosterCount())
        _ = try? store.newPatient()
        if isSound {
          #expect(try store.history(of: PatientCode("P-0001")) == history, "byte \(place)")
        } else {
          found += 1
        }
      } catch is StoreError {
        found += 1
      }
    }
    #expect(found > places.count / 50)
  }
}
