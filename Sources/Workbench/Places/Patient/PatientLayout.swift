import Terminal

/// Where things stand in the place of the patient: a pure function of the size.
struct PatientLayout: Hashable {
  let form: Rect
  let fields: Rect
  let hint: Rect
  let next: Rect
  let scores: Rect
  /// Empty where *ask next* stands in its place.
  let working: Rect
  let trials: Rect
  /// The columns that are left free at the left of each box.
  let margin: Int

  /// - Parameter isBeside: Whether the keys are beside the form: then *ask next* is seen also where
  ///   there is no room for it otherwise.
  init(_ area: Rect, scoreCount: Int, trialCount: Int, isBeside: Bool = false) {
    let isWide = area.width >= 110
    let formWidth = isWide ? min(66, area.width * 54 / 100) : min(46, area.width * 56 / 100)
    let (left, right) = area.split(left: formWidth)
    let below: Rect
    (below, form) = left.split(bottom: area.height >= 34 ? 7 : area.height >= 30 ? 5 : 0)
    margin = isWide ? 1 : 0
    let inner = form.inset(by: 1).split(left: margin).1
    let hintHeight = inner.height >= 12 ? 3 : 2
    let (bottom, top) = inner.split(bottom: hintHeight + 1)
    fields = top
    hint = bottom.split(top: 1).1
    let rest: Rect
    (scores, rest) = right.split(top: min(scoreCount + 2, right.height / 2))
    let between: Rect
    (trials, between) = rest.split(bottom: min(trialCount + 2, rest.height / 2))
    let isHidden = isBeside && below.height == 0
    (next, working) = isHidden ? (between, below) : (below, between)
  }

  /// Where the working is written.
  var workingText: Rect { working.inset(by: 1).split(left: margin).1 }
}
