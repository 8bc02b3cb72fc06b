import Clinic
import Foundation
import Hepatology
import Quantities

/// A store with so many patients, and what is done with it.
final class Ward {
  private let count: Int
  private let folder: String
  private var dice = SystemRandomNumberGenerator()

  private var path: String { folder + "/lobule.sqlite" }

  /// The visits of each patient.
  private static let visits = 10

  init(patients count: Int) throws {
    self.count = count
    folder = NSTemporaryDirectory() + "lobule-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func measured() throws -> [Figure] {
    let filling = try time { try fill() }
    var figures = [
      Figure("filling the store, a visit", [filling / Double(count * Self.visits)], .microseconds),
      Figure("  its size, a visit", [try size() / Double(count * Self.visits)], .bytes),
    ]
    let opened = try best(of: [()]) { try openRoster() }
    figures.append(Figure("opening the store and its roster", opened, .milliseconds, limit: 100))
    let store = try open()
    for order in RosterOrder.allCases {
      let times = try best(of: [()]) { _ = try store.roster(by: order, skipping: count / 2) }
      figures.append(Figure("  a page half down, by \(order.rawValue)", times, .milliseconds))
    }
    let typed = try best(of: typed) { text in
      _ = try store.roster(matching: text)
      _ = try store.rosterCount(matching: text)
    }
    figures.append(Figure("find as you type, a key", typed, .milliseconds, limit: 10))
    let codes = try (0..<100).map { _ in
      try PatientCode(code(Int.random(in: 0..<count, using: &dice)))
    }
    let patients = try best(of: codes) { _ = try store.record(of: $0).visits.count }
    figures.append(Figure("opening a patient", patients, .milliseconds, limit: 10))
    figures.append(Figure("saving a value, on the disk", try saved(store), .milliseconds))
    figures.append(Figure("a key into the journal", try kept(), .microseconds))
    let asked = try (0..<300).map { _ in try time { _ = try store.news() } }
    figures.append(Figure("asking for what others wrote", asked, .microseconds))
    return figures
  }

  // MARK: Filling

  /// The code of a patient, as a site gives them.
  private func code(_ number: Int) -> String { "SITE\(number % 9 + 1)-\(10_000 + number)" }

  private func fill() throws {
    let csv = folder + "/ward.csv"
    try Data().write(to: URL(filePath: csv))
    let file = try FileHandle(forWritingTo: URL(filePath: csv))
    defer { unlink(csv) }
    var text = "code,label,date,age,sex,totalBilirubin[umol/L],inr,creatinine[umol/L],"
    text += "sodium[mmol/L],albumin[g/L]\n"
    for number in 0..<count {
      let label = "ward \(number % 20) bed \(number % 31)"
      for visit in 0..<Self.visits {
        let first = visit == 0 ? "\(20 + number % 60),\(number % 2 == 0 ? "female" : "male")" : ","
        text += "\(code(number)),\(label),2026-\(10 + number % 3)-\(10 + visit),\(first),"
        text += "\(50 + (number + visit * 7) % 400),\(1 + (number + visit) % 3).\(visit),"
        text += "\(60 + (number * 3 + visit) % 200),\(125 + (number + visit) % 20),"
        text += "\(20 + (number + visit) % 20)\n"
      }
      if text.utf8.count > 1 << 20 || number == count - 1 {
        try file.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try file.close()
    let report = try open().importFiles([ImportFile(path: csv)])
    guard report.newVisits == count * Self.visits, report.unread.isEmpty else {
      throw Unexpected(what: "the import made \(report.newVisits) visits")
    }
  }

  private struct Unexpected: Error {
    let what: String
  }

  private func size() throws -> Double {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Double ?? 0
  }

  // MARK: What a person waits for

  private func open() throws -> Store {
    try Store.open(.file(path), author: "bench", variables: .builtIn)
  }

  private func openRoster() throws {
    let store = try open()
    let page = try store.roster()
    guard try store.rosterCount() == count, page.count == min(100, count) else {
      throw Unexpected(what: "the roster is not whole")
    }
  }

  /// What stands in the search after each key, of some who are looked for by code, number or label.
  private var typed: [String] {
    (0..<10).flatMap { round in
      let number = count * round / 10
      return [code(number), "\(10_000 + number)", "ward \(number % 20) bed \(number % 31)"]
        .flatMap { text in (1...text.count).map { String(text.prefix($0)) } }
    }
  }

  private func saved(_ store: Store) throws -> [Double] {
    return try (0..<100).map { round in
      let code = try PatientCode(code(Int.random(in: 0..<count, using: &dice)))
      _ = try store.record(of: code)
      return try time {
        _ = try store.commit([.value(.inr, "2.\(100 + round)")], to: code, visit: Self.visits)
      }
    }
  }

  private func kept() throws -> [Double] {
    let journal = try DraftJournal(beside: path)
    defer { try? journal.discard() }
    return try (0..<1000).map { number in
      let draft = Draft(
        patient: code(1), visit: 1, field: "totalBilirubin", text: "\(number)")
      return try time { try journal.keep(draft) }
    }
  }

  /// The shortest time that each thing takes, all of them done several times in turn.
  private func best<Thing>(of things: [Thing], _ body: (Thing) throws -> Void) throws -> [Double] {
    let rounds = things.count > 1 ? 3 : 20
    return try (0..<rounds).reduce(into: things.map { _ in Double.infinity }) { best, _ in
      for (index, thing) in things.enumerated() {
        best[index] = min(best[index], try time { try body(thing) })
      }
    }
  }

  private func time(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return start.duration(to: .now) / .seconds(1)
  }
}
