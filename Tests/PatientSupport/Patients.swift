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

/// A patient of a row of a table: each cell by the head of its column, as in `totalBilirubin[mg/dL]`.
public func patient(row cells: [String: String]) throws -> Patient {
  var patient = Patient()
  for (head, text) in cells {
    let header = try ColumnHeader(head, in: .builtIn)
    patient.enter(text, in: header.unit, for: header.variable)
    if case .refused(let error) = patient[header.variable]?.reading {
      throw FieldError("\(head): \(error)")
    }
  }
  return patient
}
