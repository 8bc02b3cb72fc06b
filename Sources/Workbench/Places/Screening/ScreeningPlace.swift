import Assessment
import Hepatology
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
      scroll.handle(key, height: layout.reason.height - 2)
    } else if isMatrix {
      if matrix.handle(key) { show(trials[matrix.selection].id, of: trials) }
    } else if list.handle(key) {
      scroll.reset()
    }
  }

  /// The criterion that is chosen.
  func question(_ screening: Screening?) -> Screening.Question? {
    guard let trial, !isMatrix, let shown = screening?.screening(of: trial),
      shown.criteria.indices.contains(list.selection)
    else { return nil }
    return Screening.Question(
      trial: trial, criterion: shown.criteria[list.selection].criterion.id)
  }

  mutating func fit(_ layout: ScreeningLayout, _ screening: Screening?) {
    guard let screening else { return }
    matrix.fit(count: screening.trials.count, height: layout.list.height - 2)
    guard let trial, let shown = screening.screening(of: trial) else { return }
    list.fit(count: shown.criteria.count, height: layout.list.height - 2)
    let width = layout.reason.width - 4
    scroll.fit(
      rows: reason(screening, width: width).rows.count, height: layout.reason.height - 2)
  }
}

/// Where things stand in the place of screening.
struct ScreeningLayout {
  let list: Rect
  let reason: Rect
  let next: Rect

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
