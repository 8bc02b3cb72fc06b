import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// A favourite beside the form.
struct FavouriteRow: Part {
  let rect: Rect
  let result: ScoreResult

  static func == (a: FavouriteRow, b: FavouriteRow) -> Bool {
    a.rect == b.rect && a.result.reads(as: b.result)
  }

  func draw(on canvas: inout Canvas) { result.drawRow(on: &canvas, in: rect, nameWidth: 15) }
}

/// The verdicts of the trials beside the form.
struct TrialsPanel: Part {
  let rect: Rect
  let margin: Int
  let lines: [TrialLine]
  let tally: Tally?
  let beside: Beside?

  func draw(on canvas: inout Canvas) {
    guard rect.height > 2 else { return }
    canvas.box(rect, title: "Trials", focused: beside.map { !$0.isAsking } ?? false)
    let inner = rect.inset(by: 1).split(left: margin).1
    // Verdicts that are all in sight need no count.
    if lines.count > inner.height, let summary = tally?.words(within: rect.width - 16),
      !summary.isEmpty
    {
      canvas.put(" \(summary) ", endingAt: rect.right - 2, y: rect.y, Style(.quiet), clip: rect)
    }
    let first = beside?.verdicts.offset ?? 0
    for (row, line) in lines.dropFirst(first).prefix(inner.height).enumerated() {
      line.draw(on: &canvas, in: inner.row(inner.y + row))
      if beside?.chosen == .verdict(first + row) {
        canvas.choose(rect.inset(by: 1).row(inner.y + row))
      }
    }
  }
}

extension ScoreResult {
  /// Whether a row of a list says the same of another result: how it came to its value is not shown.
  func reads(as other: ScoreResult) -> Bool {
    score == other.score && variant == other.variant && outcome == other.outcome
      && mortality == other.mortality
  }

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
