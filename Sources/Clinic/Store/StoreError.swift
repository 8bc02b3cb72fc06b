import GRDB

/// What went wrong with the store, in words for a person.
///
/// The words name codes of patients and fields, never values.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing more can be written, for the disk or the quota is full.
  case diskFull(String)
  /// The store can be read and not written.
  case readOnly(String)
  /// This account may not open the file or its folder.
  case noPermission(String)
  /// The file is damaged; what SQLite says of it.
  case damaged(String, detail: String)
  /// The file is no store of Lobule.
  case notAStore(String)
  /// The store was written by a newer Lobule.
  case newerSchema(String, found: Int, known: Int)
  /// Another program has kept the store locked for longer than a write waits.
  case busy(String)
  /// The file has gone from its place, or another one stands there.
  case vanished(String)
  /// The disk failed to read or to write.
  case disk(String, detail: String)
  /// A code of a patient that cannot be one.
  case code(String)
  /// There is a patient of that code already.
  case codeTaken(PatientCode)
  /// There is no patient of that code; codes that look like it.
  case noPatient(PatientCode, near: [String])
  /// The patient has no visit of that number.
  case noVisit(Int, PatientCode)
  /// Something given is not fit to be kept; what, and what would be right.
  case refused(String)
  /// Another program has changed the patient since it was looked at.
  case overtaken(PatientCode)
  /// There is nothing to undo.
  case nothingToUndo(PatientCode)
  /// There is nothing to redo.
  case nothingToRedo(PatientCode)

  /// The sentence for a person.
  public var description: String {
    switch self {
    case .diskFull(let path):
      "the disk is full: nothing more was saved to \(path); free some space and try again"
    case .readOnly(let path): "\(path) can be read but not written, so nothing can be saved"
    case .noPermission(let path): "this account may not open \(path)"
    case .damaged(let path, let detail):
      "\(path) is damaged (\(detail)); keep a copy of it and go back to a backup"
    case .notAStore(let path): "\(path) is not a store of lobule"
    case .newerSchema(let path, let found, let known):
      "\(path) was written by a newer lobule (its form is \(found), this one knows up to \(known)); "
        + "it was not touched"
    case .busy(let path): "another program keeps \(path) locked; try again"
    case .vanished(let path):
      "\(path) is not where it was: it was moved or deleted, or its disk is gone; "
        + "nothing more was saved"
    case .disk(let path, let detail): "the disk failed at \(path) (\(detail))"
    case .code(let reason), .refused(let reason): reason
    case .codeTaken(let code): "there is a patient \(code) already"
    case .noPatient(let code, let near):
      "there is no patient \(code)"
        + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?")
    case .noVisit(let number, let code): "\(code) has no visit \(number)"
    case .overtaken(let code):
      "\(code) was changed by another program meanwhile; look at it and try again"
    case .nothingToUndo(let code): "there is nothing to undo for \(code)"
    case .nothingToRedo(let code): "there is nothing to redo for \(code)"
    }
  }

  /// The meaning of an error of SQLite.
  init(_ error: any Error, at path: String) {
    if let known = error as? StoreError {
      self = known
      return
    }
    if error is RowDecodingError {
      // Its own words would tell what the row holds.
      self.init(DatabaseError.unreadable, at: path)
      return
    }
    guard let error = error as? DatabaseError else {
      self = .disk(path, detail: "\(type(of: error))")
      return
    }
    switch error.extendedResultCode {
    case .SQLITE_READONLY_DBMOVED:
      self = .vanished(path)
      return
    // The index of the write-ahead log could not grow by a page: SQLite does not say why.
    case .SQLITE_IOERR_SHMSIZE:
      self = .diskFull(path)
      return
    case .SQLITE_CANTOPEN_ISDIR:
      self = .notAStore(path)
      return
    default: break
    }
    let detail = error.message ?? "code \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull(path)
    case .SQLITE_READONLY: self = .readOnly(path)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .noPermission(path)
    case .SQLITE_CORRUPT: self = .damaged(path, detail: detail)
    // What does not begin as a database does was refused before SQLite saw it.
    case .SQLITE_NOTADB: self = .damaged(path, detail: detail)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path)
    default: self = .disk(path, detail: detail)
    }
  }
}
