import Clinic
import Hepatology
import Quantities
import Terminal

/// What stands above and below every place.
extension Workbench {
  func drawTopLine(on canvas: inout Canvas) {
    let isWide = size.columns >= 100
    let margin = isWide ? " " : ""
    var x = isWide ? canvas.put(" lobule ", x: 0, y: 0, Style(.accent, bold: true)) : 0
    for place in Place.allCases {
      let isHere = place == self.place
      let style = isHere ? Style(.accent, bold: true, reverse: true) : Style(.quiet)
      let title = "\(margin)\(place.rawValue) \(place.title)\(margin)"
      x = canvas.put(title, x: x + 1, y: 0, style)
    }
    if let summary = summaries.first(where: { x + 2 + $0.columns < size.columns }) {
      canvas.put(summary, endingAt: size.columns - 1, y: 0)
    }
  }

  /// The heading of the form: `Visit 2 of 3 · 2026-11-21`.
  var formTitle: String {
    guard let chart else { return "Patient" }
    guard let ordinal = chart.ordinal, let visit = chart.visit else { return "No visit" }
    return "Visit \(ordinal) of \(chart.record.visits.count) · \(visit.date)"
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
    let end = overlay == nil ? drawStatus(on: &canvas, y: y) : size.columns
    var x = 1
    for binding in overlay?.bindings ?? bindings where !binding.label.isEmpty {
      guard let key = binding.keys.first else { continue }
      // A whole item or none.
      let name = key.shortName
      guard x + name.columns + 1 + binding.label.columns < end else { continue }
      let isOff = binding.disabled != nil
      x = canvas.put(name, x: x, y: y, isOff ? Style(.quiet) : Style(.accent, bold: true))
      x = canvas.put(binding.label, x: x + 1, y: y, isOff ? Style(.quiet) : .plain) + 2
    }
  }

  /// Says at the right of the key line whether everything is saved, and where the keys have to end.
  private func drawStatus(on canvas: inout Canvas, y: Int) -> Int {
    guard place == .patient || place == .screening else { return size.columns }
    var text = ""
    var style = Style(.quiet)
    if saving.failure != nil {
      text = "✗ not saved"
      style = Style(.blocks, bold: true)
    } else if saving.isUnderWay {
      // The word about what was saved before must not stand beside what is not yet.
      text = "✎ saving"
    } else if let time = saving.savedAt {
      text = "✎ saved \(time)"
      let undo = place == .patient && form.isInField ? "^_" : "z"
      if size.columns >= 100, chart?.record.undoable.isEmpty == false { text += " · undo \(undo)" }
    }
    guard !text.isEmpty else { return size.columns }
    canvas.put(text, endingAt: size.columns - 1, y: y, style)
    return size.columns - 1 - text.columns
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
