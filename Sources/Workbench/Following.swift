import Assessment
import Clinic
import Hepatology
import Terminal
import Trials

/// What was advised on.
struct Advised: Sendable {
  /// The revision of the screening.
  let revision: Int
  /// Whether all trials were computed.
  let isSettled: Bool
  /// What the form had opened.
  let opened: Int
}

/// What follows from the patient: the screening, what to ask next, and what is left for when no key
/// waits.
extension Workbench {
  /// Whether there is work left for when no key waits: handle ``Event/tick`` until there is none.
  public var hasWork: Bool {
    guard let screening, screening.isSettled, !isAdviceDue else { return true }
    return roster.access == .waiting && !hasAskedForStore || !glanceable.isEmpty
  }

  /// The patients of the roster whose figures can be computed now.
  var glanceable: [PatientCode] { place == .patients ? roster.lackingFigures : [] }

  mutating func work() -> [Effect] {
    guard screening != nil else {
      screening = Screening(
        trials: library, on: form.day, vocabulary: PatientVocabulary(variables))
      screening?.take(answered)
      glancing = screening
      form.require(screening?.mentioned ?? [])
      refreshScreening()
      return []
    }
    if screening?.isSettled == false {
      screening?.settle(atMost: Self.slice)
      if screening?.isSettled == true { summarise() }
      return []
    }
    guard !isAdviceDue else {
      advise()
      return []
    }
    guard keepsPatients else { return [] }
    if !hasAskedForStore {
      hasAskedForStore = true
      return [.store(.open)]
    }
    // What another program had locked may be free by now.
    if case .busy = saving.failure { saving.tried = [] }
    return [.store(glanceable.isEmpty ? .news : .glance(glanceable))]
  }

  /// How many criteria are computed at once where nobody sees them: few enough for a key not to
  /// wait, and enough for some dozens of trials to be done with the key that changed them.
  static let slice = 1000

  /// Computes the favourites that take what has changed of the patient.
  mutating func follow() {
    let changed = patient.differences(from: screened)
    screened = patient
    guard !results.isEmpty else {
      results = favourites.map { $0.result(for: patient) }
      return
    }
    for (place, score) in favourites.enumerated()
    where score.inputs.contains(where: { changed.contains($0.id) })
      || score.optionalInputs.contains(where: { changed.contains($0.id) })
    {
      results[place] = score.result(for: patient)
    }
  }

  /// Takes what has changed of the patient into the trials that are seen, and as many others as a
  /// key can carry; the rest follows when no key waits.
  mutating func refreshScreening() {
    let (patient, seen) = (patient, seen)
    screening?.update(patient, results: results)
    screening?.settle(first: seen, atMost: Self.slice)
    summarise()
  }

  /// Says what follows from the screening in the lines beside the form.
  mutating func summarise() {
    guard let screening else { return }
    let isSame =
      lines.count == panel.count
      && panel.indices.allSatisfy { lines[$0].revision == screening.revision(of: panel[$0]) }
    guard !isSame else { return }
    let known = lines
    lines = panel.enumerated().compactMap { row, id in
      let revision = screening.revision(of: id)
      let old = known.indices.contains(row) ? known[row] : nil
      if let old, old.id == id, old.revision == revision { return old }
      return screening.line(of: library[row])
    }
  }

  /// Says what to enter next; not while a field is being typed, which is answered first.
  mutating func advise() {
    guard let screening, isAdviceDue else { return }
    advised = Advised(
      revision: screening.revision, isSettled: screening.isSettled, opened: form.opened)
    suggestions = adviser.suggestions(for: screening)
  }

  var isAdviceDue: Bool {
    guard let screening else { return false }
    guard let advised else { return true }
    // What was advised for another patient or visit, as before a half-typed field is recovered, is
    // never left beside this one.
    if place == .patient, form.editor != nil {
      return advised.opened != form.opened
    }
    return advised.revision != screening.revision || advised.isSettled != screening.isSettled
  }

  /// Among more trials what to enter next is found when no key waits.
  static let advisedAtOnce = 50

  /// The trials whose verdicts are on the screen.
  var seen: [TrialRecord.ID] {
    switch place {
    case .trials: trials.seen
    case .patient, .scores: panel
    case .patients: []
    case .screening: (screens.trial.map { [$0] } ?? []) + library[screens.matrix.visible].map(\.id)
    }
  }

  /// How many trials the form shows beside it.
  static let panelTrials = 8
}
