import GRDB
public import Hepatology
public import Quantities

/// Something that a person, or a file, says of a patient at a visit.
public enum Input: Hashable, Sendable {
  /// A variable has a value: the text as typed, the unit that holds where the text has none, and
  /// the time that it holds for where that is not the day of the visit.
  case value(Variable, String, unit: Unit? = nil, at: Moment? = nil)
  /// A variable is unknown from this visit on.
  case unknown(Variable)
  /// A group of history questions was gone through: what has no answer yet is answered with no,
  /// never or none.
  case reviewed(Variable.Group)
  /// A person's answer to a criterion of a trial; an empty one takes an answer back.
  case attested(trial: String, criterion: String, answer: String)
}

/// What became of a write that is on the disk.
public struct Receipt: Sendable {
  /// The patient as it is now.
  public let record: PatientRecord
  /// The rows that were added; none where everything was so already.
  public let added: [Observation]
  /// Rows that another program had entered for the same fields since the patient was looked at.
  ///
  /// They stay in the log, and what was written now holds.
  public let overtaken: [Observation]
  /// What the clock said, where that was before the last entry: the rows then carry the time of
  /// that entry, and this one beside it.
  public let clock: Timestamp?
}

extension Store {
  /// The reason that is kept for a value in place of another, where none is given.
  public static let usualReason = "entered again"

  // MARK: Patients

  /// Makes a patient.
  ///
  /// - Parameters:
  ///   - code: The site's own code; the next free one of P-0001, P-0002 … where it is `nil`.
  ///   - label: A free text of at most 80 characters, kept beside the log and not in it, so that it
  ///     can be taken away again.
  public func newPatient(_ code: PatientCode? = nil, label: String? = nil) throws(StoreError)
    -> PatientRecord
  {
    let label = try label.map { text throws(StoreError) in try Self.checkedLabel(text) }
    return try committing { transaction in
      let made = try transaction.newPatient(code, label: label)
      return PatientRecord(
        code: made.code, label: label, replay: try transaction.replay(of: made.patient),
        in: variables)
    }
  }

  /// Makes a patient with a first visit and what was entered at it: all of that or nothing.
  ///
  /// Undo takes back what was entered before it takes back the visit.
  ///
  /// - Parameters:
  ///   - code: The site's own code; the next free one where it is `nil`.
  ///   - label: As for ``newPatient(_:label:)``.
  ///   - day: The day of the visit.
  ///   - inputs: What was entered.
  public func admit(
    _ code: PatientCode? = nil, label: String? = nil, on day: Day, with inputs: [Input] = []
  ) throws(StoreError) -> Receipt {
    let label = try label.map { text throws(StoreError) in try Self.checkedLabel(text) }
    return try committing { transaction in
      let made = try transaction.newPatient(code, label: label)
      return try enter(
        inputs, of: made.patient, made.code, label: label, on: day, seen: nil, transaction)
    }
  }

  /// What is known of a patient.
  public func record(of code: PatientCode) throws(StoreError) -> PatientRecord {
    let found = try reading { db in
      let (patient, stored, label) = try self.find(code, db)
      return (patient, stored, label, try self.replay(of: patient, db))
    }
    remember(found.3, of: found.0)
    return PatientRecord(code: found.1, label: found.2, replay: found.3, in: variables)
  }

  /// Gives a patient another label, or none.
  public func relabel(_ code: PatientCode, _ label: String?) throws(StoreError) {
    let label = try label.map { text throws(StoreError) in try Self.checkedLabel(text) }
    try committing { transaction in
      let (patient, _, _) = try find(code, transaction.db)
      try transaction.db.execute(
        sql: "UPDATE patient SET label = ? WHERE id = ?", arguments: [label, patient])
    }
  }

  /// Puts a patient away, or takes it back; nothing where it is so already.
  public func archive(_ code: PatientCode, _ isArchived: Bool = true, reason: String? = nil)
    throws(StoreError) -> Receipt
  {
    try change(code, reason: reason) { change in
      guard change.replay.isArchived != isArchived else { return }
      try change.append(isArchived ? .archived : .restored, reason: change.reason)
    }
  }

  // MARK: Visits and what is entered at them

  /// Makes a visit, with what was entered at it where something was; what was known before stands at
  /// it, as not measured again.
  public func newVisit(
    on day: Day, for code: PatientCode, with inputs: [Input] = [], seen: Int? = nil
  ) throws(StoreError) -> Receipt {
    try committing { transaction in
      let (patient, stored, label) = try find(code, transaction.db)
      return try enter(
        inputs, of: patient, stored, label: label, on: day, seen: seen, transaction)
    }
  }

