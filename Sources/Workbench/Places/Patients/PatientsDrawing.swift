import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// Where things stand in the place of the patients.
struct PatientsLayout {
  let list: Rect
  /// The rows below the heads of the columns.
  let rows: Rect
  /// The chosen patient; empty where there is no room.
  let details: Rect

  init(_ area: Rect) {
    if area.width >= 110 {
      (list, details) = area.split(
        left: area.width >= 150 ? area.width - 60 : area.width * 66 / 100)
    } else {
      (list, details) = area.split(left: area.width)
    }
    rows = list.inset(by: 1).split(top: 1).1
  }
}

extension PatientsPlace {
  func draw(on canvas: inout Canvas, in area: Rect, favourites: [Score]) {
    let layout = PatientsLayout(area)
    canvas.box(
      layout.list, title: showsArchived ? "Patients in the archive" : "Patients", focused: true)
    drawFilter(on: &canvas, in: layout.list)
    if layout.details.width > 0 {
      drawDetails(on: &canvas, in: layout.details)
    }
    guard let count, count > 0 else {
      notice(width: layout.rows.width - 2).draw(
        on: &canvas, in: layout.list.inset(by: 2))
      return
    }
    let columns = RosterColumns(layout.rows, favourites: favourites)
    columns.drawHead(on: &canvas, y: layout.rows.y - 1)
    for row in list.visible {
      let y = layout.rows.y + row - list.offset
      if let entry = entry(at: row) {
        columns.draw(entry, figures[entry.code], dates, y: y, on: &canvas)
      }
      guard row == list.selection else { continue }
      let line = Rect(x: layout.rows.x, y: y, width: layout.rows.width, height: 1)
      canvas.put("▸", x: line.x, y: y, Style(.accent, bold: true))
      canvas.restyle(line) { $0 = Style(.selection, bold: true) }
    }
    canvas.position(list.visible, of: count, in: layout.list)
  }

  /// What stands in place of the list where there is none.
  private func notice(width: Int) -> Document {
    var document = Document(width: width)
    switch access {
    case .missing(let reason):
      document.paragraph("Patients are not kept.", Style(.warning))
      document.paragraph("\(reason).")
    case .failed(let error):
      document.paragraph("The patients cannot be read.", Style(.blocks), mark: "✗")
      document.paragraph("\(error).")
      document.blank()
      document.paragraph("r tries again.", Style(.quiet))
    case .waiting: document.paragraph("The store is being opened.", Style(.quiet))
    case .open:
      if count == nil {
        document.paragraph("The roster is being read.", Style(.quiet))
      } else if hasFilter {
        document.paragraph("No patient's code, number or label begins so.", Style(.warning))
        document.paragraph(
          "Esc clears; \(keys.name(of: .archived, usually: .character("A"), takesText: false)) "
            + "shows the other list.", Style(.quiet))
      } else if showsArchived {
        document.paragraph("Nobody was put away. A goes back to the patients.")
      } else {
        document.paragraph("There is no patient yet.")
        document.blank()
        document.row("n", "makes one, under a code: never a name", labelWidth: 4)
        document.row("i", "imports a file: CSV, JSON or FHIR", labelWidth: 4)
        document.row(
          "2", "goes to the form: the first value that is kept there makes a patient",
          labelWidth: 4)
      }
    }
    return document
  }

  /// The filter, in the upper edge of the list.
  private func drawFilter(on canvas: inout Canvas, in rect: Rect) {
    // The store counts no further: who finds so many types on.
    let isCut = hasFilter && (count ?? 0) >= 1000
    let found = count.map { isCut ? " the first \($0) " : " \($0) " } ?? ""
    canvas.put(found, endingAt: rect.right - 2, y: rect.y, Style(.quiet))
    guard isFiltering || hasFilter else { return }
    let x = rect.x + (showsArchived ? 28 : 13)
    let clip = Rect(x: x, y: rect.y, width: rect.right - 3 - found.columns - x, height: 1)
    canvas.put(" / \(editor.text) ", x: x, y: rect.y, Style(.accent), clip: clip)
    if isFiltering {
      canvas.cursor = Point(x: min(x + 3 + editor.columnsBeforeCursor, clip.right - 1), y: rect.y)
    }
  }

  // MARK: The chosen patient

