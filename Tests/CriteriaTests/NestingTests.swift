import Foundation
import Quantities
import Testing

@testable import Criteria

/// What comes out of a thread with little stack: those that are not a program's first have as little
/// as 512 kB on some systems.
private func onSmallStack<Answer: Sendable>(
  _ body: @escaping @Sendable () -> Answer
) async -> Answer {
  await withCheckedContinuation { continuation in
    let thread = Thread { continuation.resume(returning: body()) }
    thread.stackSize = 512 << 10
    thread.start()
  }
}

/// Goes through all phases; the first error where there is one.
private func allPhases(_ text: String) -> CriteriaError? {
  do {
    let found = try expression(text)
    let date = Day(2026, 11, 21)
    for facts in [[:], ["cirrhosis": Fact.flag(true), "inr": .number(2)]] {
      let bed = Bed(facts)
      let explanation = found.explain(bed, on: date)
      guard explanation.outcome == found.evaluate(bed, on: date) else {
        return CriteriaError(Position(line: 0, column: 0), "explained otherwise")
      }
      _ = found.decisiveMargin(bed, on: date)
    }
    _ = (found.sentence, found.conditions, found.hashValue)
    guard try expression(found.description) == found else {
      return CriteriaError(Position(line: 0, column: 0), "written otherwise")
    }
    return nil
  } catch let errors as CriteriaErrors {
    return errors.errors.first
  } catch {
    return CriteriaError(Position(line: 0, column: 0), "\(error)")
  }
}

/// A way to nest, and what is at the bottom.
struct Nesting: CustomTestStringConvertible, Sendable {
  let before: String
  let core: String
  let after: String
  /// What stands before all of it, so that a number becomes a condition.
  let start: String

  func text(_ depth: Int) -> String {
    start + String(repeating: before, count: depth) + core + String(repeating: after, count: depth)
  }

  var testDescription: String { "\(before)…\(after)" }

  /// Ways to nest conditions, with the place of the inner one marked.
  static let conditions = [
    "(#)", "not #", "not (#)", "pregnant and (#)", "(#) and pregnant", "pregnant or (#)",
    "pregnant xor (#)", "# xor pregnant", "pregnant implies (#)", "# implies pregnant",
    "at least 1 of { pregnant, # }", "pregnant = (#)", "(#) = pregnant", "pregnant != (#)",
    "(#) ~ pregnant", "pregnant !~ (#)", "# is null", "# is true", "# is not false",
    "(#) in { pregnant }", "pregnant in { inr > 1, # }", "if # then pregnant else true",
    "if pregnant then # else true", "if pregnant then true else #",
    "case when # then pregnant else true end", "case when pregnant then # else true end",
    "case when pregnant then true else # end", "case # when true then pregnant else true end",
    "case pregnant when # then pregnant else true end", "IsNull(#)", "IsTrue(#)", "IsFalse(#)",
    "Coalesce(pregnant, #)", "1 < (if # then 2 else 3)", "(if # then inr else 3) >= meld",
    "(if # then inr else 3) between meld and 4", "inr properly between (if # then 2 else 3) and 9",
    "inr in Interval[if # then 2 else 3, 9)", "(if # then 2 else 3) in Interval(1, 9]",
    "Interval[1, if # then 2 else 3] = Interval[1, 2]",
    // Refused, and not to be crashed by.
    "exists (#)", "exists (aetiology intersect { # })", "# ever", "# ongoing", "# within 1 month",
  ].map { nesting($0, "cirrhosis", "") }

  /// Ways to nest numbers.
  static let numbers = [
    "-#", "+#", "- + (#)", "# + 1", "1 + (#)", "# - meld", "meld - (#)", "# * 2", "meld * (#)",
    "# / 2", "2 / (#)", "# div 2", "2 mod (#)", "# ^ 2", "meld ^ (#)", "Abs(#)", "Ceiling(#)",
    "Floor(#)", "Truncate(#)", "Exp(#)", "Ln(#)", "Log(#, 10)", "Log(10, #)", "Power(#, 2)",
    "Power(2, #)", "Round(#)", "Round(#, 1)", "Round(meld, #)", "Max({ meld, # })", "Min({ # })",
    "Coalesce(#, meld)",
  ].map { nesting($0, "inr", "1 < ") }

