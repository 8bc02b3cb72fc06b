import Quantities
import Testing

@testable import Criteria

@Suite struct KleeneTests {
  /// Rows and columns true, false, unknown.
  static let tables: [String: [[String]]] = [
    "and": [["T", "F", "U"], ["F", "F", "F"], ["U", "F", "U"]],
    "or": [["T", "T", "T"], ["T", "F", "U"], ["T", "U", "U"]],
    "xor": [["F", "T", "U"], ["T", "F", "U"], ["U", "U", "U"]],
    "implies": [["T", "F", "U"], ["T", "T", "T"], ["T", "U", "U"]],
  ]

  /// The letters for true, false and unknown of variables, and of the literals.
  static func letter(_ outcome: Outcome) -> String {
    switch outcome.isTrue {
    case true: "T"
    case false: "F"
    default: "U"
    }
  }

  @Test(arguments: tables.keys.sorted())
  func connective(_ word: String) throws {
    let facts: [Fact?] = [.flag(true), .flag(false), nil]
    let literals = ["true", "false", "null"]
    let variables = try criterion("cirrhosis \(word) pregnant")
    for (row, left) in facts.enumerated() {
      for (column, right) in facts.enumerated() {
        let wanted = try #require(Self.tables[word])[row][column]
        let bed = Bed(["cirrhosis": left, "pregnant": right].compactMapValues { $0 })
        #expect(Self.letter(variables.evaluate(bed)) == wanted, "\(row) \(word) \(column)")
        let fixed = try criterion("\(literals[row]) \(word) \(literals[column])")
        #expect(Self.letter(fixed.evaluate(Bed())) == wanted)
      }
    }
  }

  @Test func negation() throws {
    #expect(try outcome("not cirrhosis", ["cirrhosis": .flag(true)]) == "false")
    #expect(try outcome("not cirrhosis", ["cirrhosis": .flag(false)]) == "true")
    #expect(try outcome("not cirrhosis") == "needs cirrhosis")
  }

  @Test func needsAreThoseThatCouldSettleIt() throws {
    let text = "inr >= 1.5 or prothrombinActivity < 40 '%'"
    #expect(try outcome(text, ["inr": .number(3)]) == "true")
    #expect(try outcome(text, ["inr": .number(1.2)]) == "needs prothrombinActivity")
    #expect(try outcome(text) == "needs inr, prothrombinActivity")
    #expect(try outcome("inr > 2 and cirrhosis", ["inr": .number(1)]) == "false")
    #expect(try outcome("inr > 2 and cirrhosis", ["inr": .number(3)]) == "needs cirrhosis")
    #expect(try outcome("inr > 2 xor cirrhosis", ["inr": .number(3)]) == "needs cirrhosis")
    #expect(try outcome("cirrhosis xor null") == "needs ")
    #expect(try outcome("cirrhosis implies inr > 2", ["inr": .number(3)]) == "true")
    #expect(
      try outcome("meld > 30", ["meld": .unknown(needs: Ward.shared.set("creatinine", "inr"))])
        == "needs creatinine, inr")
  }

  @Test func atLeast() throws {
    let text = "at least 2 of { cirrhosis, pregnant, inr > 2 }"
    #expect(try outcome(text, ["cirrhosis": .flag(true), "inr": .number(3)]) == "true")
    #expect(try outcome(text, ["cirrhosis": .flag(false), "inr": .number(1)]) == "false")
    #expect(try outcome(text, ["cirrhosis": .flag(true), "inr": .number(1)]) == "needs pregnant")
    #expect(try outcome(text, ["cirrhosis": .flag(false)]) == "needs inr, pregnant")
    #expect(try outcome(text) == "needs inr, cirrhosis, pregnant")
    #expect(
      complaints("at least 4 of { cirrhosis, pregnant }") == [
        "1:10: of 2 conditions, at least 1 and at most all can be asked for"
      ])
    #expect(complaints("at least 0 of { cirrhosis }").count == 1)
  }

  @Test func conditionsThatAreUnknown() throws {
    // Both ways agree.
    #expect(try outcome("if cirrhosis then inr > 1 else inr > 2", ["inr": .number(3)]) == "true")
    #expect(
      try outcome("if cirrhosis then inr > 1 else inr > 2", ["inr": .number(1.5)])
        == "needs cirrhosis")
    #expect(
      try outcome("inr > (if cirrhosis then 1 else 2)", ["inr": .number(3)]) == "true")
    #expect(try outcome("if null then false else true") == "true")
    #expect(
      try outcome("case sex when 'female' then inr > 1 when 'male' then inr > 2 else false end")
        == "needs inr, sex")
    #expect(
      try outcome(
        "case sex when 'female' then inr > 1 else inr > 2 end",
        ["sex": .option("male", of: "sex"), "inr": .number(1.5)]) == "false")
  }

  @Test func testsForWhatIsRecorded() throws {
    #expect(try outcome("inr is null") == "true")
    #expect(try outcome("inr is not null", ["inr": .number(1)]) == "true")
    #expect(try outcome("cirrhosis is true") == "false")
    #expect(try outcome("cirrhosis is not false") == "true")
    #expect(try outcome("Coalesce(inr, 1.0) < 1.5") == "true")
    #expect(try outcome("IsTrue(cirrhosis)", ["cirrhosis": .flag(true)]) == "true")
  }
}
