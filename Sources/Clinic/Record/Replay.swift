import Hepatology
import Quantities

/// What the rows of one patient say when they are gone through in order.
///
/// It is grown row by row, so that a write costs what is new and not what is old.
struct Replay: Sendable {
  /// What a row can take the place of.
  struct Cell: Hashable, Sendable {
    let visit: Int
    let topic: Topic
  }

  enum Topic: Hashable, Sendable {
    case date
    case variable(String)
    case review(String)
    case attestation(String)
  }

  private(set) var observations: [Observation] = []
  private(set) var isArchived = false
  private(set) var code: String?
  /// The changes that hold and those that were taken back, the latest last.
  private(set) var done: [Int] = []
  private(set) var undone: [Int] = []
  /// The greatest number that a visit ever had.
  private(set) var lastVisitNumber = 0

  /// The rows that hold for a cell, as places in ``observations``, in order; the last one counts.
  private var cells: [Cell: [Int]] = [:]
  private var members: [Int: [Int]] = [:]

  /// The place of the last row.
  var sequence: Int { observations.last?.sequence ?? 0 }

  mutating func apply(_ row: Observation) {
    let index = observations.count
    observations.append(row)
    switch row.kind {
    case .created: code = row.text
    case .archived: isArchived = true
    case .restored: isArchived = false
    case .undo:
      guard let change = row.corrects, let place = done.lastIndex(of: change) else { return }
      done.remove(at: place)
      undone.append(change)
      for member in members[change] ?? [] {
        guard let cell = Self.cell(of: observations[member]) else { continue }
        cells[cell]?.removeAll { $0 == member }
      }
    case .redo:
      guard let change = row.corrects, let place = undone.lastIndex(of: change) else { return }
      undone.remove(at: place)
      done.append(change)
      for member in members[change] ?? [] { hold(member) }
    case .visit, .redated, .value, .cleared, .reviewed, .attested:
      if done.last != row.change {
        done.append(row.change)
        undone.removeAll()
      }
      members[row.change, default: []].append(index)
      if let number = row.visit { lastVisitNumber = max(lastVisitNumber, number) }
      hold(index)
    }
  }

  private mutating func hold(_ index: Int) {
    guard let cell = Self.cell(of: observations[index]) else { return }
    var places = cells[cell] ?? []
    let place = places.lastIndex { $0 < index }.map { $0 + 1 } ?? 0
    places.insert(index, at: place)
    cells[cell] = places
  }

  static func cell(of row: Observation) -> Cell? {
    cell(kind: row.kind, visit: row.visit, field: row.field)
  }

  static func cell(kind: Observation.Kind, visit: Int?, field: String?) -> Cell? {
    guard let visit else { return nil }
    switch kind {
    case .visit, .redated: return Cell(visit: visit, topic: .date)
    case .value, .cleared: return field.map { Cell(visit: visit, topic: .variable($0)) }
    case .reviewed: return field.map { Cell(visit: visit, topic: .review($0)) }
    case .attested: return field.map { Cell(visit: visit, topic: .attestation($0)) }
    case .created, .archived, .restored, .undo, .redo: return nil
    }
  }

  /// The row that holds for a cell.
  func holding(_ cell: Cell) -> Observation? {
    cells[cell]?.last.map { observations[$0] }
  }

  /// Every row that holds, one a cell.
  var holding: [Cell: Observation] {
    cells.compactMapValues { places in places.last.map { observations[$0] } }
  }

  /// The days of the visits that there are, in the order of time.
  var visits: [(number: Int, date: Day)] {
    guard lastVisitNumber > 0 else { return [] }
    return (1...lastVisitNumber).compactMap { number -> (number: Int, date: Day)? in
      guard let text = holding(Cell(visit: number, topic: .date))?.text,
        let date = Day(text)
      else { return nil }
      return (number, date)
    }.sorted { ($0.date, $0.number) < ($1.date, $1.number) }
  }

  func hasVisit(_ number: Int) -> Bool {
    holding(Cell(visit: number, topic: .date)) != nil
  }

  /// The rows of a change.
  func rows(of change: Int) -> [Observation] {
    (members[change] ?? []).map { observations[$0] }
  }

  /// What the roster shows of the patient.
  var digest: RosterDigest {
    let visits = visits
    let order = Dictionary(
      uniqueKeysWithValues: visits.enumerated().map { ($0.element.number, $0.offset) })
    var latest: [String: (place: Int, row: Observation)] = [:]
    for (cell, row) in holding {
      guard case .variable(let field) = cell.topic, let place = order[cell.visit] else { continue }
      if let present = latest[field], present.place > place { continue }
      latest[field] = (place, row)
    }
    let known = latest.filter { $0.value.row.kind == .value }
    var age: Int?
    if let row = known[Variable.age.id]?.row,
      case .value(.quantity(let quantity, _), _) = Variable.age.read(
        row.text ?? "", in: row.unit),
      let years = try? Variable.age.measure?.canonical(quantity)
    {
      age = years.rounded(to: 0, .down).wholeNumber
    }
    return RosterDigest(
      visits: visits.count, lastVisit: visits.last?.date, age: age,
      sex: known[Variable.sex.id]?.row.text, known: known.count)
  }
}

/// What the roster shows of a patient, kept beside the log so that the list need not replay it.
struct RosterDigest: Hashable, Sendable {
  var visits: Int
  var lastVisit: Day?
  var age: Int?
  var sex: String?
  var known: Int
}

extension Variable {
  /// Reads a text with the code of a unit, as the log keeps them.
  func read(_ typed: String, in code: String?) -> Reading {
    read(typed, in: code.flatMap { try? Unit(ucum: $0) })
  }
}
