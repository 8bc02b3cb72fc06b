import Clinic
import Foundation
import Testing

/// What was reported as saved is there, however the program ends.
///
/// `LOBULE_SOAK` says how many programs are killed, instead of a few.
@Suite("Killed at any moment", .serialized)
struct CrashTests {
  static let rounds = Soak.rounds(4)

  @Test(
    "Two writers are killed; nothing that was reported saved is missing", .timeLimit(.minutes(60)))
  func killed() async throws {
    let folder = try Folder()
    let store = try Store.test(folder, clock: TestClock(1_700_000_000_000))
    let codes = [try store.patient("W-1").text, try store.patient("W-2").text]
    for round in 0..<Self.rounds {
      async let first: Void = kill(folder.path, codes[0])
      async let second: Void = kill(folder.path, codes[1])
      _ = await (first, second)
      for code in codes {
        let reported = try String(
          contentsOfFile: folder.file("\(code).reported"), encoding: .utf8
        ).split(separator: "\n").map(String.init)
        let rows = try store.record(of: PatientCode(code)).observations.filter { $0.kind == .value }
        // At most the one value whose report was cut short is there beyond what was reported.
        #expect(rows.count - reported.count >= 0, "round \(round): a saved value is missing")
        #expect(zip(rows, reported).allSatisfy { $0.text == $1 })
        try rows.compactMap(\.text).joined(separator: "\n").appending(rows.isEmpty ? "" : "\n")
          .write(toFile: folder.file("\(code).reported"), atomically: true, encoding: .utf8)
      }
      if round % 25 == Self.rounds % 25 || round == Self.rounds - 1 {
        #expect(try store.verify().findings == [])
      }
      let typed = try String(contentsOfFile: folder.file("W-1.typed"), encoding: .utf8)
      let journal = try DraftJournal(beside: folder.store)
      #expect(
        journal.recovered.filter { $0.patient == "W-1" }.allSatisfy {
          $0.text.hasPrefix(typed) || typed.hasPrefix($0.text)
        })
      try journal.discardRecovered()
    }
  }

  /// Writes as fast as it can until it is killed at some moment.
  private func kill(_ folder: String, _ code: String) async {
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [folder = folder as String, code = code as String] in
      let report = open("\(folder)/\(code).reported", O_WRONLY | O_CREAT | O_APPEND, 0o600)
      let typed = open("\(folder)/\(code).typed", O_RDWR | O_CREAT, 0o600)
      let store = try Store.open(.file("\(folder)/lobule.sqlite"), author: code)
      let journal = try DraftJournal(beside: "\(folder)/lobule.sqlite")
      Thread.detachNewThread {
        usleep(UInt32.random(in: 500...60_000))
        Glibc.kill(getpid(), SIGKILL)
      }
      let patient = try PatientCode(code)
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
        _ = try store.commit([value("inr", text)], to: patient, visit: 1)
        let line = text + "\n"
        write(report, line, line.utf8.count)
        try journal.discard()
      }
    }
  }
}

@Suite("Drafts")
struct DraftTests {
  @Test("The half-typed field is found by the next program, once")
  func recovered() throws {
    let folder = try Folder()
    let draft = Draft(patient: "P-0001", visit: 2, field: "totalBilirubin", text: "21µ")
    var journal: DraftJournal? = try DraftJournal(beside: folder.store)
    #expect(journal?.recovered == [])
    try journal?.keep(Draft(patient: "P-0001", visit: 2, field: "totalBilirubin", text: "2"))
    try journal?.keep(draft)
    try journal?.settle()
    // Another window has a draft of its own, and leaves this one alone as long as it has an owner.
    let other = try DraftJournal(beside: folder.store)
    #expect(other.recovered == [])
    journal = nil
    journal = try DraftJournal(beside: folder.store)
    #expect(journal?.recovered == [draft])
    try journal?.discardRecovered()
    journal = nil
    #expect(try DraftJournal(beside: folder.store).recovered == [])
  }

  @Test("What was committed is no draft")
  func discarded() throws {
    let folder = try Folder()
    do {
      let journal = try DraftJournal(beside: folder.store)
      try journal.keep(Draft(patient: "P-0001", visit: 1, field: "inr", text: "2."))
      try journal.discard()
    }
    #expect(try DraftJournal(beside: folder.store).recovered == [])
  }

  @Test("A write that was cut short leaves the one before it")
  func torn() throws {
    let folder = try Folder()
    do {
      let journal = try DraftJournal(beside: folder.store)
      for text in ["1", "12", "123"] {
        try journal.keep(Draft(patient: "P-0001", visit: 1, field: "inr", text: text))
      }
    }
    let path = folder.store + "-draft-1"
    var bytes = try Data(contentsOf: URL(filePath: path))
    let last = try #require(bytes.range(of: Data("123".utf8)))
    bytes[last.lowerBound] ^= 4
    try bytes.write(to: URL(filePath: path))
    #expect(try DraftJournal(beside: folder.store).recovered.map(\.text) == ["12"])
  }

  @Test("Text that is longer than any field is refused")
  func long() throws {
    let folder = try Folder()
    let journal = try DraftJournal(beside: folder.store)
    #expect(throws: StoreError.self) {
      try journal.keep(
        Draft(
          patient: "P-1", visit: 1, field: "inr", text: String(repeating: "1", count: 2000)))
    }
  }
}
