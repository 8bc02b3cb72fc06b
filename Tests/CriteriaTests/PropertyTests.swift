import Quantities
import TestSupport
import Testing

@testable import Criteria

/// Makes criteria and patients by chance.
struct Maker {
  var chance: SeededRandom
  /// Without tests for what is recorded, which see a missing value as such.
  var isMonotone = true

  mutating func condition(_ depth: Int) -> String {
    if depth <= 0 || Int.random(in: 0..<4, using: &chance) == 0 { return atom(depth) }
    let (a, b, c) = (condition(depth - 1), condition(depth - 1), condition(depth - 2))
    switch Int.random(in: 0..<9, using: &chance) {
    case 0, 1: return "(\(a)) and (\(b))"
    case 2, 3: return "(\(a)) or (\(b)) or (\(c))"
    case 4: return "(\(a)) xor (\(b))"
    case 5: return "(\(a)) implies (\(b))"
    case 6: return "not (\(a))"
    case 7: return "at least 2 of { \(a), \(b), \(c) }"
    default: return "if \(a) then \(b) else \(c)"
    }
  }

  mutating func atom(_ depth: Int) -> String {
    let comparison = chance.pick(["<", "<=", ">", ">=", "=", "!="])
    var atoms = [
      "cirrhosis", "pregnant", "'hbv' in aetiology", "inr \(comparison) \(number(depth))",
      "totalBilirubin \(comparison) \(Int.random(in: 1...20, using: &chance)) 'mg/dL'",
      "totalBilirubin \(comparison) 2 * totalBilirubinULN", "sex = 'female'",
      "encephalopathyGrade between 1 and 3", "ascites \(comparison) 'mild'",
      "immunosuppressant within \(Int.random(in: 1...40, using: &chance)) days",
      "otherTrial ever", "otherTrial ongoing", "meld in Interval(10, 30]",
      "childPugh.class in { 'B', 'C' }", "exists (aetiology intersect { 'hcv', 'alcohol' })",
    ]
    if !isMonotone {
      atoms += [
        "inr is null", "cirrhosis is not true", "sex ~ 'male'", "meld !~ \(number(depth))",
        "Coalesce(meld, inr, 1.0) > 2", "IsFalse(pregnant)",
      ]
    }
    return chance.pick(atoms)
  }

  mutating func number(_ depth: Int) -> String {
    let a = chance.pick(["inr", "meld", "childPugh", "1", "2.5", "-3", "admissions"])
    guard depth > 0 else { return a }
    let b = number(depth - 1)
    let numbers = [
      a, "(\(a) + \(b))", "(\(a) - \(b))", "\(a) * \(b)", "(\(a) / \(b))", "-(\(b))",
      "Abs(\(a))", "Round(\(b), 1)", "Max({ \(a), \(b) })", "(\(a) mod \(b))", "(\(a)) ^ 2",
      "(if cirrhosis then \(a) else \(b))",
      "(case encephalopathyGrade when 1 then \(a) when 2 then \(b) else 0 end)",
    ]
    return chance.pick(numbers)
  }

  /// What may be known of a symbol.
  mutating func fact(_ name: String) -> Fact {
    let index = Ward.shared.index(name)
    func one(_ value: FixedDecimal) -> Fact { .known(.number(value)) }
    let value = FixedDecimal(Int.random(in: 0...40, using: &chance))
    switch Ward.shared.symbols[name]?.type {
    case .boolean: return .flag(Bool.random(using: &chance))
    case .choice(let options):
      let id = chance.pick(options.all).id
      return options.value(of: id).map(Fact.known) ?? .unknown(needs: VariableSet(index))
    case .choices: return .known(.choices(UInt64.random(in: 0...7, using: &chance)))
    case .event:
      let day = Day(2026, 11, 21)?.adding(days: -Int.random(in: 0...60, using: &chance))
      return .known(.event(chance.pick([.never, .ongoing, day.map(Occurrence.on) ?? .never])))
    default: return one(value)
    }
  }

  /// A fact that says less than another one, and leaves it possible.
  mutating func weaker(_ fact: Fact, _ name: String) -> Fact {
    let unknown = Fact.unknown(needs: VariableSet(Ward.shared.index(name)))
    guard case .known(let value) = fact else { return unknown }
    let other = self.fact(name)
    switch (Int.random(in: 0..<4, using: &chance), value, other) {
    case (0, .number(let number), _):
      return number.plus(3).map { .below($0, name) } ?? unknown
    case (1, .number(let number), _):
      return number.minus(3).map { .above($0, name) } ?? unknown
    case (2, _, .known(let wrong)):
      return .alternatives([wrong, value], unsettledBy: .person("which"))
    default: return unknown
    }
  }

  mutating func patient() -> [String: Fact] {
    var facts: [String: Fact] = [:]
    for name in Ward.shared.names { facts[name] = fact(name) }
    facts["childPugh.class"] = .known(.choice(Int.random(in: 0...2, using: &chance)))
    return facts
  }
}

