import Foundation
import SmallDisk
import TestSupport
import Testing

/// What a command reported as saved is there, however the program ends.
///
/// `LOBULE_SOAK` says how often, instead of a few times.
@Suite(.serialized) struct CrashTests {
  private static let soak = ProcessInfo.processInfo.environment["LOBULE_SOAK"].flatMap { Int($0) }
  private static let rounds = soak ?? 8

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A command that is under way, of which only what it says counts.
  private final class Writer {
    let code: String
    private let process = Process()
    private let output: URL

    init(_ code: String, _ words: [String], _ folder: TemporaryFolder) throws {
      self.code = code
      output = URL(filePath: folder.file("\(code).out"))
      try Data().write(to: output)
      process.executableURL = URL(fileURLWithPath: PseudoTerminal.program)
      process.arguments = ["patients", "new", code] + words
      process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = FileHandle.nullDevice
      try process.run()
    }

    /// Kills it; whether it had reported the patient as saved.
    func kill() throws -> Bool {
      Glibc.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(at: output) }
      return try String(contentsOf: output, encoding: .utf8) == "\(code)\n"
    }
  }

  /// Makes patients with two commands at a time, each killed at a random moment of its run.
  /// - Returns: the codes that were reported as saved.
  private func kill(
    _ store: String, rounds: Range<Int>, around seconds: Double, before: () -> Void = {}
  ) throws -> Set<String> {
    var reported: Set<String> = []
    for round in rounds {
      before()
      let writers = try ["A", "B"].map { name in
        try Writer(
          "\(name)-\(round)",
          ["--store", store, "--date", "2026-11-01", "inr=2.1", "sodium=\(120 + round % 40)"],
          folder)
      }
      for writer in writers {
        usleep(UInt32(Double.random(in: 0...2) * seconds * 1e6))
        if try writer.kill() { reported.insert(writer.code) }
      }
    }
    return reported
  }

  /// How long a command takes that nobody kills.
  private func duration(_ store: String) throws -> Double {
    var shortest = Duration.seconds(60)
    for number in 1...3 {
      let start = ContinuousClock.now
      #expect(try Run(["patients", "new", "T-\(number)", "--store", store]).status == 0)
      shortest = min(shortest, start.duration(to: .now))
    }
    return shortest / .seconds(1)
  }

  /// Everything that was reported is there as a whole, and so is everything else that is there.
  private func check(_ store: String, _ reported: Set<String>) throws {
    let audit = try Run(["audit", "verify", "--store", store])
    #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
    let rows = try Run(["patients", "export", "--store", store]).output
      .split(whereSeparator: \.isNewline).dropFirst()
    let whole = rows.filter { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return cells.contains("2.1") && cells[2] == "2026-11-01"
    }
    #expect(whole.count == rows.count)
    let codes = Set(rows.compactMap { $0.split(separator: ",").first.map(String.init) })
    #expect(reported.subtracting(codes) == [], "a patient who was reported saved is missing")
  }

  @Test(.timeLimit(.minutes(60))) func commandsThatAreKilledLoseNothing() throws {
    // The store is made by programs that are killed too.
    let time = try duration(folder.file("calm.sqlite"))
    let store = folder.file("data/lobule.sqlite")
    var reported: Set<String> = []
    for start in stride(from: 0, to: Self.rounds, by: 50) {
      let rounds = start..<min(start + 50, Self.rounds)
      reported.formUnion(try kill(store, rounds: rounds, around: time))
      guard !reported.isEmpty else { continue }
      try check(store, reported)
    }
    // Some are killed after their report, of some dozens.
    #expect(Self.rounds < 50 || !reported.isEmpty)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"), .timeLimit(.minutes(60)))
  func commandsThatAreKilledOnAFullDiskLoseNothing() throws {
    let disk = try SmallDisk(kilobytes: 8000)
    let store = disk.file("lobule.sqlite")
    let time = try duration(disk.file("calm.sqlite"))
    let rounds = 0..<min(Self.rounds, 400)
    let reported = try kill(store, rounds: rounds, around: time) {
      disk.makeRoom()
      disk.fill(leaving: Int.random(in: 0...160))
    }
    disk.fill()
    let full = try Run(["patients", "new", "--store", disk.file("other.sqlite")])
    #expect(full.status == 2)
    #expect(full.errors.contains("disk is full"))
    disk.makeRoom()
    let next = try Run(["patients", "new", "--date", "2026-11-01", "inr=2.1", "--store", store])
    #expect(next.status == 0, "\(next.errors)")
    try check(store, reported)
  }
}
