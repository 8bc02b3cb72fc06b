import Clinic
import Hepatology
import Terminal

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
