public import Hepatology
public import Quantities

/// Everything that the store knows of one patient, as of one row of the log.
public struct PatientRecord: Sendable, Identifiable {
  /// What the patient is called.
  public let code: PatientCode
  /// A free text of the site's own; it is never exported unless that is asked for.
  public let label: String?
  /// The visits in the order of time.
  public let visits: [Visit]
  /// The variables that its rows were read with.
  public let variables: VariableTable
  private let replay: Replay

  /// What the patient is called.
  public var id: String { code.text }
  /// Whether the patient was put away.
  public var isArchived: Bool { replay.isArchived }
  /// The last row of the log that is in here: what the next write says that it has seen.
  public var sequence: Int { replay.sequence }
  /// The rows of the log, in order.
  public var observations: [Observation] { replay.observations }
  /// The rows that the next undo takes back; none where there is nothing to undo.
  public var undoable: [Observation] { replay.done.last.map(replay.rows) ?? [] }
  /// The rows that the next redo brings back; none where there is nothing to redo.
  public var redoable: [Observation] { replay.undone.last.map(replay.rows) ?? [] }

  /// The visit of that number.
  public func visit(_ number: Int) -> Visit? { visits.first { $0.number == number } }

  /// The visit of that day; the first of them where there are several.
  public func visit(on day: Day) -> Visit? { visits.first { $0.date == day } }

  /// Every dated value of a variable, one a visit at which it was entered, in the order of the time
  /// that it holds for.
  public func series(of variable: Variable) -> [DatedValue] {
    visits.compactMap { $0[variable] }.filter { $0.origin == .measured }
      .sorted { ($0.holdsAt, $0.visit) < ($1.holdsAt, $1.visit) }
  }

  init(code: PatientCode, label: String?, replay: Replay, in table: VariableTable) {
    self.code = code
    self.label = label
    variables = table
    self.replay = replay
    visits = Self.visits(of: replay, in: table)
  }

  private static func visits(of replay: Replay, in table: VariableTable) -> [Visit] {
    var rows: [Int: [Observation]] = [:]
    for (cell, row) in replay.holding where cell.topic != .date {
      rows[cell.visit, default: []].append(row)
    }
    var standing: [String: DatedValue] = [:]
    var bilirubin: [DatedValue] = []
    var attestations: [String: Attestation] = [:]
    return replay.visits.map { number, date in
      for (id, value) in standing { standing[id] = value.carried }
      var unknown: Set<Variable> = []
      var reviewed: Set<Variable.Group> = []
      for row in rows[number] ?? [] {
        guard let field = row.field else { continue }
        switch row.kind {
        case .value:
          // A variable that this version does not know stays in the log and is not shown.
          guard let variable = table[field], let text = row.text else { continue }
          let value = DatedValue(
            variable: variable, typed: text, unit: row.unit.flatMap { try? Unit(ucum: $0) },
            holdsAt: row.holdsAt ?? Moment(date), visit: number, origin: .measured,
            observation: row.sequence)
          standing[field] = value
          if variable == .totalBilirubin { bilirubin.append(value) }
        case .cleared:
          standing[field] = nil
          if let variable = table[field] { unknown.insert(variable) }
        case .reviewed: if let group = Variable.Group(rawValue: field) { reviewed.insert(group) }
        case .attested: attestations[field] = Attestation(row)
        case .created, .archived, .restored, .visit, .redated, .undo, .redo: continue
        }
      }
      var values = standing
      if let rise = DailyRise.derived(from: bilirubin) {
        let entered = standing[rise.variable.id]
        if entered.map({ $0.origin != .measured && $0.holdsAt < rise.holdsAt }) ?? true {
          values[rise.variable.id] = rise
        }
      }
      return Visit(
        number: number, date: date, values: values, table: table, unknown: unknown,
        reviewed: reviewed,
        attestations: attestations.values.filter { !$0.answer.isEmpty }
          .sorted { ($0.trial, $0.criterion) < ($1.trial, $1.criterion) })
    }
  }
}

extension DatedValue {
  /// The same value at a later visit.
  var carried: DatedValue {
    DatedValue(
      variable: variable, typed: typed, unit: unit, holdsAt: holdsAt, visit: visit,
      origin: .carried, observation: observation)
  }
}

extension Attestation {
  /// What parts the trial from the criterion in a row.
  private static let separator: Character = " "

  /// What a row about a criterion of a trial is about.
  static func field(trial: String, criterion: String) throws(StoreError) -> String {
    let trial = try Store.checked(trial, "the trial", longest: 40)
    let criterion = try Store.checked(criterion, "the criterion", longest: 80)
    guard !trial.contains(separator) else {
      throw .refused("the id of a trial has no space in it")
    }
    return "\(trial)\(separator)\(criterion)"
  }

  init?(_ row: Observation) {
    guard let visit = row.visit,
      let parts = row.field?.split(separator: Self.separator, maxSplits: 1), parts.count == 2
    else { return nil }
    trial = String(parts[0])
    criterion = String(parts[1])
    answer = row.text ?? ""
    self.visit = visit
    author = row.author
    enteredAt = row.enteredAt
  }
}
