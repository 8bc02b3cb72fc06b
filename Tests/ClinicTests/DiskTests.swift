import Hepatology
import Clinic
import Foundation
import SmallDisk
import TestSupport
import Testing

/// Real file systems that are full, go away, or are closed to the program while it runs.
@Suite("Disks that fail")
struct DiskTests {
  private func open(_ path: String) throws -> Store {
    try Store.open(.file(path), author: "tester", variables: .builtIn, clock: TestClock().now)
  }

  /// Enters value after value until one of them cannot be saved.
  private func fill(
    _ store: Store, _ code: PatientCode, from start: Int = 0
  ) throws -> (saved: Int, failure: StoreError) {
    for number in start..<start + 5000 {
      let input = try value("inr", "1.\(10_000 + number)")
      do throws(StoreError) {
        _ = try store.commit([input], to: code, visit: 1, reason: "next")
      } catch {
        return (number - start, error)
      }
    }
    throw Failure.neverFull
  }

  private enum Failure: Error { case neverFull }

  @Test(
    "A full disk is said, loses nothing that was saved, and does not stop the half-typed field",
    .enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func full() throws {
    let disk = try SmallDisk(kilobytes: 700)
    let path = disk.file("lobule.sqlite")
    let store = try open(path)
    let code = try store.patient()
    let journal = try DraftJournal(beside: path)
    for text in ["2", "21"] {
      try journal.keep(Draft(patient: code.text, visit: 1, field: "inr", text: text))
    }
    disk.fill(leaving: 40)
    var (saved, failure) = try fill(store, code)
    #expect(failure == .diskFull(path))
    #expect(failure.description.contains("disk is full"))
    #expect(saved > 0)
    // Its two places were taken before: what is typed is still kept at each key.
    for text in ["214", "2145"] {
      try journal.keep(Draft(patient: code.text, visit: 1, field: "inr", text: text))
    }
    // Reading goes on, in this program and in the next one.
    let rows = try store.record(of: code).observations
    #expect(rows.filter { $0.kind == .value }.count == saved)
    #expect(try Store.open(.file(path), author: "other", variables: .builtIn).rosterCount() == 1)
    disk.makeRoom()
    disk.fill(leaving: 80)
    let more: Int
    (more, failure) = try fill(store, code, from: saved)
    saved += more
    #expect(more > 0 && failure == .diskFull(path))
    disk.makeRoom()
    let again = try open(path)
    let texts = try again.record(of: code).observations.filter { $0.kind == .value }.map(\.text)
    #expect(texts == (0..<saved).map { "1.\(10_000 + $0)" })
    #expect(try again.verify().findings == [])
  }

  @Test(
    "A store cannot be made on a full disk; that is said, and it can be made when there is room",
    .enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"), arguments: [0, 4, 8, 16, 40, 60, 80])
  func madeOnAFullDisk(kilobytes: Int) throws {
    let disk = try SmallDisk(kilobytes: 400)
    let path = disk.file("lobule.sqlite")
    disk.fill(leaving: kilobytes)
    #expect(throws: StoreError.diskFull(path)) { try open(path) }
    disk.makeRoom()
    let store = try open(path)
    _ = try store.patient()
    #expect(try store.verify().findings == [])
  }

  @Test(
    "A disk that is taken away under the program",
    .enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func vanished() throws {
    let disk = try SmallDisk(kilobytes: 700)
    let path = disk.file("data/lobule.sqlite")
    let store = try open(path)
    let code = try store.patient()
    disk.takeAway()
    let failure = StoreError.vanished(path)
    #expect(throws: failure) { try store.commit([value("inr", "2")], to: code, visit: 1) }
    #expect(failure.description.contains("its disk is gone"))
    // What was read is still there, to be written elsewhere.
    #expect(try store.record(of: code).visits.count == 1)
    // Where the disk was, a new store would be made: that is said.
    let other = try open(path)
    #expect(other.remarks == ["a new store was made at \(path)"])
    #expect(throws: failure) { try store.commit([value("inr", "2")], to: code, visit: 1) }
    try FileManager.default.removeItem(atPath: disk.file("data"))
  }

  @Test("A folder that is closed to the account while the program runs")
  func lostPermission() async throws {
    let folder = try TemporaryFolder()
    chmod(folder.path, 0o777)
    // Root may go anywhere, so that another account has to try.
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      _ = setuid(65534)
      let data = path + "/data"
      let place = data + "/lobule.sqlite"
      let store = try Store.open(.file(place), author: "tester", variables: .builtIn)
      let code = try store.patient()
      chmod(data, 0)
      let failure = StoreError.noPermission(place)
      #expect(throws: failure) { try store.commit([value("inr", "2")], to: code, visit: 1) }
      #expect(throws: failure) {
        try Store.open(.file(place), author: "tester", variables: .builtIn)
      }
      #expect(try store.record(of: code).visits.count == 1)
      chmod(data, 0o700)
      _ = try store.commit([value("inr", "2")], to: code, visit: 1)
      #expect(try store.verify().findings == [])
    }
  }
}
