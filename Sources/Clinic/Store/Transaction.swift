import GRDB
import Hepatology
import Quantities

/// Several changes that come onto the disk together or not at all; or, in a rehearsal, nowhere.
final class Transaction {
  let store: Store
  let db: Database
  private(set) var head: Head
  /// The first row that this transaction adds.
  let first: Int
  /// The patients that were touched.
  private(set) var replays: [Int: Replay] = [:]
  private let clock: Timestamp
  private let isRehearsal: Bool
  /// The patients and the aliases that a rehearsal would have made.
  private var rehearsed: [String: (patient: Int, code: PatientCode)] = [:]
  private var rehearsedAliases: [Digest: (patient: Int, code: PatientCode)] = [:]

  init(_ store: Store, _ db: Database, isRehearsal: Bool = false) throws {
    self.store = store
    self.db = db
    self.isRehearsal = isRehearsal
    head = try Head(db)
    first = head.count + 1
    clock = store.clock()
  }

  func replay(of patient: Int) throws -> Replay {
    if let replay = replays[patient] { return replay }
    return try store.replay(of: patient, db)
  }

  /// Writes down the end of the log.
  func finish() throws {
    guard head.count >= first else { return }
    let statement = try db.cachedStatement(
      sql: "UPDATE head SET count = ?, digest = ?, entered_at = ? WHERE id = 1")
    try statement.execute(arguments: [
      head.count, head.digest.blob, head.enteredAt.milliseconds,
    ])
  }

  // MARK: Patients

  func newPatient(_ wanted: PatientCode?, label: String?, source: String? = nil) throws
    -> (patient: Int, code: PatientCode)
  {
    let code = try wanted ?? freeCode()
    guard try find(code) == nil else { throw StoreError.codeTaken(code) }
    let last = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT coalesce(max(id), 0) FROM patient"))
    guard let last, (0..<Head.most).contains(last) else { throw DatabaseError.unreadable }
    let patient = last + rehearsed.count + 1
    if isRehearsal {
      rehearsed[code.text.lowercased()] = (patient, code)
    } else {
      let statement = try db.cachedStatement(
        sql: "INSERT INTO patient (id, code, number, label) VALUES (?, ?, ?, ?)")
      try statement.execute(arguments: [patient, code.text, code.number, label])
    }
    _ = try change(patient, code, reason: nil, source: source, seen: nil) { change in
      try change.append(.created, text: code.text)
    }
    return (patient, code)
  }

  /// The patient of a code; `nil` where there is none.
  func find(_ code: PatientCode) throws -> (patient: Int, code: PatientCode)? {
    if let found = rehearsed[code.text.lowercased()] { return found }
    let statement = try db.cachedStatement(sql: "SELECT id, code FROM patient WHERE code = ?")
    return try Row.fetchOne(statement, arguments: [code.text]).map { row in
      (try row.stored(0), PatientCode(stored: try row.stored(1)))
    }
  }

