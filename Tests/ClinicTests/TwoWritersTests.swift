import Hepatology
import Clinic
import Foundation
import TestSupport
import Testing

@Suite("Two on one store")
struct TwoWritersTests {
  @Test("Each sees what the other wrote")
  func news() throws {
    let folder = try TemporaryFolder()
    let one = try Store.test(folder, author: "one")
    let two = try Store.test(folder, author: "two")
    #expect(try two.news() == nil)
    let code = try one.patient()
    #expect(try two.news()?.patients == [code])
    #expect(try two.news() == nil)
    #expect(try one.news() == nil)
    _ = try two.commit([value("inr", "2.1")], to: code, visit: 1)
    #expect(try one.news()?.patients == [code])
    #expect(try one.record(of: code).visits.first?.measured.map(\.typed) == ["2.1"])
    try two.relabel(code, "bed 4")
    #expect(try one.news()?.patients == [])
    #expect(try one.roster().first?.label == "bed 4")
    // A write of one's own does not hide what the other wrote before it.
    let other = try two.newPatient().code
    _ = try one.newPatient()
    #expect(try one.news()?.patients.contains(other) == true)
  }

  @Test("The later value holds, both are in the log, and the writer is told")
  func conflict() throws {
    let folder = try TemporaryFolder()
    let one = try Store.test(folder, author: "one")
    let two = try Store.test(folder, author: "two")
    let code = try one.patient()
    let seen = try two.record(of: code).sequence
    let first = try one.commit([value("inr", "2.1")], to: code, visit: 1)
    let receipt = try two.commit(
      [value("inr", "3.1"), value("sodium", "140")], to: code, visit: 1, seen: seen)
    #expect(receipt.overtaken == first.added)
    #expect(receipt.added.first?.corrects == first.added.first?.sequence)
    #expect(receipt.record.visits.first?.measured.map(\.typed) == ["140", "3.1"])
    #expect(receipt.record.observations.map(\.author).suffix(3) == ["one", "two", "two"])
    // What the other has entered is not undone by mistake.
    let now = receipt.record.sequence
    _ = try one.commit([value("ast", "80")], to: code, visit: 1)
    #expect(throws: StoreError.overtaken(code)) { try two.undo(code, seen: now) }
    #expect(try two.undo(code).record.visits.first?.measured.count == 2)
    #expect(try one.verify().isSound)
  }

  @Test("Many writes of both at once lose nothing")
  func together() async throws {
    let folder = try TemporaryFolder()
    let code = try Store.test(folder).patient()
    try await withThrowingTaskGroup(of: Void.self) { group in
      // No two write the same value, which would be no change.
      for (number, writer) in ["one", "two", "three"].enumerated() {
        let store = try Store.test(folder, author: writer)
        group.addTask {
          for round in 0..<40 {
            _ = try store.commit(
              [value("inr", "\(number + 1).\(round + 10)")], to: code, visit: 1, reason: writer)
          }
        }
      }
      try await group.waitForAll()
    }
    let store = try Store.test(folder)
    let rows = try store.record(of: code).observations
    for (number, writer) in ["one", "two", "three"].enumerated() {
      let texts = rows.filter { $0.author == writer && $0.kind == .value }.map(\.text)
      #expect(texts == (0..<40).map { "\(number + 1).\($0 + 10)" })
    }
    #expect(try store.verify().findings == [])
  }

  @Test("Stores that are made at the same time are one")
  func made() async throws {
    let folder = try TemporaryFolder()
    let path = folder.store
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<6 {
        group.addTask {
          do {
            _ = try Store.open(.file(path), author: "w\(writer)", variables: .builtIn).newPatient()
          } catch {
            Issue.record(error)
          }
        }
      }
    }
    #expect(try Store.test(folder).rosterCount() == 6)
  }
}
