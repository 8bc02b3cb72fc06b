import Quantities

/// What the definitions of acute kidney injury ask in the same way.
extension Working {
  /// How creatinine stands to what it was.
  struct CreatinineCourse {
    /// In mg/dL.
    let creatinine: Double
    /// Over the lowest that it was: the baseline, or that of the last 48 hours.
    let ratio: Double
    /// What was compared with.
    let references: [Variable]
    /// Above that of 48 hours ago where it is known, in mg/dL and in µmol/L.
    let rise: (milligrams: Double, micromoles: Double)?
    /// Whether the baseline is known, so that the ratio is not higher than this.
    let hasBaseline: Bool

    /// Whether creatinine has risen enough within 48 hours; by the SI figure of the limit where `si`.
    func isRisen(si: Bool) -> Bool {
      rise.map { si ? $0.micromoles >= 26.5 : $0.milligrams >= 0.3 } ?? false
    }

    /// Where the ratio and the rise decide.
    static let ratios = [1.5, 2, 3]
    static let rises = [0.3]
  }

  /// How creatinine stands to what it was; `nil` where creatinine is missing, or all that it could be
  /// compared with.
  ///
  /// It is compared with the lowest that the definitions allow (KDIGO 2012: of the last seven days;
  /// ICA 2015: of the last three months), which is that of 48 hours ago where the baseline is higher.
  mutating func creatinineCourse() -> CreatinineCourse? {
    let creatinine = number(.creatinine, in: .milligramsPerDecilitre)
    let baseline = number(.baselineCreatinine, in: .milligramsPerDecilitre)
    let before = optionalNumber(.creatinineTwoDaysAgo, in: .milligramsPerDecilitre)
    guard let creatinine, let lowest = [baseline, before].compactMap({ $0 }).min() else {
      return nil
    }
    let rise = before.map { before in
      let micromoles =
        (patient.number(.creatinine, in: .micromolesPerLitre) ?? 0)
        - (patient.number(.creatinineTwoDaysAgo, in: .micromolesPerLitre) ?? 0)
      return (milligrams: (creatinine - before).snapped, micromoles: micromoles.snapped)
    }
    return CreatinineCourse(
      creatinine: creatinine, ratio: (creatinine / lowest).snapped,
      references: lowest == baseline ? [.baselineCreatinine] : [.creatinineTwoDaysAgo], rise: rise,
      hasBaseline: baseline != nil)
  }
}

extension Score {
  /// Acute kidney injury (KDIGO 2012).
  public static let kdigoAKI = Score(
    id: "kdigoAKI", name: "KDIGO AKI", title: "Acute kidney injury (KDIGO 2012)",
    purpose: "Stage of acute kidney injury by creatinine and urine.",
    family: .organs, rank: 2, form: .grade,
    inputs: [.creatinine, .baselineCreatinine],
    optionalInputs: [
      .creatinineTwoDaysAgo, .renalReplacement, .urineOutput, .bodyWeight, .oliguria, .anuria,
    ],
    falling: [.baselineCreatinine, .creatinineTwoDaysAgo, .urineOutput],
    formula: [
      "the highest stage that one of these gives",
      "creatinine over the lowest of its baseline (within 7 days) and of the last 48 hours: from 1.5 "
        + "stage 1, from 2.0 stage 2, from 3.0 stage 3",
      "rise of creatinine within 48 hours: from 0.3 mg/dL stage 1",
      "creatinine from 4.0 mg/dL, where one of the two above holds: stage 3",
      "renal replacement: stage 3",
      "urine below 0.5 mL/kg/h: for 6 hours stage 1, for 12 hours stage 2; below 0.3 mL/kg/h for "
        + "24 hours, or none for 12 hours: stage 3",
    ],
    variants: [
      Variant(
        "published", "A creatinine of 4.0 mg/dL counts where there is acute kidney injury.",
        because: "The definition asks for acute kidney injury before it is staged."),
      Variant("fourAlone", "A creatinine of 4.0 mg/dL is stage 3 by itself."),
      Variant("si265", "A rise of 26.5 µmol/L, as SI texts round 0.3 mg/dL."),
    ],
    scale: 0...3,
    strata: [
      Stratum("no AKI", from: -.infinity), Stratum("stage 1", from: 1), Stratum("stage 2", from: 2),
      Stratum("stage 3", from: 3),
    ],
    population: "Everyone; in cirrhosis there is ICA-AKI.",
    cautions: [
      Caution(
        "In cirrhosis see ICA-AKI: its form of 2015 leaves urine out, that of 2024 counts it."
      ) {
        if $0.value(of: .cirrhosis) == .yesNo(true) { return true }
        if case .choice(let ascites) = $0.value(of: .ascites) { return ascites != "none" }
        return false
      }
    ],
    citations: [
      Citation("KDIGO Acute Kidney Injury Work Group. Kidney Int Suppl 2012;2:1-138.")
    ]
  ) { working in
    var stages: [(String, [Variable], Int)] = []
    if working.answer(.renalReplacement) == true {
      stages.append(("stage by renal replacement", [.renalReplacement], 3))
    }
    stages += working.urineStages(hasLittleAtLimit: false)
    let course = working.creatinineCourse()
    if let course {
      let byRatio = Working.CreatinineCourse.ratios.count { course.ratio >= $0 }
      let byRise = course.isRisen(si: working.variant.id == "si265")
      stages.append(
        ("stage by creatinine over its lowest", [.creatinine] + course.references, byRatio))
      if course.rise != nil {
        stages.append(
          ("stage by rise within 48 hours", [.creatinine, .creatinineTwoDaysAgo], byRise ? 1 : 0))
      }
      let isAcute = byRatio > 0 || byRise || working.variant.id == "fourAlone"
      if course.creatinine >= 4, isAcute {
        stages.append(("stage by creatinine from 4.0 mg/dL", [.creatinine], 3))
      }
    }
    let stage = stages.map(\.2).max() ?? 0
    guard course?.hasBaseline == true || stage == 3 else { return working.incomplete }
    for (label, variables, stage) in stages {
      working.term(label, variables, points: Double(stage))
    }
    return .value(working.value(Double(stage)))
  }
}

extension Working {
  /// The stages that urine gives by itself (KDIGO 2012); 0.5 mL/kg/h itself counts as little where
  /// `hasLittleAtLimit`.
  mutating func urineStages(hasLittleAtLimit: Bool) -> [(String, [Variable], Int)] {
    var stages: [(String, [Variable], Int)] = []
    if let hours = optionalNumber(.anuria, in: .hours), hours > 0 {
      stages.append(("stage by anuria", [.anuria], hours >= 12 ? 3 : hours >= 6 ? 1 : 0))
    }
    if let hours = optionalNumber(.oliguria, in: .hours), hours > 0 {
      stages.append(("stage by oliguria", [.oliguria], hours >= 12 ? 2 : hours >= 6 ? 1 : 0))
    }
    if let urine = optionalNumber(.urineOutput, in: .millilitresPerDay),
      let weight = optionalNumber(.bodyWeight, in: .kilograms)
    {
      let rate = (urine / weight / 24).snapped
      stages.append(
        (
          "stage by urine in 24 hours", [.urineOutput, .bodyWeight],
          rate < 0.3 ? 3 : rate < 0.5 || hasLittleAtLimit && rate == 0.5 ? 2 : 0
        ))
    }
    return stages
  }
}
