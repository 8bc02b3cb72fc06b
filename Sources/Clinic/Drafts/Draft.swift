/// What stands in a field and was not committed.
public struct Draft: Hashable, Sendable {
  /// The patient's code; empty for one that was not made yet.
  public let patient: String
  /// The number of the visit.
  public let visit: Int
  /// The id of the variable.
  public let field: String
  /// The text so far.
  public let text: String
  /// The UCUM code of the unit that holds where the text has none.
  public let unit: String?

  /// A text in a field.
  public init(patient: String, visit: Int, field: String, text: String, unit: String? = nil) {
    self.patient = patient
    self.visit = visit
    self.field = field
    self.text = text
    self.unit = unit
  }

  /// Five texts behind their lengths; `nil` where they are longer than any field.
  func encoded(limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    for text in [patient, "\(visit)", field, text, unit ?? ""] {
      guard text.utf8.count <= 0xFFFF else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: text.utf8.count))
      bytes.append(UInt8(truncatingIfNeeded: text.utf8.count >> 8))
      bytes += text.utf8
    }
    return bytes.count <= limit ? bytes : nil
  }

  init?(encoded bytes: ArraySlice<UInt8>) {
    var rest = bytes
    func next() -> String? {
      guard rest.count >= 2 else { return nil }
      let count = Int(rest[rest.startIndex]) | Int(rest[rest.startIndex + 1]) << 8
      rest = rest.dropFirst(2)
      guard rest.count >= count else { return nil }
      defer { rest = rest.dropFirst(count) }
      return String(decoding: rest.prefix(count), as: UTF8.self)
    }
    guard let patient = next(), let visit = next().flatMap({ Int($0) }), let field = next(),
      let text = next()
    else { return nil }
    // Before there were units a draft had four texts.
    let unit = next().flatMap { $0.isEmpty ? nil : $0 }
    self.init(patient: patient, visit: visit, field: field, text: text, unit: unit)
  }
}
