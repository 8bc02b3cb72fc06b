import Hepatology
public import Quantities

/// Patients in our own JSON: everything of their visits as it was typed, to be read again.
///
/// `docs/patient.schema.json` describes it. The log, with who entered what and when, is not in it.
public enum PatientsJSON {
  static let format = "lobule.patients"
  static let version = 1

  /// Patients as one document.
  ///
  /// - Parameters:
  ///   - records: The patients.
  ///   - program: The version of the program.
  ///   - now: When it is written.
  ///   - withLabels: Whether the site's own texts are in it.
  public static func document(
    _ records: [PatientRecord], program: String, now: Timestamp, withLabels: Bool = false
  ) -> JSONValue {
    .object([
      "format": .string(format), "version": .number(version), "program": .string(program),
      "written": .string("\(now)"),
      "patients": .array(records.map { patient($0, withLabel: withLabels) }),
    ])
  }

  private static func patient(_ record: PatientRecord, withLabel: Bool) -> JSONValue {
    .object([
      "code": .string(record.code.text),
      "label": withLabel ? record.label.map { .string($0) } : nil,
      "archived": record.isArchived ? .bool(true) : nil,
      "visits": .array(record.visits.map(visit)),
    ])
  }

  private static func visit(_ visit: Visit) -> JSONValue {
    let day = Moment(visit.date)
    let values = visit.measured.map { value -> JSONValue in
      .object([
        "variable": .string(value.variable.id), "text": .string(value.typed),
        "unit": value.unit.map { .string($0.code) },
        "at": value.holdsAt == day ? nil : .string("\(value.holdsAt)"),
      ])
    }
    let unknown = visit.unknown.map(\.id).sorted().map { id -> JSONValue in
      .object(["variable": .string(id), "unknown": .bool(true)])
    }
    let attested = visit.attestations.filter { $0.visit == visit.number }.map {
      answer -> JSONValue in
      .object([
        "trial": .string(answer.trial), "criterion": .string(answer.criterion),
        "holds": .bool(answer.answer == "yes"),
      ])
    }
    return .object([
      "number": .number(visit.number), "date": .string("\(visit.date)"),
      "values": .array(values + unknown),
      "reviewed": visit.reviewed.isEmpty
        ? nil : .strings(visit.reviewed.map(\.rawValue).sorted()),
      "attested": attested.isEmpty ? nil : .array(attested),
    ])
  }
}
