import Clinic
import Hepatology
import Quantities
public import Terminal

/// The picture of the app, and what stands above and below every place.
extension Workbench {
  /// The picture of the app.
  public func draw() -> Canvas {
    var picture = Picture()
    picture.take(self)
    return picture.canvas
  }

  /// Whether the places are whole in the terminal.
  var fits: Bool {
    size.columns >= Self.leastSize.columns && size.rows >= Self.leastSize.rows
  }

  /// Draws everything on a blank canvas.
  func draw(on canvas: inout Canvas) {
    guard fits else {
      drawTooSmall(on: &canvas)
      return
    }
    switch place {
    case .trials: trials.draw(on: &canvas, in: area, patient.isEmpty ? nil : screening)
    case .patient: formParts(after: nil).draw(on: &canvas)
    case .scores: scores.draw(on: &canvas, in: area)
    case .screening: screens.draw(on: &canvas, in: area, screening, next: suggestions)
    case .patients: roster.draw(on: &canvas, in: area, favourites: favourites)
    }
    if place != .patient { topLine.draw(on: &canvas) }
    if place != .patient || overlay != nil {
      let keyLine = keyLine
      // The form has drawn its own, which an overlay takes the place of.
      canvas.clear(keyLine.rect)
      keyLine.draw(on: &canvas)
    }
    switch overlay {
    case .help(let help): help.draw(on: &canvas)
    case .leave(let question): question.draw(on: &canvas)
    case .prompt(let prompt): prompt.draw(on: &canvas)
    case .importing(let importing): importing.draw(on: &canvas)
    case .reading(let reading): reading.draw(on: &canvas)
    case .palette(let palette): palette.draw(on: &canvas)
    case nil: break
    }
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

  /// What stands above every place.
  var topLine: TopLine {
    TopLine(
      rect: Rect(x: 0, y: 0, width: size.columns, height: 1), place: place,
      age: TopLine.age.flatMap(form.kept.value), sex: TopLine.sex.flatMap(form.kept.value),
      code: chart?.code, ordinal: chart?.ordinal)
  }

  /// The heading of the form: `Visit 2 of 3 · 2026-11-21`.
  var formTitle: String {
    guard let chart else { return "Patient" }
    guard let ordinal = chart.ordinal, let visit = chart.visit else { return "No visit" }
    return "Visit \(ordinal) of \(chart.record.visits.count) · \(dates.text(visit.date))"
  }
}
