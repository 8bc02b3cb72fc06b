import Foundation
import GRDB

/// How a file becomes an open store.
enum Opening {
  /// - Returns: The open file, and whether it was empty until now.
  static func queue(
    _ path: String, _ access: Store.Access, _ schema: Schema, now: Timestamp
  ) throws -> (DatabaseQueue, isNew: Bool) {
    let file = StoreFile(path: path)
    if access == .write { try file.create() }
    if let obstacle = file.obstacle(writing: access == .write) { throw obstacle }
    guard access == .write else { return (try readOnly(path, schema), false) }
    let queue = try DatabaseQueue(path: path, configuration: configuration(.write, schema, path))
    let found = try queue.read(version)
    if found < schema.version {
      if found > 0 { try backUp(queue, path, version: found, now: now) }
      do {
        try schema.migrate(queue)
      } catch {
        // Another program may have taken the same step at the same time.
        guard try queue.read(version) == schema.version else { throw error }
      }
    }
    return (queue, found == 0)
  }

  private static func readOnly(_ path: String, _ schema: Schema) throws -> DatabaseQueue {
    let configuration = configuration(.read, schema, path)
    do {
      return try check(DatabaseQueue(path: path, configuration: configuration), schema, path)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      // Where nothing can be written beside it, the file can still be read by itself, if no writer
      // has left a part of it in the log of SQLite.
      let wal = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
      guard (wal ?? 0) == 0 else {
        throw StoreError.refused(
          "nothing can be written beside \(path), and what was entered last still waits in "
            + "\(path)-wal; open both where they can be written")
      }
      guard let escaped = escaped(path) else { throw StoreError.readOnly(path) }
      return try check(
        DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration), schema,
        path)
    }
  }

  private static func escaped(_ path: String) -> String? {
    path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
  }

  private static func check(_ queue: DatabaseQueue, _ schema: Schema, _ path: String) throws
    -> DatabaseQueue
  {
    let found = try queue.read(version)
    guard found == schema.version else {
      throw StoreError.refused(
        "\(path) has an older form; open it once where it can be written, and it is brought up to "
          + "date")
    }
    return queue
  }

  static func configuration(_ access: Store.Access, _ schema: Schema, _ path: String)
    -> Configuration
  {
    var configuration = Configuration()
    configuration.readonly = access == .read
    configuration.busyMode = .timeout(5)
    configuration.label = "lobule.store"
    configuration.prepareDatabase { db in
      try refuseForeign(db, schema, path)
      guard access == .write else { return }
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      // A commit that was reported must survive a power cut.
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // On macOS nothing less than this reaches the disk; elsewhere it means nothing.
      try db.execute(sql: "PRAGMA fullfsync = ON")
    }
    return configuration
  }

  /// Refuses what is no store, or a newer one, before anything is written to it.
  private static func refuseForeign(_ db: Database, _ schema: Schema, _ path: String) throws {
    let found = try version(db)
    let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    // A store whose making was cut short has nothing yet but the list of the steps.
    let isEmpty =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") == 0
    if !isEmpty || id != 0 {
      guard id == Schema.applicationID else { throw StoreError.notAStore(path) }
    }
    if found > schema.version {
      throw StoreError.newerSchema(path, found: found, known: schema.version)
    }
  }

  private static func version(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
  }

  /// A copy beside the store, before it is changed: `lobule.sqlite.form-1.2026-11-21T14-02-11`.
  private static func backUp(
    _ queue: DatabaseQueue, _ path: String, version: Int, now: Timestamp
  ) throws {
    let time = now.description.prefix(19).replacing(":", with: "-")
    let name = "\(path).form-\(version).\(time)"
    var copy = name
    var number = 1
    // One that was cut short in the same second may stand there.
    while try !StoreFile(path: copy).reserve() {
      number += 1
      copy = "\(name)-\(number)"
    }
    do {
      try queue.inDatabase { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [copy])
      }
    } catch {
      // Half a copy would pass for a whole one.
      StoreFile(path: copy).remove()
      throw error
    }
  }
}
