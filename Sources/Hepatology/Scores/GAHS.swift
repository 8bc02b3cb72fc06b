import Quantities

extension Score {
  /// Glasgow alcoholic hepatitis score (2005).
  public static let gahs = Score(
    id: "gahs", name: "GAHS", title: "Glasgow alcoholic hepatitis score (2005)",
    purpose: "Mortality of alcoholic hepatitis.",
    family: .alcohol, rank: 4, form: .points,
    inputs: [.age, .totalBilirubin, .urea, .whiteCells, .inr],
    optionalInputs: [.prothrombinTime, .prothrombinTimeControl],
    falling: [.prothrombinTimeControl],
    formula: [
      "points, summed", "age: < 50 (1), 50 and more (2)",
      "white cells: < 15 (1), 15 × 10⁹/L and more (2)", "urea: < 5 (1), 5 mmol/L and more (2)",
      "INR, or prothrombin time ÷ control: < 1.5 (1), 1.5–2.0 (2), > 2.0 (3)",
      "bilirubin: < 125 (1), 125–250 (2), > 250 µmol/L (3)",
    ],
    bounds: ["5 to 12 points."],
    variants: [
      Variant(
        "inr", "Clotting by INR.", because: "The publication takes INR or the ratio; INR is usual."),
      Variant("ratio", "Clotting by the prothrombin time over its control.", .form),
    ],
    scale: 5...12,
    strata: [
      Stratum("below 9", from: -.infinity), Stratum("9 and more", from: 9, "poor prognosis"),
    ],
    population: "Alcoholic hepatitis.", cautions: [.withoutAlcohol],
    outlooks: [
      Outlook(
        "survival for 28 days", in: "alcoholic hepatitis, United Kingdom (Forrest 2005)",
        by: ["below 9": 87, "9 and more": 46]),
      Outlook(
        "survival for 84 days", in: "alcoholic hepatitis, United Kingdom (Forrest 2005)",
        by: ["below 9": 79, "9 and more": 40]),
    ],
    citations: [
      Citation("Forrest EH et al. Gut 2005;54:1174-1179.", doi: "10.1136/gut.2004.050781")
    ]
  ) { working in
    if working.variant.id == "inr", working.patient.value(of: .inr) == nil,
      working.patient.value(of: .prothrombinTime) != nil,
      working.patient.value(of: .prothrombinTimeControl) != nil
    {
      working.variant = working.score.find(variant: "ratio")
      working.note("INR is missing: clotting is counted by the ratio of prothrombin times.")
    }
    let age = working.number(.age, in: .years)
    let bilirubin = working.number(.totalBilirubin, in: .micromolesPerLitre)
    let urea = working.number(.urea, in: .millimolesPerLitre)
    let whiteCells = working.number(.whiteCells, in: .billionsPerLitre)
    var ratio: Double?
    if working.variant.id == "ratio" {
      let time = working.number(.prothrombinTime, in: .seconds)
      let control = working.number(.prothrombinTimeControl, in: .seconds)
      if let time, let control { ratio = (time / control).snapped }
    } else {
      ratio = working.number(.inr, in: .one)
    }
    guard let age, let bilirubin, let urea, let whiteCells, let ratio else {
      return working.incomplete
    }
    let items: [(String, [Variable], Double)] = [
      ("age: < 50, 50 and more", [.age], age < 50 ? 1 : 2),
      ("white cells: < 15, 15 × 10⁹/L and more", [.whiteCells], whiteCells < 15 ? 1 : 2),
      ("urea: < 5, 5 mmol/L and more", [.urea], urea < 5 ? 1 : 2),
      working.variant.id == "ratio"
        ? (
          "time ÷ control: < 1.5, 1.5–2.0, > 2.0", [.prothrombinTime, .prothrombinTimeControl],
          Working.points(ratio, 1.5, 2)
        )
        : ("INR: < 1.5, 1.5–2.0, > 2.0", [.inr], Working.points(ratio, 1.5, 2)),
      (
        "bilirubin: < 125, 125–250, > 250 µmol/L", [.totalBilirubin],
        Working.points(bilirubin, 125, 250)
      ),
    ]
    for (label, variables, points) in items { working.term(label, variables, points: points) }
    return .value(working.value(items.reduce(0) { $0 + $1.2 }))
  }
}
