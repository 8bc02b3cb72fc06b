import Clinic
import Hepatology
import Quantities
import Terminal

/// One line that is asked for, at the lower edge of the place.
struct Prompt: Sendable {
  /// What becomes of the line.
  enum Purpose: Hashable, Sendable {
    /// The code of a new patient.
    case newPatient
    /// The day of a new visit.
    case newVisit(PatientCode)
    /// Why values are corrected.
    case reason
    /// A file to import.
    case importFile
    /// Why values of a file take the place of those of the store.
    case replace(path: String)
    /// A file for a patient of the store.
    case export(PatientCode, visit: Int?)
    /// A file for what is on the form.
    case elsewhere
  }

  let purpose: Purpose
  let title: String
  let question: String
  /// Answers that a digit gives.
  let choices: [String]
  private(set) var editor: LineEditor

  init(
    _ purpose: Purpose, title: String, question: String, text: String = "",
    choices: [String] = [], limit: Int = 200
  ) {
    self.purpose = purpose
    self.title = title
    self.question = question
    self.choices = choices
    editor = LineEditor(text, limit: limit)
  }

  /// What was typed, without spaces around it.
  var text: String {
    let text = editor.text
    let start = text.drop { $0 == " " }
    return String(
      start[..<(start.lastIndex { $0 != " " }.map(start.index(after:)) ?? start.startIndex)])
  }

  /// Takes a key; true where a choice answers it.
  mutating func type(_ key: Key) -> Bool {
    if editor.text.isEmpty, case .character(let letter) = key, let digit = letter.wholeNumberValue,
      choices.indices.contains(digit - 1)
    {
      editor.replace(with: choices[digit - 1])
      return true
    }
    _ = editor.handle(key)
    return false
  }

  mutating func paste(_ text: String) { editor.insert(text) }

  func draw(on canvas: inout Canvas) {
    let width = min(canvas.size.columns, 84)
    var document = Document(width: width - 4)
    document.paragraph(question)
    if !choices.isEmpty {
      let words = choices.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: " · ")
      document.paragraph(words, Style(.quiet))
    }
    let height = document.rows.count + 3
    let rect = Rect(
      x: 0, y: max(1, canvas.size.rows - 1 - height), width: width, height: height)
    canvas.fill(rect)
    canvas.box(rect, title: title, focused: true)
    let inner = Rect(x: 2, y: rect.y + 1, width: width - 4, height: height - 2)
    document.draw(on: &canvas, in: inner)
    let line = Rect(x: inner.x, y: inner.bottom - 1, width: inner.width, height: 1)
    canvas.fill(line, Style(.plain, underline: true))
    // The end of a long text is seen, and always the cursor.
    let overflow = max(0, editor.columnsBeforeCursor - line.width + 1)
    canvas.put(
      editor.text, x: line.x - overflow, y: line.y, Style(.plain, underline: true), clip: line)
    canvas.cursor = Point(x: line.x + editor.columnsBeforeCursor - overflow, y: line.y)
  }
}

/// What importing a file would do, or did.
struct ImportOverlay: Sendable {
  let path: String
  let report: ImportReport
  private(set) var scroll = Scroll()

  init(path: String, report: ImportReport) {
    self.path = path
    self.report = report
  }

  /// Whether importing would change something.
  var hasWork: Bool {
    report.added + report.replaced + report.newVisits + report.newPatients.count > 0
  }

  mutating func move(_ key: Key, _ size: Size) {
    scroll.handle(key, height: Self.rect(size).height - 2)
  }

  mutating func fit(_ size: Size) {
    let rect = Self.rect(size)
    scroll.fit(rows: document(width: rect.width - 4).rows.count, height: rect.height - 2)
  }

  private static func rect(_ size: Size) -> Rect {
    let area = Rect(x: 0, y: 1, width: size.columns, height: size.rows - 2)
    return area.centered(
      width: area.width < 100 ? area.width : 92, height: area.height < 40 ? area.height : 36)
  }

  private func document(width: Int) -> Document {
    var document = Document(width: width)
    let isDry = report.isDryRun
    document.paragraph(
      isDry ? "This is what importing it would do; nothing was written." : "This was imported.",
      Style(isDry ? .warning : .clears))
    document.heading(isDry ? "Would be added" : "Added")
    document.row("new patients", "\(report.newPatients.count) of \(report.patients.count)")
    document.row("new visits", "\(report.newVisits)")
    document.row("values", "\(report.added)")
    if report.replaced > 0 { document.row("in place of others", "\(report.replaced)") }
    document.heading("Left")
    document.row("there already", "\(report.same)")
    if report.older > 0 { document.row("older than there", "\(report.older)") }
    document.row("contradictions", "\(report.conflicts.count)")
    document.row("not understood", "\(report.unread.reduce(0) { $0 + $1.count })")
    if !report.newPatients.isEmpty {
      document.heading("New patients")
      let more = report.newPatients.count - 40
      document.paragraph(
        report.newPatients.prefix(40).map(\.text).joined(separator: ", ")
          + (more > 0 ? " and \(more) more" : ""))
    }
    if !report.conflicts.isEmpty {
      document.heading("Contradictions: what the store has stays")
      for conflict in report.conflicts {
        let present = conflict.present ?? "unknown"
        document.paragraph(
          "\(conflict.patient) \(conflict.date) \(conflict.variable.label): \(present) there, "
            + "\(conflict.incoming.displayable) in the file", mark: "≠", markStyle: Style(.warning))
      }
    }
    if !report.unread.isEmpty {
      document.heading("Not understood, and why")
      for item in report.unread {
        let times = item.count > 1 ? "\(item.count) × " : ""
        document.paragraph(
          "\(times)\(item.what.displayable): \(item.reason.displayable)", mark: "?",
          markStyle: Style(.unknown))
      }
    }
    if report.isCut { document.line("… and more", Style(.quiet)) }
    return document
  }

  func draw(on canvas: inout Canvas) {
    let rect = Self.rect(canvas.size)
    canvas.fill(rect)
    canvas.cursor = nil
    canvas.box(
      rect, title: "Import \(path.displayable)".clipped(toColumns: rect.width - 6), focused: true)
    let inner = Rect(x: rect.x + 2, y: rect.y + 1, width: rect.width - 4, height: rect.height - 2)
    let document = document(width: inner.width)
    document.draw(on: &canvas, in: inner, from: scroll.offset)
    let end = min(scroll.offset + inner.height, document.rows.count)
    canvas.position(scroll.offset..<max(end, scroll.offset), of: document.rows.count, in: rect)
  }
}
