import Assessment
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

  /// The parts of the place that is shown; `nil` for a comparison and a trend, which are drawn whole.
  ///
  /// - Parameter old: Those that were drawn before.
  func parts(after old: WorkbenchParts?) -> WorkbenchParts? {
    func parts<Row>(_ body: ListBody<Row>) -> Kept<ListParts<Row>> {
      Kept(ListParts(topLine: topLine, body: body, keyLine: keyLine(of: bindings)))
    }
    switch place {
    case .trials:
      return trials.comparing == nil ? .trials(parts(trials.body(area, verdicts))) : nil
    case .patient:
      let before: Kept<FormParts>? = if case .form(let form) = old { form } else { nil }
      return .form(Kept(formParts(after: before)))
    case .scores: return scores.body(area).map { .scores(parts($0)) }
    case .screening: return .screening(parts(screens.body(area, screening, next: suggestions)))
    case .patients: return .patients(parts(roster.body(area, favourites: favourites)))
    }
  }

  /// The screening where it says anything: nothing is known of nobody.
  private var verdicts: Screening? { patient.isEmpty ? nil : screening }

  /// Draws everything on a blank canvas.
  func draw(on canvas: inout Canvas) {
    guard fits else {
      drawTooSmall(on: &canvas)
      return
    }
    if let parts = parts(after: nil) {
      parts.draw(on: &canvas)
    } else {
      if place == .trials {
        trials.comparing?.draw(on: &canvas, in: area, verdicts)
      } else {
        scores.drawTrend(on: &canvas, in: area)
      }
      topLine.draw(on: &canvas)
      keyLine.draw(on: &canvas)
    }
    guard let overlay else { return }
    // The place has drawn its own keys, which those of the overlay take the place of.
    canvas.clear(keyLine.rect)
    keyLine.draw(on: &canvas)
    switch overlay {
    case .help(let help): help.draw(on: &canvas)
    case .leave(let question): question.draw(on: &canvas)
    case .prompt(let prompt): prompt.draw(on: &canvas)
    case .importing(let importing): importing.draw(on: &canvas)
    case .reading(let reading): reading.draw(on: &canvas)
    case .palette(let palette): palette.draw(on: &canvas)
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
      age: form.kept.value(of: .age), sex: form.kept.value(of: .sex),
      code: chart?.code, ordinal: chart?.ordinal)
  }

  /// The heading of the form: `Visit 2 of 3 · 2026-11-21`.
  var formTitle: String {
    guard let chart else { return "Patient" }
    guard let ordinal = chart.ordinal, let visit = chart.visit else { return "No visit" }
    return "Visit \(ordinal) of \(chart.record.visits.count) · \(dates.text(visit.date))"
  }
}
