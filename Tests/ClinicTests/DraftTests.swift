import Clinic
import Foundation
import TestSupport
import Testing

@Suite("Drafts")
struct DraftTests {
  @Test("The half-typed field is found by the next program, once")
  func recovered() throws {
    let folder = try TemporaryFolder()
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

  @Test("Forcing each text to the disk, faster than a disk is, holds up nothing and loses nothing")
  func forced() throws {
    let folder = try TemporaryFolder()
    do {
      let journal = try DraftJournal(beside: folder.store)
      for number in 0..<200 {
        try journal.keep(Draft(patient: "P-0001", visit: 1, field: "inr", text: "\(number)"))
        try journal.settle()
      }
    }
    #expect(try DraftJournal(beside: folder.store).recovered.map(\.text) == ["199"])
  }

  @Test("What was committed is no draft")
  func discarded() throws {
    let folder = try TemporaryFolder()
    do {
      let journal = try DraftJournal(beside: folder.store)
      try journal.keep(Draft(patient: "P-0001", visit: 1, field: "inr", text: "2."))
      try journal.discard()
    }
    #expect(try DraftJournal(beside: folder.store).recovered == [])
  }

  @Test("A write that was cut short leaves the one before it")
  func torn() throws {
    let folder = try TemporaryFolder()
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
    let folder = try TemporaryFolder()
    let journal = try DraftJournal(beside: folder.store)
    #expect(throws: StoreError.self) {
      try journal.keep(
        Draft(
          patient: "P-1", visit: 1, field: "inr", text: String(repeating: "1", count: 2000)))
    }
  }
}
