import Assessment
import CAllocations
import Foundation
import Terminal
import TestSupport
import Testing

@testable import Workbench

/// What a key costs, in numbers that do not depend on how busy the machine is: criteria evaluated,
/// cells of the picture changed, memory asked for.
///
/// `Counters.txt` has the most that each may cost. A number above it fails; one far below it does too,
/// so that what was won is kept: `LOBULE_RECORD_COUNTERS=1` writes the table anew, and fails once.
@Suite struct CounterTests {
  private struct Cost: Equatable {
    var keys = 0
    var criteria = 0
    var cells = 0
    var allocations = 0

    /// Numbers a key, rounded up.
    func aKey(_ sum: Int) -> Int { (sum + keys - 1) / max(1, keys) }
  }

  private static let table = RecordedText(
    "Tests/WorkbenchTests/Counters.txt", recordedWith: "LOBULE_RECORD_COUNTERS")

  /// Handles keys and draws after each, as the program does.
  private func cost(into place: [Key], of keys: [Key]) -> Cost {
    let desk = Desk(.large).press(place)
    var workbench = desk.workbench
    var picture = Picture()
    func run(_ cost: inout Cost) {
      for key in keys {
        let before = (workbench.draw(), workbench.screening?.evaluations ?? 0, allocations())
        _ = workbench.handle(.key(key))
        picture.take(workbench)
        cost.allocations += Int(allocations() - before.2)
        cost.keys += 1
        cost.criteria += (workbench.screening?.evaluations ?? 0) - before.1
        let canvas = picture.canvas
        for y in 0..<canvas.size.rows {
          for x in 0..<canvas.size.columns where canvas[x, y] != before.0[x, y] {
            cost.cells += 1
          }
        }
        while workbench.hasWork { _ = workbench.handle(.tick) }
      }
    }
    // What is made once is made in a first round.
    var cost = Cost()
    run(&cost)
    cost = Cost()
    run(&cost)
    return cost
  }

  private var scripts: [(name: String, place: [Key], keys: [Key])] {
    let digits: [Key] = ["1", "2", ".", "Backspace", "Backspace", "Backspace"]
    return [
      ("form, a digit, verdicts turn", ["2"], digits),
      ("form, a digit, verdicts stay", ["2", "5", "2"], [".", "5", "Backspace", "Backspace"]),
      ("form, the next field", ["2"], ["Down", "Down", "Down", "Up", "Up", "Up"]),
      ("trials, moving", [], ["j", "j", "k", "k"]),
      ("trials, finding", ["/"], ["e", "x", "o", "Backspace", "Backspace", "Backspace"]),
      ("scores, moving", ["3"], ["j", "j", "k", "k"]),
      ("screening, moving", ["2", "5", "2", "Enter", "Esc", "4"], ["j", "j", "k", "k"]),
    ]
  }

  @Test func aKeyCostsNoMoreThanItDid() throws {
    let costs = scripts.map { (name: $0.name, cost: cost(into: $0.place, of: $0.keys)) }
    let lines = costs.map { name, cost in
      "\(name): \(cost.aKey(cost.criteria)) criteria, \(cost.aKey(cost.cells)) cells, "
        + "\(cost.aKey(cost.allocations)) allocations"
    }
    if Self.table.record(lines.joined(separator: "\n") + "\n") { return }
    let limits = try #require(Self.table.text, "\(Self.table.hint)")
    for (name, cost) in costs {
      let line = try #require(
        limits.split(separator: "\n").first { $0.hasPrefix(name + ":") }, "no line for \(name)")
      let numbers = line.dropFirst(name.count + 1).split(separator: " ").compactMap { Int($0) }
      try #require(numbers.count == 3, "three numbers in \(line)")
      check(cost.aKey(cost.criteria), numbers[0], slack: 0, "criteria", name)
      check(cost.aKey(cost.cells), numbers[1], slack: 0, "cells", name)
      // How collections grow depends a little on seeds that change with every run.
      if counts_allocations() == 1 {
        check(cost.aKey(cost.allocations), numbers[2], slack: 8, "allocations", name)
      }
    }
  }

  private func check(_ found: Int, _ limit: Int, slack: Int, _ what: String, _ name: String) {
    let room = limit * slack / 100
    #expect(found <= limit + room, "\(name): \(found) \(what) a key, at most \(limit)")
    #expect(
      found >= limit * 3 / 4 - room,
      "\(name): \(found) \(what) a key are fewer than \(limit); \(Self.table.hint)")
  }
}
