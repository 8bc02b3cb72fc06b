import Quantities

extension Formula {
  /// Points of SOFA for breathing: PaO₂ in mmHg over the inspired fraction, and whether breathing is
  /// supported.
  public static func sofaRespiration(ratio: Double, isSupported: Bool) -> Int {
    switch ratio {
    case 400...: 0
    case 300...: 1
    case 200...: 2
    case 100...: isSupported ? 3 : 2
    default: isSupported ? 4 : 2
    }
  }

  /// Points of SOFA for platelets in 10⁹/L.
  public static func sofaPlatelets(_ platelets: Double) -> Int {
    switch platelets {
    case 150...: 0
    case 100...: 1
    case 50...: 2
    case 20...: 3
    default: 4
    }
  }

  /// Points of SOFA for bilirubin in mg/dL.
  public static func sofaBilirubin(_ bilirubin: Double) -> Int {
    switch bilirubin {
    case 12...: 4
    case 6...: 3
    case 2...: 2
    case 1.2...: 1
    default: 0
    }
  }

  /// Points of SOFA for bilirubin in µmol/L, by the column of the publication in that unit: below 20,
  /// to 32, to 101, to 204, above 204.
  public static func sofaBilirubin(micromoles bilirubin: Double) -> Int {
    bilirubin > 204 ? 4 : bilirubin >= 102 ? 3 : bilirubin >= 33 ? 2 : bilirubin >= 20 ? 1 : 0
  }

  /// Points of SOFA for the Glasgow coma scale.
  public static func sofaComa(_ scale: Double) -> Int {
    switch scale {
    case 15...: 0
    case 13...: 1
    case 10...: 2
    case 6...: 3
    default: 4
    }
  }

  /// Points of SOFA for creatinine in mg/dL.
  public static func sofaCreatinine(_ creatinine: Double) -> Int {
    switch creatinine {
    case 5...: 4
    case 3.5...: 3
    case 2...: 2
    case 1.2...: 1
    default: 0
    }
  }

  /// Points of SOFA for creatinine in µmol/L, by the column of the publication in that unit: below
  /// 110, to 170, to 299, to 440, above 440.
  public static func sofaCreatinine(micromoles creatinine: Double) -> Int {
    creatinine > 440
      ? 4 : creatinine >= 300 ? 3 : creatinine >= 171 ? 2 : creatinine >= 110 ? 1 : 0
  }

  /// Points of SOFA for urine in mL a day.
  public static func sofaUrine(_ urine: Double) -> Int { urine < 200 ? 4 : urine < 500 ? 3 : 0 }

  /// Points of SOFA for drugs that hold up the circulation, doses in µg for each kilogram and minute;
  /// 0 where none runs, which leaves the pressure to be judged.
  public static func sofaDrugs(
    dopamine: Double, dobutamine: Double, epinephrine: Double, norepinephrine: Double
  ) -> Int {
    let strong = max(epinephrine, norepinephrine)
    if dopamine > 15 || strong > 0.1 { return 4 }
    if dopamine > 5 || strong > 0 { return 3 }
    return dopamine > 0 || dobutamine > 0 ? 2 : 0
  }
}

