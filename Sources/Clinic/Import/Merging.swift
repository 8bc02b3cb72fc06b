import Hepatology
import Quantities

extension Change {
  /// Adds what a file says of a visit and the log does not say yet; nothing where it says of none.
  mutating func merge(
    _ incoming: IncomingVisit, isReplacing: Bool, _ report: inout ImportReport
  ) throws {
    guard let date = incoming.date else { return }
    let visit: Int
    if let found = self.visit(on: date, number: incoming.number) {
      visit = found
    } else {
      try newVisit(on: date)
      visit = replay.lastVisitNumber
      report.newVisits += 1
    }
    for value in incoming.values {
      try merge(value, at: visit, of: date, isReplacing: isReplacing, &report)
    }
    for group in incoming.reviewed {
      try put(.reviewed, visit: visit, field: group.rawValue)
    }
    for (trial, criterion, answer) in incoming.attested {
      let field = try Attestation.field(trial: trial, criterion: criterion)
      let present = replay.holding(Replay.Cell(visit: visit, topic: .attestation(field)))
      // What a person answered here is not replaced by what another answered elsewhere.
      guard present == nil else { continue }
      try enter(.attested(trial: trial, criterion: criterion, answer: answer), visit: visit)
    }
  }

  /// The visit that a file means: of that day, and of that number where there are several.
  private func visit(on date: Day, number: Int?) -> Int? {
    let sameDay = replay.visits.filter { $0.date == date }.map(\.number)
    guard let number else { return sameDay.first }
    if sameDay.contains(number) { return number }
    return number > replay.lastVisitNumber ? nil : sameDay.first
  }

  private mutating func merge(
    _ value: IncomingValue, at visit: Int, of date: Day, isReplacing: Bool,
    _ report: inout ImportReport
  ) throws {
    let variable = value.variable
    // What is the day of the visit is not kept beside it.
    let moment = value.moment == Moment(date) ? nil : value.moment
    func write(_ change: inout Change) throws {
      try change.put(
        value.isCleared ? .cleared : .value, visit: visit, field: variable.id,
        text: value.isCleared ? nil : value.typed, unit: value.unit, holdsAt: moment)
    }
    let cell = Replay.Cell(visit: visit, topic: .variable(variable.id))
    guard let present = replay.holding(cell) else {
      try write(&self)
      report.added += 1
      return
    }
    let order = Self.order(moment, present.holdsAt)
    let isSame = value.isSame(as: present)
    if isSame, order == nil || order == .same {
      report.same += 1
    } else if order == .earlier {
      report.older += 1
    } else if order == .later || isReplacing {
      try write(&self)
      report.replaced += 1
    } else if report.conflicts.count < 1000 {
      report.conflicts.append(
        ImportReport.Conflict(
          patient: code, date: date, variable: variable,
          present: present.kind == .cleared
            ? nil : variable.shown(present.text ?? "", present.unit),
          incoming: value.isCleared ? "unknown" : variable.shown(value.typed, value.unit)))
    } else {
      report.isCut = true
    }
  }

  private enum Order {
    case earlier, same, later
  }

  /// Whether a result is of a later time of the day than another; `nil` where a time is not known.
  private static func order(_ incoming: Moment?, _ present: Moment?) -> Order? {
    guard let incoming, let present, incoming.minute != nil, present.minute != nil else {
      return incoming == present ? .same : nil
    }
    return incoming == present ? .same : incoming < present ? .earlier : .later
  }
}

extension IncomingValue {
  /// Whether it says what a row says, be it in other words or in another unit.
  func isSame(as row: Observation) -> Bool {
    if isCleared || row.kind == .cleared { return isCleared && row.kind == .cleared }
    return says(row.text ?? "", row.unit)
  }

  /// Whether it says what another value of the same variable says.
  func says(_ other: IncomingValue) -> Bool { says(other.typed, other.unit) }

  private func says(_ text: String, _ code: String?) -> Bool {
    if text == typed, code == unit { return true }
    let own = variable.read(typed, in: unit).value
    let other = variable.read(text, in: code).value
    if own == other { return own != nil }
    guard case .quantity(let one, let bound) = own, case .quantity(let two, bound) = other,
      let measure = variable.measure
    else { return false }
    let (a, b) = (try? measure.canonical(one), try? measure.canonical(two))
    return a != nil && a == b
  }
}

extension Variable {
  /// A value with its unit as people read it.
  func shown(_ typed: String, _ unit: String?) -> String {
    var patient = Patient()
    patient.enter(typed, in: unit.flatMap { try? Unit(ucum: $0) }, for: self)
    return patient[self]?.shown ?? typed
  }
}
