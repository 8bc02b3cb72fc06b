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
  /// The picture of the roster and of the chosen patient.
  func body(_ area: Rect, favourites: [Score]) -> ListBody<RosterRow> {
    let layout = PatientsLayout(area)
    let columns = RosterColumns(layout.rows, favourites: favourites)
    let rows = list.visible.map { place in
      let entry = entry(at: place)
      return RosterRow(
        rect: layout.rows.row(layout.rows.y + place - list.offset), columns: columns,
        entry: entry, figures: entry.flatMap { figures[$0.code] }, dates: dates,
        isChosen: place == list.selection)
    }
    return ListBody(
      list: panel(layout, columns), rows: rows,
      reading: layout.details.width > 0 ? details(in: layout.details) : nil)
  }

  private func panel(_ layout: PatientsLayout, _ columns: RosterColumns) -> ListPanel {
    // The store counts no further: who finds so many types on.
    let isCut = hasFilter && (count ?? 0) >= 1000
    var panel = ListPanel(
      rect: layout.list, inner: layout.rows,
      title: showsArchived ? "Patients in the archive" : "Patients", isFocused: true,
      filter: ListFilter(editor, isFiltering: isFiltering),
      corner: count.map { isCut ? " the first \($0) " : " \($0) " } ?? "",
      visible: list.visible, count: count ?? 0)
    if panel.count > 0 {
      panel.heads = columns.heads
    } else {
      panel.notice = notice(width: layout.rows.width - 2)
    }
    return panel
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

  // MARK: The chosen patient

  private func details(in rect: Rect) -> DocumentPanel {
    let text = rect.inset(by: 1).split(left: 1).1.split(right: 1).1
    return DocumentPanel(
      rect: rect, text: text, title: chosen?.code.text ?? "Patient",
      document: chosen.map { details(of: $0, width: text.width) } ?? Document(width: text.width))
  }

  private func details(of chosen: RosterEntry, width: Int) -> Document {
    var document = Document(width: width)
    if let label = chosen.label { document.paragraph(label.displayable) }
    guard let figures = figures[chosen.code] else {
      if chosen.visits == 0 { document.paragraph("No visit yet; v makes one.", Style(.quiet)) }
      return document
    }
    func row(_ label: String, _ value: String, _ labelStyle: Style, _ style: Style = .plain) {
      document.spans([
        .init(x: 0, text: label.clipped(toColumns: 15), style: labelStyle),
        .init(x: 16, text: value.clipped(toColumns: max(4, width - 16)), style: style),
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
      for standing in Standing.allCases {
        let count = tally[standing]
        document.line(
          "\(standing.mark) \(count) \(standing.words)",
          Style(count == 0 ? .quiet : standing.role))
      }
    }
    return document
  }
}

/// A row of the roster; blank but for the choice where the store has not answered yet.
struct RosterRow: Part {
  let rect: Rect
  let columns: RosterColumns
  let entry: RosterEntry?
  let figures: RosterFigures?
  let dates: DayFormat
  let isChosen: Bool

  func draw(on canvas: inout Canvas) {
    if let entry { columns.draw(entry, figures, dates, y: rect.y, on: &canvas) }
    if isChosen { canvas.choose(rect) }
  }
}

/// The columns of the roster: as many scores as there is room for.
struct RosterColumns: Hashable {
  /// A score, and where its numbers end.
  struct Column: Hashable {
    let id: Score.ID
    let name: String
    let end: Int
  }

  private let code: Int
  private let codeWidth: Int
  private let age: Int
  private let sex: Int
  private let last: Int
  private let visits: Int
  private let scores: [Column]
  /// The ends of the columns of trials, by where the patient stands.
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
    let room = rect.right - 22
    var scores: [Column] = []
    for score in favourites {
      let next = end + max(score.name.columns, 5) + 2
      guard next <= room else { break }
      scores.append(Column(id: score.id, name: score.name, end: next))
      end = next
    }
    self.scores = scores
    trials = Standing.allCases.indices.map { end + 5 + 4 * $0 }
    let start = end + 24
    label = Rect(x: start, y: 0, width: max(0, rect.right - start), height: 1)
  }

  /// Their names.
  var heads: [Document.Span] {
    func span(_ text: String, endingAt end: Int) -> (Int, String) { (end - text.columns, text) }
    var heads = [
      (code, "code"), span("age", endingAt: age), (last, "last visit"),
      span("visits", endingAt: visits),
    ]
    heads += scores.map { span($0.name, endingAt: $0.end) }
    if let end = trials.last { heads.append(span("trials", endingAt: end)) }
    if label.width >= 8 { heads.append((label.x, "label")) }
    return heads.map { .init(x: $0.0, text: $0.1, style: Style(.quiet)) }
  }

  fileprivate func draw(
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
    for column in scores {
      let result = figures.results.first { $0.score.id == column.id }
      canvas.put(
        result?.headline ?? "–", endingAt: column.end, y: y,
        result?.value == nil ? Style(.quiet) : Style(.plain, bold: true))
    }
    guard let tally = figures.tally else { return }
    for (standing, end) in zip(Standing.allCases, trials) {
      let number = tally[standing]
      canvas.put(
        number == 0 ? "·" : "\(standing.mark)\(number)", endingAt: end, y: y,
        number == 0 ? Style(.quiet) : Style(standing.role))
    }
  }
}
