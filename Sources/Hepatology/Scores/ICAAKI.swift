import Quantities

extension Score {
  /// Acute kidney injury in cirrhosis (ICA 2015, stage 1 parted as by EASL 2018).
  public static let icaAKI = Score(
    id: "icaAKI", name: "ICA-AKI",
    title: "Acute kidney injury in cirrhosis (ICA 2015, stage 1 parted as by EASL 2018)",
    purpose: "Stage of acute kidney injury in cirrhosis.",
    family: .organs, rank: 3, form: .grade,
    inputs: [.creatinine, .baselineCreatinine],
    optionalInputs: [
      .creatinineTwoDaysAgo, .renalReplacement, .urineOutput, .bodyWeight, .oliguria, .anuria,
    ],
    falling: [.baselineCreatinine, .creatinineTwoDaysAgo, .urineOutput],
    formula: [
      "acute kidney injury: creatinine from 1.5 × the lowest of its baseline (of the last three "
        + "months) and of the last 48 hours, or a rise from 0.3 mg/dL within 48 hours",
      "stage 1: to 2 × that; 1A below 1.5 mg/dL, 1B from 1.5 mg/dL (EASL 2018)",
      "stage 2: above 2 to 3 × that",
      "stage 3: above 3 × that; or from 4.0 mg/dL where there is acute kidney injury; or renal "
        + "replacement",
    ],
    bounds: ["Stages 1A, 1B, 2, 3 count as 1, 1.5, 2, 3."],
    variants: [
      Variant(
        "published", "By creatinine alone; a rise of 0.3 mg/dL.",
        because: "The definition is printed in mg/dL; the rounded SI figure differs by 0.02 µmol/L."
      ),
      Variant("si265", "A rise of 26.5 µmol/L, as SI texts round 0.3 mg/dL."),
      Variant(
        "adqi2024",
        "Urine of 0.5 mL/kg/h and less for 6 hours is acute kidney injury too, as the consensus of "
          + "2024 has it; its stage is that of KDIGO, stage 1 parted by creatinine.",
        unconfirmed: "how the consensus of 2024 stages creatinine and urine."),
    ],
    scale: 0...3, decimals: 1,
    strata: [
      Stratum("no AKI", from: -.infinity), Stratum("stage 1A", from: 1),
      Stratum("stage 1B", from: 1.5), Stratum("stage 2", from: 2), Stratum("stage 3", from: 3),
    ],
    population: "Cirrhosis.",
    cautions: [.without(.cirrhosis, "Made for cirrhosis, which this patient does not have.")],
    citations: [
      Citation(
        "Angeli P et al. J Hepatol 2015;62:968-974; Gut 2015;64:531-537.",
        doi: "10.1016/j.jhep.2014.12.029"),
      Citation(
        "European Association for the Study of the Liver. J Hepatol 2018;69:406-460.",
        doi: "10.1016/j.jhep.2018.03.024"),
      Citation("Nadim MK et al. J Hepatol 2024.", doi: "10.1016/j.jhep.2024.03.031"),
    ]
  ) { working in
    if working.answer(.renalReplacement) == true {
      working.term("stage by renal replacement", .renalReplacement, points: 3)
      return .value(working.value(3))
    }
    let urine =
      working.variant.id == "adqi2024" ? working.urineStages(hasLittleAtLimit: true) : []
    for (label, variables, stage) in urine {
      working.term(label, variables, points: Double(stage))
    }
    let byUrine = urine.map(\.2).max() ?? 0
    let course = working.creatinineCourse()
    let stage = max(course.map { icaStage($0, working.variant) } ?? 0, Double(byUrine))
    guard let course, course.hasBaseline || stage == 3 else {
      return byUrine == 3 ? .value(working.value(3)) : working.incomplete
    }
    if course.rise == nil {
      working.note("Creatinine of 48 hours ago is not given: judged by the baseline alone.")
    }
    working.term(
      "creatinine ÷ its lowest", [.creatinine] + course.references, points: course.ratio,
      against: Working.CreatinineCourse.ratios)
    if let rise = course.rise {
      working.term(
        "rise within 48 hours, mg/dL", .creatinine, .creatinineTwoDaysAgo, points: rise.milligrams,
        against: Working.CreatinineCourse.rises)
    }
    return .value(working.value(stage == 1 && course.creatinine >= 1.5 ? 1.5 : stage))
  }

  /// The stage by creatinine: 0 for none, 1, 2 or 3.
  private static func icaStage(
    _ course: Working.CreatinineCourse, _ variant: Score.Variant
  ) -> Double {
    guard course.ratio >= 1.5 || course.isRisen(si: variant.id == "si265") else { return 0 }
    if course.ratio > 3 || course.creatinine >= 4 { return 3 }
    return course.ratio > 2 ? 2 : 1
  }
}
