import Hepatology
import Quantities
import TestSupport
import Testing

@testable import Clinic

/// Long runs of chance entries, held against a model that is nothing but lists and dictionaries.
@Suite("The log, whatever is entered")
struct LogPropertyTests {
  /// What a patient looks like, said in the simplest way.
  struct Model: Equatable {
    var visits: [Int: String] = [:]
    var values: [Int: [String: String]] = [:]
  }

  static func model(_ record: PatientRecord) -> Model {
    var model = Model()
    for visit in record.visits {
      model.visits[visit.number] = "\(visit.date)"
      let own = visit.values.filter { $0.value.origin == .measured }.mapValues(\.typed)
      model.values[visit.number] = own.isEmpty ? nil : own
    }
    return model
  }

  static let fields = ["inr", "sodium", "platelets", "ast"]

  @Test(
    "Replay gives the patient; undo and redo are inverse; it all lasts",
    arguments: 1...UInt64(Soak.rounds(8)))
  func chance(seed: UInt64) throws {
    var dice = SeededRandom(seed)
    let folder = try TemporaryFolder()
    var store = try Store.test(folder)
    let code = try store.newPatient().code
    var past: [Model] = []
    var future: [Model] = []
    var model = Model()
    var number = 0
    for _ in 0..<80 {
      let before = model
      switch Int.random(in: 0..<10, using: &dice) {
      case 0:
        number += 1
        let date = "2026-11-\(Int.random(in: 10...28, using: &dice))"
        model.visits[number] = date
        _ = try store.newVisit(on: day(date), for: code)
      case 1...4:
        guard let visit = model.visits.keys.sorted().randomElement(using: &dice) else { continue }
        var inputs: [Input] = []
        for field in Self.fields.shuffled(using: &dice).prefix(Int.random(in: 1...3, using: &dice))
        {
          let text = "\(Int.random(in: 5...15, using: &dice))"
          guard case .value = try variable(field).read(text) else { continue }
          inputs.append(try value(field, text))
          model.values[visit, default: [:]][field] = text
        }
        if model == before || inputs.isEmpty { continue }
        _ = try store.commit(inputs, to: code, visit: visit)
      case 5:
        guard let visit = model.visits.keys.sorted().randomElement(using: &dice),
          let field = model.values[visit]?.keys.sorted().randomElement(using: &dice)
        else { continue }
        model.values[visit]?[field] = nil
        if model.values[visit]?.isEmpty ?? false { model.values[visit] = nil }
        _ = try store.commit([.unknown(variable(field))], to: code, visit: visit)
      case 6, 7:
        if let last = past.popLast() {
          future.append(model)
          model = last
          _ = try store.undo(code)
        } else {
          #expect(throws: StoreError.nothingToUndo(code)) { try store.undo(code) }
        }
        try check(store, code, model)
        continue
      case 8:
        if let next = future.popLast() {
          past.append(model)
          model = next
          _ = try store.redo(code)
        } else {
          #expect(throws: StoreError.nothingToRedo(code)) { try store.redo(code) }
        }
        try check(store, code, model)
        continue
      default:
        // Another start of the program.
        store = try Store.test(folder, clock: TestClock(1_795_900_000_000))
        continue
      }
      past.append(before)
      future = []
      try check(store, code, model)
    }
    let record = try store.record(of: code)
    let shown = record.visits
    // All of it back, and all of it again.
    var count = 0
    while !(try store.record(of: code).undoable.isEmpty) {
      _ = try store.undo(code)
      count += 1
    }
    #expect(count == past.count)
    #expect(try store.record(of: code).visits.isEmpty)
    for _ in 0..<count { _ = try store.redo(code) }
    #expect(try store.record(of: code).visits == shown)
    #expect(try store.verify().findings == [])
  }

  private func check(_ store: Store, _ code: PatientCode, _ model: Model) throws {
    let record = try store.record(of: code)
    #expect(Self.model(record) == model)
    // What grew row by row is what comes of the whole log at once.
    var replay = Replay()
    for row in record.observations { replay.apply(row) }
    #expect(
      PatientRecord(code: code, label: nil, replay: replay, in: .builtIn).visits == record.visits)
    let line = try #require(try store.roster().first)
    #expect(line.visits == record.visits.count)
    #expect(line.known == (record.visits.last?.known.filter { !$0.isDerived }.count ?? 0))
  }
}

extension DatedValue {
  var isDerived: Bool { if case .derived = origin { true } else { false } }
}
