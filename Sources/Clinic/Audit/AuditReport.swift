/// What was found when the log was checked from its first row to its last.
public struct AuditReport: Hashable, Sendable {
  /// The number of rows that the log has.
  public let rows: Int
  /// The digest of the last row; written down elsewhere, it proves later that nothing up to here was
  /// rewritten.
  public let head: Digest
  /// What is wrong; empty where nothing is.
  public let findings: [AuditFinding]
  /// Whether there was more than is listed.
  public let isCut: Bool

  /// Whether nothing is wrong.
  public var isSound: Bool { findings.isEmpty }
}

/// Something that is wrong with a store.
public enum AuditFinding: Hashable, Sendable, CustomStringConvertible {
  /// A row is not as it was written.
  case altered(row: Int)
  /// Rows are missing.
  case removed(ClosedRange<Int>)
  /// A row stands in another place than it was written to.
  case moved(row: Int, from: Int)
  /// A row does not follow upon the one ahead of it: that one was replaced together with its digest.
  case unlinked(row: Int)
  /// Rows stand behind the end of the log.
  case added(ClosedRange<Int>)
  /// The end of the log does not say what its last row says.
  case headAltered
  /// The digest that was written down earlier is in no row of the log: it was rewritten.
  case rewritten(Digest)
  /// A part of the form of the store is missing or was changed: a table, an index, a trigger.
  case formAltered(String)
  /// The roster does not say of a patient what the log says.
  case rosterAltered(PatientCode)
  /// The file itself is damaged, and what SQLite says of it.
  case damaged(String)

  /// The sentence for a person.
  public var description: String {
    switch self {
    case .altered(let row): "row \(row) was altered"
    case .removed(let rows): "\(Self.text(rows)) removed"
    case .moved(let row, let place): "row \(row) was moved there from place \(place)"
    case .unlinked(let row):
      "row \(row) does not follow upon row \(row - 1): that one was replaced as a whole"
    case .added(let rows): "\(Self.text(rows)) added behind the end of the log"
    case .headAltered: "the record of the end of the log was altered"
    case .rewritten(let digest):
      "no row has the digest \(digest): the log was rewritten, or it is another one"
    case .formAltered(let name): "'\(name)' of the store's form is missing or was altered"
    case .rosterAltered(let code): "the roster says of \(code) what the log does not say"
    case .damaged(let detail): "the file is damaged: \(detail)"
    }
  }

  private static func text(_ rows: ClosedRange<Int>) -> String {
    rows.count == 1
      ? "row \(rows.lowerBound) was" : "rows \(rows.lowerBound) to \(rows.upperBound) were"
  }
}
