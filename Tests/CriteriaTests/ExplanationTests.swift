import Quantities
import Testing

@testable import Criteria

extension Day {
  fileprivate static var october30: Day {
    guard let day = Day(2026, 10, 30) else { preconditionFailure("no such day") }
    return day
  }
}

/// What an expression asks, piece by piece.
@Suite struct ConditionTests {
  @Test(arguments: [
    ("inr >= 1.5 and cirrhosis", ["INR at least 1.5 required", "Cirrhosis yes required"]),
    ("inr >= 1.5 or not cirrhosis", ["INR at least 1.5 sufficient", "Cirrhosis no sufficient"]),
    ("inr < 2", ["INR below 2 required sufficient"]),
    (
      "cirrhosis and (inr > 2 or pregnant)",
      ["Cirrhosis yes required", "INR above 2", "Pregnant yes"]
    ),
    ("cirrhosis implies inr > 2", ["Cirrhosis yes", "INR above 2"]),
    ("true or cirrhosis", ["Cirrhosis yes sufficient"]),
    (
      "totalBilirubin >= 10 * totalBilirubinULN",
      ["Total bilirubin at least 10 × bilirubin ULN required sufficient"]
    ),
  ]) func areTold(text: String, expected: [String]) throws {
    let expression = try Expression(parsing: text, vocabulary: Ward.shared)
    let told = expression.conditions.map { condition in
      "\(condition.subject.label) \(condition.words)"
        + (condition.isRequired ? " required" : "") + (condition.isSufficient ? " sufficient" : "")
    }
    #expect(told == expected)
  }
}

@Suite struct ExplanationTests {
  static let patient: [String: Fact] = [
    "inr": .number(2.9), "totalBilirubin": .number(150), "totalBilirubinULN": .number(21),
    "encephalopathyGrade": .number(2), "prothrombinActivity": .number(30),
    "ascites": .option("mild", of: "ascites"), "sex": .option("male", of: "sex"),
    "cirrhosis": .flag(true), "ast": .below(40, "ast"), "age": .number(45),
    "immunosuppressant": .known(.event(.on(Day.october30))),
    "otherTrial": .known(.event(.never)), "aetiology": .known(.choices(0b001)),
    "childPugh.class": .known(.choice(1)),
    "meld": .unknown(needs: Ward.shared.set("creatinine", "urea")),
    "cosshACLF2": .alternatives(
      [.number(7.12345), .number(7.58)], unsettledBy: .person("coding of encephalopathy")),
  ]

