import Clinic
import Hepatology
import Quantities
import Terminal

/// How the fields of the form are drawn, and the hint below them.
extension PatientPlace {
  func drawForm(on canvas: inout Canvas, _ layout: PatientLayout, _ title: String) {
    canvas.box(
      layout.form, title: showsAll ? "\(title), all fields" : title, focused: isInField)
    canvas.horizontalRule(y: layout.hint.y - 1, in: layout.form, focused: isInField)
    let columns = FormColumns(layout.fields)
    for (offset, row) in rows[list.visible].enumerated() {
      let y = layout.fields.y + offset
      switch row {
      case .heading(let group):
        canvas.put(group.title, x: layout.fields.x, y: y, Style(.heading), clip: layout.fields)
      case .field(let variable):
        draw(variable, y: y, columns, on: &canvas)
      }
    }
    canvas.position(list.visible, of: rows.count, in: layout.form)
    drawHint(on: &canvas, in: layout.hint)
  }

  private func draw(_ variable: Variable, y: Int, _ columns: FormColumns, on canvas: inout Canvas) {
    let isFocused = variable == focus && beside == nil
    let entry = patient[variable]
    let isTyped = isFocused && editor != nil
    let isGrowing = isTyped && isGrowing
    let isBad = entry?.problem != nil && !isGrowing
    let labelStyle =
      isFocused ? Style(.accent, bold: true) : entry == nil ? Style(.quiet) : Style(.plain)
    if isFocused { canvas.put("▸", x: columns.mark, y: y, Style(.accent, bold: true)) }
    canvas.put(
      variable.label.clipped(toColumns: columns.labelWidth), x: columns.label, y: y, labelStyle)
    let isOld = isCarried(variable) || isDerived(variable)
    var valueStyle: Style = isBad ? Style(.blocks) : isOld ? Style(.quiet) : .plain
    if isFocused, isInField {
      valueStyle.underline = true
      canvas.fill(
        Rect(x: columns.value, y: y, width: columns.valueWidth(of: variable), height: 1), valueStyle
      )
    }
    if variable.measure != nil {
      drawQuantity(variable, entry, y: y, columns, valueStyle, on: &canvas)
    } else {
      drawAnswer(variable, entry, y: y, columns, valueStyle, on: &canvas)
    }
    let flag: (String, Role)? =
      isBad
      ? ("✗", Role.blocks)
      : entry != nil && !isGrowing && !remarks(of: variable).isEmpty || isStale(variable)
        ? ("!", .warning)
        : isDerived(variable) ? ("=", .quiet) : isCarried(variable) ? ("·", .quiet) : nil
    if let (mark, role) = flag, !isFocused || isTyped {
      canvas.put(mark, x: columns.mark, y: y, Style(role, bold: true))
    }
  }

  private func drawQuantity(
    _ variable: Variable, _ entry: Patient.Entry?, y: Int, _ columns: FormColumns, _ style: Style,
    on canvas: inout Canvas
  ) {
    let end = columns.value + columns.numberWidth
    let clip = Rect(x: columns.value, y: y, width: columns.numberWidth, height: 1)
    let unit = unit(of: variable) ?? .one
    let isTyped = variable == focus && editor != nil
    var shown = entry?.typed.displayable ?? ""
    var aside = (number: "", unit: "")
    var shownUnit = unit.symbol
    if let measure = variable.measure,
      case .quantity(let quantity, let bound) = patient.value(of: variable)
    {
      let sign = bound == .below ? "<" : bound == .above ? ">" : ""
      if quantity.unit != unit, !isTyped {
        shown = sign + measure.text(quantity, in: unit)
        aside = (sign + "\(quantity.value)", quantity.unit.symbol)
      } else {
        if !isTyped { shown = "\(sign)\(quantity.value)" }
        if quantity.unit != unit { shownUnit = "" }
        let other = measure.units.first { $0.code != quantity.unit.code } ?? quantity.unit
        if !measure.isSame(other, quantity.unit) {
          aside = (sign + measure.text(quantity, in: other), other.symbol)
        }
      }
    }
    if isTyped, let editor {
      let text = editor.text.displayable
      // The end of a long text is seen, and always the cursor.
      let after = text.columns - editor.columnsBeforeCursor
      let overflow = max(0, after - (columns.numberWidth - 1))
      canvas.put(text, endingAt: end + overflow, y: y, style, clip: clip)
      if isInField { canvas.cursor = Point(x: end - after + overflow, y: y) }
    } else {
      canvas.put(
        shown.clipped(toColumns: columns.numberWidth), endingAt: end, y: y, style, clip: clip)
      if variable == focus, isInField { canvas.cursor = Point(x: end, y: y) }
    }
    canvas.put(
      shownUnit, x: columns.unit, y: y, Style(.quiet),
      clip: Rect(x: columns.unit, y: y, width: columns.unitWidth, height: 1))
    if isCarried(variable), !isTyped, let day = patient[variable]?.taken {
      // How old it is says more than what it is in the other unit.
      canvas.put(
        dates.text(day), x: columns.aside, y: y, Style(.quiet),
        clip: Rect(x: columns.aside, y: y, width: columns.asideWidth, height: 1))
    } else if columns.asideWidth > 0, !aside.number.isEmpty {
      let clip = Rect(x: columns.aside, y: y, width: columns.asideWidth, height: 1)
      canvas.put(aside.number, endingAt: columns.aside + 6, y: y, Style(.quiet), clip: clip)
      canvas.put(aside.unit, x: columns.aside + 7, y: y, Style(.quiet), clip: clip)
    }
  }

