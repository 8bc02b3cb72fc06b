public import Hepatology

/// A patient of fields as the command line takes them, each an argument or a line.
public func patient(_ fields: String...) throws -> Patient { try patient(fields) }

/// A patient of fields as the command line takes them, each an element or a line.
public func patient(_ fields: [String]) throws -> Patient {
  var patient = Patient()
  for field in fields.flatMap({ $0.split(separator: "\n") }) {
    try patient.enter(field: field.trimmingPrefix(while: \.isWhitespace).description, in: .builtIn)
  }
  return patient
}
