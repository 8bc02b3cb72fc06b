import GRDB
import Quantities

extension Store {
  /// The rows of a patient in order, from the first on.
  public func history(of code: PatientCode) throws(StoreError) -> [Observation] {
    try record(of: code).observations
  }

  /// Checks the whole log, row by row, the file that it lies in, and what is kept beside it.
  ///
  /// - Parameter head: A digest that an earlier check gave, written down elsewhere: with it even a
  ///   log that was rewritten from some row to the end is found out.
  /// - Throws: ``StoreError`` where nothing can be read at all; damage is a finding.
  public func verify(expecting head: Digest? = nil) throws(StoreError) -> AuditReport {
    try reading { db in
      var audit = Audit(expected: head)
      audit.run(db)
      return audit.report
    }
  }
}

/// A check of the log, going through it once.
private struct Audit {
  /// More findings than a person reads; the log is then beyond repair anyway.
  static let limit = 1000

  let expected: Digest?
  private var findings: [AuditFinding] = []
  private var isCut = false
  private var rows = 0
  private var end = Digest.zero
  /// The rows whose digest is wrong, which may have been moved.
  private var broken: [Observation] = []
  private var places: [Int] = []

  init(expected: Digest?) {
    self.expected = expected
  }

  var report: AuditReport {
    AuditReport(rows: rows, head: end, findings: findings, isCut: isCut)
  }

  mutating func run(_ db: Database) {
    do {
      for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where line != "ok" {
        find(.damaged(line))
      }
      try checkForm(db)
      try checkLog(db)
      try checkRoster(db)
    } catch {
      let detail = (error as? DatabaseError)?.message ?? "\(error)"
      if !findings.contains(.damaged(detail)) { find(.damaged(detail)) }
    }
  }

  private mutating func find(_ finding: AuditFinding) {
    if findings.count < Self.limit { findings.append(finding) } else { isCut = true }
  }

  /// A trigger that guards the log may have been taken away, or replaced by one that does nothing.
  private mutating func checkForm(_ db: Database) throws {
    let fresh = try DatabaseQueue()
    try Schema.current.migrate(fresh)
    let wanted = try fresh.read(Self.form)
    let present = try Self.form(db)
    for (name, sql) in wanted.sorted(by: { $0.key < $1.key }) where present[name] != sql {
      find(.formAltered(name))
    }
    // A trigger of another's could change what is written.
    for name in present.keys.sorted() where wanted[name] == nil && !name.hasPrefix("sqlite_") {
      find(.formAltered(name))
    }
  }

  private static func form(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(db, sql: "SELECT name, coalesce(sql, '') FROM sqlite_master")
    return Dictionary(try rows.map { (try $0.stored(0), try $0.stored(1)) }) { first, _ in first }
  }

  // MARK: The log

  private mutating func checkLog(_ db: Database) throws {
    let head = try Head(db)
    var last = 0
    var link: Digest? = .zero
    var isAnchored = expected == nil || expected == .zero
    let cursor = try Row.fetchCursor(
      db, sql: "SELECT \(Observation.columns) FROM observation ORDER BY sequence")
    while let row = try cursor.next() {
      rows += 1
      let sequence = try row.storedIfAny(0) ?? 0
      if sequence > head.count {
        find(.added(sequence...sequence))
      } else if sequence > last + 1 {
        missing(last + 1...sequence - 1)
        link = nil
      }
      last = max(last, sequence)
      do throws(Observation.Unreadable) {
        let observation = try Observation(row: row)
        if observation.computedDigest() != observation.digest {
          broken.append(observation)
          find(.altered(row: sequence))
          link = nil
        } else {
          if let link, link != observation.previous { find(.unlinked(row: sequence)) }
          link = observation.digest
        }
        if observation.digest == expected { isAnchored = true }
        end = observation.digest
      } catch {
        find(.altered(row: sequence))
        link = nil
      }
    }
    if last < head.count { missing(last + 1...head.count) }
    if last == head.count, let link, link != head.digest { find(.headAltered) }
    if !isAnchored, let expected { find(.rewritten(expected)) }
    findMoved()
  }

  private mutating func missing(_ range: ClosedRange<Int>) {
    find(.removed(range))
    if places.count < Self.limit { places += range.prefix(Self.limit) }
  }

  /// A row that is right at another place than its own was moved from there.
  private mutating func findMoved() {
    guard broken.count <= Self.limit else { return }
    let candidates = places + broken.map(\.sequence)
    for row in broken {
      guard
        let place = candidates.first(where: {
          $0 != row.sequence && row.computedDigest(at: $0) == row.digest
        }), let index = findings.firstIndex(of: .altered(row: row.sequence))
      else { continue }
      findings[index] = .moved(row: row.sequence, from: place)
    }
  }

  // MARK: The roster

  private mutating func checkRoster(_ db: Database) throws {
    let patients = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, code, archived, visits, last_visit, age, sex, known, number FROM patient
        ORDER BY id
        """)
    let log = try db.makeStatement(
      sql: "SELECT \(Observation.columns) FROM observation WHERE patient = ? ORDER BY sequence")
    while let patient = try patients.next() {
      var replay = Replay()
      let rows = try Row.fetchCursor(log, arguments: [try patient.stored(0) as Int])
      while let row = try rows.next() {
        guard let observation = try? Observation(row: row) else { continue }
        replay.apply(observation)
      }
      let code = PatientCode(stored: try patient.stored(1))
      let said = RosterDigest(
        visits: try patient.stored(3),
        lastVisit: (try patient.storedIfAny(4) as String?).flatMap { Day($0) },
        age: try patient.storedIfAny(5), sex: try patient.storedIfAny(6),
        known: try patient.stored(7))
      var isRight = said == replay.digest && replay.code == code.text
      if replay.isArchived != (try patient.stored(2) as Bool) { isRight = false }
      if code.number != (try patient.stored(8) as String) { isRight = false }
      if !isRight { find(.rosterAltered(code)) }
    }
    let strays = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM observation WHERE patient NOT IN (SELECT id FROM patient)")
    if let strays, strays > 0 { find(.damaged("\(strays) rows of the log are of no patient")) }
  }
}
