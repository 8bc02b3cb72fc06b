import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

extension [Screening.Question: Bool] {
  /// What the store is to take for it to have these answers to criteria in place of others.
  func inputs(over saved: Self) -> [Input] {
    guard self != saved else { return [] }
    return filter { saved[$0] != $1 }.map { $0.input($1) }
      + saved.keys.filter { self[$0] == nil }.map { $0.input(nil) }
  }
}

extension Screening.Question {
  /// An answer for the store; `nil` takes one back.
  func input(_ holds: Bool?) -> Input {
    .attested(
      trial: trial, criterion: criterion, answer: holds.map { $0 ? "yes" : "no" } ?? "")
  }
}

/// What is saved, and what becomes of it.
extension Workbench {
  /// Whether patients are kept at all.
  var keepsPatients: Bool { if case .missing = roster.access { false } else { true } }

  /// What was entered and is not in the store.
  var pending: [Input] {
    form.changes + (screening?.answers ?? answered).inputs(over: answered)
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
    let corrected = chart?.corrections(in: inputs) ?? []
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

  /// Asks why something is corrected that was entered in another sitting; what was typed in this one
  /// may be typed again.
  private func question(about corrected: [Int]) -> Prompt? {
    let old = corrected.filter { !saving.own.contains($0) }
    guard let chart, !old.isEmpty else { return nil }
    return Prompt(
      .reason, title: "A correction", question: chart.why(old, dates),
      choices: Saving.reasons, limit: 200)
  }
}