  @Test(arguments: [
    ("inr between 1.5 and 2.6", "INR 2.9 is above 2.6 by 0.3"),
    ("inr >= 1.5", "INR 2.9 is above 1.5 by 1.4"),
    ("totalBilirubin >= 171 'umol/L'", "Total bilirubin 150 µmol/L is below 171 µmol/L by 21"),
    (
      "totalBilirubin >= 5 'mg/dL'",
      "Total bilirubin 150 µmol/L is above 5 mg/dL (85.5 µmol/L) by 64.5 µmol/L"
    ),
    (
      "totalBilirubin >= 10 * totalBilirubinULN",
      "Total bilirubin 150 µmol/L is below 10 × bilirubin ULN (210 µmol/L) by 60"
    ),
    (
      "totalBilirubin / totalBilirubinULN < 3",
      "Total bilirubin ÷ bilirubin ULN 7.14 is above 3 by 4.14"
    ),
    ("encephalopathyGrade <= 2", "HE grade 2 is within 0 to 2"),
    ("encephalopathyGrade < 2", "HE grade 2 is exactly 2"),
    ("encephalopathyGrade <= 1", "HE grade 2 is above 1 by 1"),
    (
      "prothrombinActivity between 20 '%' and 40 '%'",
      "Prothrombin activity 30 % is between 20 % and 40 %"
    ),
    ("age in Interval[18 years, 45 years)", "Age 45 years is exactly 45 years"),
    ("age in Interval[18 years, 65 years)", "Age 45 years is at least 18 years and below 65 years"),
    ("ascites >= 'moderate'", "Ascites is mild, not at least moderate"),
    ("sex = 'female'", "Sex is male, not female"), ("sex = 'male'", "Sex is male"),
    ("childPugh.class in { 'B', 'C' }", "Child-Pugh class is B"),
    ("childPugh.class in { 'A' }", "Child-Pugh class is B, not A"),
    ("'hbv' in aetiology", "Aetiology includes hepatitis B"),
    (
      "exists (aetiology intersect { 'hcv', 'alcohol' })",
      "Aetiology does not include hepatitis C or alcohol"
    ),
    ("cirrhosis", "Cirrhosis: yes"), ("pregnant", "Pregnant is missing"),
    ("not pregnant", "Pregnant is missing"),
    ("ast < 50 'U/L'", "AST < 40 U/L is below 50 U/L"),
    ("ast >= 40 'U/L'", "AST < 40 U/L is not at least 40 U/L"),
    ("cosshACLF2 < 8", "COSSH-ACLF II is 7.12 or 7.58, each of them below 8"),
    ("meld between 10 and 20", "MELD is not known: creatinine and urea are missing"),
    ("encephalopathyGrade in { 0, 1 }", "HE grade is 2, not 0 or 1"),
    ("ascites between 'none' and 'mild'", "Ascites is mild, between none and mild"),
    ("ast < 30 'U/L'", "AST < 40 U/L does not say whether it is below 30 U/L"),
    ("meld > 30", "MELD is not known: creatinine and urea are missing"),
    (
      "cosshACLF2 < 7.4",
      "COSSH-ACLF II is 7.12 or 7.58, not all of them below 7.4: a person must decide: coding of encephalopathy"
    ),
    (
      "immunosuppressant within 1 month",
      "Immunosuppressant on 2026-10-30 is within 1 month before 2026-11-21"
    ),
    (
      "immunosuppressant within 1 week",
      "Immunosuppressant on 2026-10-30 is earlier than 1 week before 2026-11-21"
    ),
    ("otherTrial ever", "Other trial: never"), ("creatinine is null", "Creatinine is not recorded"),
    (
      "inr < 1.5 or totalBilirubin < 171 'umol/L'",
      "Total bilirubin 150 µmol/L is below 171 µmol/L by 21"
    ),
    (
      "creatinine > 132.6 'umol/L' or prothrombinActivity between 20 '%' and 40 '%'",
      "Creatinine is missing; prothrombin activity 30 % is between 20 % and 40 %"
    ),
    ("cirrhosis and inr < 2.6 and pregnant", "INR 2.9 is above 2.6 by 0.3"),
    ("cirrhosis and inr > 2 and pregnant", "Pregnant is missing"),
    (
      "at least 2 of { cirrhosis, pregnant, inr > 4 }",
      "1 of 3 hold, and 2 must: cirrhosis: yes; pregnant is missing; INR 2.9 is below 4 by 1.1"
    ),
    (
      "if cirrhosis then inr > 2 else false",
      "If cirrhosis, INR above 2; otherwise false: yes (cirrhosis true, INR 2.9)"
    ),
  ])
  func says(text: String, wanted: String) throws {
    let found = try criterion(text).explain(Bed(Self.patient), on: Day("2026-11-21"))
    #expect(found.sentence == wanted)
    #expect(
      found.outcome == (try criterion(text).evaluate(Bed(Self.patient), on: Day("2026-11-21"))))
  }

  @Test(arguments: [
    (
      "inr >= 1.5 or prothrombinActivity < 40 '%'",
      "INR at least 1.5 or prothrombin activity below 40 %"
    ),
    (
      "cirrhosis and not pregnant and (inr > 1 or ascites = 'none')",
      "Cirrhosis, not pregnant and (INR above 1 or ascites none)"
    ),
    ("childPugh.class in { 'B', 'C' }", "Child-Pugh class B or C"),
    ("not (sex in { 'male' })", "Sex other than male"),
    ("age between 18 years and 65 years", "Age between 18 years and 65 years"),
    ("18 years <= age", "Age at least 18 years"),
    ("totalBilirubin >= 10 * totalBilirubinULN", "Total bilirubin at least 10 × bilirubin ULN"),
    ("totalBilirubin >= 5 'mg/dL'", "Total bilirubin at least 5 mg/dL (85.5 µmol/L)"),
    ("immunosuppressant within 1 month", "Immunosuppressant within 1 month"),
    ("not otherTrial ever", "No other trial ever"),
    ("at least 2 of { cirrhosis, inr > 2 }", "At least 2 of: cirrhosis; INR above 2"),
    ("inr is not null", "INR recorded"),
    ("cirrhosis implies inr > 2", "If cirrhosis, then INR above 2"),
    ("platelets < 50 '10*9/L'", "Platelets below 50 10⁹/L"),
  ])
  func sentence(text: String, wanted: String) throws {
    #expect(try criterion(text).sentence == wanted)
  }

  @Test(arguments: [
    ("age >= 18 years and age < 40 years", "age >= 40"),
    ("age between 50 years and 60 years", "age < 50"),
    ("inr > 2 and prothrombinActivity > 40 '%'", "prothrombinActivity <= 40"),
    ("encephalopathyGrade >= 2 or inr > 5", "encephalopathyGrade >= 2"),
    ("inr = 2", "inr != 2"), ("1.5 > inr", "inr >= 1.5"), ("not (inr > 2)", "inr > 2"),
    // Several decide together, nobody knows yet, or it is no comparison.
    ("inr > 5 or age > 50 years", nil), ("inr > 1 and age > 18 years", nil), ("meld > 30", nil),
    ("cirrhosis", nil), ("age between 18 years and 60 years", nil),
  ]) func theComparisonThatDecides(text: String, expected: String?) throws {
    let margin = try criterion(text).decisiveMargin(Bed(Self.patient))
    #expect(margin.map { "\($0.name) \($0.relation) \($0.threshold)" } == expected)
  }

  @Test func margins() throws {
    let found = try criterion(
      "inr between 1.5 and 3 and totalBilirubin >= 171 'umol/L' and creatinine > 5 'mg/dL' "
        + "and encephalopathyGrade <= 2 and meld > 30"
    ).explain(Bed(Self.patient)).margins
    #expect(found.map(\.name) == ["inr", "inr", "totalBilirubin", "encephalopathyGrade"])
    #expect(found.map(\.holds) == [true, true, false, true])
    #expect(found.map(\.distance) == [1.4, 0.1, 21, 0])
    #expect(found.map { $0.isNear() } == [false, true, false, true])
    #expect(found[2].unit?.code == "umol/L")
    #expect(found[2].isNear(within: 0.13))
    #expect(try #require(found[2].relativeDistance) == 21.0 / 171)
  }

  @Test func distanceIsNeverRoundedAway() throws {
    let near: [String: Fact] = ["cosshACLF2": .number(7.3999)]
    let found = try criterion("cosshACLF2 < 7.4").explain(Bed(near)).sentence
    #expect(found == "COSSH-ACLF II 7.3999 is below 7.4 by 0.0001")
  }
}
