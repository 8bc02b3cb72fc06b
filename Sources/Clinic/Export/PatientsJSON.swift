import Hepatology
public import Quantities

/// Patients in our own JSON: everything of their visits as it was typed, to be read again.
///
/// `docs/patient.schema.json` describes it. The log, with who entered what and when, is not in it.
public struct PatientsJSON: Sendable {
  static let format = "lobule.patients"
  static let version = 1

  /// What stands before the first patient.
  public let beginning: String
  /// What stands behind the last one.
  public let end = "\n  ]\n}\n"
  private let withLabels: Bool
  private var isEmpty = true

  /// A document that is written piece by piece, a patient a line, so that a store of any size can be
  /// written without holding it.
  ///
  /// - Parameters:
  ///   - program: The version of the program.
  ///   - now: When it is written.
  ///   - withLabels: Whether the site's own texts are in it.
  public init(program: String, now: Timestamp, withLabels: Bool = false) {
    self.withLabels = withLabels
    let members = Self.head(program, now).map { member in
      "  \(JSONValue.string(member.name).text()): \(member.value.text()),\n"
    }
    beginning = "{\n" + members.joined() + "  \"patients\": ["
  }

  /// The next patient.
  public mutating func line(of record: PatientRecord) -> String {
    defer { isEmpty = false }
    return (isEmpty ? "\n    " : ",\n    ") + Self.patient(record, withLabel: withLabels).text()
  }

  private static func head(_ program: String, _ now: Timestamp) -> [JSONValue.Member] {
    [
      JSONValue.Member("format", .string(format)), JSONValue.Member("version", .number(version)),
      JSONValue.Member("program", .string(program)), JSONValue.Member("written", .string("\(now)")),
    ]
  }

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
    let patients = JSONValue.array(records.map { patient($0, withLabel: withLabels) })
    return .object(head(program, now) + [JSONValue.Member("patients", patients)])
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
