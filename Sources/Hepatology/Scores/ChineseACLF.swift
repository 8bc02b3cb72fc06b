import Quantities

extension Formula {
  /// The stage that prothrombin activity in per cent gives: 1 early, 2 middle, 3 late; 0 above 40.
  public static func chineseStage(prothrombinActivity: Double) -> Int {
    prothrombinActivity <= 20
      ? 3 : prothrombinActivity <= 30 ? 2 : prothrombinActivity <= 40 ? 1 : 0
  }

  /// The stage that INR gives: 1 early, 2 middle, 3 late; 0 below 1.5.
  public static func chineseStage(inr: Double) -> Int {
    inr >= 2.6 ? 3 : inr >= 1.9 ? 2 : inr >= 1.5 ? 1 : 0
  }
}

extension Score {
  /// ACLF by the Chinese guideline (edition 2018).
  public static let chineseACLF = Score(
    id: "chineseACLF", name: "Chinese ACLF", title: "ACLF by the Chinese guideline (edition 2018)",
    purpose: "Whether the definition of the Chinese guideline holds, and its stage.",
    family: .aclf, rank: 8, form: .definition,
    inputs: [
      .chronicLiverDisease, .totalBilirubin, .totalBilirubinULN, .totalBilirubinDailyRise, .inr,
      .prothrombinActivity,
    ],
    optionalInputs: [.cirrhosis, .decompensated],
    falling: [.totalBilirubinULN, .prothrombinActivity],
    formula: [
      "all of these", "chronic liver disease",
      "bilirubin from 10 × its upper limit of normal, or a rise from 17.1 µmol/L a day",
      "prothrombin activity to 40 %, or INR from 1.5",
      "stage by prothrombin activity (INR): early to 40 % (from 1.5), middle to 30 % (from 1.9), "
        + "late to 20 % (from 2.6); the later one where they differ",
    ],
    bounds: [
      "0 where it does not hold, 1 early, 2 middle, 3 late; unknown where what is missing decides.",
      "Complications, which the guideline lists for each stage, are not counted.",
    ],
    variants: [
      Variant(
        "guideline2018", "Bilirubin from 10 × its upper limit.",
        because: "It is the guideline's own criterion; the edition of 2024 was not at hand."),
      Variant("absolute171", "Bilirubin from 171 µmol/L, as trials print the criterion."),
    ],
    scale: 0...3,
    strata: [
      Stratum("does not hold", from: -.infinity), Stratum("early", from: 1, "early stage"),
      Stratum("middle", from: 2, "middle stage"), Stratum("late", from: 3, "late stage"),
    ],
    population: "Chronic liver disease with rapidly deepening jaundice and a bleeding tendency.",
    citations: [
      Citation(
        "Chinese Society of Infectious Diseases, Chinese Society of Hepatology. Guideline for "
          + "diagnosis and treatment of liver failure, 2018.")
    ],
    unconfirmed: ["the types A, B, C and the limits of the stages."]
  ) { working in
    let isAbsolute = working.variant.id == "absolute171"
    let jaundice: Bool?
    if isAbsolute {
      jaundice = working.holds(.totalBilirubin, .atLeast, 171, in: .micromolesPerLitre)
    } else {
      let bilirubin = working.number(.totalBilirubin, in: .micromolesPerLitre)
      let limit = working.number(.totalBilirubinULN, in: .micromolesPerLitre)
      jaundice = bilirubin.flatMap { value in limit.map { value >= (10 * $0).snapped } }
    }
    let conditions = [
      Condition(
        label: "chronic liver disease", variables: [.chronicLiverDisease],
        holds: working.truth(.chronicLiverDisease)),
      Condition(
        label: "bilirubin from \(isAbsolute ? "171 µmol/L" : "10 × its upper limit"), or rising by "
          + "17.1 µmol/L a day",
        variables: [.totalBilirubin, .totalBilirubinULN, .totalBilirubinDailyRise],
        holds: Kleene.or(
          jaundice,
          working.holds(.totalBilirubinDailyRise, .atLeast, 17.1, in: .micromolesPerLitreDay))),
      Condition(
        label: "prothrombin activity to 40 % or INR from 1.5",
        variables: [.inr, .prothrombinActivity],
        holds: Kleene.or(
          working.holds(.inr, .atLeast, 1.5, in: .one),
          working.holds(.prothrombinActivity, .atMost, 40, in: .percent))),
    ]
    guard let holds = working.all(conditions) else {
      for variable in [Variable.inr, .prothrombinActivity]
      where working.patient.value(of: variable) == nil {
        let _: Bool? = working.lack(variable, "the stage may depend on it")
      }
      return working.incomplete
    }
    guard holds else { return .value(working.value(0)) }
    let stages = [
      working.patient.number(.inr, in: .one).map(Formula.chineseStage(inr:)),
      working.patient.number(.prothrombinActivity, in: .percent)
        .map(Formula.chineseStage(prothrombinActivity:)),
    ].compactMap { $0 }
    guard let stage = stages.max(), stage > 0 else {
      return working.lacking(.prothrombinActivity, "a bound gives no stage")
    }
    if stages.count == 2, stages[0] != stages[1] {
      working.note("INR and prothrombin activity give different stages; the later one counts.")
    }
    if working.answer(.cirrhosis) == false {
      working.note("Type A: without cirrhosis.")
    } else if working.answer(.cirrhosis) == true, let worse = working.answer(.decompensated) {
      working.note(worse ? "Type C: decompensated cirrhosis." : "Type B: compensated cirrhosis.")
    }
    return .value(working.value(Double(stage)))
  }
}

extension Working {
  fileprivate mutating func lacking(_ variable: Variable, _ reason: String) -> Outcome {
    let _: Bool? = lack(variable, reason)
    return incomplete
  }
}
