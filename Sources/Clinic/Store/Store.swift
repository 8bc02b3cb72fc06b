import GRDB
public import Hepatology
import Synchronization

/// What lasts: the log of everything that was entered, and what follows from it.
///
/// The log is the truth. Rows are added and never changed or removed; each carries a digest over
/// itself and the row ahead of it. The roster and the search are made from the log and kept beside
/// it. A write that has returned is on the disk.
///
/// Several programs may hold the same store: a write of one is seen by the others through
/// ``news()``, and never replaces theirs unseen (``Receipt/overtaken``).
public final class Store: Sendable {
  /// Where a store lies.
  public enum Location: Hashable, Sendable {
    /// In a file.
    case file(String)
    /// In memory, for a demonstration: it is gone with the program.
    case memory
  }

  /// What may be done to a store.
  public enum Access: Hashable, Sendable {
    /// Everything.
    case write
    /// Reading only; also in a folder where nothing can be written.
    case read
  }

  /// Where it lies.
  public let location: Location
  /// What may be done to it.
  public let access: Access
  /// Who enters what is entered through it.
  public let author: String
  /// The variables that its rows are read with; a row about another one stays in the log and is not
  /// shown.
  public let variables: VariableTable
  /// What a person should know about it: that it is new, that others can read it, that the clock is
  /// behind it.
  public let remarks: [String]

  let queue: DatabaseQueue
  let clock: @Sendable () -> Timestamp
  private let identity: StoreFile.Identity?
  private let memory: Mutex<Memory>

  /// What is remembered between two calls.
  struct Memory {
    /// The patients that were looked at last, so that the next key need not read them again.
    var replays: [(patient: Int, replay: Replay)] = []
    var seen = 0
    var version = 0
  }

  private static let remembered = 8

  /// Opens a store, and makes it where there is none.
  ///
  /// A store of an older form is taken to the present one, after a copy of it was put beside it.
  ///
  /// - Parameters:
  ///   - location: Where it lies.
  ///   - access: What may be done to it.
  ///   - author: Who enters what is entered; 1 to 64 characters.
  ///   - variables: The variables that there are.
  ///   - clock: What time it is.
  /// - Throws: ``StoreError`` for whatever stands in the way; the file is then as it was.
  public static func open(
    _ location: Location, access: Access = .write, author: String, variables: VariableTable,
    clock: @escaping @Sendable () -> Timestamp = Timestamp.system
  ) throws(StoreError) -> Store {
    try open(
      location, access: access, author: author, variables: variables, schema: .current,
      clock: clock)
  }

  static func open(
    _ location: Location, access: Access = .write, author: String, variables: VariableTable,
    schema: Schema, clock: @escaping @Sendable () -> Timestamp
  ) throws(StoreError) -> Store {
    let author = try checked(author, "the author", longest: 64)
    var attempts = 0
    while true {
      do {
        return try Store(
          location, access: access, author: author, variables: variables, schema: schema,
          clock: clock)
      } catch .busy(let path) {
        // Two programs that make the same store at once get in each other's way for a moment.
        attempts += 1
        if attempts > 3 { throw .busy(path) }
      }
    }
  }

  private init(
    _ location: Location, access: Access, author: String, variables: VariableTable,
    schema: Schema, clock: @escaping @Sendable () -> Timestamp
  ) throws(StoreError) {
    self.location = location
    self.access = access
    self.author = author
    self.variables = variables
    self.clock = clock
    memory = Mutex(Memory())
    let isNew: Bool
    do {
      switch location {
      case .memory:
        queue = try DatabaseQueue(configuration: Opening.configuration(.write, schema, ":memory:"))
        identity = nil
        isNew = false
        try schema.migrate(queue)
      case .file(let path):
        (queue, isNew) = try Opening.queue(path, access, schema, now: clock())
        identity = StoreFile(path: path).identity
      }
    } catch {
      throw StoreError(error, at: location.name)
    }
    // A slip in a path, or a disk that is not mounted, would else look like patients that are gone.
    var remarks = isNew ? ["a new store was made at \(location.name)"] : []
    if case .file(let path) = location, StoreFile(path: path).isOpenToOthers {
      remarks.append("\(path) can be read by other accounts of this machine")
    }
    do {
      let head = try queue.read(Head.init)
      if clock() < head.enteredAt {
        remarks.append(
          "the clock says \(clock()), which is before the last entry of \(head.enteredAt): "
            + "was it set back?")
      }
      self.remarks = remarks
      let version = try queue.read(Self.dataVersion)
      memory.withLock {
        $0.seen = head.count
        $0.version = version
      }
    } catch {
      throw StoreError(error, at: location.name)
    }
  }

  /// The path of the file, or what stands for it.
  public var name: String { location.name }

  // MARK: Reading and writing

