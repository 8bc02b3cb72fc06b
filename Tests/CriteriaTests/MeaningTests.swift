import Quantities
import Testing

@testable import Criteria

@Suite struct MeaningTests {
  // MARK: Units

  @Test(arguments: [
    ("totalBilirubin >= 5 'mg/dL'", "totalBilirubin", "85.5", "85.49"),
    ("totalBilirubin >= 2.0 'mg/dL'", "totalBilirubin", "34.2", "34.19"),
    ("totalBilirubin >= 3 'mg/dL'", "totalBilirubin", "51.3", "51.2"),
    ("creatinine >= 1.5 'mg/dL'", "creatinine", "132.6", "132.5"),
    ("totalBilirubinDailyRise >= 1 'mg/dL/d'", "totalBilirubinDailyRise", "17.1", "17.0"),
    ("urea >= 14 'mg/dL{BUN}'", "urea", "5", "4.99"),
    ("urea >= 60.06 'mg/dL{urea}'", "urea", "10", "9.99"),
    ("platelets >= 50 '10*3/uL'", "platelets", "50", "49.9"),
    ("platelets >= 50000 '/uL'", "platelets", "50", "49.9"),
    ("age >= 18 years", "age", "18", "17.99"),
    ("age >= 18 'a'", "age", "18", "17.99"),
    ("age >= 216 months", "age", "18", "17.99"),
    ("prothrombinActivity >= 0.4 '1'", "prothrombinActivity", "40", "39.9"),
    ("5 'mg/dL' <= totalBilirubin", "totalBilirubin", "85.5", "85.49"),
    ("totalBilirubin - 10 'umol/L' >= 5 'mg/dL'", "totalBilirubin", "95.5", "95.4"),
    ("totalBilirubin / 10 >= 17.1 'umol/L'", "totalBilirubin", "171", "170.9"),
    ("totalBilirubin in Interval[5 'mg/dL', 10 'mg/dL')", "totalBilirubin", "85.5", "171"),
    ("totalBilirubin properly between 1 'mg/dL' and 2 'mg/dL'", "totalBilirubin", "18", "17.1"),
    ("encephalopathyGrade in { 1, 2 }", "encephalopathyGrade", "2", "3"),
    ("encephalopathyGrade <= 2", "encephalopathyGrade", "2", "3"),
    ("admissions >= 1", "admissions", "1", "0"),
    ("Ln(inr) < 1", "inr", "2.7", "2.8"),
  ])
  func atTheBoundary(text: String, name: String, yes: String, no: String) throws {
    for (value, wanted) in [(yes, "true"), (no, "false")] {
      let number = try #require(FixedDecimal(value))
      #expect(try outcome(text, [name: .number(number)]) == wanted, "\(value)")
      #expect(try outcome("not (\(text))", [name: .number(number)]) == "\(wanted == "false")")
    }
    #expect(try outcome(text) == "needs \(name)")
  }

