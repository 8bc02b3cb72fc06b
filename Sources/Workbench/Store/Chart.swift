import Clinic
import Hepatology
import Quantities
import Terminal

/// The patient that is open, as the store has him, and the visit that is shown.
struct Chart: Sendable {
  private(set) var record: PatientRecord
  /// The number of the visit; `nil` where the patient has none.
  private(set) var number: Int?

  /// A patient at his last visit, or at another.
  init(_ record: PatientRecord, visit: Int? = nil) {
    self.record = record
    number = visit
    update(record)
  }

  var code: PatientCode { record.code }

  /// The visit that is shown.
  var visit: Visit? { number.flatMap(record.visit) }

  /// The place of the visit among those of the patient, from 1 on in the order of time.
  var ordinal: Int? { record.visits.firstIndex { $0.number == number }.map { $0 + 1 } }

  /// Takes what has become of the patient; where the visit is gone, the last one is shown.
  mutating func update(_ record: PatientRecord) {
    self.record = record
    if visit == nil { number = record.visits.last?.number }
  }

  /// Shows another visit.
  mutating func show(_ number: Int) { self.number = number }

  // MARK: Corrections

  /// The rows of the visit whose place something takes.
  func corrections(in inputs: [Input]) -> [Int] {
    guard let visit else { return [] }
    return inputs.compactMap { input in
      switch input {
      case .value(let variable, _, _, _), .unknown(let variable):
        guard let value = visit[variable], value.origin == .measured else { return nil }
        return value.observation
      case .attested(let trial, let criterion, _):
        let field = "\(trial) \(criterion)"
        return record.observations.last {
          $0.kind == .attested && $0.visit == visit.number && $0.field == field
        }?.sequence
      case .reviewed: return nil
      }
    }
  }

  /// The question why rows of the log are corrected, which stay in it.
  func why(_ corrected: [Int], _ dates: DayFormat) -> String {
    let rows = record.observations.filter { corrected.contains($0.sequence) }
    let who = Set(rows.map(\.author)).sorted().joined(separator: ", ")
    let day = rows.last?.enteredAt.day.map { " on \(dates.text($0))" } ?? ""
    return
      "\(rows.words(record.variables)) was entered by \(who.displayable)\(day) and stays in the log. "
      + "Why is it changed?"
  }

  // MARK: Visits

  /// The visit so many steps later; `nil` where there is none.
  func visit(by step: Int) -> Visit? {
    guard let ordinal, record.visits.indices.contains(ordinal - 1 + step) else { return nil }
    return record.visits[ordinal - 1 + step]
  }
}

/// How saving goes.
struct Saving: Sendable {
  /// What waits until everything is saved.
  enum Then: Hashable, Sendable {
    case quit
    case visit(Int)
    case newVisit(PatientCode)
    case open(PatientCode)
    case newPatient
  }

  /// Whether a change is on its way.
  var isUnderWay = false
  /// The time of the last change that is on the disk: `14:02:11`.
  var savedAt: String?
  /// Why the last change is not on the disk.
  var failure: StoreError?
  /// What could not be saved; it is not tried again before something else is entered.
  var tried: [Input] = []
  /// Why what is being saved is corrected.
  var reason: String?
  /// The rows that were entered since the program began, which are corrected without a question.
  var own: Set<Int> = []
  /// The half-typed field that the journal has.
  var draft: Draft?
  /// The half-typed field that waits for its patient.
  var recovering: Draft?
  var then: Then?

  /// The reason for what is typed again in one sitting.
  static let typing = "typing corrected"
  /// Why something is corrected, most of the time.
  static let reasons = ["typing error", "wrong sample or patient", "corrected by the laboratory"]
}

extension Observation {
  /// What the row says, for a person: `INR 2.3`.
  func words(_ table: VariableTable) -> String {
    let text = text?.displayable ?? ""
    let name = field.flatMap { table[$0]?.label } ?? field?.displayable ?? ""
    switch kind {
    case .created: return "the patient \(text)"
    case .archived: return "put away"
    case .restored: return "taken back from the archive"
    case .visit: return "the visit of \(text)"
    case .redated: return "the day of the visit, \(text)"
    case .value:
      let symbol = unit.flatMap { try? Unit(ucum: $0) }?.symbol ?? ""
      let hasUnit = symbol.isEmpty || text.contains { $0.isLetter || $0 == "%" }
      return hasUnit ? "\(name) \(text)" : "\(name) \(text) \(symbol)"
    case .cleared: return "\(name) unknown"
    case .reviewed:
      return (Variable.Group(rawValue: field ?? "")?.title ?? name) + " reviewed"
    case .attested: return "\(name) \(text.isEmpty ? "not answered" : "answered \(text)")"
    case .undo: return "an undo"
    case .redo: return "a redo"
    }
  }
}

extension [Observation] {
  /// What the rows say, the first three of them.
  func words(_ table: VariableTable) -> String {
    let first = prefix(3).map { $0.words(table) }.joined(separator: ", ")
    return count > 3 ? "\(first) and \(count - 3) more" : first
  }
}
