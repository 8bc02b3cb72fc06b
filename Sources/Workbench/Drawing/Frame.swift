import Clinic
import Hepatology
import Quantities
public import Terminal

/// The picture of the app, and what stands above and below every place.
extension Workbench {
  /// The picture of the app.
  public func draw() -> Canvas {
    var canvas = Canvas(size, glyphs: glyphs)
    guard size.columns >= Self.leastSize.columns, size.rows >= Self.leastSize.rows else {
      drawTooSmall(on: &canvas)
      return canvas
    }
    drawTopLine(on: &canvas)
    switch place {
    case .trials: trials.draw(on: &canvas, in: area, patient.isEmpty ? nil : screening)
    case .patient:
      form.draw(
        on: &canvas, patientLayout, title: formTitle, results: results, trials: lines,
        summary: screening?.summary ?? "", next: suggestions)
    case .scores: scores.draw(on: &canvas, in: area)
    case .screening: screens.draw(on: &canvas, in: area, screening, next: suggestions)
    case .patients: roster.draw(on: &canvas, in: area, favourites: favourites)
    }
    drawKeyLine(on: &canvas)
    switch overlay {
    case .help(let help): help.draw(on: &canvas)
    case .leave(let question): question.draw(on: &canvas)
    case .prompt(let prompt): prompt.draw(on: &canvas)
    case .importing(let importing): importing.draw(on: &canvas)
    case .reading(let reading): reading.draw(on: &canvas)
    case .palette(let palette): palette.draw(on: &canvas)
    case nil: break
    }
    return canvas
  }

  private func drawTooSmall(on canvas: inout Canvas) {
    let least = "\(Self.leastSize.columns)×\(Self.leastSize.rows)"
    let texts = [
      "Lobule needs \(least), this is \(size.columns)×\(size.rows).",
      "Nothing is lost: make it larger.",
    ]
    let lines = texts.flatMap { $0.wrapped(toColumns: max(1, size.columns)) }
    for (row, line) in lines.prefix(size.rows).enumerated() { canvas.put(line, x: 0, y: row) }
  }

  func drawTopLine(on canvas: inout Canvas) {
    if isWide { canvas.put(Self.name, x: 0, y: 0, Style(.accent, bold: true)) }
    var x = 0
    for item in topLine {
      let isHere = item.place == place
      let style = isHere ? Style(.accent, bold: true, reverse: true) : Style(.quiet)
      x = canvas.put(item.text, x: item.columns.lowerBound, y: 0, style)
    }
    if let summary = summaries.first(where: { x + 2 + $0.columns < size.columns }) {
      canvas.put(summary, endingAt: size.columns - 1, y: 0)
    }
  }

  private static let name = " lobule "

  /// Whether the top line has room for more than the places.
  private var isWide: Bool { size.columns >= 100 }

  /// The places in the top line, and where each stands.
  var topLine: [(place: Place, text: String, columns: Range<Int>)] {
    let margin = isWide ? " " : ""
    var x = isWide ? Self.name.columns : 0
    return Place.allCases.map { place in
      let text = "\(margin)\(place.rawValue) \(place.title)\(margin)"
      let start = x + 1
      x = start + text.columns
      return (place, text, start..<x)
    }
  }

  /// The heading of the form: `Visit 2 of 3 · 2026-11-21`.
  var formTitle: String {
    guard let chart else { return "Patient" }
    guard let ordinal = chart.ordinal, let visit = chart.visit else { return "No visit" }
    return "Visit \(ordinal) of \(chart.record.visits.count) · \(dates.text(visit.date))"
  }

  /// Who is on the form, in fewer and fewer words: `P-0007 · 52 F · visit 2`.
  private var summaries: [String] {
    let person = form.kept.summary
    guard let chart else { return [person ?? "new patient"] }
    let code = chart.code.text
    let short = person.map { "\(code) · \($0)" } ?? code
    return [chart.ordinal.map { "\(short) · visit \($0)" } ?? "\(short) · no visit", short, code]
  }

  func drawKeyLine(on canvas: inout Canvas) {
    let y = size.rows - 1
    if let message {
      canvas.put(
        " " + message.clipped(toColumns: size.columns - 2), x: 0, y: y, Style(.warning, bold: true))
      return
    }
    if overlay == nil, let status {
      canvas.put(status.text, endingAt: size.columns - 1, y: y, status.style)
    }
    for item in keyLine {
      let isOff = item.binding.disabled != nil
      let x = canvas.put(
        item.key.shortName, x: item.columns.lowerBound, y: y,
        isOff ? Style(.quiet) : Style(.accent, bold: true))
      canvas.put(item.binding.label, x: x + 1, y: y, isOff ? Style(.quiet) : .plain)
    }
  }

  /// The keys in the bottom line, and where each stands: a whole one or none.
  var keyLine: [(key: Key, binding: Binding, columns: Range<Int>)] {
    let end = size.columns - (overlay == nil ? status.map { $0.text.columns + 1 } ?? 0 : 0)
    var x = 1
    return (overlay?.bindings ?? bindings).compactMap { binding in
      guard let key = binding.keys.first, !binding.label.isEmpty else { return nil }
      let width = key.shortName.columns + 1 + binding.label.columns
      guard x + width < end else { return nil }
      defer { x += width + 2 }
      return (key, binding, x..<x + width)
    }
  }

  /// What stands at the right of the key line: whether everything is saved.
  private var status: (text: String, style: Style)? {
    guard place == .patient || place == .screening else { return nil }
    if saving.failure != nil { return ("✗ not saved", Style(.blocks, bold: true)) }
    // The word about what was saved before must not stand beside what is not yet.
    if saving.isUnderWay { return ("✎ saving", Style(.quiet)) }
    guard let time = saving.savedAt else { return nil }
    let isInField = place == .patient && form.isInField
    let usual: Key = isInField ? .control("_") : .character("z")
    let undo = keys.key(of: .undo, usually: usual, takesText: isInField).shortName
    let canUndo = size.columns >= 100 && chart?.record.undoable.isEmpty == false
    return ("✎ saved \(time)" + (canUndo ? " · undo \(undo)" : ""), Style(.quiet))
  }
}

extension Patient {
  /// Age and sex, for the top line: `52 F`; nil where neither is known.
  fileprivate var summary: String? {
    var words: [String] = []
    if let age = Variable.find("age"), case .quantity(let quantity, _) = value(of: age) {
      words.append("\(quantity.value)")
    }
    if let sex = Variable.find("sex"), case .choice(let id) = value(of: sex) {
      words.append(id == "female" ? "F" : "M")
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}

extension Key {
  /// The name in the fewest letters, for the key line.
  fileprivate var shortName: String {
    if case .control(let letter) = self, letter != " " { "^\(letter)" } else { name }
  }
}
