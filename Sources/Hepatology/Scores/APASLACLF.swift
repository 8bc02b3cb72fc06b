import Quantities

extension Score {
  /// ACLF as APASL defines it (2019).
  public static let apaslACLF = Score(
    id: "apaslACLF", name: "APASL ACLF", title: "ACLF as APASL defines it (2019)",
    purpose: "Whether the definition of the Asian Pacific association holds.",
    family: .aclf, rank: 7, form: .definition,
    inputs: [
      .chronicLiverDisease, .totalBilirubin, .inr, .prothrombinActivity, .ascites,
      .encephalopathyGrade, .weeksInsultToDecompensation, .priorDecompensation,
    ],
    optionalInputs: [.cirrhosis],
    falling: [.prothrombinActivity, .weeksInsultToDecompensation, .priorDecompensation],
    formula: [
      "all of these", "chronic liver disease, known or not, or compensated cirrhosis",
      "bilirubin from 5 mg/dL", "INR from 1.5, or prothrombin activity below 40 %",
      "ascites or encephalopathy, within 4 weeks of the acute insult",
      "no decompensation before",
    ],
    bounds: ["1 where it holds, 0 where it does not; unknown where what is missing decides."],
    variants: [
      Variant(
        "published", "Bilirubin from 5 mg/dL, which is 85.5 µmol/L.",
        because: "The definition is printed in mg/dL."),
      Variant("si85", "Bilirubin from 85 µmol/L, as the definition's rounded SI figure has it."),
    ],
    scale: 0...1,
    strata: [Stratum("does not hold", from: -.infinity), Stratum("holds", from: 1)],
    population: "Acute insult of the liver in chronic liver disease.",
    citations: [Citation("Sarin SK et al. Hepatol Int 2019;13:353-390.")]
  ) { working in
    let isBySI = working.variant.id == "si85"
    let isCirrhotic = working.answer(.cirrhosis) == true
    let conditions = [
      Condition(
        label: "chronic liver disease", variables: [.chronicLiverDisease],
        holds: isCirrhotic ? true : working.truth(.chronicLiverDisease)),
      Condition(
        label: isBySI ? "bilirubin from 85 µmol/L" : "bilirubin from 5 mg/dL",
        variables: [.totalBilirubin],
        holds: isBySI
          ? working.holds(.totalBilirubin, .atLeast, 85, in: .micromolesPerLitre)
          : working.holds(.totalBilirubin, .atLeast, 5, in: .milligramsPerDecilitre)),
      Condition(
        label: "INR from 1.5 or prothrombin activity below 40 %",
        variables: [.inr, .prothrombinActivity],
        holds: Kleene.or(
          working.holds(.inr, .atLeast, 1.5, in: .one),
          working.holds(.prothrombinActivity, .below, 40, in: .percent))),
      Condition(
        label: "ascites or encephalopathy", variables: [.ascites, .encephalopathyGrade],
        holds: Kleene.or(
          working.rank(.ascites).map { $0 > 0 }, working.rank(.encephalopathyGrade).map { $0 > 0 })),
      Condition(
        label: "within 4 weeks of the insult", variables: [.weeksInsultToDecompensation],
        holds: working.holds(.weeksInsultToDecompensation, .atMost, 4, in: .weeks)),
      Condition(
        label: "no decompensation before", variables: [.priorDecompensation],
        holds: working.truth(.priorDecompensation).map { !$0 }),
    ]
    guard let holds = working.all(conditions) else { return working.incomplete }
    return .value(working.value(holds ? 1 : 0))
  }
}
