public import Hepatology
public import Quantities

/// A visit of a patient: the values of that day, and those that still stand from the visits before.
public struct Visit: Identifiable, Hashable, Sendable {
  /// Its number in the patient, from 1 on; numbers are never used twice.
  public let number: Int
  /// Its day.
  public let date: Day
  /// What is known at this visit, by the id of the variable; carried and derived values among them.
  public let values: [String: DatedValue]
  let table: VariableTable
  /// The variables that were said to be unknown at this visit.
  public let unknown: Set<Variable>
  /// The groups of history questions that were gone through at this visit.
  public let reviewed: Set<Variable.Group>
  /// The answers that persons gave to criteria of trials, at this visit or before it.
  public let attestations: [Attestation]

  /// Its number.
  public var id: Int { number }

  /// What is known of a variable; `nil` where nothing is.
  public subscript(variable: Variable) -> DatedValue? { values[variable.id] }

  /// The values that were entered at this visit, in the order of the form.
  public var measured: [DatedValue] {
    known.filter { $0.origin == .measured }
  }

  /// The values that are known, in the order of the form.
  public var known: [DatedValue] {
    table.all.compactMap { values[$0.id] }
  }

  /// The patient as known at this visit; made anew at each call.
  ///
  /// Values of another day carry that day.
  public var patient: Patient { patient(of: values.values) }

  /// The patient with nothing but what was entered at this visit; made anew at each call.
  public var measuredPatient: Patient {
    patient(of: values.values.filter { $0.origin == .measured })
  }

  private func patient(of values: some Sequence<DatedValue>) -> Patient {
    var patient = Patient()
    for value in values {
      let taken = value.holdsAt.day == date ? nil : value.holdsAt.day
      patient.enter(value.typed, in: value.unit, taken: taken, for: value.variable)
    }
    return patient
  }
}

/// A value with the time that it holds for, and where it comes from.
public struct DatedValue: Hashable, Sendable {
  /// The variable.
  public let variable: Variable
  /// The text as it was typed.
  public let typed: String
  /// The unit that held where the text has none.
  public let unit: Unit?
  /// The time that it holds for.
  public let holdsAt: Moment
  /// The visit at which it was entered.
  public let visit: Int
  /// Whether it was measured at the visit that it is asked of.
  public let origin: Origin
  /// The row of the log; for a derived value that of the later of the two.
  public let observation: Int

  /// Where a value comes from.
  public enum Origin: Hashable, Sendable {
    /// It was entered at this visit.
    case measured
    /// It stands from an earlier visit and was not measured again.
    case carried
    /// It was computed from two dated values.
    case derived(from: Moment, to: Moment)
  }

  /// What becomes of the text.
  public var reading: Reading { variable.read(typed, in: unit) }
}

/// The answer of a person to a criterion of a trial.
public struct Attestation: Hashable, Sendable {
  /// The trial: `NCT05985863`.
  public let trial: String
  /// The criterion in the trial.
  public let criterion: String
  /// The answer: `yes`, `no`.
  public let answer: String
  /// The visit at which it was given.
  public let visit: Int
  /// Who answered.
  public let author: String
  /// When.
  public let enteredAt: Timestamp
}
