import Quantities

extension Formula {
  /// Maddrey's discriminant function as modified: `4.6 (PT − control) + bilirubin`, times in seconds,
  /// bilirubin in mg/dL.
  ///
  /// Maddrey 1978, Gastroenterology 75:193; Carithers 1989, Ann Intern Med 110:685.
  public static func maddrey(
    prothrombinTime: Double, control: Double, bilirubin: Double
  ) -> Double {
    4.6 * (prothrombinTime - control) + bilirubin
  }
}

extension Score.Caution {
  /// The scores of alcoholic hepatitis were made and tried in it alone.
  static let withoutAlcohol = Score.Caution.withoutCause(
    "alcohol", "Made for alcoholic hepatitis; alcohol is not among the causes.")
}

extension Score {
  /// Maddrey's discriminant function, modified (1989).
  public static let maddrey = Score(
    id: "maddrey", name: "Maddrey mDF", title: "Maddrey's discriminant function, modified (1989)",
    purpose: "Severity of alcoholic hepatitis, and whether corticosteroids are considered.",
    family: .alcohol, rank: 1,
    inputs: [.totalBilirubin, .prothrombinTime, .prothrombinTimeControl],
    falling: [.prothrombinTimeControl],
    formula: ["4.6 × (prothrombin time − control, in s) + bilirubin in mg/dL"],
    bounds: ["No bounds; reported with one decimal, banded before rounding."],
    variants: [
      Variant(
        "from32", "Severe from 32 on.",
        because: "Most sources and the trials of corticosteroids print 32 or more."),
      Variant(
        "above32", "Severe above 32 only.",
        strata: [
          Stratum("not severe", from: -.infinity), Stratum("severe", above: 32, "severe"),
        ]),
    ],
    scale: 0...150, decimals: 1,
    strata: [
      Stratum("not severe", from: -.infinity), Stratum("severe", from: 32, "severe"),
    ],
    population: "Alcoholic hepatitis.", cautions: [.withoutAlcohol],
    citations: [
      Citation("Maddrey WC et al. Gastroenterology 1978;75:193-199."),
      Citation("Carithers RL et al. Ann Intern Med 1989;110:685-690."),
    ]
  ) { working in
    let bilirubin = working.number(.totalBilirubin, in: .milligramsPerDecilitre)
    let time = working.number(.prothrombinTime, in: .seconds)
    let control = working.number(.prothrombinTimeControl, in: .seconds)
    guard let bilirubin, let time, let control else { return working.incomplete }
    working.term(
      "4.6 × (prothrombin time − control)", .prothrombinTime, .prothrombinTimeControl,
      points: 4.6 * (time - control))
    working.term("bilirubin", .totalBilirubin, points: bilirubin)
    return .value(
      working.value(
        Formula.maddrey(prothrombinTime: time, control: control, bilirubin: bilirubin).snapped))
  }
}
