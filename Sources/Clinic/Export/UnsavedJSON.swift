import Hepatology
public import Quantities

/// What was typed and could not be saved, in our own JSON, to be imported once it can be.
public enum UnsavedJSON {
  /// One visit with what was entered at it.
  ///
  /// - Parameters:
  ///   - inputs: What was entered; an answer that was taken back is left out, for the form of the
  ///     file has no word for it.
  ///   - code: The patient; `UNSAVED-1` for one who was not made yet.
  ///   - day: The day of the visit.
  ///   - program: The version of the program.
  ///   - now: When it is written.
  public static func text(
    _ inputs: [Input], of code: PatientCode?, on day: Day, program: String, now: Timestamp
  ) -> String {
    var values: [JSONValue] = []
    var reviewed: [String] = []
    var attested: [JSONValue] = []
    for input in inputs {
      switch input {
      case .value(let variable, let typed, let unit, let moment):
        values.append(
          .object([
            "variable": .string(variable.id), "text": .string(typed),
            "unit": unit.map { .string($0.code) }, "at": moment.map { .string("\($0)") },
          ]))
      case .unknown(let variable):
        values.append(.object(["variable": .string(variable.id), "unknown": .bool(true)]))
      case .reviewed(let group): reviewed.append(group.rawValue)
      case .attested(let trial, let criterion, let answer):
        guard !answer.isEmpty else { continue }
        attested.append(
          .object([
            "trial": .string(trial), "criterion": .string(criterion),
            "holds": .bool(answer == "yes"),
          ]))
      }
    }
    let visit = JSONValue.object([
      "date": .string("\(day)"), "values": .array(values),
      "reviewed": reviewed.isEmpty ? nil : .strings(reviewed),
      "attested": attested.isEmpty ? nil : .array(attested),
    ])
    let patient = JSONValue.object([
      "code": .string(code?.text ?? "UNSAVED-1"), "visits": .array([visit]),
    ])
    let document = JSONValue.object([
      "format": .string(PatientsJSON.format), "version": .number(PatientsJSON.version),
      "program": .string(program), "written": .string("\(now)"), "patients": .array([patient]),
    ])
    return document.text(pretty: true) + "\n"
  }
}
