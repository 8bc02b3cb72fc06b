import Quantities

extension Formula {
  /// The grade of ACLF by EASL-CLIF, 0 (none) to 3, from the organs that fail.
  ///
  /// `others` is the number of failures among liver, coagulation, circulation and breathing;
  /// `hasKidneyDysfunction` is a creatinine from 1.5 to below 2 mg/dL, `hasMildEncephalopathy` is
  /// West Haven 1 or 2.
  /// Moreau 2013, Gastroenterology 144:1426.
  public static func aclfGrade(
    kidneyFails: Bool, brainFails: Bool, others: Int, hasKidneyDysfunction: Bool,
    hasMildEncephalopathy: Bool
  ) -> Int {
    let failures = others + (kidneyFails ? 1 : 0) + (brainFails ? 1 : 0)
    guard failures == 1 else { return min(failures, 3) }
    if kidneyFails || hasKidneyDysfunction { return 1 }
    return others == 1 && hasMildEncephalopathy ? 1 : 0
  }
}

extension Score {
  /// ACLF grade by EASL-CLIF (2013).
  public static let aclfGrade = Score(
    id: "aclfGrade", name: "ACLF grade", title: "ACLF grade by EASL-CLIF (2013)",
    purpose: "Whether there is acute-on-chronic liver failure, and how many organs fail.",
    family: .aclf, rank: 5, form: .grade,
    inputs: [
      .totalBilirubin, .creatinine, .renalReplacement, .inr, .encephalopathyGrade, .vasopressors,
      .ventilation, .pao2, .fio2,
    ],
    optionalInputs: [.spo2], falling: [.pao2, .spo2],
    formula: [
      "failure of the liver: bilirubin from 12 mg/dL; kidney: creatinine from 2 mg/dL or renal "
        + "replacement; brain: West Haven 3–4; coagulation: INR from 2.5 (Jalan 2014; in Moreau 2013 "
        + "also platelets to 20 × 10⁹/L); circulation: vasopressors; "
        + "breathing: PaO2/FiO2 to 200, SpO2/FiO2 to 214, or ventilation",
      "grade 1: the kidney alone; or liver, coagulation, circulation or breathing alone with "
        + "creatinine from 1.5 mg/dL or encephalopathy 1–2; or the brain alone with creatinine from "
        + "1.5 mg/dL",
      "grade 2: two failures", "grade 3: three failures and more",
    ],
    bounds: [
      "An organ of which too little is known may fail or not; there is a grade where that does not "
        + "matter."
    ],
    variants: [
      Variant(
        "published", "The kidney fails from 2 mg/dL; limits belong to failure.",
        because: "It is the consortium's definition, as Jalan 2014 and its own calculator have it."),
      Variant("kidney35", "The kidney fails above 3.5 mg/dL only, as one implementation has it."),
      Variant("exclusive", "Liver and coagulation fail above 12 mg/dL and 2.5 only."),
    ],
    scale: 0...3,
    strata: [
      Stratum("no ACLF", from: -.infinity), Stratum("ACLF-1", from: 1), Stratum("ACLF-2", from: 2),
      Stratum("ACLF-3", from: 3),
    ],
    population: "Acutely decompensated cirrhosis.",
    cautions: [
      .without(.cirrhosis, "Made for cirrhosis, which this patient does not have."),
      .without(.decompensated, "Made for acute decompensation, which this patient does not have."),
    ],
    outlooks: [
      Outlook(
        "death within 28 days",
        in: "acutely decompensated cirrhosis, Europe (CANONIC, Moreau 2013; 76 or 77 for grade 3)",
        by: ["no ACLF": 5, "ACLF-1": 22, "ACLF-2": 32, "ACLF-3": 77]),
      Outlook(
        "death within 90 days",
        in: "acutely decompensated cirrhosis, Europe (CANONIC, Moreau 2013)",
        by: ["no ACLF": 14, "ACLF-1": 40, "ACLF-2": 52, "ACLF-3": 79]),
    ],
    citations: [.moreau, .jalan]
  ) { working in
    let organs = ACLFOrgans(&working)
    let (least, most) = (organs.grade(unknown: false), organs.grade(unknown: true))
    for (label, variables, fails) in organs.failures {
      guard let fails else { continue }
      working.term(
        "\(label) \(fails ? "fails" : "does not fail")", variables, points: fails ? 1 : 0)
    }
    guard least == most else { return working.incomplete }
    if !working.gaps.isEmpty { working.note("What is missing does not change the grade.") }
    return .value(working.value(Double(least)))
  }
}

/// The organs that fail by EASL-CLIF; `nil` where too little is known.
private struct ACLFOrgans {
  let failures: [(String, [Variable], Bool?)]
  let hasKidneyDysfunction: Bool?
  let hasMildEncephalopathy: Bool?

  init(_ working: inout Working) {
    let isExclusive = working.variant.id == "exclusive"
    let comparison: Working.Comparison = isExclusive ? .above : .atLeast
    let isLate = working.variant.id == "kidney35"
    let liver = working.holds(.totalBilirubin, comparison, 12, in: .milligramsPerDecilitre)
    let replacement = working.truth(.renalReplacement)
    let byCreatinine = working.holds(
      .creatinine, isLate ? .above : .atLeast, isLate ? 3.5 : 2, in: .milligramsPerDecilitre)
    let grade = working.rank(.encephalopathyGrade)
    let inr = working.holds(.inr, comparison, 2.5, in: .one)
    let vasopressors = working.truth(.vasopressors)
    let ventilation = working.truth(.ventilation)
    let lungs =
      ventilation == true
      ? true : working.oxygenation().map { $0.isAtMost(arterial: 200, pulse: 214) }
    failures = [
      ("liver", [.totalBilirubin], liver),
      ("kidney", [.creatinine, .renalReplacement], Kleene.or(byCreatinine, replacement)),
      ("brain", [.encephalopathyGrade], grade.map { $0 >= 3 }), ("coagulation", [.inr], inr),
      ("circulation", [.vasopressors], vasopressors),
      ("breathing", [.pao2, .fio2, .spo2, .ventilation], Kleene.or(lungs, ventilation)),
    ]
    hasKidneyDysfunction = working.holds(.creatinine, .atLeast, 1.5, in: .milligramsPerDecilitre)
    hasMildEncephalopathy = grade.map { $0 == 1 || $0 == 2 }
  }

  /// The grade if everything that is unknown were so.
  func grade(unknown: Bool) -> Int {
    let fails = failures.map { $0.2 ?? unknown }
    return Formula.aclfGrade(
      kidneyFails: fails[1], brainFails: fails[2],
      others: [0, 3, 4, 5].count { fails[$0] },
      hasKidneyDysfunction: hasKidneyDysfunction ?? unknown,
      hasMildEncephalopathy: hasMildEncephalopathy ?? unknown)
  }
}
