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
    ("true or cirrhosis", ["Cirrhosis yes sufficient"]), ("true", []),
    (
      "cirrhosis or pregnant and inr > 2",
      ["Cirrhosis yes sufficient", "Pregnant yes", "INR above 2"]
    ),
    (
      "(cirrhosis or pregnant) and inr > 2",
      ["Cirrhosis yes", "Pregnant yes", "INR above 2 required"]
    ),
    ("at least 1 of { cirrhosis, inr > 2 }", ["Cirrhosis yes", "INR above 2"]),
    (
      "not (cirrhosis implies inr > 2)",
      ["Cirrhosis not (if cirrhosis, then INR above 2) required sufficient"]
    ),
    ("5 between inr and 9", ["INR 5 between INR and 9 required sufficient"]),
    ("5 between 1 and inr", ["INR 5 between 1 and INR required sufficient"]),
    (
      "5 = (case inr when 1 then 2 else 3 end)",
      ["INR by INR: if 1, 2; otherwise 3 equal to 5 required sufficient"]
    ),
    ("cirrhosis xor inr > 2", ["Cirrhosis yes", "INR above 2"]),
    (
      "not (cirrhosis and pregnant)", ["Cirrhosis not (cirrhosis and pregnant) required sufficient"]
    ),
    (
      "if cirrhosis then pregnant else inr > 2",
      ["Cirrhosis if cirrhosis, pregnant; otherwise INR above 2 required sufficient"]
    ),
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

  /// Every operator and function has its words.
  @Test(arguments: [
    ("meld = 3", "MELD equal to 3"), ("meld < 3", "MELD below 3"), ("meld <= 3", "MELD at most 3"),
    ("meld > 3", "MELD above 3"), ("meld >= 3", "MELD at least 3"),
    ("3 = meld", "MELD equal to 3"), ("3 < meld", "MELD above 3"), ("3 <= meld", "MELD at least 3"),
    ("3 > meld", "MELD below 3"), ("3 >= meld", "MELD at most 3"), ("meld < inr", "MELD below INR"),
    ("meld != 3", "MELD other than 3"), ("not (meld < 3)", "Not MELD below 3"),
    ("meld ~ 3", "MELD equivalent to 3"), ("meld !~ 3", "Not MELD equivalent to 3"),
    ("meld between 1 and 3", "MELD between 1 and 3"),
    ("meld properly between 1 and 3", "MELD above 1 and below 3"),
    ("meld in Interval[1, 3)", "MELD at least 1 and below 3"),
    ("meld in Interval(1, 3]", "MELD above 1 and at most 3"),
    ("meld in Interval[1, null]", "MELD at least 1"), ("meld in { 1, 2 }", "MELD 1 or 2"),
    ("ascites != 'mild'", "Ascites other than mild"), ("ascites = 'mild'", "Ascites mild"),
    ("'hbv' in aetiology", "Aetiology includes hepatitis B"),
    ("not ('hbv' in aetiology)", "Aetiology does not include hepatitis B"),
    (
      "exists (aetiology intersect { 'hbv', 'alcohol' })",
      "Aetiology includes hepatitis B or alcohol"
    ),
    ("cirrhosis is null", "Cirrhosis not recorded"),
    ("cirrhosis is not null", "Cirrhosis recorded"),
    ("cirrhosis is true", "Cirrhosis known to hold"),
    ("cirrhosis is false", "Cirrhosis known not to hold"),
    ("cirrhosis is not true", "Not cirrhosis known to hold"),
    ("otherTrial ever", "Other trial ever"), ("otherTrial ongoing", "Other trial ongoing"),
    ("otherTrial within 2 weeks", "Other trial within 2 weeks"),
    ("not otherTrial ongoing", "No other trial ongoing"),
    ("not otherTrial within 1 year", "No other trial within 1 year"),
    ("cirrhosis or pregnant", "Cirrhosis or pregnant"),
    ("cirrhosis and pregnant", "Cirrhosis and pregnant"),
    ("cirrhosis xor pregnant", "Either cirrhosis or pregnant, but not both"),
    ("cirrhosis implies pregnant", "If cirrhosis, then pregnant"),
    ("(cirrhosis or pregnant) and inr > 1", "(cirrhosis or pregnant) and INR above 1"),
    (
      "(cirrhosis xor pregnant) or inr > 1",
      "(either cirrhosis or pregnant, but not both) or INR above 1"
    ),
    ("not (cirrhosis or pregnant)", "Not (cirrhosis or pregnant)"),
    ("not not cirrhosis", "Not not cirrhosis"),
    ("meld + 1 > inr - 1", "MELD + 1 above INR − 1"),
    ("meld * 2 > inr / 2", "MELD × 2 above INR ÷ 2"),
    ("meld div 2 > inr mod 2", "MELD div 2 above INR mod 2"),
    ("meld ^ 2 > (inr + 1) * 2", "MELD ^ 2 above (INR + 1) × 2"),
    ("-meld > Abs(inr)", "−MELD above the magnitude of INR"),
    ("Ceiling(meld) > Floor(inr)", "The next whole number of MELD above the whole part of INR"),
    ("Truncate(meld) > 1", "The whole part of MELD above 1"),
    ("Ln(meld) > Exp(inr)", "The natural logarithm of MELD above the exponential of INR"),
    ("Round(meld, 1) > 1", "MELD, rounded above 1"),
    ("Log(meld, 10) > 1", "The logarithm of MELD to the base 10 above 1"),
    ("Max({ meld, inr }) > 1", "The largest of MELD and INR above 1"),
    ("Min({ meld, inr }) > 1", "The smallest of MELD and INR above 1"),
    ("Coalesce(meld, inr) > 1", "MELD or, where that is unknown, INR above 1"),
    (
      "(if cirrhosis then 1 else 2) < meld", "If cirrhosis, 1; otherwise 2 below MELD"
    ),
    (
      "(case meld when 1 then 2 else 3 end) > inr", "By MELD: if 1, 2; otherwise 3 above INR"
    ),
    ("Interval[1, meld] = Interval[1, 2]", "Between 1 and MELD between 1 and 2"),
    ("cirrhosis = (pregnant and true)", "Cirrhosis equal to (pregnant and true)"),
    ("null", "Unknown"), ("true", "True"),
    ("age > 1 year and age < 2 years", "Age above 1 year and age below 2 years"),
    ("meld > -1", "MELD above −1"),
  ])
  func everyOperatorHasWords(text: String, wanted: String) throws {
    #expect(try criterion(text).sentence == wanted)
  }

  /// What is said of an event on each side of a window, and of a comparison on each side of a number.
  @Test(arguments: [
    ("inr = 2.9", "INR 2.9 is exactly 2.9"), ("inr = 3", "INR 2.9 is below 3 by 0.1"),
    ("inr < 3", "INR 2.9 is below 3 by 0.1"), ("inr <= 2.8", "INR 2.9 is above 2.8 by 0.1"),
    ("3 > inr", "INR 2.9 is below 3 by 0.1"),
    ("encephalopathyGrade >= 1", "HE grade 2 is within 1 to 4"),
    ("encephalopathyGrade >= 3", "HE grade 2 is below 3 by 1"),
    ("inr properly between 2.9 and 3", "INR 2.9 is exactly 2.9"),
    ("inr properly between 1 and 2.9", "INR 2.9 is exactly 2.9"),
    ("inr between 2.9 and 3", "INR 2.9 is between 2.9 and 3"),
    ("inr in Interval(1, 3]", "INR 2.9 is above 1 and at most 3"),
    ("ascites < 'moderate'", "Ascites is mild, below moderate"),
    ("ascites <= 'none'", "Ascites is mild, not at most none"),
    ("ascites > 'none'", "Ascites is mild, above none"),
    ("ascites in { 'none', 'mild' }", "Ascites is mild"),
    ("cirrhosis implies inr > 3", "Cirrhosis: yes; INR 2.9 is below 3 by 0.1"),
    ("pregnant implies inr > 3", "Pregnant is missing; INR 2.9 is below 3 by 0.1"),
    ("inr > 3 implies pregnant", "INR 2.9 is below 3 by 0.1"),
    ("cirrhosis xor inr > 2", "Cirrhosis: yes; INR 2.9 is above 2 by 0.9"),
    ("cirrhosis or inr > 2", "Cirrhosis: yes; INR 2.9 is above 2 by 0.9"),
    ("inr > 3 or inr > 2", "INR 2.9 is above 2 by 0.9"),
    ("inr > 3 and inr > 2", "INR 2.9 is below 3 by 0.1"),
    ("inr is null", "INR is recorded"), ("creatinine is not null", "Creatinine is not recorded"),
    ("immunosuppressant ever", "Immunosuppressant on 2026-10-30"),
    ("immunosuppressant ongoing", "Immunosuppressant on 2026-10-30"),
    (
      "immunosuppressant within 22 days",
      "Immunosuppressant on 2026-10-30 is within 22 days before 2026-11-21"
    ),
    (
      "immunosuppressant within 21 days",
      "Immunosuppressant on 2026-10-30 is earlier than 21 days before 2026-11-21"
    ),
    ("otherTrial within 1 week", "Other trial: never"),
    ("cirrhosis is true", "Cirrhosis known to hold: yes (cirrhosis true)"),
    ("pregnant is true", "Pregnant known to hold: no (pregnant unknown)"),
    ("inr ~ 2.9", "INR equivalent to 2.9: yes (INR 2.9)"),
    (
      "if pregnant then true else inr > 2",
      "If pregnant, true; otherwise INR above 2: yes (pregnant unknown, INR 2.9)"
    ),
    (
      "(case encephalopathyGrade when 1 then pregnant else inr > 2 end)",
      "By HE grade: if 1, pregnant; otherwise INR above 2: yes "
        + "(HE grade 2, pregnant unknown, INR 2.9)"
    ),
    ("null", "Unknown has no value"), ("true", "True: yes"),
    ("inr + null > 1", "INR + unknown has no value"),
  ])
  func everyOperatorIsExplained(text: String, wanted: String) throws {
    let found = try criterion(text).explain(Bed(Self.patient), on: Day("2026-11-21"))
    #expect(found.sentence == wanted)
  }

  /// A margin says how the value stands, whichever side it is written on.
  @Test(arguments: [
    ("inr < 3", "< 3 true"), ("inr < 2.9", ">= 2.9 false"), ("inr <= 2.9", "<= 2.9 true"),
    ("inr <= 2", "> 2 false"), ("inr > 2", "> 2 true"), ("inr > 2.9", "<= 2.9 false"),
    ("inr >= 2.9", ">= 2.9 true"), ("inr >= 3", "< 3 false"), ("inr = 2.9", "= 2.9 true"),
    ("inr = 3", "!= 3 false"), ("3 > inr", "< 3 true"), ("3 >= inr", "<= 3 true"),
    ("2 < inr", "> 2 true"), ("2 <= inr", ">= 2 true"), ("2.9 = inr", "= 2.9 true"),
    ("inr between 1 and 2.9", ">= 1 true, <= 2.9 true"),
    ("inr properly between 2.9 and 3", "<= 2.9 false, < 3 true"),
    ("inr properly between 1 and 2.9", "> 1 true, >= 2.9 false"),
    ("inr in Interval[2.9, 3)", ">= 2.9 true, < 3 true"),
    ("(if inr > 2 then cirrhosis else pregnant) and not (inr < 1)", "> 2 true, >= 1 false"),
  ])
  func margins(text: String, wanted: String) throws {
    let found = try criterion(text).explain(Bed(Self.patient)).margins.map { margin in
      "\(margin.relation) \(margin.threshold) \(margin.holds)"
    }
    #expect(found.joined(separator: ", ") == wanted)
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
    ("not (inr > 2 and age > 50 years)", "age <= 50"), ("not (inr > 5 or inr > 2)", "inr > 2"),
    ("not (age between 50 years and 60 years)", "age < 50"),
    ("at least 1 of { inr > 2 }", nil), ("inr > 2 xor inr > 3", nil),
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