  /// The patient whom another system calls so.
  func find(alias: Digest) throws -> (patient: Int, code: PatientCode)? {
    if let found = rehearsedAliases[alias] { return found }
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, code FROM alias JOIN patient ON patient.id = alias.patient WHERE digest = ?
        """)
    return try Row.fetchOne(statement, arguments: [alias.blob]).map { row in
      (try row.stored(0), PatientCode(stored: try row.stored(1)))
    }
  }

  func keep(alias: Digest, of found: (patient: Int, code: PatientCode)) throws {
    if isRehearsal {
      rehearsedAliases[alias] = found
    } else {
      try db.execute(
        sql: "INSERT INTO alias (digest, patient) VALUES (?, ?)",
        arguments: [alias.blob, found.patient])
    }
  }

  private func freeCode() throws -> PatientCode {
    let count = try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM patient")) ?? 0
    var number = count + rehearsed.count
    while true {
      number += 1
      let code = PatientCode.numbered(number)
      if try find(code) == nil { return code }
    }
  }

  // MARK: Changes

  /// Adds rows about one patient that are undone as one.
  func change(
    _ patient: Int, _ code: PatientCode, reason: String?, source: String?, seen: Int?,
    _ body: (inout Change) throws -> Void
  ) throws -> Change {
    let before = try replay(of: patient)
    var change = Change(
      db: isRehearsal ? nil : db, patient: patient, code: code, table: store.variables,
      author: store.author,
      reason: reason, source: source,
      seen: seen ?? before.sequence, clock: clock, first: head.count + 1, head: head,
      replay: before)
    try body(&change)
    replays[patient] = change.replay
    guard !change.added.isEmpty else { return change }
    head = change.head
    if isRehearsal { return change }
    let now = change.replay.digest
    if now != before.digest || change.replay.isArchived != before.isArchived {
      let statement = try db.cachedStatement(
        sql: """
          UPDATE patient SET archived = ?, visits = ?, last_visit = ?, age = ?, sex = ?, known = ?
          WHERE id = ?
          """)
      try statement.execute(arguments: [
        change.replay.isArchived, now.visits, now.lastVisit?.description, now.age, now.sex,
        now.known, patient,
      ])
    }
    return change
  }
}

/// Rows about one patient that are being added together.
struct Change {
  /// Where the rows go; nowhere in a rehearsal.
  let db: Database?
  let patient: Int
  let code: PatientCode
  let table: VariableTable
  let author: String
  let reason: String?
  let source: String?
  let seen: Int
  let clock: Timestamp
  let first: Int
  var head: Head
  var replay: Replay
  private(set) var added: [Observation] = []
  private(set) var overtaken: [Observation] = []

  init(
    db: Database?, patient: Int, code: PatientCode, table: VariableTable, author: String,
    reason: String?, source: String?, seen: Int, clock: Timestamp, first: Int, head: Head,
    replay: Replay
  ) {
    self.db = db
    self.patient = patient
    self.code = code
    self.table = table
    self.author = author
    self.reason = reason
    self.source = source
    self.seen = seen
    self.clock = clock
    self.first = first
    self.head = head
    self.replay = replay
  }

  mutating func append(
    _ kind: Observation.Kind, visit: Int? = nil, field: String? = nil, text: String? = nil,
    unit: String? = nil, holdsAt: Moment? = nil, reason: String? = nil, corrects: Int? = nil
  ) throws {
    // Times in the log never go backwards: what the clock said is kept beside.
    let isBehind = clock < head.enteredAt
    let row = Observation(
      sequence: head.count + 1, change: first, patient: patient, visit: visit, kind: kind,
      field: field, text: text, unit: unit, holdsAt: holdsAt,
      enteredAt: isBehind ? head.enteredAt : clock, clock: isBehind ? clock : nil,
      author: author, reason: reason, source: source, corrects: corrects, previous: head.digest)
    if let db { try row.insert(db) }
    head.count = row.sequence
    head.digest = row.digest
    head.enteredAt = row.enteredAt
    replay.apply(row)
    added.append(row)
  }

  /// Puts a row in place of what its cell holds; nothing where it holds the same.
  mutating func put(
    _ kind: Observation.Kind, visit: Int, field: String? = nil, text: String? = nil,
    unit: String? = nil, holdsAt: Moment? = nil
  ) throws {
    guard replay.hasVisit(visit) else { throw StoreError.noVisit(visit, code) }
    let present = Replay.cell(
      kind: kind, visit: visit, field: field
    ).flatMap { cell in
      overtaken += replay.observations.filter {
        $0.sequence > seen && $0.sequence < first && Replay.cell(of: $0) == cell
      }
      return replay.holding(cell)
    }
    if let present, present.text == text, present.unit == unit, present.holdsAt == holdsAt,
      (present.kind == .cleared) == (kind == .cleared)
    {
      return
    }
    try append(
      kind, visit: visit, field: field, text: text, unit: unit, holdsAt: holdsAt,
      reason: reason ?? present.map { _ in Store.usualReason }, corrects: present?.sequence)
  }

  mutating func newVisit(on day: Day) throws {
    try append(.visit, visit: replay.lastVisitNumber + 1, text: "\(day)")
  }

  mutating func enter(_ input: Input, visit: Int) throws {
    switch input {
    case .value(let variable, let typed, let unit, let moment):
      try enter(typed, in: unit, at: moment, for: variable, visit: visit)
    case .unknown(let variable):
      try put(.cleared, visit: visit, field: variable.id)
    case .reviewed(let group):
      try review(group, visit: visit)
    case .attested(let trial, let criterion, let answer):
      let field = try Attestation.field(trial: trial, criterion: criterion)
      guard ["yes", "no", ""].contains(answer) else {
        throw StoreError.refused("the answer to a criterion is yes or no, or empty to take it back")
      }
      try put(.attested, visit: visit, field: field, text: answer)
    }
  }

  private mutating func enter(
    _ typed: String, in unit: Unit?, at moment: Moment?, for variable: Variable, visit: Int
  ) throws {
    let text = try Store.checked(typed, variable.id, longest: Variable.longestInput)
    var kept: String?
    switch variable.read(text, in: unit) {
    case .refused(let error): throw StoreError.refused("\(variable.id): \(error)")
    case .value(.quantity(let quantity, _), _): kept = quantity.unit.code
    case .value: break
    }
    let date = replay.visits.first { $0.number == visit }?.date
    try put(
      .value, visit: visit, field: variable.id, text: text, unit: kept,
      holdsAt: moment == date.map { Moment($0) } ? nil : moment)
  }

  /// Answers what has no answer in a group, question by question: a question that a later version
  /// adds to the group was not asked today.
  private mutating func review(_ group: Variable.Group, visit: Int) throws {
    guard group.isHistory else {
      throw StoreError.refused("\(group.title) is measured and cannot be reviewed as none of these")
    }
    guard let record = visits.first(where: { $0.number == visit }) else {
      throw StoreError.noVisit(visit, code)
    }
    for variable in table.all where variable.group == group && record[variable] == nil {
      guard let answer = variable.noneOfThese else { continue }
      try put(.value, visit: visit, field: variable.id, text: answer)
    }
    try put(.reviewed, visit: visit, field: group.rawValue)
  }

  private var visits: [Visit] {
    PatientRecord(code: code, label: nil, replay: replay, in: table).visits
  }
}

extension Store {
  /// The number of a patient, its code as it was made, and its label.
  func find(_ code: PatientCode, _ db: Database) throws -> (Int, PatientCode, String?) {
    let statement = try db.cachedStatement(
      sql: "SELECT id, code, label FROM patient WHERE code = ?")
    if let row = try Row.fetchOne(statement, arguments: [code.text]) {
      return (
        try row.stored(0), PatientCode(stored: try row.stored(1)), try row.storedIfAny(2)
      )
    }
    let near = try String.fetchAll(
      db, sql: "SELECT code FROM patient WHERE number = ? AND number <> '' LIMIT 3",
      arguments: [code.number])
    throw StoreError.noPatient(code, near: near)
  }
}