  /// Makes a visit and enters what belongs to it, as two changes.
  private func enter(
    _ inputs: [Input], of patient: Int, _ code: PatientCode, label: String?, on day: Day,
    seen: Int?, _ transaction: Transaction
  ) throws -> Receipt {
    var change = try transaction.change(
      patient, code, reason: nil, source: nil, seen: seen
    ) { change in try change.newVisit(on: day) }
    var added = change.added
    let visit = change.replay.lastVisitNumber
    if !inputs.isEmpty {
      change = try transaction.change(patient, code, reason: nil, source: nil, seen: nil) {
        change in
        for input in inputs { try change.enter(input, visit: visit) }
      }
      added += change.added
    }
    return Receipt(
      record: PatientRecord(code: code, label: label, replay: change.replay, in: variables),
      added: added,
      overtaken: [], clock: added.first?.clock)
  }

  /// Gives a visit another day.
  public func redate(
    visit: Int, of code: PatientCode, to day: Day, reason: String? = nil, seen: Int? = nil
  ) throws(StoreError) -> Receipt {
    try change(code, reason: reason, seen: seen) { change in
      try change.put(.redated, visit: visit, text: "\(day)")
    }
  }

  /// Writes what was entered at a visit, as one change that is undone as one.
  ///
  /// What is so already is not written again. A value in place of another points at it and carries
  /// the reason.
  ///
  /// - Parameters:
  ///   - inputs: What was entered.
  ///   - code: The patient.
  ///   - visit: The number of the visit.
  ///   - reason: Why, where something is corrected; at most 200 characters.
  ///   - seen: ``PatientRecord/sequence`` of the record that was looked at, so that the receipt can
  ///     tell of what others entered meanwhile.
  /// - Throws: ``StoreError``; nothing of it is then written. A text that is no value is refused.
  public func commit(
    _ inputs: [Input], to code: PatientCode, visit: Int, reason: String? = nil, seen: Int? = nil
  ) throws(StoreError) -> Receipt {
    try change(code, reason: reason, seen: seen) { change in
      for input in inputs { try change.enter(input, visit: visit) }
    }
  }

  // MARK: Undo

  /// Takes back the last change of a patient that holds.
  ///
  /// - Throws: ``StoreError/nothingToUndo(_:)``; ``StoreError/overtaken(_:)`` where that change was
  ///   made by another program after `seen`.
  public func undo(_ code: PatientCode, seen: Int? = nil) throws(StoreError) -> Receipt {
    try change(code) { change in
      guard let last = change.replay.done.last else { throw StoreError.nothingToUndo(code) }
      if let seen, change.replay.sequence > seen { throw StoreError.overtaken(code) }
      try change.append(.undo, corrects: last)
    }
  }

  /// Brings back the change of a patient that was taken back last.
  ///
  /// - Throws: ``StoreError/nothingToRedo(_:)``; ``StoreError/overtaken(_:)`` as for undo.
  public func redo(_ code: PatientCode, seen: Int? = nil) throws(StoreError) -> Receipt {
    try change(code) { change in
      guard let last = change.replay.undone.last else { throw StoreError.nothingToRedo(code) }
      if let seen, change.replay.sequence > seen { throw StoreError.overtaken(code) }
      try change.append(.redo, corrects: last)
    }
  }

  // MARK: Changes

  private func change(
    _ code: PatientCode, reason: String? = nil, seen: Int? = nil,
    _ body: (inout Change) throws -> Void
  ) throws(StoreError) -> Receipt {
    let reason = try reason.map { text throws(StoreError) in
      try Self.checked(text, "the reason", longest: 200)
    }
    return try committing { transaction in
      let (patient, stored, label) = try find(code, transaction.db)
      let change = try transaction.change(
        patient, stored, reason: reason, source: nil, seen: seen, body)
      return Receipt(
        record: PatientRecord(code: stored, label: label, replay: change.replay, in: variables),
        added: change.added, overtaken: change.overtaken,
        clock: change.added.first?.clock)
    }
  }

  /// Runs a transaction, and remembers what it replayed once it is on the disk.
  func committing<Result>(_ body: (Transaction) throws -> Result) throws(StoreError) -> Result {
    let (result, transaction) = try writing { db in
      let transaction = try Transaction(self, db)
      let result = try body(transaction)
      try transaction.finish()
      return (result, transaction)
    }
    for (patient, replay) in transaction.replays { remember(replay, of: patient) }
    if transaction.head.count >= transaction.first {
      noteOwn(transaction.head.count, first: transaction.first)
    }
    return result
  }

  /// Runs a transaction of which nothing is written, against the store as it is now.
  ///
  /// - Throws: ``StoreError`` for what goes wrong with the store; whatever `body` throws.
  func rehearsing(_ body: (Transaction) throws -> Void) throws {
    do {
      try queue.read { db in try body(Transaction(self, db, isRehearsal: true)) }
    } catch let error as DatabaseError {
      throw StoreError(error, at: name)
    }
  }
}