  private func drawAnswer(
    _ variable: Variable, _ entry: Patient.Entry?, y: Int, _ columns: FormColumns, _ style: Style,
    on canvas: inout Canvas
  ) {
    let width = columns.valueWidth(of: variable)
    var text = entry?.typed.displayable ?? ""
    switch (variable.kind, patient.value(of: variable)) {
    case (.choice(let choices, _), .choice(let id)):
      text = choices.first { $0.id == id }?.label ?? id
    case (.choices(let choices), .choices(let ids)):
      text = choices.filter { ids.contains($0.id) }.map(\.label).joined(separator: ", ")
    case (.yesNo, .yesNo(let yes)): text = yes ? "Yes" : "No"
    default: break
    }
    let clipped = text.clipped(toColumns: width)
    let end = canvas.put(clipped, x: columns.value, y: y, style)
    if variable == focus, isInField {
      canvas.cursor = Point(x: min(end, columns.value + width - 1), y: y)
    }
  }

  // MARK: Hint

  /// What is asked and what may be typed; what is wrong with what was typed.
  private func drawHint(on canvas: inout Canvas, in rect: Rect) {
    var asked = Document(width: rect.width)
    if let dating {
      asked.line("Taken on: \(dating.text)")
      asked.line("\(dates.words); Enter keeps it", Style(.quiet))
      asked.draw(on: &canvas, in: rect)
      canvas.cursor = Point(x: rect.x + 10 + dating.columnsBeforeCursor, y: rect.y)
      return
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
    if above > 0 { asked.draw(on: &canvas, in: rect) }
    objection.draw(on: &canvas, in: rect.split(top: above).1)
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

/// The columns of the form.
private struct FormColumns {
  let mark: Int
  let label: Int
  let labelWidth: Int
  let value: Int
  let numberWidth: Int
  let unit: Int
  let unitWidth: Int
  let aside: Int
  let asideWidth: Int
  let end: Int

  init(_ rect: Rect) {
    mark = rect.x
    label = rect.x + 2
    let wide = rect.width >= 52
    labelWidth = min(26, wide ? 22 : max(10, rect.width - 22))
    value = label + labelWidth + 1
    end = rect.right
    numberWidth = 9
    unit = value + numberWidth + 1
    unitWidth = max(0, min(8, end - unit))
    aside = unit + unitWidth + 1
    asideWidth = max(0, end - aside)
  }

  /// How wide a value is drawn.
  func valueWidth(of variable: Variable) -> Int {
    variable.measure == nil ? end - value : numberWidth
  }
}

extension [Choice] {
  /// The answers, numbered where they are not numbers themselves: `1 Female · 2 Male`.
  var options: String {
    enumerated().map { index, choice in
      isNumbered ? "\(index + 1) \(choice.label)" : choice.label
    }.joined(separator: " · ")
  }

  /// Whether an answer may be given by its number in the list, because none is a number itself.
  var isNumbered: Bool { !contains { $0.id.first?.isNumber == true } }
}

extension Measure {
  /// A quantity in another unit, in at most three decimals.
  fileprivate func text(_ quantity: Quantity, in unit: Unit) -> String {
    guard let converted = try? quantity.converted(to: unit, as: substances) else { return "" }
    let value = converted.value
    let decimals = value.magnitude >= 100 ? 0 : value.magnitude >= 10 ? 1 : 2
    return "\(value.rounded(to: decimals))"
  }

  /// Whether a number means the same in both units.
  fileprivate func isSame(_ a: Unit, _ b: Unit) -> Bool {
    (try? Quantity(1, a).converted(to: b, as: substances).value) == .one
  }
}
