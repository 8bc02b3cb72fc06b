import Clinic
import Hepatology
import Quantities
import Terminal

/// The rows of the form that are seen, the chosen one apart, since most keys change no other.
struct FormRows {
  /// The others, one for each row of the form; `nil` where the chosen one stands.
  private let others: [FormRow?]
  private let chosen: FormRow?
  private let basis: Basis

  /// What the others follow from.
  private struct Basis {
    let rect: Rect
    let visible: Range<Int>
    let rows: [PatientPlace.Row]
    let focus: Variable.ID
    let patient: Patient
    let saved: Patient
    let visit: Visit?
    let day: Day?
    let units: [Variable: Unit]

    /// Whether the other rows are as they were.
    func holds(after old: Basis) -> Bool {
      rect == old.rect && visible == old.visible && focus == old.focus && rows == old.rows
        && day == old.day && units == old.units && saved == old.saved && visit == old.visit
        && patient.differences(from: old.patient).allSatisfy { $0 == focus }
    }
  }

  /// - Parameter old: Those that were drawn before.
  init(_ form: PatientPlace, in rect: Rect, after old: FormRows?) {
    basis = Basis(
      rect: rect, visible: form.list.visible, rows: form.rows, focus: form.focus.id,
      patient: form.patient, saved: form.saved, visit: form.visit, day: form.day,
      units: form.units)
    let visible = form.list.visible
    func row(at place: Int) -> FormRow {
      let row = rect.row(rect.y + place - visible.lowerBound)
      guard visible.contains(place) else { return FormRow(rect: row, content: .blank) }
      switch form.rows[place] {
      case .heading(let group): return FormRow(rect: row, content: .heading(group))
      case .field(let variable):
        return FormRow(rect: row, content: .field(FormField(variable, of: form)))
      }
    }
    let focused = visible.first { form.rows[$0] == .field(form.focus) }
    chosen = focused.map(row)
    if let old, basis.holds(after: old.basis) {
      others = old.others
    } else {
      others = (visible.lowerBound..<visible.lowerBound + rect.height).map { place in
        place == focused ? nil : row(at: place)
      }
    }
  }

  /// How many there are, blank ones included.
  var count: Int { others.count }

  /// Draws them on a blank canvas.
  func draw(on canvas: inout Canvas) {
    for row in others { row?.draw(on: &canvas) }
    chosen?.draw(on: &canvas)
  }

  /// Draws those that are not as they were over as many others.
  func draw(on canvas: inout Canvas, over old: FormRows) {
    if others != old.others {
      for (row, before) in zip(others, old.others) {
        guard let row, row != before else { continue }
        canvas.clear(row.rect)
        row.draw(on: &canvas)
      }
    }
    guard let chosen, chosen != old.chosen else { return }
    canvas.clear(chosen.rect)
    chosen.draw(on: &canvas)
  }
}
