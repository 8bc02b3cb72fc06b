import Assessment
import Terminal
import Trials

extension TrialsPlace {
  /// The picture of the list and of the details of the chosen trial.
  func body(_ area: Rect, _ screening: Screening?) -> ListBody<TrialRow> {
    let layout = layout(area)
    let columns = TrialColumns(layout.rows.split(left: 2).1)
    let query = query.isEmpty ? nil : query
    let rows = list.visible.compactMap { place -> TrialRow? in
      let id = found[place].id
      guard let entry = entries[id] else { return nil }
      return TrialRow(
        rect: layout.rows.row(layout.rows.y + place - list.offset), columns: columns, entry: entry,
        verdict: screening?.short(of: id), isBookmarked: bookmarks.contains(id),
        isChosen: place == list.selection, isReading: isReading, query: query)
    }
    return ListBody(
      list: panel(layout, columns), rows: rows,
      reading: DocumentPanel(
        rect: layout.details, text: layout.text,
        title: found.indices.contains(list.selection) ? found[list.selection].id : "Details",
        isFocused: isReading, document: document, offset: scroll.offset, query: query))
  }

  private func panel(_ layout: TrialsLayout, _ columns: TrialColumns) -> ListPanel {
    var panel = ListPanel(
      rect: layout.list, inner: layout.rows, title: "Trials", isFocused: !isReading,
      filter: ListFilter(editor, isFiltering: isFiltering), heads: columns.heads,
      visible: list.visible, count: found.count)
    if panel.filter != nil {
      panel.corner = " \(found.count) of \(library.trials.count) "
      panel.footnote = problem.map { .init(x: 2, text: " \($0) ", style: Style(.warning)) }
    }
    if found.isEmpty {
      var notice = Document(width: layout.rows.width - 1)
      notice.line("No trial has all of that; Esc clears.", Style(.warning), indent: 1)
      panel.notice = notice
    }
    return panel
  }
}

extension TrialQuery {
  /// Finds what is looked for in a text.
  var finder: Finder { { ranges(in: $0) } }
}

/// What a row of the list says of a trial.
struct TrialEntry: Hashable, Sendable {
  let id: TrialRecord.ID
  let title: String
  let phase: String
  /// The status without its date.
  let statusWord: String
  let status: String
  let enrollment: String

  init(_ trial: TrialRecord) {
    id = trial.id
    title = trial.shortTitle
    phase = trial.phaseLabel
    status = trial.statusText
    statusWord = trial.currentStatus?.value.label ?? status
    enrollment = trial.design.enrollment.map { "\($0)" } ?? "–"
  }
}

/// A row of the list.
struct TrialRow: Part {
  let rect: Rect
  let columns: TrialColumns
  let entry: TrialEntry
  /// The verdict for the patient; `nil` where there is none.
  let verdict: ShortVerdict?
  let isBookmarked: Bool
  let isChosen: Bool
  /// Whether keys move through the details instead of the list.
  let isReading: Bool
  let query: TrialQuery?

  func draw(on canvas: inout Canvas) {
    let y = rect.y
    func put(_ text: String, x: Int, width: Int) {
      let clip = Rect(x: x, y: y, width: width, height: 1)
      canvas.put(
        text.clipped(toColumns: width), x: x, y: y, .plain, clip: clip, marking: query?.finder)
    }
    put(entry.id, x: columns.id, width: 12)
    put(entry.title, x: columns.title, width: columns.titleWidth)
    if columns.phase < columns.status { canvas.put(entry.phase, x: columns.phase, y: y) }
    if columns.statusWidth > 0 {
      // Half a date is none.
      let status = columns.statusWidth < 20 ? entry.statusWord : entry.status
      put(status, x: columns.status, width: columns.statusWidth - 1)
    }
    canvas.put(entry.enrollment, endingAt: columns.end, y: y)
    if let verdict {
      let room = columns.title - columns.verdict - 1
      canvas.put(
        verdict.text.clipped(toColumns: room), x: columns.verdict, y: y,
        Style(verdict.role, bold: true))
    }
    if isBookmarked { canvas.put("◆", x: rect.x + 1, y: y, Style(.accent, bold: true)) }
    if isChosen { canvas.choose(rect, isFocused: !isReading) }
  }
}

/// The columns of the list; phase and status fall away where it is narrow.
struct TrialColumns: Hashable {
  let id: Int
  let verdict: Int
  let title: Int
  let titleWidth: Int
  let phase: Int
  let status: Int
  let statusWidth: Int
  let end: Int

  init(_ rect: Rect) {
    id = rect.x
    verdict = rect.x + 13
    title = verdict + (rect.width >= 100 ? ShortVerdict.columns + 1 : 17)
    end = rect.right
    let room = rect.right - title - 5
    statusWidth = room >= 74 ? 34 : room >= 41 ? 16 : 0
    let phaseWidth = room >= 30 ? 8 : 0
    status = end - 5 - statusWidth
    phase = status - phaseWidth
    titleWidth = max(8, min(60, phase - title - 1))
  }

  /// Their names.
  var heads: [Document.Span] {
    var heads = [(id, "id"), (verdict, "verdict"), (title, "title"), (end - 1, "n")]
    if phase < status { heads.append((phase, "phase")) }
    if statusWidth > 0 { heads.append((status, "status")) }
    return heads.map { .init(x: $0.0, text: $0.1, style: Style(.quiet)) }
  }
}