  func reading<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    do {
      return try queue.read(body)
    } catch {
      throw StoreError(error, at: name)
    }
  }

  /// Writes in one transaction that waits for others, and looks before and after whether the file
  /// is still there: SQLite writes on happily into a file that was deleted.
  func writing<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    guard access == .write else { throw .readOnly(name) }
    try checkPresence()
    do {
      var result: Result?
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          result = try body(db)
          return .commit
        }
      }
      try checkPresence()
      guard let result else { throw StoreError.disk(name, detail: "the write did not end") }
      return result
    } catch {
      throw StoreError(error, at: name)
    }
  }

  private func checkPresence() throws(StoreError) {
    guard case .file(let path) = location else { return }
    guard let identity, StoreFile(path: path).identity == identity else {
      throw StoreFile(path: path).absence
    }
  }

  // MARK: Replays

  /// The replay of a patient, with the rows that have come since it was looked at last.
  func replay(of patient: Int, _ db: Database) throws -> Replay {
    var replay =
      memory.withLock { $0.replays.first { $0.patient == patient }?.replay } ?? Replay()
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Observation.columns) FROM observation
        WHERE patient = ? AND sequence > ? ORDER BY sequence
        """)
    let rows = try Row.fetchCursor(statement, arguments: [patient, replay.sequence])
    while let row = try rows.next() {
      do throws(Observation.Unreadable) {
        replay.apply(try Observation(row: row))
      } catch {
        throw StoreError.damaged(
          name, detail: "row \(error.sequence) of the log cannot be read: run lobule audit verify")
      }
    }
    return replay
  }

  func remember(_ replay: Replay, of patient: Int) {
    memory.withLock {
      $0.replays.removeAll { $0.patient == patient }
      $0.replays.insert((patient, replay), at: 0)
      if $0.replays.count > Self.remembered { $0.replays.removeLast() }
    }
  }

  // MARK: What others wrote

  /// What other programs have written since the last call; `nil` where nothing.
  ///
  /// It costs a few microseconds where nothing was written, so that it can be asked several times a
  /// second.
  public func news() throws(StoreError) -> News? {
    let (seen, version) = memory.withLock { ($0.seen, $0.version) }
    let found: (version: Int, head: Int, codes: [PatientCode])? = try reading { db in
      let now = try Self.dataVersion(db)
      guard now != version else { return nil }
      let codes = try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT code FROM observation JOIN patient ON patient.id = observation.patient
          WHERE sequence > ? ORDER BY patient.id
          """, arguments: [seen])
      return (now, try Head(db).count, codes.map(PatientCode.init(stored:)))
    }
    guard let found else { return nil }
    memory.withLock { ($0.seen, $0.version) = (max($0.seen, found.head), found.version) }
    return News(patients: found.codes)
  }

  /// Notes that the log was seen up to a row that was written here.
  func noteOwn(_ sequence: Int, first: Int) {
    // Rows that others put ahead of these are still news.
    memory.withLock { if $0.seen == first - 1 { $0.seen = sequence } }
  }

  private static func dataVersion(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
  }

  /// What other programs wrote.
  public struct News: Hashable, Sendable {
    /// The patients of whom something was written; none where only labels changed.
    public let patients: [PatientCode]
  }

  /// A label as it may be kept.
  static func checkedLabel(_ text: String) throws(StoreError) -> String {
    try checked(text, "the label", longest: 80)
  }

  /// Refuses texts that are empty, too long, or hold characters that steer a terminal.
  static func checked(
    _ text: String, _ what: String, longest: Int
  ) throws(StoreError) -> String {
    let trimmed = String(
      text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    guard !trimmed.isEmpty else { throw .refused("\(what) is missing") }
    guard trimmed.count <= longest else {
      throw .refused("\(what) has more than \(longest) characters")
    }
    let isSteering = trimmed.unicodeScalars.contains {
      switch $0.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: true
      // Marks of direction among them; a joiner within a word is none.
      case .format: !(0x200C...0x200D).contains($0.value)
      default: false
      }
    }
    guard !isSteering else { throw .refused("\(what) holds a control character") }
    return trimmed
  }
}

extension Store.Location {
  var name: String {
    switch self {
    case .file(let path): path
    case .memory: ":memory:"
    }
  }
}

/// The end of the log.
struct Head {
  /// More rows than any log will have, and far from where numbers overflow.
  static let most = 1 << 48

  var count: Int
  var digest: Digest
  var enteredAt: Timestamp

  init(_ db: Database) throws {
    let statement = try db.cachedStatement(sql: "SELECT count, digest, entered_at FROM head")
    guard let row = try Row.fetchOne(statement),
      case .int64(let count) = (row[0] as DatabaseValue).storage,
      (0..<Int64(Self.most)).contains(count),
      case .blob(let data) = (row[1] as DatabaseValue).storage,
      let digest = Digest(bytes: [UInt8](data)),
      case .int64(let time) = (row[2] as DatabaseValue).storage
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the end of the log is gone") }
    self.count = Int(count)
    self.digest = digest
    enteredAt = Timestamp(milliseconds: time)
  }
}
