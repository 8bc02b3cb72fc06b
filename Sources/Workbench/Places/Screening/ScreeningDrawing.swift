import Assessment
import Criteria
import Hepatology
import Quantities
import Terminal
import Trials

extension ScreeningPlace {
  func draw(on canvas: inout Canvas, in area: Rect, _ screening: Screening?, next: [Suggestion]) {
    let layout = ScreeningLayout(area)
    guard let screening else {
      canvas.box(area, title: "Screening", focused: true)
      canvas.put("The criteria are being read.", x: area.x + 2, y: area.y + 1, Style(.quiet))
      return
    }
    if isMatrix {
      drawMatrix(on: &canvas, in: layout.list, screening)
    } else {
      drawCriteria(on: &canvas, in: layout.list, screening)
    }
    drawReason(on: &canvas, in: layout.reason, screening)
    NextPanel(rect: layout.next, suggestions: next).draw(on: &canvas)
  }

  // MARK: One trial

  private func drawCriteria(on canvas: inout Canvas, in rect: Rect, _ screening: Screening) {
    guard let trial, let shown = screening.screening(of: trial) else {
      canvas.box(rect, title: "Screening", focused: true)
      return
    }
    let verdict = " \(shown.verdict.short) "
    let title = "\(trial)  \(shown.trial.shortTitle)"
    canvas.box(
      rect, title: title.clipped(toColumns: rect.width - verdict.columns - 8), focused: !isReading)
    canvas.put(
      verdict, endingAt: rect.right - 2, y: rect.y,
      Style(shown.verdict.role, bold: true))
    let inner = rect.inset(by: 1)
    for (offset, criterion) in shown.criteria[list.visible].enumerated() {
      let y = inner.y + offset
      let isChosen = list.offset + offset == list.selection
      draw(
        criterion, on: &canvas, in: Rect(x: inner.x, y: y, width: inner.width, height: 1), isChosen)
    }
    if !shown.trial.eligibility.exclusionsInSource {
      let text = " the source lists no exclusion criteria "
      canvas.put(text, x: rect.x + 2, y: rect.bottom - 1, Style(.warning), clip: rect)
    }
    canvas.position(list.visible, of: shown.criteria.count, in: rect)
  }

  private func draw(
    _ screened: ScreenedCriterion, on canvas: inout Canvas, in row: Rect, _ isChosen: Bool
  ) {
    let mark = screened.mark
    if isChosen { canvas.put("▸", x: row.x, y: row.y, Style(.accent, bold: true)) }
    canvas.put(mark.text, x: row.x + 2, y: row.y, Style(mark.role, bold: true))
    let isSettled = screened.clears
    canvas.put(
      screened.criterion.id, x: row.x + 4, y: row.y, Style(isSettled ? .quiet : .plain))
    let answer = screened.answer.map { $0 ? " [yes]" : " [no]" } ?? ""
    let words = screened.words + answer
    let start = row.x + 9
    let wordsWidth = min(words.columns, row.width * 45 / 100)
    let textWidth = max(10, row.width - 10 - wordsWidth)
    canvas.put(
      screened.criterion.text.clipped(toColumns: textWidth), x: start, y: row.y,
      isSettled && !isChosen ? Style(.quiet) : .plain)
    canvas.put(
      words.clipped(toColumns: wordsWidth), endingAt: row.right, y: row.y,
      isSettled ? Style(.quiet) : Style(mark.role))
    if isChosen { canvas.restyle(row) { $0.bold = true } }
  }

  // MARK: All trials

  private func drawMatrix(on canvas: inout Canvas, in rect: Rect, _ screening: Screening) {
    canvas.box(rect, title: "All trials  \(screening.tally.words)", focused: !isReading)
    let inner = rect.inset(by: 1)
    for (offset, trial) in screening.trials[matrix.visible].enumerated() {
      let y = inner.y + offset
      if matrix.offset + offset == matrix.selection {
        canvas.put("▸", x: inner.x, y: y, Style(.accent, bold: true))
      }
      let verdict = screening.verdict(of: trial.id)
      canvas.put(trial.id, x: inner.x + 2, y: y, .plain, clip: inner)
      canvas.put(
        verdict?.short ?? "·", x: inner.x + 14, y: y, Style(verdict?.role ?? .quiet, bold: true),
        clip: inner)
      var x = inner.x + 26
      var polarity = Criterion.Polarity.inclusion
      for criterion in screening.screening(of: trial.id)?.criteria ?? [] {
        if criterion.criterion.polarity != polarity {
          polarity = criterion.criterion.polarity
          x = canvas.put(" │ ", x: x, y: y, Style(.frame), clip: inner)
        }
        let mark = criterion.mark
        x = canvas.put(mark.text, x: x, y: y, Style(mark.role), clip: inner)
      }
    }
    canvas.put(
      " inclusion │ exclusion ", x: rect.x + 28, y: rect.bottom - 1, Style(.quiet), clip: rect)
    canvas.position(matrix.visible, of: screening.trials.count, in: rect)
  }

  // MARK: Why

  private func drawReason(on canvas: inout Canvas, in rect: Rect, _ screening: Screening) {
    guard rect.height > 2 else { return }
    canvas.box(rect, title: isMatrix ? trial ?? "" : "Why", focused: isReading)
    let inner = rect.inset(by: 1).split(left: 1).1.split(right: 1).1
    let document = reason(screening, width: inner.width)
    document.draw(on: &canvas, in: inner, from: scroll.offset)
    let end = min(scroll.offset + inner.height, document.rows.count)
    canvas.position(scroll.offset..<max(end, scroll.offset), of: document.rows.count, in: rect)
  }

  /// The reason of the chosen criterion; in the matrix what keeps the chosen trial from clearing.
  func reason(_ screening: Screening, width: Int) -> Document {
    guard let trial else { return Document(width: width) }
    return screening.reason(
      of: trial, criterion: question(screening)?.criterion, width: width, dates: dates)
  }
}

/// What to enter next.
struct NextPanel: Part {
  let rect: Rect
  let suggestions: [Suggestion]
  /// The lines beside the form, where the keys are on them.
  var beside: Beside?

  func draw(on canvas: inout Canvas) {
    guard rect.height > 2 else { return }
    canvas.box(rect, title: "Ask next", focused: beside?.isAsking ?? false)
    let inner = rect.inset(by: 1)
    let first = beside?.questions.offset ?? 0
    for (row, suggestion) in suggestions.dropFirst(first).prefix(inner.height).enumerated() {
      let count = "settles \(suggestion.trials) \(suggestion.trials == 1 ? "trial" : "trials")"
      canvas.put(
        suggestion.variable.label.clipped(toColumns: inner.width - count.columns - 3),
        x: inner.x + 1, y: inner.y + row)
      canvas.put(count, endingAt: inner.right - 1, y: inner.y + row, Style(.quiet))
      if beside?.chosen == .question(first + row) { canvas.choose(inner.row(inner.y + row)) }
    }
    if suggestions.isEmpty {
      canvas.put(
        "Nothing: no open trial waits for a value.", x: inner.x + 1, y: inner.y, Style(.quiet),
        clip: inner)
    }
  }
}
