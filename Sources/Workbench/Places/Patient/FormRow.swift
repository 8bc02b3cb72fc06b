import Clinic
import Hepatology
import Quantities
import Terminal

/// A row of the form.
struct FormRow: Part {
  let rect: Rect
  let content: Content

  enum Content: Hashable {
    case blank
    case heading(Variable.Group)
    case field(FormField)
  }

  func draw(on canvas: inout Canvas) {
    switch content {
    case .blank: break
    case .heading(let group):
      canvas.put(group.title, x: rect.x, y: rect.y, Style(.heading), clip: rect)
    case .field(let field): field.draw(y: rect.y, FormColumns(rect), on: &canvas)
    }
  }
}

/// A field of the form, as it is shown.
struct FormField: Hashable {
  let variable: Variable
  let entry: Patient.Entry?
  /// The unit that the number is shown in.
  let unit: Unit?
  /// Whether it is the one that keys would go to.
  let isChosen: Bool
  /// Whether it is marked as that.
  let isMarked: Bool
  /// Whether keys go into it.
  let isEntered: Bool
  let hasCursor: Bool
  /// The text that is being typed into it.
  let editor: LineEditor?
  /// Whether more digits may make an ordinary value of what is being typed.
  let isGrowing: Bool
  let isCarried: Bool
  let isDerived: Bool
  let isStale: Bool
  let hasRemarks: Bool
  let dates: DayFormat

  init(_ variable: Variable, of form: PatientPlace) {
    self.variable = variable
    entry = form.patient[variable]
    unit = form.unit(of: variable)
    isChosen = variable == form.focus
    isMarked = isChosen && form.beside == nil
    isEntered = isMarked && form.isInField
    hasCursor = isEntered && form.dating == nil
    editor = isChosen ? form.editor : nil
    isGrowing = isChosen && form.isGrowing
    isCarried = form.isCarried(variable)
    isDerived = form.isDerived(variable)
    isStale = form.isStale(variable)
    hasRemarks = entry != nil && !form.remarks(of: variable).isEmpty
    dates = form.dates
  }

  private var isTyped: Bool { editor != nil }
  private var isBad: Bool { entry?.problem != nil && !isGrowing }

  fileprivate func draw(y: Int, _ columns: FormColumns, on canvas: inout Canvas) {
    let labelStyle =
      isMarked ? Style(.accent, bold: true) : entry == nil ? Style(.quiet) : Style(.plain)
    if isMarked { canvas.put("▸", x: columns.mark, y: y, Style(.accent, bold: true)) }
    canvas.put(
      variable.label.clipped(toColumns: columns.labelWidth), x: columns.label, y: y, labelStyle)
    var valueStyle: Style =
      isBad ? Style(.blocks) : isCarried || isDerived ? Style(.quiet) : .plain
    if isEntered {
      valueStyle.underline = true
      canvas.fill(
        Rect(x: columns.value, y: y, width: columns.valueWidth(of: variable), height: 1), valueStyle
      )
    }
    if variable.measure != nil {
      drawQuantity(y: y, columns, valueStyle, on: &canvas)
    } else {
      drawAnswer(y: y, columns, valueStyle, on: &canvas)
    }
    if let (mark, role) = flag, !isMarked || isTyped {
      canvas.put(mark, x: columns.mark, y: y, Style(role, bold: true))
    }
  }

  /// What is to be known about the value: wrong, odd, computed, or of another day.
  private var flag: (String, Role)? {
    if isBad { return ("✗", .blocks) }
    if hasRemarks && !isGrowing || isStale { return ("!", .warning) }
    return isDerived ? ("=", .quiet) : isCarried ? ("·", .quiet) : nil
  }

  private func drawQuantity(
    y: Int, _ columns: FormColumns, _ style: Style, on canvas: inout Canvas
  ) {
    let end = columns.value + columns.numberWidth
    let clip = Rect(x: columns.value, y: y, width: columns.numberWidth, height: 1)
    let unit = unit ?? .one
    var shown = entry?.typed.displayable ?? ""
    var aside = (number: "", unit: "")
    var shownUnit = unit.symbol
    if let measure = variable.measure,
      case .quantity(let quantity, let bound) = entry?.reading.value
    {
      let sign = bound.sign
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
    if let editor {
      let text = editor.text.displayable
      // The end of a long text is seen, and always the cursor.
      let after = text.columns - editor.columnsBeforeCursor
      let overflow = max(0, after - (columns.numberWidth - 1))
      canvas.put(text, endingAt: end + overflow, y: y, style, clip: clip)
      if hasCursor { canvas.cursor = Point(x: end - after + overflow, y: y) }
    } else {
      canvas.put(
        shown.clipped(toColumns: columns.numberWidth), endingAt: end, y: y, style, clip: clip)
      if hasCursor { canvas.cursor = Point(x: end, y: y) }
    }
    canvas.put(
      shownUnit, x: columns.unit, y: y, Style(.quiet),
      clip: Rect(x: columns.unit, y: y, width: columns.unitWidth, height: 1))
    if isCarried, !isTyped, let day = entry?.taken {
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
    y: Int, _ columns: FormColumns, _ style: Style, on canvas: inout Canvas
  ) {
    let width = columns.valueWidth(of: variable)
    var text = entry?.typed.displayable ?? ""
    switch (variable.kind, entry?.reading.value) {
    case (.choice(let choices, _), .choice(let id)):
      text = choices.first { $0.id == id }?.label ?? id
    case (.choices(let choices), .choices(let ids)):
      text = choices.filter { ids.contains($0.id) }.map(\.label).joined(separator: ", ")
    case (.yesNo, .yesNo(let yes)): text = yes ? "Yes" : "No"
    default: break
    }
    let clipped = text.clipped(toColumns: width)
    let end = canvas.put(clipped, x: columns.value, y: y, style)
    if hasCursor {
      canvas.cursor = Point(x: min(end, columns.value + width - 1), y: y)
    }
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
