import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// The picture of the form, in parts.
struct FormParts {
  let layout: PatientLayout
  let topLine: TopLine
  let frame: FormFrame
  let rows: [FormRow]
  let hint: FormHint
  let next: NextPanel
  let scores: [FavouriteRow]
  let working: WorkingPanel?
  let trials: TrialsPanel
  let keyLine: KeyLine<FormKeys>

  /// Draws everything on a blank canvas.
  func draw(on canvas: inout Canvas) {
    topLine.draw(on: &canvas)
    frame.draw(on: &canvas)
    for row in rows { row.draw(on: &canvas) }
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
    for place in rows.indices { canvas.draw(rows[place], over: old.rows[place]) }
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
  func formParts(after old: FormParts?) -> FormParts {
    let layout = patientLayout
    return FormParts(
      layout: layout, topLine: topLine, frame: form.frame(layout, title: formTitle),
      rows: form.visibleRows(layout), hint: form.hint(in: layout.hint),
      next: NextPanel(rect: layout.next, suggestions: suggestions, beside: form.beside),
      scores: favouriteRows(layout),
      working: form.working(layout, results, after: old?.working),
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

  /// The rows that are seen, and the blank ones below them.
  func visibleRows(_ layout: PatientLayout) -> [FormRow] {
    let isGrowing = isGrowing
    var result: [FormRow] = []
    result.reserveCapacity(layout.fields.height)
    for offset in 0..<layout.fields.height {
      let place = list.visible.lowerBound + offset
      let rect = layout.fields.row(layout.fields.y + offset)
      guard place < list.visible.upperBound else {
        result.append(FormRow(rect: rect, content: .blank))
        continue
      }
      switch rows[place] {
      case .heading(let group): result.append(FormRow(rect: rect, content: .heading(group)))
      case .field(let variable):
        let field = FormField(variable, of: self, isGrowing: isGrowing)
        result.append(FormRow(rect: rect, content: .field(field)))
      }
    }
    return result
  }

  /// The working of the score that is explained; `nil` where there is none or no room for it.
  ///
  /// - Parameter old: The working that was shown before; what it says of the same result holds.
  func working(
    _ layout: PatientLayout, _ results: [ScoreResult], after old: WorkingPanel?
  ) -> WorkingPanel? {
    guard layout.working.height > 3, results.indices.contains(explained) else { return nil }
    let (inner, result) = (layout.workingText, results[explained])
    let isSame = old?.inner == inner && old?.result == result
    let document = isSame ? old?.document : nil
    return WorkingPanel(
      rect: layout.working, inner: inner, result: result, offset: scroll.offset,
      document: document ?? result.working(width: inner.width))
  }
}

/// A favourite beside the form.
struct FavouriteRow: Part {
  let rect: Rect
  let result: ScoreResult

  /// How it came to its value is not shown.
  static func == (a: FavouriteRow, b: FavouriteRow) -> Bool {
    let (one, other) = (a.result, b.result)
    return a.rect == b.rect && one.score == other.score && one.variant == other.variant
      && one.outcome == other.outcome && one.mortality == other.mortality
  }

  func draw(on canvas: inout Canvas) { result.drawRow(on: &canvas, in: rect, nameWidth: 15) }
}

/// The working of a score beside the form.
struct WorkingPanel {
  let rect: Rect
  let inner: Rect
  let result: ScoreResult
  let offset: Int
  let document: Document

  func draw(on canvas: inout Canvas) {
    canvas.box(rect, title: "\(result.score.name), why")
    document.draw(on: &canvas, in: inner, from: offset)
    let end = min(offset + inner.height, document.rows.count)
    canvas.position(offset..<end, of: document.rows.count, in: rect)
  }

  /// Draws it where another one stands; where that has as many rows, those that differ.
  func draw(on canvas: inout Canvas, over old: WorkingPanel) {
    guard rect == old.rect, result.score == old.result.score, offset == old.offset,
      document.rows.count == old.document.rows.count
    else {
      canvas.clear(old.rect)
      draw(on: &canvas)
      return
    }
    for place in document.rows.indices.dropFirst(offset).prefix(inner.height)
    where document.rows[place] != old.document.rows[place] {
      let row = inner.row(inner.y + place - offset)
      canvas.clear(row)
      document.draw(on: &canvas, in: row, from: place)
    }
  }
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
    if let summary = tally?.words, !summary.isEmpty {
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
