import Clinic
import Hepatology
import Foundation
import Terminal
import TestSupport
import Testing
import Trials

@testable import Workbench
@testable import lobule

/// The whole app as a value, under random hands.
///
/// The environment variable `LOBULE_FUZZ` says for how many seconds; without it some thousand events
/// are tried. `LOBULE_SEED` repeats what failed.
@Suite struct WorkbenchFuzzTests {
  /// Random events, the same ones for the same seed.
  private struct Hands {
    var random: SeededRandom

    private static let keys: [Key] =
      [
        .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right,
        .home, .end, .pageUp, .pageDown, .shiftUp, .shiftDown, .shiftLeft, .shiftRight, .controlUp,
        .controlDown, .controlLeft, .controlRight,
      ] + (1...12).map { .function($0) }
      + "abcdefghijklmnopqrstuvwxyz_@ ".map { .control($0) }
    private static let characters =
      Array("1234512345qwertyuiopasdfghjklzxcvbnmGN?:/ .,-+<>=%[]0976") + [
        "µ", "é", "肝", "😀", "\u{301}",
      ]
    private static let texts = [
      "", "\n", "52\nf\n214 umol/L\n31", "12,5", "-1", "1e308", "99999999999999999999", "<0.5",
      "NaN", "never", "2026-02-30", "\u{1B}[2J\u{7}", "肝衰竭医院", "e\u{301}\u{302}\u{303}", "👩‍⚕️",
      "phase:2 status:recruiting", "\u{200F}\u{202E}abc", String(repeating: "long ", count: 400),
      "a\tb\r\nc\u{0}",
    ]

    mutating func event(in size: Size) -> Event {
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<45: return .key(.character(random.pick(Self.characters)))
      case 45..<80: return .key(random.pick(Self.keys))
      case 80..<84: return .paste(random.pick(Self.texts))
      case 84..<88:
        return .resize(
          random.pick([.small, .large, .huge, Workbench.leastSize])
        )
      case 88..<90:
        return .resize(
          Size(
            columns: Int.random(in: 0...240, using: &random),
            rows: Int.random(in: 0...80, using: &random)))
      case 90..<94:
        return .mouse(
          MousePress(
            random.pick([.left, .wheelUp, .wheelDown]),
            at: Point(
              x: Int.random(in: -1...size.columns, using: &random),
              y: random.pick([0, size.rows - 1, Int.random(in: -1...size.rows, using: &random)]))))
      case 94: return .resumed
      case 95: return .background(random.pick([.dark, .light]))
      case 96: return .ended(random.pick([.hangUp, .terminated, .interrupt, .quit]))
      default: return .tick
      }
    }
  }

  /// What holds after any event.
  private func problem(of canvas: Canvas, drawnAnew anew: Canvas, expecting size: Size) -> String? {
    if canvas.size != size { return "the picture has \(canvas.size), the terminal \(size)" }
    if let cursor = canvas.cursor, !canvas.bounds.contains(cursor) {
      return "the cursor stands outside, at \(cursor)"
    }
    if canvas.annotated() != anew.annotated() || canvas.cursor != anew.cursor {
      return "what was touched up differs from what is drawn anew"
    }
    for line in canvas.lines {
      if line.columns > size.columns { return "a line is too long: \(line)" }
      if line.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
        return "a control character is drawn: \(line.debugDescription)"
      }
    }
    return nil
  }

  /// Answers what is asked of the store, and what follows from that; files are left alone.
  private func answer(_ effects: [Effect], for workbench: inout Workbench, by clerk: StoreClerk) {
    var due = effects
    while let effect = due.popLast() {
      guard case .store(let request) = effect else { continue }
      switch request {
      case .rehearse, .take, .export, .elsewhere: continue
      default: break
      }
      if let answer = clerk.answer(request) { due += workbench.handle(answer) }
    }
  }

  /// A run on a store in memory, and every fourth on a terminal without Unicode.
  private func run(seed: UInt64, events: Int) throws {
    var hands = Hands(random: SeededRandom(seed))
    let clerk = StoreClerk(
      try Store.open(.memory, author: "hands", variables: .builtIn), trials: Desk.library.trials,
      time: { "14:02:11" })
    var workbench = Workbench(
      library: Desk.library, today: Desk.today, size: .small,
      glyphs: seed % 4 == 0 ? .ascii : .unicode, unkept: nil,
      preferences: Preferences(variables: .builtIn))
    var size = Size.small
    var last: [Event] = []
    var picture = Picture()
    for _ in 0..<events {
      let event = hands.event(in: size)
      if case .resize(let new) = event { size = new }
      last = last.suffix(11) + [event]
      answer(workbench.handle(event), for: &workbench, by: clerk)
      guard Int.random(in: 0..<4, using: &hands.random) == 0 else { continue }
      picture.take(workbench)
      if let problem = problem(of: picture.canvas, drawnAnew: workbench.draw(), expecting: size) {
        Issue.record("seed \(seed): \(problem)\nafter \(last)")
        return
      }
    }
    // Whatever was done, what is left to do comes to an end.
    for _ in 0..<10_000 where workbench.hasWork {
      answer(workbench.handle(.tick), for: &workbench, by: clerk)
    }
    #expect(!workbench.hasWork, "seed \(seed): work without end")
  }

  @Test(.timeLimit(.minutes(60))) func survivesAnyHands() throws {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["LOBULE_SEED"].flatMap({ UInt64($0) }) {
      return try run(seed: seed, events: 2000)
    }
    guard let seconds = environment["LOBULE_FUZZ"].flatMap({ Double($0) }) else {
      for seed in 1...4 { try run(seed: UInt64(seed), events: 400) }
      return
    }
    let end = ContinuousClock.now + .seconds(seconds)
    var seed = UInt64.random(in: 0...UInt64(UInt32.max))
    while ContinuousClock.now < end {
      // A crash leaves no other word of what it was.
      FileHandle.standardError.write(Data("seed \(seed)\n".utf8))
      try run(seed: seed, events: 2000)
      seed += 1
    }
  }
}