  @Test func multipleOfTheUpperLimit() throws {
    let text = "totalBilirubin >= 10 * totalBilirubinULN"
    let limit: [String: Fact] = ["totalBilirubinULN": .number(21)]
    #expect(try outcome(text, limit.merging(["totalBilirubin": .number(210)]) { $1 }) == "true")
    #expect(try outcome(text, limit.merging(["totalBilirubin": .number(209.9)]) { $1 }) == "false")
    #expect(try outcome(text, limit) == "needs totalBilirubin")
    #expect(
      try outcome(
        "totalBilirubin / totalBilirubinULN >= 10",
        limit.merging(["totalBilirubin": .number(210)]) { $1 }) == "true")
  }

  // MARK: Choices

  @Test func choices() throws {
    let mild: [String: Fact] = ["ascites": .option("mild", of: "ascites")]
    #expect(try outcome("ascites >= 'mild'", mild) == "true")
    #expect(try outcome("ascites > 'mild'", mild) == "false")
    #expect(try outcome("ascites != 'none'", mild) == "true")
    #expect(try outcome("ascites between 'mild' and 'moderate'", mild) == "true")
    #expect(try outcome("ascites in { 'none', 'severe' }", mild) == "false")
    #expect(
      try outcome("childPugh.class in { 'B', 'C' }", ["childPugh.class": .known(.choice(1))])
        == "true")
    #expect(
      try outcome("childPugh.class = 'A'", ["childPugh.class": .known(.choice(1))]) == "false")
    #expect(try criterion("childPugh.class = 'A' and childPugh >= 5").symbols == ["childPugh"])
  }

  @Test func setsOfAnswers() throws {
    let both: [String: Fact] = ["aetiology": .known(.choices(0b101))]
    #expect(try outcome("'hbv' in aetiology", both) == "true")
    #expect(try outcome("'hcv' in aetiology", both) == "false")
    #expect(try outcome("exists (aetiology intersect { 'hbv', 'hcv' })", both) == "true")
    #expect(try outcome("not exists (aetiology intersect { 'hcv' })", both) == "true")
    #expect(try outcome("'hbv' in aetiology") == "needs aetiology")
  }

  // MARK: Bounds

  @Test(arguments: [
    ("ast < 50 'U/L'", "true"), ("ast < 40 'U/L'", "true"), ("ast < 30 'U/L'", "needs ast"),
    ("ast >= 40 'U/L'", "false"), ("ast > 39 'U/L'", "needs ast"), ("ast = 40 'U/L'", "false"),
    ("ast = 39 'U/L'", "needs ast"), ("ast != 40 'U/L'", "true"),
    ("ast between 40 'U/L' and 50 'U/L'", "false"),
    ("ast in Interval[0 'U/L', 40 'U/L']", "needs ast"),
    ("ast * 2 < 80 'U/L'", "true"), ("2 * ast + 10 'U/L' < 90 'U/L'", "true"),
    ("-ast > -40 'U/L'", "true"), ("100 'U/L' - ast > 60 'U/L'", "true"),
    ("ast / 4 >= 10 'U/L'", "false"), ("ast * -1 < 0 'U/L'", "needs ast"),
    ("Abs(ast) < 40 'U/L'", "needs ast"), ("ast is null", "false"),
    ("ast in { 40 'U/L', 50 'U/L' }", "false"), ("ast < 0.04 'kU/L'", "true"),
  ])
  func below(text: String, wanted: String) throws {
    #expect(try outcome(text, ["ast": .below(40, "ast")]) == wanted)
  }

  @Test func above() throws {
    let facts: [String: Fact] = ["ast": .above(1000, "ast")]
    #expect(try outcome("ast > 1000 'U/L'", facts) == "true")
    #expect(try outcome("ast <= 1000 'U/L'", facts) == "false")
    #expect(try outcome("ast > 1001 'U/L'", facts) == "needs ast")
    #expect(try outcome("ast * 2 > 2000 'U/L'", facts) == "true")
    #expect(try outcome("ast * -2 < -2000 'U/L'", facts) == "true")
    #expect(try outcome("ast * -2 > -2000 'U/L'", facts) == "false")
    #expect(try outcome("ast * 2 < 3000 'U/L'", facts) == "needs ast")
    #expect(
      try outcome(
        "totalBilirubin < totalBilirubinULN",
        [
          "totalBilirubin": .below(5, "totalBilirubin"),
          "totalBilirubinULN": .above(5, "totalBilirubinULN"),
        ]) == "true")
  }

  // MARK: Alternatives

  @Test func alternatives() throws {
    let score: [String: Fact] = [
      "cosshACLF2": .alternatives(
        [.number(6.5), .number(6.95)], unsettledBy: .person("coding of encephalopathy"))
    ]
    #expect(try outcome("cosshACLF2 < 7.4", score) == "true")
    #expect(try outcome("cosshACLF2 < 6.4", score) == "false")
    #expect(try outcome("cosshACLF2 < 6.7", score) == "person: coding of encephalopathy")
    #expect(try outcome("not (cosshACLF2 < 6.7)", score) == "person: coding of encephalopathy")
    // Neither lies between, though each bound alone is undecided.
    #expect(try outcome("cosshACLF2 between 6.6 and 6.9", score) == "false")
    #expect(try outcome("cosshACLF2 + 1 < 7.95", score) == "person: coding of encephalopathy")
    #expect(try outcome("cosshACLF2 < 6.7 and inr > 2", score) == "needs inr")
    #expect(
      try outcome("cosshACLF2 < 6.7 and inr > 2", score.merging(["inr": .number(1)]) { $1 })
        == "false")
    #expect(
      try outcome("cosshACLF2 < 6.7 or cirrhosis", score.merging(["cirrhosis": .flag(true)]) { $1 })
        == "true")
    let assumed: [String: Fact] = [
      "meld": .alternatives(
        [.number(25), .number(32)], unsettledBy: .variables(Ward.shared.set("creatinine")))
    ]
    #expect(try outcome("meld > 30", assumed) == "needs creatinine")
    #expect(try outcome("meld > 20", assumed) == "true")
    #expect(
      try outcome("meld > 30 or cosshACLF2 < 6.7", assumed.merging(score) { $1 })
        == "needs creatinine")
    #expect(
      try outcome(
        "childPugh.class = 'B'",
        [
          "childPugh.class": .alternatives(
            [.choice(1), .choice(2)], unsettledBy: .person("ascites"))
        ])
        == "person: ascites")
    #expect(
      try outcome(
        "childPugh.class in { 'B', 'C' }",
        [
          "childPugh.class": .alternatives(
            [.choice(1), .choice(2)], unsettledBy: .person("ascites"))
        ])
        == "true")
  }

  // MARK: Windows

  @Test(arguments: [
    ("2026-10-21", "1 month", "2026-11-21", "true"),
    ("2026-10-20", "1 month", "2026-11-21", "false"),
    ("2026-02-28", "1 month", "2026-03-31", "true"),
    ("2026-02-27", "1 month", "2026-03-31", "false"),
    ("2024-02-29", "1 month", "2024-03-31", "true"),
    ("2024-02-28", "1 month", "2024-03-31", "false"),
    ("2023-02-28", "1 year", "2024-02-29", "true"),
    ("2023-02-27", "1 year", "2024-02-29", "false"),
    ("2026-10-24", "4 weeks", "2026-11-21", "true"),
    ("2026-10-23", "4 weeks", "2026-11-21", "false"),
    ("2026-10-22", "30 days", "2026-11-21", "true"),
    ("2026-10-21", "30 days", "2026-11-21", "false"),
    ("2026-11-21", "1 day", "2026-11-21", "true"),
    ("2026-10-21", "1 'mo'", "2026-11-21", "true"),
    ("1900-01-01", "5000 years", "2026-11-21", "true"),
    ("2026-11-22", "1 month", "2026-11-21", "needs immunosuppressant"),
  ])
  func window(day: String, window: String, screening: String, wanted: String) throws {
    let date = try #require(Day(screening))
    let facts: [String: Fact] = [
      "immunosuppressant": .known(.event(.on(try #require(Day(day)))))
    ]
    #expect(
      try outcome("immunosuppressant within \(window)", facts, on: date)
        == wanted)
    #expect(try outcome("not immunosuppressant within \(window)", facts) == "needs ")
  }

  @Test func eventsWithoutDates() throws {
    let date = try #require(Day(2026, 11, 21))
    let now: [String: Fact] = ["otherTrial": .known(.event(.ongoing))]
    let never: [String: Fact] = ["otherTrial": .known(.event(.never))]
    let once: [String: Fact] = ["otherTrial": .known(.event(.on(date)))]
    for (word, wanted) in [
      ("within 3 months", "true false"), ("ever", "true false"), ("ongoing", "true false"),
    ] {
      #expect(
        try outcome("otherTrial \(word)", now) + " " + outcome("otherTrial \(word)", never)
          == wanted)
      #expect(try outcome("otherTrial \(word)") == "needs otherTrial")
    }
    #expect(try outcome("otherTrial ever", once) == "true")
    #expect(try outcome("otherTrial ongoing", once) == "false")
    #expect(try outcome("otherTrial ever", once, on: date.adding(days: -1)) == "needs otherTrial")
    let future = try criterion("otherTrial ever").evaluate(Bed(once), on: date.adding(days: -1))
    #expect(
      future
        == .unknown(
          Doubt(
            variables: Ward.shared.set("otherTrial"),
            reasons: [.futureDate(Ward.shared.index("otherTrial"), date)])))
    #expect(
      try criterion("otherTrial within 1 month").evaluate(Bed(once))
        == .unknown(Doubt(variables: VariableSet(), reasons: [.noScreeningDate])))
  }

  // MARK: Precedence

  @Test(arguments: [
    ("true or false and false", "true"), ("not false or true", "true"),
    ("1 + 2 * 3 = 7", "true"), ("2 * 3 ^ 2 = 18", "true"), ("2 ^ 3 ^ 2 = 64", "true"),
    ("-2 ^ 2 = 4", "true"), ("7 - 2 - 1 = 4", "true"), ("false implies true and false", "true"),
    ("true = 1 < 2", "true"), ("1 + 1 between 2 and 3 and true", "true"),
    ("(1 in { 1, 2 }) = true", "true"), ("not true xor true", "true"),
    ("not null is null", "false"), ("Max({ 1, 3.5, 2 }) = 3.5", "true"),
    ("Min({ 1, null }) = 1", "true"), ("// a remark\n1 = /* one */ 1", "true"),
    ("1 'g' / 1 'mg' = 1000", "true"), ("(2 'g' * 3 'm') / 2 'm' = 3 'g'", "true"),
    ("1 / 2 'h' = 0.5 '/h'", "true"),
  ])
  func precedence(text: String, wanted: String) throws {
    #expect(try outcome(text) == wanted)
  }
}