  private static func nesting(_ pattern: String, _ core: String, _ start: String) -> Nesting {
    let parts = pattern.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
    return Nesting(before: parts[0], core: core, after: parts[1], start: start)
  }
}

@Suite struct NestingTests {
  /// The deepest that is read goes through all phases on a small stack, and all that is deeper is
  /// refused with a place and what would be right.
  @Test(arguments: Nesting.conditions + Nesting.numbers)
  func deepNestingIsRefusedBeforeTheStackEnds(_ nesting: Nesting) async throws {
    let readable = try #require(
      (1...70).last { depth in
        (try? syntax(nesting.text(depth))) != nil
      })
    #expect(readable >= 9)
    for depth in [readable, readable + 1, 200, 2000, 100_000] {
      let found = await onSmallStack { allPhases(nesting.text(depth)) }
      guard depth > readable else {
        #expect(found.map { $0.line > 0 && !$0.message.contains("nested") } != false, "\(nesting)")
        continue
      }
      let error = try #require(found)
      #expect(error.line == 1 && (1...20_001).contains(error.column))
      let tooLong = "an expression has at most 20000 characters"
      let tooDeep = "the expression is nested deeper than 32 levels"
      #expect(error.message.hasPrefix(tooDeep) || error.message.hasPrefix(tooLong), "\(error)")
      #expect(error.message.hasSuffix("; write several shorter ones"))
    }
  }

  @Test func theLimitsAreWhatTheySay() throws {
    func nots(_ count: Int) -> String { String(repeating: "not ", count: count) + "cirrhosis" }
    #expect(complaints(nots(31)) == [])
    #expect(
      complaints(nots(32)) == [
        "1:1: the expression is nested deeper than 32 levels; write several shorter ones"
      ])
    func brackets(_ count: Int) -> String {
      String(repeating: "(", count: count) + "cirrhosis" + String(repeating: ")", count: count)
    }
    #expect(complaints(brackets(64)) == [])
    #expect(
      complaints("\n" + brackets(65)) == [
        "2:66: the expression is nested deeper than 32 levels; write several shorter ones"
      ])
    let long = "cirrhosis" + String(repeating: "\n", count: 19_991)
    #expect(complaints(long) == [])
    #expect(
      complaints(long + "\n") == [
        "19992:1: an expression has at most 20000 characters; write several shorter ones"
      ])
  }

  /// What is long is not deep.
  @Test(arguments: [
    ("true and ", 2000, "true"), ("false or ", 2000, "true"), ("true and inr > 1 or ", 900, "true"),
    ("cirrhosis, ", 1700, "at least 1 of { |true }"),
    ("when false then 1 ", 1000, "case |else 2 end = 2"), ("2, ", 5000, "1 in { |1 }"),
    ("null, ", 3000, "Coalesce(|true)"), ("2, ", 5000, "Max({ |1 }) = 2"),
  ])
  func longIsNotDeep(part: String, count: Int, around: String) async {
    // What comes before the bar comes before the parts.
    let ends = ("|" + around).split(separator: "|", omittingEmptySubsequences: false).suffix(2)
    let text = ends[ends.startIndex] + String(repeating: part, count: count) + (ends.last ?? "")
    let (error, answer) = await onSmallStack {
      (allPhases(String(text)), try? outcome(String(text)))
    }
    #expect(error == nil && answer == "true")
  }

  /// Chains that are read from the left are nested to the left.
  @Test(arguments: ["xor", "implies", "= pregnant and cirrhosis or pregnant xor"])
  func longChainsWorkOrAreRefused(_ symbol: String) async throws {
    for count in [10, 30, 100, 300, 5000] {
      let text = "cirrhosis" + String(repeating: " \(symbol) pregnant", count: count)
      let found = await onSmallStack { allPhases(text) }
      if count < 30 {
        #expect(found == nil)
      } else if count > 31 {
        #expect(try #require(found).message.hasSuffix("; write several shorter ones"))
      }
    }
  }
}
