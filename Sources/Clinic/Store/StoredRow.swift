import GRDB

/// Columns of a row as they are declared: a damaged file may hold anything in them, and is then said
/// to be damaged, without a word of what it holds.
extension Row {
  /// The value of a column that always has one.
  func stored<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value {
    guard let value = Value.fromDatabaseValue(self[index]) else { throw DatabaseError.unreadable }
    return value
  }

  /// The value of a column that may have none.
  func storedIfAny<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value? {
    (self[index] as DatabaseValue).isNull ? nil : try stored(index)
  }
}

extension DatabaseError {
  /// A column holds what it cannot hold.
  static var unreadable: DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT, message: "a table holds what this program never wrote")
  }
}
