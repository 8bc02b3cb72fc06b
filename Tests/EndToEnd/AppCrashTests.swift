import Foundation
import Glibc
import SmallDisk
import TestSupport
import Testing

/// What the app showed as saved is there, however it ends.
///
/// `LOBULE_SOAK` says how often, instead of a few times.
@Suite(.serialized) struct AppCrashTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["LOBULE_SOAK"].flatMap { Int($0) } ?? 3

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A window into which somebody types, and what was to be seen in it.
  private final class Window {
    /// What a picture showed as saved: a value of a field of a patient.
    struct Claim: Hashable {
      let patient: String
      let field: String
      let text: String
    }

    private(set) var claims: Set<Claim> = []
    private(set) var wasRefused = false
    private let terminal: PseudoTerminal
    private let typed: [(label: String, field: String, text: String)]

    /// The fields from the first one on, in the order of the form; Enter goes to the next.
    init(store: String, round: Int) throws {
      typed = [
        ("Age", "age", "\(20 + round % 70)"), ("Sex", "sex", "f"),
        ("Total bilirubin", "totalBilirubin", "\(100 + round % 300)"),
        ("Albumin", "albumin", "\(20 + round % 20)"), ("Bilirubin, daily rise", "", ""),
        ("Bilirubin, upper limit", "", ""),
        ("Creatinine", "creatinine", "\(60 + round % 100)"), ("Urea", "urea", "6.\(round % 9 + 1)"),
        ("Sodium", "sodium", "\(125 + round % 20)"),
      ]
      terminal = try PseudoTerminal(
        arguments: ["app", "--store", store], columns: 120, rows: 40,
        environment: ["LOGNAME": "tester"])
      terminal.send("2")
      try terminal.wait(text: "▸ Age", seconds: 60)
    }

    /// Everything at once, as fast as the program takes it.
    func type() { terminal.send(typed.map { $0.text + "\r" }.joined()) }

    /// Reads what comes, and takes down what is to be seen whenever a picture is whole: nothing more
    /// has come of it then.
    func watch(milliseconds: Int) {
      let end = ContinuousClock.now + .milliseconds(milliseconds)
      repeat {
        if terminal.bytesReceived(withinMilliseconds: 2) == 0 { note(terminal) }
      } while ContinuousClock.now < end
    }

    func kill() throws {
      terminal.signal(SIGKILL)
      #expect(try terminal.exit(seconds: 60) == -SIGKILL)
    }

    private func note(_ terminal: PseudoTerminal) {
      let status = terminal.line(39)
      if status.lowercased().contains("not saved") { wasRefused = true }
      guard status.contains("✎ saved"),
        let code = terminal.line(0).split(separator: " ").first(where: { $0.hasPrefix("P-") })
      else { return }
      let lines = terminal.lines
      for (label, field, text) in typed where !field.isEmpty {
        let beginning = "│   \(label) "
        guard let line = lines.first(where: { $0.hasPrefix(beginning) }),
          let cell = line.split(separator: "│").first
        else { continue }
        let value = cell.dropFirst(label.count + 4).split(separator: " ").first.map(String.init)
        let shown = field == "sex" ? "female" : text
        if value?.lowercased() == shown {
          claims.insert(Claim(patient: String(code), field: field, text: text))
        }
      }
    }
  }

  /// Two windows into which is typed, each killed at a random moment.
  /// - Parameter goal: What is waited for before that, so that a busy machine does not kill them all
  ///   before anything was to be seen.
  private func round(
    _ number: Int, _ store: String, until goal: (Window) -> Bool = { _ in true }
  ) throws -> [Window] {
    // What was half typed is another test's matter.
    for draft in 1...4 { unlink("\(store)-draft-\(draft)") }
    let windows = try (0...1).map { try Window(store: store, round: number * 2 + $0) }
    for window in windows { window.type() }
    let time = Duration.milliseconds(Int.random(in: 0...500))
    let start = ContinuousClock.now
    let latest = start + .seconds(60)
    while ContinuousClock.now < start + time
      || !windows.allSatisfy(goal) && ContinuousClock.now < latest
    {
      for window in windows { window.watch(milliseconds: 5) }
    }
    for window in windows { try window.kill() }
    return windows
  }

  /// Every value that was shown as saved is in the store, which is sound.
  private func check(_ store: String, _ claims: Set<Window.Claim>) throws {
    let audit = try Run(["audit", "verify", "--store", store])
    #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
    let export = try Run(["patients", "export", "--format", "json", "--store", store])
    var values: Set<Window.Claim> = []
    for patient in export.json?["patients"] as? [[String: Any]] ?? [] {
      for visit in patient["visits"] as? [[String: Any]] ?? [] {
        for value in visit["values"] as? [[String: Any]] ?? [] {
          guard let code = patient["code"] as? String, let field = value["variable"] as? String,
            let text = value["text"] as? String
          else { continue }
          let typed = field == "sex" ? String(text.prefix(1)) : text
          values.insert(Window.Claim(patient: code, field: field, text: typed))
        }
      }
    }
    #expect(claims.subtracting(values) == [], "a value that was shown as saved is missing")
  }

  @Test(.timeLimit(.minutes(60))) func whatWasShownAsSavedIsThere() throws {
    let store = folder.file("lobule.sqlite")
    var claims: Set<Window.Claim> = []
    for number in 0..<Self.rounds {
      let windows = try round(number, store) { number > 0 || !$0.claims.isEmpty }
      for window in windows { claims.formUnion(window.claims) }
      if number % 20 == 19 || number == Self.rounds - 1 { try check(store, claims) }
    }
    #expect(!claims.isEmpty, "nothing was ever shown as saved")
  }

  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"), .timeLimit(.minutes(60)))
  func whatWasShownAsSavedIsThereOnAFullDisk() throws {
    let disk = try SmallDisk(kilobytes: 20_000)
    let store = disk.file("lobule.sqlite")
    var claims: Set<Window.Claim> = []
    var wasRefused = false
    for number in 0..<min(Self.rounds, 200) {
      disk.makeRoom()
      // First with room, then with less and less.
      if number > 0 { disk.fill(leaving: number == 1 ? 0 : Int.random(in: 0...120)) }
      let windows = try round(number, store) { window in
        number > 1 || (number == 0 ? !window.claims.isEmpty : window.wasRefused)
      }
      for window in windows {
        claims.formUnion(window.claims)
        wasRefused = wasRefused || window.wasRefused
      }
    }
    disk.makeRoom()
    try check(store, claims)
    #expect(!claims.isEmpty, "nothing was ever shown as saved")
    #expect(wasRefused, "it was never said that something is not saved")
  }

  @Test func theHalfTypedFieldIsFoundAgainAndSaid() throws {
    let store = folder.file("lobule.sqlite")
    let killed = try PseudoTerminal(arguments: ["app", "--store", store])
    killed.send("2")
    try killed.wait(text: "▸ Age", seconds: 60)
    try killed.wait(text: "A new store was made", seconds: 60)
    killed.send("52")
    // It is written once its picture is shown.
    try killed.wait("the draft", seconds: 60) { _ in
      FileManager.default.contents(atPath: "\(store)-draft-1")?.range(of: Data("52".utf8)) != nil
    }
    killed.signal(SIGKILL)
    #expect(try killed.exit() == -SIGKILL)
    let next = try PseudoTerminal(arguments: ["app", "--store", store])
    try next.wait(text: "Recovered: Age “52”", seconds: 60)
    next.press(.enter)
    try next.wait(text: "✎ saved", seconds: 60)
    next.signal(SIGKILL)
    #expect(try next.exit() == -SIGKILL)
    #expect(try Run(["patients", "list", "--store", store]).line("P-0001").contains("52"))
  }
}
