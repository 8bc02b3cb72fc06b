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

  /// Where the answer is unknown, all unknown operands would settle it, and no known one.
  @Test(arguments: tables.keys.sorted())
  func needsOfEachCell(_ word: String) throws {
    let facts: [Fact?] = [.flag(true), .flag(false), nil]
    for (row, left) in facts.enumerated() {
      for (column, right) in facts.enumerated()
      where try #require(Self.tables[word])[row][column] == "U" {
        let known = ["cirrhosis": left, "pregnant": right].compactMapValues { $0 }
        let wanted = ["cirrhosis", "pregnant"].filter { known[$0] == nil }
        #expect(
          try outcome("cirrhosis \(word) pregnant", known)
            == "needs " + wanted.joined(separator: ", "), "\(row) \(word) \(column)")
      }
    }
  }

  /// Every answer of three conditions, counted.
  @Test func everyCellOfThree() throws {
    let names = ["meld > 0", "cirrhosis", "pregnant"]
    let yes: [Fact] = [.number(1), .flag(true), .flag(true)]
    let no: [Fact] = [.number(0), .flag(false), .flag(false)]
    let symbols = ["meld", "cirrhosis", "pregnant"]
    for cell in 0..<27 {
      let answers = [cell % 3, cell / 3 % 3, cell / 9]
      var known: [String: Fact] = [:]
      for (index, answer) in answers.enumerated() where answer < 2 {
        known[symbols[index]] = answer == 0 ? yes[index] : no[index]
      }
      let (holding, open) = (answers.count { $0 == 0 }, answers.count { $0 == 2 })
      let unknown = Ward.shared.names.filter { symbols.contains($0) && known[$0] == nil }
      let needs = "needs " + unknown.joined(separator: ", ")
      func expect(_ text: String, atLeast count: Int) throws {
        let wanted = holding >= count ? "true" : holding + open < count ? "false" : needs
        #expect(try outcome(text, known) == wanted, "\(text) \(answers)")
      }
      for count in 1...3 {
        try expect(
          "at least \(count) of { \(names.joined(separator: ", ")) }", atLeast: count)
      }
      try expect(names.joined(separator: " and "), atLeast: 3)
      try expect(names.joined(separator: " or "), atLeast: 1)
    }
  }

  /// A test is never unknown.
  @Test func everyCellOfTests() throws {
    let wanted = [
      "is null": "fft", "is not null": "ttf", "is true": "tff", "is not true": "ftt",
      "is false": "ftf", "is not false": "tft",
    ]
    for (test, answers) in wanted {
      for (fact, answer) in zip([Fact.flag(true), .flag(false), nil], answers) {
        let known = ["cirrhosis": fact].compactMapValues { $0 }
        let expected = answer == "t" ? "true" : "false"
        for text in ["cirrhosis \(test)", "(cirrhosis and true) \(test)"] {
          #expect(try outcome(text, known) == expected, "\(text)")
        }
        let functions = ["is null": "IsNull", "is true": "IsTrue", "is false": "IsFalse"]
        if let function = functions[test] {
          #expect(try outcome("\(function)(cirrhosis)", known) == expected)
        }
      }
    }
  }

  /// What nothing settles is not waited for.
  @Test func nullSettlesNothing() throws {
    #expect(try outcome("cirrhosis and null") == "needs cirrhosis")
    #expect(try outcome("cirrhosis and null", ["cirrhosis": .flag(true)]) == "needs ")
    #expect(try outcome("cirrhosis or null") == "needs cirrhosis")
    #expect(try outcome("null xor cirrhosis") == "needs ")
    #expect(try outcome("inr + null > 1") == "needs ")
    #expect(try outcome("null in { inr, 1 }") == "needs ")
    #expect(try outcome("if cirrhosis then null else null") == "needs ")
    #expect(try outcome("if null then cirrhosis else true") == "true")
    #expect(try outcome("(case inr when 1 then null else null end) = 1") == "needs ")
    #expect(try outcome("inr between null and 3") == "needs inr")
    #expect(try outcome("inr between null and 3", ["inr": .number(4)]) == "false")
    #expect(try outcome("inr between null and 3", ["inr": .number(2)]) == "needs ")
    #expect(try outcome("Max({ inr, null }) > 1", ["inr": .number(2)]) == "true")
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
