import Foundation
import GRDB

/// Observations to and from the table.
extension Observation {
  static let columns = """
    sequence, change, patient, visit, kind, field, text, unit, holds_at, entered_at, clock, author,
    reason, source, corrects, previous, digest
    """

  /// Reads a row; what cannot be read is damage that the digest would not survive either.
  init(row: Row) throws(Unreadable) {
    let sequence = Self.integer(row, 0) ?? 0
    func required<Column>(_ value: Column?, _ name: String) throws(Unreadable) -> Column {
      guard let value else { throw Unreadable(sequence: sequence, column: name) }
      return value
    }
    func digest(_ index: Int, _ name: String) throws(Unreadable) -> Digest {
      try required(Self.blob(row, index).flatMap { Digest(bytes: $0) }, name)
    }
    self.sequence = sequence
    change = try required(Self.integer(row, 1), "change")
    patient = try required(Self.integer(row, 2), "patient")
    visit = Self.integer(row, 3)
    kind = try required(Self.text(row, 4).flatMap(Kind.init(rawValue:)), "kind")
    field = Self.text(row, 5)
    text = Self.text(row, 6)
    unit = Self.text(row, 7)
    let moment = Self.text(row, 8)
    holdsAt = try moment.map { text throws(Unreadable) in
      // A spelling that reads the same and differs in its bytes has been put there by other hands.
      guard let read = Moment(text), read.description == text else {
        throw Unreadable(sequence: sequence, column: "holds_at")
      }
      return read
    }
    enteredAt = Timestamp(milliseconds: Int64(try required(Self.integer(row, 9), "entered_at")))
    clock = Self.integer(row, 10).map { Timestamp(milliseconds: Int64($0)) }
    author = try required(Self.text(row, 11), "author")
    reason = Self.text(row, 12)
    source = Self.text(row, 13)
    corrects = Self.integer(row, 14)
    previous = try digest(15, "previous")
    let own = try digest(16, "digest")
    self.digest = own
    if let visit, !(1...Self.mostVisits).contains(visit) {
      throw Unreadable(sequence: sequence, column: "visit")
    }
    for index in 0..<17 where !Self.isExpected(row, index) {
      throw Unreadable(sequence: sequence, column: "\(index + 1)")
    }
  }

  /// More visits than any patient has.
  private static let mostVisits = 1_000_000

  /// A row that is no observation.
  struct Unreadable: Error {
    let sequence: Int
    let column: String
  }

  private static func integer(_ row: Row, _ index: Int) -> Int? {
    if case .int64(let value) = storage(row, index) { Int(value) } else { nil }
  }

  private static func text(_ row: Row, _ index: Int) -> String? {
    if case .string(let value) = storage(row, index) { value } else { nil }
  }

  private static func storage(_ row: Row, _ index: Int) -> DatabaseValue.Storage {
    (row[index] as DatabaseValue).storage
  }

  /// Whether a column holds the type that it is declared with, or nothing.
  private static func isExpected(_ row: Row, _ index: Int) -> Bool {
    switch (storage(row, index), index) {
    case (.null, _), (.int64, 0...3), (.int64, 9...10), (.int64, 14): true
    case (.string, 4...8), (.string, 11...13), (.blob, 15...16): true
    default: false
    }
  }

  private static func blob(_ row: Row, _ index: Int) -> [UInt8]? {
    if case .blob(let data) = storage(row, index) { [UInt8](data) } else { nil }
  }

  func insert(_ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO observation (\(Self.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      sequence, change, patient, visit, kind.rawValue, field, text, unit, holdsAt?.description,
      enteredAt.milliseconds, clock?.milliseconds, author, reason, source, corrects,
      previous.blob, digest.blob,
    ])
  }
}

extension Digest {
  /// As the store keeps it.
  var blob: Data { Data(bytes) }
}
