import Clinic
import Foundation
import GRDB
import Hepatology
import SmallDisk
import TestSupport
import Testing

/// What was reported as saved is there, however the program ends.
///
/// `LOBULE_SOAK` says how often, instead of a few times.
@Suite("Killed at any moment", .serialized)
struct CrashTests {
  private static let writers = ["W-1", "W-2"]

  @Test(
    "Two writers are killed; nothing that was reported saved is missing", .timeLimit(.minutes(60)))
  func killed() async throws {
    let folder = try TemporaryFolder()
    let place = Place(store: folder.store, notes: folder.path)
    let store = try place.make(Self.writers)
    for round in 0..<Soak.rounds(4) {
      await place.kill(Self.writers, within: 500...60_000)
      for writer in Self.writers { try place.check(store, writer) }
      if round % 25 == 0 || round == Soak.rounds(4) - 1 { try place.checkWhole(store) }
      let typed = try place.note(writer: "W-1", "typed")
      let journal = try DraftJournal(beside: folder.store)
      #expect(
        journal.recovered.filter { $0.patient == "W-1" }.allSatisfy {
          $0.text.hasPrefix(typed) || typed.hasPrefix($0.text)
        })
      try journal.discardRecovered()
    }
  }

  @Test(
    "The same on a disk that fills up and is emptied again",
    .enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"), .timeLimit(.minutes(60)))
  func killedOnAFullDisk() async throws {
    let notes = try TemporaryFolder()
    var refusals = 0
    // A small disk holds some hundred rounds.
    for _ in 0..<(Soak.rounds(1) + 99) / 100 {
      let disk = try SmallDisk(kilobytes: 16_000)
      let place = Place(store: disk.file("lobule.sqlite"), notes: notes.path)
      for writer in Self.writers { try place.clear(writer) }
      let store = try place.make(Self.writers)
      for round in 0..<min(100, Soak.rounds(6)) {
        // The first round is long enough to see it full, however busy the machine is.
        disk.fill(leaving: round == 0 ? 0 : Int.random(in: 0...200))
        await place.kill(Self.writers, within: round == 0 ? 1_500_000...2_000_000 : 5000...60_000)
        // What is full can be read, and everything is there.
        for writer in Self.writers { try place.check(store, writer) }
        disk.makeRoom()
        if round % 25 == 0 || round == min(100, Soak.rounds(6)) - 1 { try place.checkWhole(store) }
      }
      for writer in Self.writers {
        refusals += try place.note(writer: writer, "refused").utf8.count
      }
    }
    #expect(refusals > 0, "the disk was never full")
  }
}

/// Where writers write, and where they note what was reported to them.
private struct Place {
  let store: String
  let notes: String

  private func path(_ writer: String, _ what: String) -> String { "\(notes)/\(writer).\(what)" }

  func note(writer: String, _ what: String) throws -> String {
    guard FileManager.default.fileExists(atPath: path(writer, what)) else { return "" }
    return try String(contentsOfFile: path(writer, what), encoding: .utf8)
  }

  func clear(_ writer: String) throws {
    for what in ["reported", "typed", "refused"] { unlink(path(writer, what)) }
  }

  func make(_ writers: [String]) throws -> Store {
    let made = try Store.open(
      .file(store), author: "tester", variables: .builtIn, clock: TestClock(1_700_000_000_000).now)
    for writer in writers { _ = try made.patient(writer) }
    return made
  }

  /// Every value that was reported is there, in order, and at most one that was not: its report was
  /// cut short.
  func check(_ store: Store, _ writer: String) throws {
    let reported = try note(writer: writer, "reported").split(separator: "\n").map(String.init)
    let values = try store.record(of: PatientCode(writer)).observations
      .filter { $0.kind == .value }.compactMap(\.text)
    #expect(values.starts(with: reported), "a value that was reported saved is missing")
    #expect(values.count <= reported.count + 1)
    try (values.joined(separator: "\n") + (values.isEmpty ? "" : "\n"))
      .write(toFile: path(writer, "reported"), atomically: true, encoding: .utf8)
  }

  func checkWhole(_ store: Store) throws {
    #expect(try store.verify().findings == [])
    let queue = try DatabaseQueue(path: self.store)
    let said = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(said == ["ok"])
  }

  func kill(_ writers: [String], within microseconds: ClosedRange<UInt32>) async {
    await withTaskGroup(of: Void.self) { group in
      for writer in writers {
        let time = UInt32.random(in: microseconds)
        group.addTask { await kill(writer, after: time) }
      }
    }
  }

  /// Writes as fast as it can until it is killed.
  private func kill(_ writer: String, after microseconds: UInt32) async {
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [
        path = store as String, notes = notes as String, code = writer as String,
        microseconds = microseconds as UInt32
      ] in
      func file(_ what: String, _ flags: Int32) -> Int32 {
        open("\(notes)/\(code).\(what)", flags | O_CREAT, 0o600)
      }
      let report = file("reported", O_WRONLY | O_APPEND)
      let typed = file("typed", O_RDWR)
      let refused = file("refused", O_WRONLY | O_APPEND)
      Thread.detachNewThread {
        usleep(microseconds)
        Glibc.kill(getpid(), SIGKILL)
      }
      let patient = try PatientCode(code)
      while true {
        do throws(StoreError) {
          let store = try Store.open(.file(path), author: code, variables: .builtIn)
          let journal = try DraftJournal(beside: path)
          var count = try store.record(of: patient).observations.count
          while true {
            count += 1
            let text = "1.\(100_000 + count)"
            for end in 1...text.count {
              let part = String(text.prefix(end))
              try journal.keep(Draft(patient: code, visit: 1, field: "inr", text: part))
              ftruncate(typed, 0)
              pwrite(typed, part, part.utf8.count, 0)
            }
            _ = try store.commit([.inr(text)], to: patient, visit: 1)
            let line = text + "\n"
            write(report, line, line.utf8.count)
            try journal.discard()
          }
        } catch .diskFull {
          write(refused, ".", 1)
          usleep(500)
        }
      }
    }
  }
}

extension Input {
  fileprivate static func inr(_ text: String) -> Input {
    guard let variable = VariableTable.builtIn["inr"] else { fatalError("there is no INR") }
    return .value(variable, text)
  }
}
