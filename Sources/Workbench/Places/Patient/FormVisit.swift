import Clinic
import Hepatology
import Quantities
import Terminal

/// The form and the visit of the store that it shows.
extension PatientPlace {
  // MARK: Showing

  /// Shows a visit as the store has it, and nothing else, at the field where the last one was left;
  /// `nil` for a patient without one.
  mutating func open(_ visit: Visit?) {
    stopTyping()
    opened += 1
    self.visit = visit
    saved = visit?.patient ?? Patient()
    patient = saved
    before = saved
    reviewed = visit?.reviewed ?? []
    arrange()
  }

  /// Goes to the first field.
  mutating func home() {
    isInField = true
    focus = fields.first ?? focus
    arrange()
  }

  /// Takes what has become of the visit in the store; what is on the form and not in the store stays
  /// on the form, but for the variables that were just written.
  mutating func refresh(_ visit: Visit?, written: Set<Variable.ID> = []) {
    let now = visit?.patient ?? Patient()
    var next = now
    for variable in unsaved where !written.contains(variable.id) {
      next.put(kept[variable], for: variable)
    }
    self.visit = visit
    saved = now
    reviewed = visit?.reviewed ?? []
    if editor != nil {
      let typed = patient[focus]
      before = next
      patient = next
      patient.put(typed, for: focus)
    } else {
      patient = next
    }
    arrange()
  }

  /// Goes to a field of the form, and shows all fields where it is not among those that are shown.
  mutating func go(to variable: Variable) {
    stopTyping()
    isInField = true
    focus = variable
    arrange()
  }

  /// Puts a half-typed text back into its field.
  mutating func restore(_ draft: Draft) -> Bool {
    guard let variable = variables[draft.field] else { return false }
    opened += 1
    go(to: variable)
    before = patient
    if let unit = draft.unit.flatMap({ try? Unit(ucum: $0) }),
      variable.measure?.units.contains(unit) == true
    {
      units[variable] = unit
    }
    editor = LineEditor(draft.text, limit: 400)
    patient.enter(draft.text, in: unit(of: variable), for: variable)
    return true
  }

  /// The half-typed field, for the journal.
  func draft(of patient: PatientCode?) -> Draft? {
    guard let editor else { return nil }
    return Draft(
      patient: patient?.text ?? "", visit: visit?.number ?? 0, field: focus.id,
      text: editor.text, unit: unit(of: focus)?.code)
  }

  /// Keeps what is being typed, as going to another field does.
  mutating func leave() { stopTyping() }

  // MARK: What is not in the store

  /// The variables of which the form has something else than the store.
  var unsaved: [Variable] {
    let kept = kept
    return kept == saved ? [] : variables.all.filter { kept[$0] != saved[$0] }
  }

  /// What the store is to take; texts that are no values stay on the form alone.
  var changes: [Input] {
    kept.inputs(over: saved, in: variables)
      + reviewed.subtracting(visit?.reviewed ?? []).map { .reviewed($0) }
  }

  /// The first text on the form that is no value, which the store does not take.
  var refused: Variable? {
    unsaved.first { kept[$0].map { $0.reading.value == nil } ?? false }
  }

  // MARK: Where a value comes from

  /// Where the value of a field comes from, while it is that of the store.
  func origin(of variable: Variable) -> DatedValue.Origin? {
    guard let value = visit?[variable], patient[variable] == saved[variable] else { return nil }
    return value.origin
  }

  /// Whether a value that ages was not measured at this visit.
  func isCarried(_ variable: Variable) -> Bool {
    origin(of: variable) == .carried && variable.freshFor != nil
  }

  /// Whether a value is computed from others.
  func isDerived(_ variable: Variable) -> Bool {
    if case .derived = origin(of: variable) { true } else { false }
  }
}

extension Patient {
  /// What the store is to take for it to have this patient in place of another.
  func inputs(over saved: Patient, in table: VariableTable) -> [Input] {
    guard self != saved else { return [] }
    return table.all.filter { self[$0] != saved[$0] }.compactMap { variable in
      guard let entry = self[variable] else { return .unknown(variable) }
      guard entry.reading.value != nil else { return nil }
      return .value(
        variable, entry.typed, unit: entry.unit, at: entry.taken.map { Moment($0) })
    }
  }

  /// Puts an entry of another patient in place of what is known.
  mutating func put(_ entry: Entry?, for variable: Variable) {
    enter(entry?.typed ?? "", in: entry?.unit, taken: entry?.taken, for: variable)
  }
}