extension Score {
  /// Sequential organ failure assessment (1996).
  public static let sofa = Score(
    id: "sofa", name: "SOFA", title: "Sequential organ failure assessment (1996)",
    purpose: "Failure of six organs in intensive care.",
    family: .organs, rank: 1, form: .points,
    inputs: [
      .totalBilirubin, .creatinine, .platelets, .meanArterialPressure, .pao2, .fio2,
      .glasgowComaScale,
    ],
    optionalInputs: [
      .ventilation, .vasopressors, .dopamine, .dobutamine, .epinephrine, .norepinephrine,
      .renalReplacement, .urineOutput, .systolic, .diastolic,
    ],
    falling: [
      .platelets, .meanArterialPressure, .pao2, .glasgowComaScale, .urineOutput, .systolic,
      .diastolic,
    ],
    formula: [
      "points 0, 1, 2, 3, 4 of each, summed",
      "PaO2/FiO2: 400 and more, < 400, < 300, < 200 ventilated, < 100 ventilated; below 200 "
        + "otherwise 2",
      "platelets: 150 and more, < 150, < 100, < 50, < 20 × 10⁹/L",
      "bilirubin: < 1.2, from 1.2, from 2.0, from 6.0, from 12.0 mg/dL",
      "mean arterial pressure 70 mmHg and more 0, below 70 1; dopamine to 5 or dobutamine 2; "
        + "dopamine above 5 or (nor)epinephrine to 0.1 3; dopamine above 15 or (nor)epinephrine "
        + "above 0.1 µg/kg/min 4",
      "Glasgow coma scale: 15, 13–14, 10–12, 6–9, < 6",
      "creatinine: < 1.2, from 1.2, from 2.0, from 3.5, from 5.0 mg/dL; urine < 500 mL/d 3, "
        + "< 200 mL/d 4",
    ],
    bounds: ["0 to 24 points."],
    variants: [
      Variant(
        "vincent1996", "The points of the publication by its columns in mg/dL.",
        because: "The publication prints mg/dL first; its columns in µmol/L are rounded."),
      Variant(
        "si1996",
        "Bilirubin and creatinine by the columns in µmol/L: from 20, 33, 102, above 204; from 110, "
          + "171, 300, above 440."),
      Variant(
        "replacement", "Renal replacement has the 4 points of the kidney, as registries count it.",
        unconfirmed: "how many points renal replacement has."),
      Variant(
        "supported", "Breathing is supported, in whatever way and for whatever reason.", .form),
    ],
    scale: 0...24,
    strata: [
      Stratum("0–6", from: -.infinity), Stratum("7–15", from: 7), Stratum("16–24", from: 16),
    ],
    population: "Adults in intensive care.",
    cautions: [.under(18, "Made for adults.")],
    outlooks: [
      Outlook(
        "death, by the score at admission to intensive care",
        in: "352 patients of one unit, Belgium 1999 (Ferreira 2001)",
        by: [
          (Stratum("0–1", from: -.infinity), 0), (Stratum("2–3", from: 2), 6.4),
          (Stratum("4–5", from: 4), 20.2), (Stratum("6–7", from: 6), 21.5),
          (Stratum("8–9", from: 8), 33.3), (Stratum("10–11", from: 10), 50),
          (Stratum("12–24", from: 12), 95.2),
        ], isConfirmed: false)
    ],
    citations: [
      Citation("Vincent JL et al. Intensive Care Med 1996;22:707-710.", doi: "10.1007/BF01709751"),
      Citation("Ferreira FL et al. JAMA 2001;286:1754-1758.", doi: "10.1001/jama.286.14.1754"),
    ],
    unconfirmed: [
      "the bands 0–6, 7–15 and 16–24, which are of a public definition of the score."
    ]
  ) { working in
    let variant = working.variant.id
    let isSI = variant == "si1996"
    let unit: Unit = isSI ? .micromolesPerLitre : .milligramsPerDecilitre
    let bilirubin = working.number(.totalBilirubin, in: unit)
    let platelets = working.number(.platelets, in: .billionsPerLitre)
    let pressure = working.number(.pao2, in: .millimetresOfMercury)
    let fraction = working.number(.fio2, in: .one)
    let scale = working.number(.glasgowComaScale, in: .one)
    let isSupported = variant == "supported" || working.support(.ventilation)
    let isReplaced =
      variant == "replacement"
      ? working.support(.renalReplacement) : working.answer(.renalReplacement) == true
    let isFull = isReplaced && variant == "replacement"
    let creatinine = isFull ? 0 : working.number(.creatinine, in: unit)
    let circulation = working.sofaCirculation()
    let urine = working.optionalNumber(.urineOutput, in: .millilitresPerDay)
    guard let bilirubin, let creatinine, let platelets, let pressure, let fraction, let scale,
      let circulation
    else { return working.incomplete }
    if urine == nil {
      working.note("Urine is not given: the kidney is judged by creatinine alone.")
    }
    if isReplaced, variant != "replacement" {
      working.note("Renal replacement is not counted; the form replacement gives it 4 points.")
    }
    let ratio = (pressure / fraction).snapped
    if !isSupported, ratio < 200 {
      working.note(
        "Support of breathing for other reasons than the lungs is not counted; the form supported "
          + "counts any.")
    }
    let byCreatinine =
      isSI
      ? Formula.sofaCreatinine(micromoles: creatinine) : Formula.sofaCreatinine(creatinine)
    let kidney = max(byCreatinine, urine.map(Formula.sofaUrine) ?? 0)
    let items: [(String, [Variable], Int)] = [
      (
        "points of breathing", [.pao2, .fio2, .ventilation],
        Formula.sofaRespiration(ratio: ratio, isSupported: isSupported)
      ),
      ("points of platelets", [.platelets], Formula.sofaPlatelets(platelets)),
      (
        "points of bilirubin", [.totalBilirubin],
        isSI ? Formula.sofaBilirubin(micromoles: bilirubin) : Formula.sofaBilirubin(bilirubin)
      ),
      (
        "points of circulation",
        [.meanArterialPressure, .dopamine, .dobutamine, .epinephrine, .norepinephrine], circulation
      ),
      ("points of the coma scale", [.glasgowComaScale], Formula.sofaComa(scale)),
      (
        "points of the kidney", [.creatinine, .urineOutput, .renalReplacement], isFull ? 4 : kidney
      ),
    ]
    for (label, variables, points) in items {
      working.term(label, variables, points: Double(points))
    }
    return .value(working.value(Double(items.reduce(0) { $0 + $1.2 })))
  }
}

extension Working {
  /// Points of SOFA for the circulation; doses that are not given count as none, unless vasopressors
  /// are said to run.
  fileprivate mutating func sofaCirculation() -> Int? {
    let drugs: [Variable] = [.dopamine, .dobutamine, .epinephrine, .norepinephrine]
    let doses = drugs.map { optionalNumber($0, in: .microgramsPerKilogramMinute) }
    let points = Formula.sofaDrugs(
      dopamine: doses[0] ?? 0, dobutamine: doses[1] ?? 0, epinephrine: doses[2] ?? 0,
      norepinephrine: doses[3] ?? 0)
    if points > 0 { return points }
    if answer(.vasopressors) == true, doses.allSatisfy({ $0 == nil }) {
      return lack(.norepinephrine, "vasopressors run, but no dose is given")
    }
    return meanPressure().map { $0 < 70 ? 1 : 0 }
  }
}