  private func drawDetails(on canvas: inout Canvas, in rect: Rect) {
    canvas.box(rect, title: chosen?.code.text ?? "Patient")
    guard let chosen else { return }
    let inner = rect.inset(by: 1).split(left: 1).1.split(right: 1).1
    var document = Document(width: inner.width)
    if let label = chosen.label { document.paragraph(label.displayable) }
    guard let figures = figures[chosen.code] else {
      if chosen.visits == 0 { document.paragraph("No visit yet; v makes one.", Style(.quiet)) }
      document.draw(on: &canvas, in: inner)
      return
    }
    func row(_ label: String, _ value: String, _ labelStyle: Style, _ style: Style = .plain) {
      document.spans([
        .init(x: 0, text: label.clipped(toColumns: 15), style: labelStyle),
        .init(x: 16, text: value.clipped(toColumns: max(4, inner.width - 16)), style: style),
      ])
    }
    document.heading("Visits")
    for (index, visit) in figures.visits.prefix(8).enumerated() {
      let values = "\(visit.measured) value\(visit.measured == 1 ? "" : "s")"
      row(
        "\(figures.visits.count - index)  \(dates.text(visit.date))", values, .plain, Style(.quiet))
    }
    if figures.visits.count > 8 {
      document.line("and \(figures.visits.count - 8) before", Style(.quiet))
    }
    document.heading("Scores at the last visit")
    for result in figures.results {
      let isMissing = result.value == nil
      row(
        result.score.name, isMissing ? "–" : "\(result.headline)  \(result.remark)", Style(.quiet),
        isMissing ? Style(.unknown) : .plain)
    }
    if let tally = figures.tally {
      document.heading("Trials on that day")
      row("✓ cleared", "\(tally.clears)", Style(.clears))
      row("? open", "\(tally.open)", Style(.unknown))
      row("✗ blocked", "\(tally.blocked)", Style(.blocks))
    }
    document.draw(on: &canvas, in: inner)
  }
}

/// The columns of the roster: as many scores as there is room for.
private struct RosterColumns {
  private let code: Int
  private let codeWidth: Int
  private let age: Int
  private let sex: Int
  private let last: Int
  private let visits: Int
  private let scores: [(score: Score, end: Int)]
  /// The ends of the columns of trials cleared, open and blocked.
  private let trials: [Int]
  private let label: Rect

  init(_ rect: Rect, favourites: [Score]) {
    code = rect.x + 2
    codeWidth = rect.width >= 90 ? 18 : 11
    age = code + codeWidth + 4
    sex = age + 2
    last = sex + 3
    visits = last + 17
    var end = visits
    let room = rect.right - 17
    var scores: [(score: Score, end: Int)] = []
    for score in favourites {
      let next = end + max(score.name.columns, 5) + 2
      guard next <= room else { break }
      scores.append((score, next))
      end = next
    }
    self.scores = scores
    trials = [end + 6, end + 11, end + 16]
    let start = end + 19
    label = Rect(x: start, y: 0, width: max(0, rect.right - start), height: 1)
  }

  func drawHead(on canvas: inout Canvas, y: Int) {
    let style = Style(.quiet)
    canvas.put("code", x: code, y: y, style)
    canvas.put("age", endingAt: age, y: y, style)
    canvas.put("last visit", x: last, y: y, style)
    canvas.put("visits", endingAt: visits, y: y, style)
    for (score, end) in scores { canvas.put(score.name, endingAt: end, y: y, style) }
    canvas.put("trials", endingAt: trials[2], y: y, style)
    if label.width >= 8 { canvas.put("label", x: label.x, y: y, style) }
  }

  func draw(
    _ entry: RosterEntry, _ figures: RosterFigures?, _ dates: DayFormat, y: Int,
    on canvas: inout Canvas
  ) {
    canvas.put(entry.code.text.clipped(toColumns: codeWidth), x: code, y: y)
    canvas.put(entry.age.map { "\($0)" } ?? "–", endingAt: age, y: y)
    canvas.put(entry.sex == "female" ? "F" : entry.sex == "male" ? "M" : "–", x: sex, y: y)
    canvas.put(
      entry.lastVisit.map { dates.text($0) } ?? "none yet", x: last, y: y,
      entry.lastVisit == nil ? Style(.quiet) : .plain)
    canvas.put("\(entry.visits)", endingAt: visits, y: y, Style(.quiet))
    if label.width >= 8, let text = entry.label?.displayable {
      canvas.put(text.clipped(toColumns: label.width), x: label.x, y: y, Style(.quiet))
    }
    guard let figures else { return }
    for (score, end) in scores {
      let result = figures.results.first { $0.score.id == score.id }
      canvas.put(
        result?.headline ?? "–", endingAt: end, y: y,
        result?.value == nil ? Style(.quiet) : Style(.plain, bold: true))
    }
    guard let tally = figures.tally else { return }
    let marks: [(Int, String, Role)] = [
      (tally.clears, "✓", .clears), (tally.open, "?", .unknown), (tally.blocked, "✗", .blocks),
    ]
    for ((number, mark, role), end) in zip(marks, trials) {
      canvas.put(
        number == 0 ? "·" : "\(mark) \(number)", endingAt: end, y: y,
        number == 0 ? Style(.quiet) : Style(role))
    }
  }
}
