import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// How the patient of a dialogue is kept.
struct Keeping: Sendable {
  /// Why patients are not kept; `nil` where they are.
  var unkept: String?
  /// The patient that is open, as the store has him; `nil` for one that is not in it.
  var chart: Chart?
  /// What the store has of the visit.
  var saved = Patient()
  /// The answers to criteria that the store has.
  var answered: [Screening.Question: Bool] = [:]
  /// The groups of history questions that were gone through.
  var reviewed: Set<Variable.Group> = []
  /// The rows that were entered since the dialogue began, which are corrected without a question.
  var own: Set<Int> = []
  /// Whether the store is gone with the program.
  var isInMemory = false
  /// Why the last change is not on the disk.
  var failure: StoreError?
  /// The reason that was given for a correction which is not on the disk; nobody says it twice.
  var reason: String?
  /// What is to be asked of the store, in this order.
  var due: [StoreRequest] = []

  /// What is said of it first.
  var greeting: String {
    unkept.map { "Patients are not kept: \($0)." }
      ?? "The first value makes a patient; .open CODE shows one."
  }
}

/// A change of what is known.
enum Change: Sendable {
  case value(Variable, String, Unit?, Day?)
  case unknown(Variable)
  case answer(Screening.Question, Bool?)

  /// The change as the store takes it.
  var input: Input {
    switch self {
    case .value(let variable, let typed, let unit, let taken):
      .value(variable, typed, unit: unit, at: taken.map { Moment($0) })
    case .unknown(let variable): .unknown(variable)
    case .answer(let question, let holds): question.input(holds)
    }
  }
}

/// A change of what somebody has entered in another sitting, and the question why.
struct Correction: Sendable {
  let change: Change
  let remarks: [Remark]
  let why: String

  /// The question in a line.
  var asked: String {
    let reasons = Saving.reasons.enumerated().map { "\($0 + 1) \($1)" }
    return "\(why) \(reasons.joined(separator: ", ")), or in your words; Enter leaves it."
  }

  /// What would be changed.
  var name: String {
    switch change {
    case .value(let variable, _, _, _), .unknown(let variable): variable.label
    case .answer(let question, _): "\(question.trial) \(question.criterion)"
    }
  }

  /// The reason that an answer gives: one of the usual ones by its number, or the answer itself.
  func reason(_ answer: String) -> String {
    let number = Int(answer).map { $0 - 1 }
    return number.flatMap { Saving.reasons.indices.contains($0) ? Saving.reasons[$0] : nil }
      ?? String(answer.prefix(200))
  }
}

extension Dialogue {
  /// The day that values are of where no other is said: that of the visit.
  var day: Day? { keeping.chart?.visit?.date ?? today }

  /// Whether anything that was entered is not in the store.
  public var isUnsaved: Bool { keeping.unkept == nil && !pending.isEmpty }

  /// What was entered and is not in the store.
  var pending: [Input] {
    patient.inputs(over: keeping.saved, in: variables)
      + screening.answers.inputs(over: keeping.answered)
      + keeping.reviewed.subtracting(keeping.chart?.visit?.reviewed ?? []).map { .reviewed($0) }
  }

  /// Makes a change and keeps it; asks why first, where it takes the place of what was entered in
  /// another sitting.
  mutating func enter(_ change: Change, _ remarks: [Remark] = []) -> [String] {
    if let chart = keeping.chart {
      let old = chart.corrections(in: [change.input]).filter { !keeping.own.contains($0) }
      guard old.isEmpty else {
        asking = .reason(
          Correction(change: change, remarks: remarks, why: chart.why(old, dates)))
        return []
      }
    }
    let lines = make(change, remarks)
    save()
    return lines
  }

  /// Makes a correction, where a reason is given for it.
  mutating func answer(_ text: String, to correction: Correction) -> [String] {
    if text == "?" { return ["The reason stays in the log, with what was there before."] }
    goOn()
    guard !text.isEmpty else { return ["\(correction.name) stays as it was."] }
    let lines = make(correction.change, correction.remarks)
    save(correction.reason(text))
    return lines
  }

  /// Lets the store take what it does not have.
  mutating func save(_ reason: String? = nil) {
    let inputs = pending
    guard keeping.unkept == nil, !inputs.isEmpty else { return }
    if let chart = keeping.chart, let number = chart.number {
      let isTypedAgain = !chart.corrections(in: inputs).isEmpty
      let reason = reason ?? keeping.reason ?? (isTypedAgain ? Saving.typing : nil)
      keeping.due.append(
        .change(
          .commit(
            chart.code, visit: number, inputs, reason: reason, seen: chart.record.sequence)))
    } else if let today {
      let change: PatientChange =
        keeping.chart.map { .newVisit($0.code, on: today, inputs, seen: $0.record.sequence) }
        ?? .admit(nil, on: today, inputs)
      keeping.due.append(.change(change))
    }
  }

  /// What has become of what was entered, for the last line.
  var whatIsKept: String {
    if patient.isEmpty, keeping.chart == nil { return "Nothing was entered." }
    guard let chart = keeping.chart, !keeping.isInMemory else { return "Nothing of it is kept." }
    if isUnsaved { return "Not all of it is kept as \(chart.code)." }
    return "It is kept as \(chart.code)."
  }

  // MARK: Asking the store

