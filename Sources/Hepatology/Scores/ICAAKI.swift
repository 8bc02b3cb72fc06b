import Quantities

extension Score {
  /// Acute kidney injury in cirrhosis (ICA 2015).
  public static let icaAKI = Score(
    id: "icaAKI", name: "ICA-AKI", title: "Acute kidney injury in cirrhosis (ICA 2015)",
    purpose: "Stage of acute kidney injury in cirrhosis, by creatinine alone.",
    family: .organs, rank: 3, form: .grade,
    inputs: [.creatinine, .baselineCreatinine],
    optionalInputs: [.creatinineTwoDaysAgo, .renalReplacement],
    falling: [.baselineCreatinine, .creatinineTwoDaysAgo],
    formula: [
      "acute kidney injury: creatinine from 1.5 × its baseline (of the last three months), or a rise "
        + "from 0.3 mg/dL within 48 hours",
      "stage 1A: to 2 × baseline and below 1.5 mg/dL", "stage 1B: to 2 × baseline, from 1.5 mg/dL",
      "stage 2: above 2 to 3 × baseline",
      "stage 3: above 3 × baseline; or from 4.0 mg/dL with a rise from 0.3 mg/dL within 48 hours; "
        + "or renal replacement",
    ],
    bounds: ["Stages 1A, 1B, 2, 3 count as 1, 1.5, 2, 3."],
    variants: [
      Variant(
        "published", "A rise of 0.3 mg/dL.",
        because: "The definition is printed in mg/dL; the rounded SI figure differs by 0.02 µmol/L."
      ),
      Variant("si265", "A rise of 26.5 µmol/L, as SI texts round 0.3 mg/dL."),
    ],
    scale: 0...3, decimals: 1,
    strata: [
      Stratum("no AKI", from: -.infinity), Stratum("stage 1A", from: 1),
      Stratum("stage 1B", from: 1.5), Stratum("stage 2", from: 2), Stratum("stage 3", from: 3),
    ],
    population: "Cirrhosis.",
    cautions: [.without(.cirrhosis, "Made for cirrhosis, which this patient does not have.")],
    citations: [Citation("Angeli P et al. J Hepatol 2015;62:968-974.")],
    unconfirmed: ["the limits of the stages."]
  ) { working in
    if working.answer(.renalReplacement) == true {
      working.term("renal replacement", .renalReplacement, points: 3)
      return .value(working.value(3))
    }
    guard let course = working.creatinineCourse() else { return working.incomplete }
    let isBySI = working.variant.id == "si265"
    let isRisen =
      course.rise.map { isBySI ? $0.micromoles >= 26.5 : $0.milligrams >= 0.3 } ?? false
    let isFour = course.creatinine >= 4 && isRisen
    let isInjury = course.ratio >= 1.5 || isRisen
    if course.rise == nil {
      working.note("Creatinine of 48 hours ago is not given: judged by the baseline alone.")
    }
    let stage: Double =
      if !isInjury { 0 } else if course.ratio > 3 || isFour { 3 } else if course.ratio > 2 {
        2
      } else {
        course.creatinine >= 1.5 ? 1.5 : 1
      }
    working.term(
      "creatinine over baseline", .creatinine, .baselineCreatinine, points: course.ratio)
    if let rise = course.rise {
      working.term(
        "rise within 48 hours, mg/dL", .creatinine, .creatinineTwoDaysAgo, points: rise.milligrams)
    }
    return .value(working.value(stage))
  }
}
