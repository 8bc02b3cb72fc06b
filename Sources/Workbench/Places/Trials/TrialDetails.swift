import Terminal
import Trials

extension TrialRecord {
  /// The status with its date, as a list shows it: `withdrawn 2023-10-12`.
  var statusText: String {
    guard let entry = currentStatus else { return "not stated" }
    return entry.value.label + (entry.asOf.map { " \($0)" } ?? "")
  }

  /// What is shown of the trial: its titles and its sections.
  func details(width: Int) -> Document {
    var document = Document(width: width)
    document.paragraph(briefTitle, Style(.plain, bold: true))
    for section in sections {
      document.heading(section.title)
      for line in section.lines {
        switch line {
        // It stands above all sections.
        case .row(_, let value, _) where value == briefTitle: break
        case .row(let label, let value, let note):
          document.row(label, value)
          if let note { document.paragraph(note, Style(.quiet), indent: 2) }
        case .paragraph(let text): document.paragraph(text)
        case .bullet(let mark, let text, let notes):
          let mark = mark.isEmpty ? "·" : mark
          document.paragraph(text, mark: mark.padded(to: 4), markStyle: Style(.accent))
          for note in notes { document.paragraph(note, Style(.quiet), indent: 5) }
        }
      }
    }
    return document
  }
}

extension String {
  fileprivate func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - self.columns))
  }
}
