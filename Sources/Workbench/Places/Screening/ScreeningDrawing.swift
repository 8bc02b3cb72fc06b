import Assessment
import Criteria
import Hepatology
import Quantities
import Terminal
import Trials

extension ScreeningPlace {
  /// The picture of a trial against the patient, or of all trials.
  func body(_ area: Rect, _ screening: Screening?, next: [Suggestion]) -> ListBody<ScreeningRow> {
    guard let screening else {
      var notice = Document(width: area.width - 3)
      notice.line("The criteria are being read.", Style(.quiet))
      let list = ListPanel(
        rect: area, inner: area.inset(by: 1), title: "Screening", isFocused: true, notice: notice)
      return ListBody(list: list, rows: [], reading: nil)
    }
    let layout = ScreeningLayout(area)
    let panel = isMatrix ? matrixPanel(layout, screening) : trialPanel(layout)
    let rows = isMatrix ? matrixRows(panel.inner, screening) : criterionRows(panel.inner)
    let reading = DocumentPanel(
      rect: layout.reason, text: layout.text, title: isMatrix ? trial ?? "" : "Why",
      isFocused: isReading, document: reason, offset: scroll.offset)
    return ListBody(
      list: panel, rows: rows, reading: layout.reason.height > 2 ? reading : nil,
      next: NextPanel(rect: layout.next, suggestions: next))
  }

  // MARK: One trial

  private func trialPanel(_ layout: ScreeningLayout) -> ListPanel {
    var panel = ListPanel(
      rect: layout.list, inner: layout.list.inset(by: 1), title: "Screening",
      isFocused: !isReading)
    guard let shown else { return panel }
    panel.title = "\(shown.trial.id)  \(shown.trial.shortTitle)"
    let verdict = ShortVerdict(shown.standing, shown.verdict)
    panel.corner = " \(verdict.text) "
    panel.cornerStyle = Style(verdict.role, bold: true)
    panel.visible = list.visible
    panel.count = shown.criteria.count
    if !shown.trial.eligibility.exclusionsInSource {
      panel.footnote = .init(
        x: 2, text: " the source lists no exclusion criteria ", style: Style(.warning))
    }
    return panel
  }

  private func criterionRows(_ inner: Rect) -> [ScreeningRow] {
    guard let shown else { return [] }
    return list.visible.map { place in
      ScreeningRow(
        rect: inner.row(inner.y + place - list.offset), content: .criterion(shown.criteria[place]),
        isChosen: place == list.selection)
    }
  }

  // MARK: All trials

  private func matrixPanel(_ layout: ScreeningLayout, _ screening: Screening) -> ListPanel {
    ListPanel(
      rect: layout.list, inner: layout.list.inset(by: 1),
      title: "All trials  \(screening.tally.words(within: layout.list.width - 18))",
      isFocused: !isReading,
      footnote: .init(x: 28, text: " inclusion │ exclusion ", style: Style(.quiet)),
      visible: matrix.visible, count: screening.trials.count)
  }

  private func matrixRows(_ inner: Rect, _ screening: Screening) -> [ScreeningRow] {
    matrix.visible.map { place in
      let id = screening.trials[place].id
      return ScreeningRow(
        rect: inner.row(inner.y + place - matrix.offset),
        content: .trial(id, screening.short(of: id), marks: marks(of: id)),
        isChosen: place == matrix.selection)
    }
  }
}

extension TrialScreening {
  /// The marks of the criteria, those of inclusion and those of exclusion apart.
  var marks: [Document.Span] {
    var spans: [Document.Span] = []
    var x = 0
    func add(_ text: String, _ role: Role) {
      spans.append(.init(x: x, text: text, style: Style(role)))
      x += text.columns
    }
    var polarity = Criterion.Polarity.inclusion
    for screened in criteria {
      if screened.criterion.polarity != polarity {
        polarity = screened.criterion.polarity
        add(" │ ", .frame)
      }
      // What he clears of a trial that takes nobody is not drawn as if it mattered.
      add(screened.mark.text, standing == .notRecruiting ? .quiet : screened.mark.role)
    }
    return spans
  }
}

/// A criterion of a trial, or a trial with the marks of all its criteria.
struct ScreeningRow: Part {
  enum Content: Equatable {
    case criterion(ScreenedCriterion)
    case trial(TrialRecord.ID, ShortVerdict?, marks: [Document.Span])

    /// Not all of a criterion is shown in a row.
    static func == (a: Self, b: Self) -> Bool {
      switch (a, b) {
      case (.criterion(let a), .criterion(let b)):
        a.criterion.id == b.criterion.id && a.criterion.text == b.criterion.text
          && a.result == b.result && a.blocks == b.blocks && a.needs == b.needs
          && a.answer == b.answer
      case (.trial(let a, let one, let marks), .trial(let b, let other, let others)):
        a == b && one == other && marks == others
      default: false
      }
    }
  }

  let rect: Rect
  let content: Content
  let isChosen: Bool

  func draw(on canvas: inout Canvas) {
    if isChosen { canvas.put("▸", x: rect.x, y: rect.y, Style(.accent, bold: true)) }
    switch content {
    case .criterion(let screened):
      draw(screened, on: &canvas)
      if isChosen { canvas.restyle(rect) { $0.bold = true } }
    case .trial(let id, let verdict, let marks):
      canvas.put(id, x: rect.x + 2, y: rect.y, .plain, clip: rect)
      canvas.put(
        verdict?.text ?? "·", x: rect.x + 14, y: rect.y,
        Style(verdict?.role ?? .quiet, bold: true), clip: rect)
      for mark in marks {
        canvas.put(
          mark.text, x: rect.x + 15 + ShortVerdict.columns + mark.x, y: rect.y, mark.style,
          clip: rect)
      }
    }
  }

  private func draw(_ screened: ScreenedCriterion, on canvas: inout Canvas) {
    let mark = screened.mark
    canvas.put(mark.text, x: rect.x + 2, y: rect.y, Style(mark.role, bold: true))
    let isSettled = screened.clears
    canvas.put(
      screened.criterion.id, x: rect.x + 4, y: rect.y, Style(isSettled ? .quiet : .plain))
    let answer = screened.answer.map { $0 ? " [yes]" : " [no]" } ?? ""
    let words = screened.words + answer
    let wordsWidth = min(words.columns, rect.width * 45 / 100)
    let textWidth = max(10, rect.width - 10 - wordsWidth)
    canvas.put(
      screened.criterion.text.clipped(toColumns: textWidth), x: rect.x + 9, y: rect.y,
      isSettled && !isChosen ? Style(.quiet) : .plain)
    canvas.put(
      words.clipped(toColumns: wordsWidth), endingAt: rect.right, y: rect.y,
      isSettled ? Style(.quiet) : Style(mark.role))
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
      let words = suggestion.words
      let room = inner.width - 3 - suggestion.variable.label.columns
      let count = words.columns <= room ? words : suggestion.shortWords
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