  /// Asks what is due, and what follows from the answers; what is to be said of it.
  mutating func askWhatIsDue(_ keeper: Keeper) -> [String] {
    var lines: [String] = []
    while !keeping.due.isEmpty { lines += ask(keeping.due.removeFirst(), keeper) }
    return lines
  }

  /// Asks one thing; what is to be said of the answer.
  mutating func ask(_ request: StoreRequest, _ keeper: Keeper) -> [String] {
    guard let answer = keeper(request) else { return [] }
    switch answer {
    case .opened(let opening):
      keeping.isInMemory = opening.isMemory
      return opening.remarks.map { "\($0.capitalizedFirst)." }
        + (opening.isMemory ? ["Patients are gone when this ends."] : [])
    case .roster(_, let entries, let count):
      guard !entries.isEmpty else { return ["No patient is kept under that code."] }
      let more = count - entries.count
      return entries.map { $0.sentence(dates) }
        + (more > 0 ? ["\(more) more; .patients and the beginning of a code finds one."] : [])
    case .shown(let record): return show(record)
    case .saved(let change, let receipt, _): return heard(receipt, of: change)
    case .written(let path): return ["Written to \(path)."]
    case .failed(let request, let error): return failed(request, error)
    case .glance, .companion, .news, .rehearsed, .imported: return []
    }
  }

  private mutating func heard(_ receipt: Receipt, of change: PatientChange) -> [String] {
    (keeping.failure, keeping.reason) = (nil, nil)
    keeping.own.formUnion(receipt.added.map(\.sequence))
    switch change {
    case .admit(_, _, let inputs) where inputs.isEmpty:
      return show(receipt.record)
    case .newVisit(_, _, let inputs, _) where inputs.isEmpty:
      return show(receipt.record, visit: receipt.added.compactMap(\.visit).last)
    case .admit:
      return ["Kept as \(receipt.record.code)."] + adopt(receipt)
    case .undo, .redo:
      let isUndo = if case .undo = change { true } else { false }
      let rows = isUndo ? receipt.record.redoable : receipt.record.undoable
      let visit = rows.last { $0.visit != nil }?.visit
      let said = "\(isUndo ? "Undone" : "Done again"): \(rows.words(receipt.record.variables))."
      return visit == keeping.chart?.number
        ? [said] + adopt(receipt)
        : [said] + show(receipt.record, visit: visit)
    case .newVisit, .commit, .archive: return adopt(receipt)
    }
  }

  /// Takes what has become of the patient, with what other programs have entered meanwhile.
  private mutating func adopt(_ receipt: Receipt) -> [String] {
    let record = receipt.record
    let seen = keeping.chart?.record.sequence ?? record.sequence
    let others = record.observations.filter {
      $0.sequence > seen && !keeping.own.contains($0.sequence)
    }
    if keeping.chart == nil { keeping.chart = Chart(record) }
    keeping.chart?.update(record)
    var lines = take(keeping.chart?.visit)
    if let other = receipt.overtaken.last {
      lines.append(
        "\(other.author) had entered \(receipt.overtaken.words(receipt.record.variables)) meanwhile; yours holds now, both "
          + "are in the log.")
    } else if let other = others.last {
      lines.append(
        "Entered by \(other.author) meanwhile: \(others.words(receipt.record.variables)).")
    }
    if let clock = receipt.clock {
      lines.append("The clock says \(clock), before the last entry: was it set back?")
    }
    return lines
  }

  /// Takes a visit as the store has it; the scores and the verdicts that have become others.
  mutating func take(_ visit: Visit?) -> [String] {
    keeping.saved = visit?.patient ?? Patient()
    keeping.answered = (visit?.attestations ?? []).answers
    keeping.reviewed = visit?.reviewed ?? []
    let (saved, answered, day) = (keeping.saved, keeping.answered, day)
    return change { $0 = saved }
      + changedTrials {
        $0.screen(on: day)
        $0.take(answered)
      }
  }

  /// Shows a patient as he is kept, at a visit or at the last one.
  mutating func show(_ record: PatientRecord, visit number: Int? = nil) -> [String] {
    let chart = Chart(record, visit: number)
    keeping.chart = chart
    (trail, group) = ([], nil)
    _ = take(chart.visit)
    goOn()
    let count = patient.count
    let known =
      count == 0
      ? "Nothing is known yet."
      : "\(count == 1 ? "1 value is" : "\(count) values are") known, see .values."
    var lines = ["\(chart.sentence(dates)) \(known)"]
    if count > 0 { lines += scoreLines(favourites) + [screening.tally.words] }
    if let today, let visit = chart.visit, visit.date < today {
      lines.append("This visit was on \(dates.text(visit.date)); .newvisit begins one of today.")
    }
    return lines
  }

  private mutating func failed(_ request: StoreRequest, _ error: StoreError) -> [String] {
    let words = "\("\(error)".capitalizedFirst)."
    switch request {
    case .open: return ["Patients cannot be kept now: \(error). It is tried again with each value."]
    case .change(.undo), .change(.redo):
      if case .overtaken(let code) = error { keeping.due.append(.show(code)) }
      return [words]
    case .change(let change):
      guard !change.inputs.isEmpty else { return [words] }
      keeping.failure = error
      if case .commit(_, _, _, let reason, _) = change, reason != Saving.typing {
        keeping.reason = reason
      }
      return [
        "Not kept: \(error). It is tried again with the next value; .write FILE writes it to a file."
      ]
    default: return [words]
    }
  }
}
