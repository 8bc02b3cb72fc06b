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
    /// The code of another patient, to show his trend too.
    case companion
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

  mutating func replace(with text: String) { editor.replace(with: text) }

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
