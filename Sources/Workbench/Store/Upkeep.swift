import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// What is saved, and what becomes of it.
extension Workbench {
  /// Whether patients are kept at all.
  var keepsPatients: Bool { if case .missing = roster.access { false } else { true } }

  /// What was entered and is not in the store.
  var pending: [Input] {
    var inputs = form.changes
    let given = screening?.answers ?? answered
    guard given != answered else { return inputs }
    for (question, holds) in given where answered[question] != holds {
      inputs.append(
        .attested(
          trial: question.trial, criterion: question.criterion, answer: holds ? "yes" : "no"))
    }
    for question in answered.keys where given[question] == nil {
      inputs.append(
        .attested(trial: question.trial, criterion: question.criterion, answer: ""))
    }
    return inputs
  }

  /// What follows for the store from a key or an answer.
  mutating func upkeep() -> [Effect] {
    guard keepsPatients else { return [] }
    var effects = save()
    let draft = form.draft(of: chart?.code)
    if draft != saving.draft, saving.recovering == nil {
      saving.draft = draft
      effects.append(.store(.draft(draft)))
    }
    if place == .patients, let query = roster.query() { effects.append(.store(.roster(query))) }
    return effects
  }

  private mutating func save() -> [Effect] {
    guard !saving.isUnderWay else { return [] }
    if case .prompt(let prompt) = overlay, prompt.purpose == .reason { return [] }
    let inputs = pending
    guard !inputs.isEmpty else {
      saving.failure = nil
      saving.tried = []
      return []
    }
    guard inputs != saving.tried else { return [] }
    let corrected = corrections(in: inputs)
    if saving.reason == nil, let why = question(about: corrected) {
      overlay = .prompt(why)
      return []
    }
    let reason = saving.reason ?? (corrected.isEmpty ? nil : Saving.typing)
    saving.reason = nil
    guard let change = change(inputs, reason) else {
      saving.tried = inputs
      message = "Not saved: the clock does not say what day it is."
      return []
    }
    saving.isUnderWay = true
    saving.tried = inputs
    return [.store(.change(change))]
  }

  private func change(_ inputs: [Input], _ reason: String?) -> PatientChange? {
    guard let chart else { return today.map { .admit(nil, on: $0, inputs) } }
    guard let number = chart.number else {
      return today.map { .newVisit(chart.code, on: $0, inputs, seen: chart.record.sequence) }
    }
    return .commit(
      chart.code, visit: number, inputs, reason: reason, seen: chart.record.sequence)
  }

  // MARK: Corrections

  /// The rows of this visit whose place something takes.
  private func corrections(in inputs: [Input]) -> [Int] {
    guard let visit = chart?.visit else { return [] }
    return inputs.compactMap { input in
      switch input {
      case .value(let variable, _, _, _), .unknown(let variable):
        guard let value = visit[variable], value.origin == .measured else { return nil }
        return value.observation
      case .attested(let trial, let criterion, _):
        let field = "\(trial) \(criterion)"
        return chart?.record.observations.last {
          $0.kind == .attested && $0.visit == visit.number && $0.field == field
        }?.sequence
      case .reviewed: return nil
      }
    }
  }

  /// Asks why something is corrected that was entered in another sitting; what was typed in this one
  /// may be typed again.
  private func question(about corrected: [Int]) -> Prompt? {
    let old = corrected.filter { !saving.own.contains($0) }
    guard let record = chart?.record, !old.isEmpty else { return nil }
    let rows = record.observations.filter { old.contains($0.sequence) }
    let who = Set(rows.map(\.author)).sorted().joined(separator: ", ")
    let day = rows.last?.enteredAt.day.map { " on \(dates.text($0))" } ?? ""
    return Prompt(
      .reason, title: "A correction",
      question: "\(rows.words) was entered by \(who.displayable)\(day) and stays in the log. "
        + "Why is it changed?",
      choices: ["typing error", "wrong sample or patient", "corrected by the laboratory"],
      limit: 200)
  }
}
