import Foundation
import Quantities
import TestSupport
import Testing

@testable import Criteria

/// Texts that are nearly expressions.
private struct Mutator {
  var chance: SeededRandom
  var maker: Maker
  let seeds: [String]

  private static let fragments: [String] = [
    "(", ")", "{", "}", "[", "]", ",", ".", "'", "\"", "\\", "/*", "*/", "//", "\n", " ", "+", "-",
    "*", "/", "^", "=", "!=", "~", "!~", "<", "<=", ">", ">=", " and ", " or ", " xor ",
    " implies ", " not ", " is null", " is not true", " between ", " properly ", " in ", " if ",
    " then ", " else ", " case ", " when ", " end ", " div ", " mod ", " at least 2 of ",
    " within 1 month", " ever", " ongoing", " exists ", " intersect ", "Interval[", "Interval(",
    "null", "true", "false", "0", "1", "2147483647", "-2147483648", "0.00000001",
    "9999999999999999999999999999.99999999", "5 'mg/dL'", "3 'umol/L'", "1 'g'", "2 years",
    "'hbv'", "'mild'", "aetiology", "inr", "totalBilirubin", "encephalopathyGrade", "ascites",
    "immunosuppressant", "childPugh.class", "cirrhosis", "Power(", "Round(", "Ln(", "Exp(", "Log(",
    "Max({", "Min({", "Coalesce(", "Abs(", "Truncate(", "µ", "≥", "\u{0}", "😀", "\\u0041",
    "'10*15.10*15.10*15'", "'m4.m4.m4/s4'", "'[lb_av]4.[lb_av]4'",
  ]

  mutating func next() -> String {
    var text = Array(
      (Bool.random(using: &chance) ? chance.pick(seeds) : maker.condition(2)).unicodeScalars)
    for _ in 0..<Int.random(in: 0...4, using: &chance) {
      let place = Int.random(in: 0...text.count, using: &chance)
      let end = min(text.count, place + Int.random(in: 0...12, using: &chance))
      switch Int.random(in: 0..<6, using: &chance) {
      case 0: text.removeSubrange(place..<end)
      case 1: text.insert(contentsOf: chance.pick(Self.fragments).unicodeScalars, at: place)
      case 2: text.replaceSubrange(place..<end, with: chance.pick(Self.fragments).unicodeScalars)
      case 3: text.insert(contentsOf: text[place..<end], at: place)
      case 4: text.insert(contentsOf: chance.pick(seeds).unicodeScalars, at: place)
      default:
        // Seldom many times, which is slow.
        let most = Int.random(in: 0..<16, using: &chance) == 0 ? 150 : 5
        let times = Int.random(in: 1...most, using: &chance)
        let part = Array(chance.pick(Self.fragments).unicodeScalars)
        text.insert(contentsOf: (0..<times).flatMap { _ in part }, at: place)
      }
    }
    return String(String.UnicodeScalarView(text))
  }
}

@Suite struct FuzzTests {
  /// Reads, writes, evaluates and explains texts that are nearly expressions; nothing may trap, and
  /// what was written must be read as the same.
  ///
  /// The environment variable LOBULE_FUZZ says how many; 20,000 without it.
  @Test func survivesAnyText() throws {
    let wanted = ProcessInfo.processInfo.environment["LOBULE_FUZZ"].flatMap { Int($0) } ?? 20_000
    let own = [
      "totalBilirubin >= 10 * totalBilirubinULN and (inr >= 1.5 or prothrombinActivity < 40 '%')",
      "at least 2 of { cirrhosis, pregnant, meld > 30 }", "childPugh.class in { 'B', 'C' }",
      "exists (aetiology intersect { 'hbv', 'hcv' })", "age between 18 years and 65 years",
      "if sex = 'male' then inr > 1 else inr in Interval(1, 2]",
      "case encephalopathyGrade when 0 then 1 when 1 then 2 else 3 end > Round(meld, 1)",
    ]
    var mutator = Mutator(
      chance: SeededRandom(6), maker: Maker(chance: SeededRandom(7), isMonotone: false),
      seeds: own + CQLCase.all.map(\.expression))
    let date = Day(2026, 11, 21)
    var read = 0
    for _ in 0..<wanted {
      let text = mutator.next()
      guard let found = try? expression(text) else { continue }
      read += 1
      let written = found.description
      guard let again = try? expression(written), again == found else {
        Issue.record("'\(text)' is written as '\(written)', which means something else")
        continue
      }
      var facts = mutator.maker.patient()
      for name in facts.keys.sorted() where Bool.random(using: &mutator.chance) {
        facts[name] = mutator.maker.weaker(facts[name] ?? .flag(true), name)
      }
      let explanation = found.explain(Bed(facts), on: date)
      #expect(explanation.outcome == found.evaluate(Bed(facts), on: date))
      _ = found.sentence
    }
    #expect(read > wanted / 10)
  }
}
