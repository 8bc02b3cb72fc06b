import Clinic
import Foundation
import GRDB
import Hepatology
import Quantities
import Synchronization
import TestSupport
import Testing

extension TemporaryFolder {
  var store: String { file("lobule.sqlite") }
}

/// A clock that goes on by a second each time that it is looked at, and can be set.
final class TestClock: Sendable {
  private let time: Mutex<Int64>

  init(_ start: Int64 = 1_795_000_000_000) {
    time = Mutex(start)
  }

  var now: @Sendable () -> Timestamp {
    {
      self.time.withLock {
        $0 += 1000
        return Timestamp(milliseconds: $0)
      }
    }
  }

  func set(_ milliseconds: Int64) { time.withLock { $0 = milliseconds } }
}

/// The long run of `make soak`, which tries every place and many rounds instead of some.
enum Soak {
  private static let variable = ProcessInfo.processInfo.environment["LOBULE_SOAK"]

  /// Whether this is the long run.
  static var isOn: Bool { variable != nil }

  /// So many rounds: what `LOBULE_SOAK` says, a few in the short run.
  static func rounds(_ few: Int) -> Int { variable.flatMap { Int($0) } ?? few }
}

func variable(_ id: String) throws -> Variable { try #require(VariableTable.builtIn[id]) }

func value(_ id: String, _ text: String) throws -> Input { .value(try variable(id), text) }

extension Store {
  static func test(
    _ folder: TemporaryFolder, access: Access = .write, author: String = "tester",
    clock: TestClock = TestClock()
  ) throws -> Store {
    try open(
      .file(folder.store), access: access, author: author, variables: .builtIn, clock: clock.now)
  }

  static func inMemory() throws -> Store {
    try open(.memory, author: "tester", variables: .builtIn, clock: TestClock().now)
  }

  /// A patient with a visit on that day.
  func patient(_ text: String? = nil, visit: String = "2026-11-01") throws -> PatientCode {
    let code = try newPatient(try text.map { try PatientCode($0) }).code
    _ = try newVisit(on: day(visit), for: code)
    return code
  }
}

/// The file of a store, opened by other hands.
func tamper(_ path: String, _ sql: String) throws {
  let queue = try DatabaseQueue(path: path)
  try queue.writeWithoutTransaction { db in
    try db.execute(sql: "PRAGMA foreign_keys = OFF")
    try db.execute(sql: sql)
  }
}

let withoutGuards = """
  DROP TRIGGER observation_is_never_changed; DROP TRIGGER observation_is_never_replaced;
  DROP TRIGGER observation_is_never_removed;
  DROP TRIGGER head_never_goes_back; DROP TRIGGER head_is_never_removed;
  """

/// What was found, but for the guards that had to be taken away to do harm.
func harm(_ report: AuditReport) -> [AuditFinding] {
  report.findings.filter {
    if case .formAltered = $0 { false } else { true }
  }
}
