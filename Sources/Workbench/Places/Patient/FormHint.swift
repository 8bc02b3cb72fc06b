import Clinic
import Hepatology
import Quantities
import Terminal

/// What stands below the fields.
struct FormHint: Part {
  let rect: Rect
  let document: Document
  /// The column of the cursor in the first row; `nil` where it is elsewhere.
  var cursor: Int?

  func draw(on canvas: inout Canvas) {
    document.draw(on: &canvas, in: rect)
    if let cursor { canvas.cursor = Point(x: rect.x + cursor, y: rect.y) }
  }
}

extension PatientPlace {
  /// What is asked and what may be typed; what is wrong with what was typed.
  func hint(in rect: Rect) -> FormHint {
    var asked = Document(width: rect.width)
    if let dating {
      asked.line("Taken on: \(dating.text)")
      asked.line("\(dates.words); Enter keeps it", Style(.quiet))
      return FormHint(rect: rect, document: asked, cursor: 10 + dating.columnsBeforeCursor)
    }
    switch focus.kind {
    case .choice(let choices, _): asked.paragraph(choices.options, Style(.quiet))
    case .choices(let choices): asked.paragraph(choices.options, Style(.quiet))
    default: asked.paragraph(focus.question, Style(.quiet))
    }
    let objection = objection(width: rect.width)
    let room = max(0, rect.height - objection.rows.count)
    // Half a question is none: what is wrong is seen whole, and the question where there is room.
    let above = objection.rows.isEmpty || asked.rows.count <= room ? asked.rows.count : 0
    return FormHint(rect: rect, document: above > 0 ? asked + objection : objection)
  }

  /// A day, with its time where that is known.
  private func text(_ moment: Moment) -> String {
    let time = "\(moment)".dropFirst("\(moment.day)".count)
    return dates.text(moment.day) + time
  }

  /// What is wrong or odd about the value of the field.
  private func objection(width: Int) -> Document {
    var document = Document(width: width)
    if case .derived(from: let from, to: let to)? = origin(of: focus) {
      document.paragraph(
        "Computed from the values of \(text(from)) and \(text(to)).", Style(.quiet))
    } else if let day = patient[focus]?.taken, let days = focus.freshFor {
      let isStale = isStale(focus)
      let rest =
        isStale ? ": older than \(days) days." : isCarried(focus) ? "; not measured again." : "."
      document.paragraph(
        "Taken on \(dates.text(day))\(rest)",
        Style(isStale ? .warning : .quiet), mark: isStale ? "!" : "", markStyle: Style(.warning))
    }
    if !isGrowing {
      if let problem = patient[focus]?.problem {
        document.paragraph(problem, Style(.blocks), mark: "✗", markStyle: Style(.blocks))
      } else if let question, case .ordinaryInOtherUnit(let typed, let other) = question {
        document.paragraph("\(question)", Style(.warning), mark: "!", markStyle: Style(.warning))
        document.paragraph(
          "\(keys.name(of: .otherUnit, usually: .control("y"))) takes \(other.unit.symbol), "
            + "\(keys.name(of: .keep, usually: .enter)) keeps \(typed.unit.symbol).", indent: 2)
      } else if editor == nil, let first = remarks(of: focus).first {
        document.paragraph("\(first)", Style(.warning), mark: "!", markStyle: Style(.warning))
      }
    }
    return document
  }
}
