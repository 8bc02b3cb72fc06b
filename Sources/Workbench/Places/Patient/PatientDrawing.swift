import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

extension PatientPlace {
  func draw(
    on canvas: inout Canvas, _ layout: PatientLayout, title: String, results: [ScoreResult],
    trials: [TrialLine], summary: String, next: [Suggestion]
  ) {
    drawForm(on: &canvas, layout, title)
    next.draw(on: &canvas, in: layout.next, beside: beside)
    drawScores(on: &canvas, layout, results)
    drawWorking(on: &canvas, layout, results)
    drawTrials(on: &canvas, layout, trials, summary)
  }

  private func drawTrials(
    on canvas: inout Canvas, _ layout: PatientLayout, _ lines: [TrialLine], _ summary: String
  ) {
    let rect = layout.trials
    guard rect.height > 2 else { return }
    canvas.box(rect, title: "Trials", focused: beside.map { !$0.isAsking } ?? false)
    let inner = rect.inset(by: 1).split(left: layout.margin).1
    if !summary.isEmpty {
      canvas.put(" \(summary) ", endingAt: rect.right - 2, y: rect.y, Style(.quiet), clip: rect)
    }
    let first = beside?.verdicts.offset ?? 0
    for (row, line) in lines.dropFirst(first).prefix(inner.height).enumerated() {
      line.draw(
        on: &canvas, in: Rect(x: inner.x, y: inner.y + row, width: inner.width, height: 1))
      if beside?.chosen == .verdict(first + row) {
        canvas.choose(rect.inset(by: 1).row(inner.y + row))
      }
    }
  }

  // MARK: Scores

  private func drawScores(
    on canvas: inout Canvas, _ layout: PatientLayout, _ results: [ScoreResult]
  ) {
    canvas.box(layout.scores, title: "Scores")
    let inner = layout.scores.inset(by: 1).split(left: layout.margin).1
    for (row, result) in results.prefix(inner.height).enumerated() {
      result.drawRow(
        on: &canvas, in: Rect(x: inner.x, y: inner.y + row, width: inner.width, height: 1),
        nameWidth: 15)
    }
  }

  private func drawWorking(
    on canvas: inout Canvas, _ layout: PatientLayout, _ results: [ScoreResult]
  ) {
    let rect = layout.working
    guard rect.height > 3, results.indices.contains(explained) else { return }
    let result = results[explained]
    canvas.box(rect, title: "\(result.score.name), why")
    let inner = layout.workingText
    let document = result.working(width: inner.width)
    document.draw(on: &canvas, in: inner, from: scroll.offset)
    let end = min(scroll.offset + inner.height, document.rows.count)
    canvas.position(scroll.offset..<end, of: document.rows.count, in: rect)
  }
}

extension ScoreResult {
  /// A row of a list: name, value, and the band, the ruler and mortality as far as there is room.
  func drawRow(on canvas: inout Canvas, in rect: Rect, nameWidth: Int) {
    let name = min(nameWidth, rect.width * 2 / 5)
    let valueEnd = rect.x + name + 6
    canvas.put(score.name.clipped(toColumns: name), x: rect.x, y: rect.y)
    let style = value == nil ? Style(.unknown) : Style(.plain, bold: true)
    canvas.put(headline, endingAt: valueEnd, y: rect.y, style)
    let rest = Rect(x: valueEnd + 2, y: rect.y, width: rect.right - valueEnd - 2, height: 1)
    guard value != nil else {
      let needs = missing.isEmpty || missing.contains { $0.reason != nil } ? "" : "needs "
      let x = canvas.put(needs, x: rest.x, y: rect.y, Style(.quiet), clip: rest)
      canvas.put(
        remark.clipped(toColumns: rest.right - x), x: x, y: rect.y,
        Style(needs.isEmpty ? .warning : .quiet), clip: rest)
      return
    }
    let band = min(13, rest.width)
    canvas.put(remark.clipped(toColumns: band), x: rest.x, y: rect.y)
    guard rest.width >= band + 14 else { return }
    // The last threshold of some scales is their end, which is not to touch the frame.
    let room = rest.width - band - 2
    let mortality = mortalityRemark
    let rulerWidth =
      room >= mortality.columns + 14 ? min(24, room - mortality.columns - 2) : min(24, room)
    for span in ruler(width: rulerWidth) {
      canvas.put(span.text, x: rest.x + band + 1 + span.x, y: rect.y, span.style)
    }
    if rulerWidth + 2 + mortality.columns <= room {
      canvas.put(mortality, endingAt: rect.right - 1, y: rect.y, Style(.quiet))
    }
  }
}
