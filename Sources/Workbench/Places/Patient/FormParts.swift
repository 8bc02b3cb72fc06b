import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// The picture of the form, in parts.
struct FormParts: PlaceParts {
  let layout: PatientLayout
  let topLine: TopLine
  let frame: FormFrame
  let rows: FormRows
  let hint: FormHint
  let next: NextPanel
  let scores: [FavouriteRow]
  let working: DocumentPanel?
  /// What is explained in the working.
  let explained: ScoreResult?
  let trials: TrialsPanel
  let keyLine: KeyLine<FormKeys>

  /// Draws everything on a blank canvas.
  func draw(on canvas: inout Canvas) {
    topLine.draw(on: &canvas)
    frame.draw(on: &canvas)
    rows.draw(on: &canvas)
    hint.draw(on: &canvas)
    next.draw(on: &canvas)
    canvas.box(layout.scores, title: "Scores")
    for row in scores { row.draw(on: &canvas) }
    working?.draw(on: &canvas)
    trials.draw(on: &canvas)
    keyLine.draw(on: &canvas)
  }

  /// Whether the parts stand where others do.
  func stands(as other: FormParts) -> Bool {
    layout == other.layout && rows.count == other.rows.count && scores.count == other.scores.count
  }

  /// Draws those parts that are not as they were on a canvas where others stand in the same places.
  func draw(on canvas: inout Canvas, over old: FormParts) {
    canvas.draw(topLine, over: old.topLine)
    canvas.draw(frame, over: old.frame)
    rows.draw(on: &canvas, over: old.rows)
    canvas.draw(hint, over: old.hint)
    canvas.draw(next, over: old.next)
    for place in scores.indices { canvas.draw(scores[place], over: old.scores[place]) }
    if let working, let before = old.working {
      working.draw(on: &canvas, over: before)
    } else {
      if let gone = old.working { canvas.clear(gone.rect) }
      working?.draw(on: &canvas)
    }
    canvas.draw(trials, over: old.trials)
    canvas.draw(keyLine, over: old.keyLine)
  }
}

extension Workbench {
  /// The parts of the form.
  ///
  /// - Parameter old: Those that were drawn before.
  func formParts(after old: Kept<FormParts>?) -> FormParts {
    let layout = patientLayout
    return FormParts(
      layout: layout, topLine: topLine, frame: form.frame(layout, title: formTitle),
      rows: FormRows(form, in: layout.fields, after: old?.parts.rows),
      hint: form.hint(in: layout.hint),
      next: NextPanel(rect: layout.next, suggestions: suggestions, beside: form.beside),
      scores: favouriteRows(layout),
      working: form.working(layout, results, after: old),
      explained: form.explained(results),
      trials: TrialsPanel(
        rect: layout.trials, margin: layout.margin, lines: lines,
        tally: screening?.tally, beside: form.beside),
      keyLine: keyLine(of: formKeys))
  }

  private func favouriteRows(_ layout: PatientLayout) -> [FavouriteRow] {
    let inner = layout.scores.inset(by: 1).split(left: layout.margin).1
    return results.prefix(inner.height).enumerated().map { place, result in
      FavouriteRow(rect: inner.row(inner.y + place), result: result)
    }
  }
}

/// The frame around the fields, and what is said in it.
struct FormFrame: Part {
  let form: Rect
  /// Where the line above the hint runs.
  let rule: Int
  let title: String
  let isInField: Bool
  /// Which of the rows are seen, and how many there are.
  let visible: Range<Int>
  let count: Int

  /// Its lines are drawn over; what is within them is not its own.
  var rect: Rect { Rect(x: form.x, y: form.y, width: 0, height: 0) }

  func draw(on canvas: inout Canvas) {
    canvas.box(form, title: title, focused: isInField)
    canvas.horizontalRule(y: rule, in: form, focused: isInField)
    canvas.position(visible, of: count, in: form)
  }
}

extension PatientPlace {
  func frame(_ layout: PatientLayout, title: String) -> FormFrame {
    FormFrame(
      form: layout.form, rule: layout.hint.y - 1,
      title: showsAll ? "\(title), all fields" : title, isInField: isInField,
      visible: list.visible, count: rows.count)
  }

  /// The score that is explained.
  func explained(_ results: [ScoreResult]) -> ScoreResult? {
    results.indices.contains(explained) ? results[explained] : nil
  }

  /// Its working; `nil` where there is none or no room for it.
  ///
  /// - Parameter old: What was drawn before; what its working says of the same result holds.
  func working(
    _ layout: PatientLayout, _ results: [ScoreResult], after old: Kept<FormParts>?
  ) -> DocumentPanel? {
    guard layout.working.height > 3, let result = explained(results) else { return nil }
    let text = layout.workingText
    let before = old?.parts.working
    let isSame = before?.text == text && old?.parts.explained == result
    let document = isSame ? before?.document : nil
    return DocumentPanel(
      rect: layout.working, text: text, title: "\(result.score.name), why",
      document: document ?? result.working(width: text.width), offset: scroll.offset)
  }
}