@Suite struct PropertyTests {
  static let date = Day(2026, 11, 21)

  @Test func readingWhatWasWrittenGivesTheSame() throws {
    var maker = Maker(chance: SeededRandom(1), isMonotone: false)
    for _ in 0..<800 {
      let text = maker.condition(4)
      let first = try criterion(text)
      let second = try criterion(first.description)
      #expect(first == second, "\(text)\n\(first)")
      #expect(first.description == second.description)
    }
  }

  @Test func aKnownAnswerNeverChangesWhenMoreIsKnown() throws {
    var maker = Maker(chance: SeededRandom(2))
    var settled = 0
    for _ in 0..<800 {
      let rule = try criterion(maker.condition(4))
      let full = maker.patient()
      var partial = full
      for name in full.keys.sorted() where Int.random(in: 0..<3, using: &maker.chance) == 0 {
        if let fact = full[name], name != "childPugh.class" {
          partial[name] = maker.weaker(fact, name)
        }
      }
      let before = rule.evaluate(Bed(partial), on: Self.date)
      let after = rule.evaluate(Bed(full), on: Self.date)
      if let answer = before.isTrue {
        settled += 1
        #expect(after.isTrue == answer, "\(rule)\n\(partial)\n\(full)")
      }
    }
    #expect(settled > 150)
  }

  @Test func whatIsNotNeededChangesNothing() throws {
    var maker = Maker(chance: SeededRandom(3))
    for _ in 0..<800 {
      let rule = try criterion(maker.condition(4))
      var partial = maker.patient()
      for name in partial.keys.sorted() where Bool.random(using: &maker.chance) {
        partial[name] = nil
      }
      guard case .unknown(let doubt) = rule.evaluate(Bed(partial), on: Self.date) else { continue }
      #expect(doubt.variables.isSubset(of: rule.mentioned), "\(rule)")
      // Filling in what is not asked for leaves the answer open.
      for name in Ward.shared.names
      where partial[name] == nil && !doubt.variables.contains(Ward.shared.index(name)) {
        partial[name] = maker.fact(name)
      }
      #expect(rule.evaluate(Bed(partial), on: Self.date).isTrue == nil, "\(rule)\n\(partial)")
    }
  }

  /// What is known of a patient is not settled when an expression is read.
  @Test func choosingByAConditionAgreesWithIt() throws {
    var maker = Maker(chance: SeededRandom(8), isMonotone: false)
    for _ in 0..<400 {
      let text = maker.condition(3)
      let facts = maker.patient()
      let wanted = try criterion(text).evaluate(Bed(facts), on: Self.date).isTrue
      for (yes, no) in [("1", "2"), ("'a'", "'b'"), ("true", "false")] {
        let choice = try criterion("(if \(text) then \(yes) else \(no)) = \(yes)")
        let found = choice.evaluate(Bed(facts), on: Self.date)
        if let wanted { #expect(found.isTrue == wanted, "\(choice)\n\(facts)") }
      }
    }
  }

  @Test func orderMakesNoDifference() throws {
    var maker = Maker(chance: SeededRandom(4))
    for _ in 0..<200 {
      let parts = (0..<4).map { _ in maker.condition(2) }
      var facts = maker.patient()
      for name in facts.keys.sorted() where Bool.random(using: &maker.chance) { facts[name] = nil }
      for joining in [" and ", " or "] {
        let one = try criterion(parts.map { "(\($0))" }.joined(separator: joining))
        let shuffled = parts.shuffled(using: &maker.chance)
        let other = try criterion(shuffled.map { "(\($0))" }.joined(separator: joining))
        #expect(
          one.evaluate(Bed(facts), on: Self.date) == other.evaluate(Bed(facts), on: Self.date))
      }
      let list = parts.joined(separator: ", ")
      let shuffled = parts.shuffled(using: &maker.chance).joined(separator: ", ")
      #expect(
        try criterion("at least 2 of { \(list) }").evaluate(Bed(facts), on: Self.date)
          == criterion("at least 2 of { \(shuffled) }").evaluate(Bed(facts), on: Self.date))
    }
  }

  @Test func explainingAgreesWithEvaluating() throws {
    var maker = Maker(chance: SeededRandom(5), isMonotone: false)
    for _ in 0..<600 {
      let rule = try criterion(maker.condition(3))
      var facts = maker.patient()
      for name in facts.keys.sorted() where Bool.random(using: &maker.chance) {
        facts[name] = maker.weaker(facts[name] ?? .flag(true), name)
      }
      let explanation = rule.explain(Bed(facts), on: Self.date)
      #expect(explanation.outcome == rule.evaluate(Bed(facts), on: Self.date))
      #expect(!explanation.sentence.isEmpty && !rule.sentence.isEmpty)
    }
  }
}
