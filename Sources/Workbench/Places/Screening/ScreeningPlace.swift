import Assessment
import Hepatology
import Quantities
import Terminal
import Trials

/// One trial against the patient, criterion by criterion, or all trials as a matrix.
struct ScreeningPlace: Sendable {
  /// How days are shown.
  var dates = DayFormat.iso
  private(set) var trial: TrialRecord.ID?
  private(set) var isMatrix = false
  private(set) var isReading = false
  /// Where a verdict stands that is explained, and where Escape goes back to; `nil` where none is.
  private(set) var origin: Place?
  private(set) var list = ListScroll()
  private(set) var matrix = ListScroll()
  private(set) var scroll = Scroll()
  /// The trial against the patient.
  private(set) var shown: TrialScreening?
  /// Why the chosen criterion comes to what it does; in the matrix what keeps the chosen trial from
  /// clearing.
  private(set) var reason = Document(width: 8)

  // What follows from the screening, kept since most keys here change nothing of it.
  private var basis: Basis?
  private var reasons: [ReasonKey: Document] = [:]
  private var marks: [TrialRecord.ID: [Document.Span]] = [:]

  /// What a screening says follows from this.
  private struct Basis: Equatable {
    let revision: Int
    let patient: Patient
    let date: Day?
  }

  private struct ReasonKey: Hashable {
    let trial: TrialRecord.ID
    /// `nil` in the matrix.
    let criterion: Criterion.ID?
    let width: Int
  }

  /// Shows a trial.
  mutating func show(_ id: TrialRecord.ID?, of trials: [TrialRecord]) {
    let known = id.flatMap { id in trials.firstIndex { $0.id == id } } ?? (trials.isEmpty ? nil : 0)
    let next = known.map { trials[$0].id }
    if next != trial {
      list.home()
      scroll.reset()
    }
    trial = next
    if let known {
      matrix.fit(count: trials.count, height: matrix.height)
      matrix.select(known)
    }
  }

  /// Shows the next trial, or the one before.
  mutating func step(by step: Int, of trials: [TrialRecord]) {
    guard !trials.isEmpty else { return }
    let index = trials.firstIndex { $0.id == trial } ?? 0
    show(trials[(index + step + trials.count) % trials.count].id, of: trials)
  }

  mutating func toggleMatrix() {
    isMatrix.toggle()
    isReading = false
  }

  mutating func read(_ reads: Bool) { isReading = reads }

  /// Shows the reason of a criterion of the trial, by its place in the list.
  mutating func explain(
    _ row: Int?, from origin: Place, _ layout: ScreeningLayout, _ screening: Screening?
  ) {
    isMatrix = false
    isReading = true
    self.origin = origin
    fit(layout, screening)
    list.select(row ?? 0)
    scroll.reset()
  }

  mutating func stopExplaining() {
    if origin != nil { isReading = false }
    origin = nil
  }

  mutating func move(_ key: Key, _ layout: ScreeningLayout, of trials: [TrialRecord]) {
    if isReading {
      scroll.handle(key, height: layout.text.height)
    } else if isMatrix {
      if matrix.handle(key) { show(trials[matrix.selection].id, of: trials) }
    } else if list.handle(key) {
      scroll.reset()
    }
  }

  /// The criterion that is chosen.
  var chosen: ScreenedCriterion? {
    guard !isMatrix, let shown, shown.criteria.indices.contains(list.selection) else { return nil }
    return shown.criteria[list.selection]
  }

  /// The question that a person may answer about it.
  var question: Screening.Question? {
    guard let shown, let chosen else { return nil }
    return Screening.Question(trial: shown.trial.id, criterion: chosen.criterion.id)
  }

  /// The marks of all criteria of a trial.
  func marks(of trial: TrialRecord.ID) -> [Document.Span] { marks[trial] ?? [] }

  // MARK: Following

  mutating func fit(_ layout: ScreeningLayout, _ screening: Screening?) {
    guard let screening else { return }
    let basis = Basis(
      revision: screening.revision, patient: screening.patient, date: screening.date)
    let isNew = basis != self.basis
    if isNew {
      self.basis = basis
      reasons = [:]
      marks = [:]
    }
    if isNew || shown?.trial.id != trial { shown = trial.flatMap { screening.screening(of: $0) } }
    matrix.fit(count: screening.trials.count, height: layout.list.height - 2)
    if let shown { list.fit(count: shown.criteria.count, height: layout.list.height - 2) }
    if isMatrix {
      for place in matrix.visible where marks[screening.trials[place].id] == nil {
        let id = screening.trials[place].id
        marks[id] = screening.screening(of: id)?.marks
      }
    }
    fitReason(layout, screening)
  }

  private mutating func fitReason(_ layout: ScreeningLayout, _ screening: Screening) {
    guard let trial else { return }
    let key = ReasonKey(trial: trial, criterion: chosen?.criterion.id, width: layout.text.width)
    if let known = reasons[key] {
      reason = known
    } else {
      reason = screening.reason(of: trial, criterion: key.criterion, width: key.width, dates: dates)
      if reasons.count >= Self.mostReasons { reasons = [:] }
      reasons[key] = reason
    }
    scroll.fit(rows: reason.rows.count, height: layout.text.height)
  }

  /// So many reasons are kept.
  private static let mostReasons = 100
}

/// Where things stand in the place of screening.
struct ScreeningLayout {
  let list: Rect
  let reason: Rect
  let next: Rect
  /// Where the reason is written.
  var text: Rect { reason.inset(by: 1).split(left: 1).1.split(right: 1).1 }

  init(_ area: Rect) {
    if area.width >= 110 {
      let right: Rect
      (list, right) = area.split(left: area.width * 56 / 100)
      (next, reason) = right.split(bottom: min(9, area.height / 3))
    } else {
      let rest: Rect
      (list, rest) = area.split(top: area.height / 2)
      (next, reason) = rest.split(bottom: area.height >= 26 ? 6 : 0)
    }
  }
}
