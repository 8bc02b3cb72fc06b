import Glibc
import Quantities

extension Formula {
  /// The Lille model: `1 ÷ (1 + exp R)` with
  /// `R = 3.19 − 0.101 age + 0.147 albumin + 0.0165 (bilirubin − day 7) − 0.206 renal − 0.0065
  /// bilirubin − 0.0096 PT`; age in years, albumin in g/L, bilirubin in µmol/L, time in seconds.
  ///
  /// Louvet 2007, Hepatology 45:1348.
  public static func lille(
    age: Double, albumin: Double, bilirubin: Double, bilirubinDay7: Double,
    renalInsufficiency: Bool, prothrombinTime: Double
  ) -> Double {
    let change = 0.0165 * (bilirubin - bilirubinDay7) - 0.0065 * bilirubin
    let r =
      3.19 - 0.101 * age + 0.147 * albumin + change - (renalInsufficiency ? 0.206 : 0)
      - 0.0096 * prothrombinTime
    return 1 / (1 + exp(r))
  }
}

extension Score {
  /// Lille model (2007).
  public static let lille = Score(
    id: "lille", name: "Lille", title: "Lille model (2007)",
    purpose: "Prognosis of alcoholic hepatitis after seven days of corticosteroids.",
    family: .alcohol, rank: 2,
    inputs: [
      .age, .totalBilirubin, .totalBilirubinDay7, .albumin, .creatinine, .prothrombinTime,
    ],
    falling: [.albumin, .totalBilirubin],
    formula: [
      "R = 3.19 − 0.101 × age + 0.147 × albumin in g/L + 0.0165 × (bilirubin − bilirubin on day 7, "
        + "in µmol/L) − 0.206 × renal insufficiency − 0.0065 × bilirubin − 0.0096 × prothrombin "
        + "time in s",
      "renal insufficiency: creatinine above 1.3 mg/dL", "score = 1 ÷ (1 + exp R)",
    ],
    bounds: ["0 to 1; reported with three decimals, banded before rounding."],
    variants: [
      Variant(
        "published", "Two bands, parted at 0.45; creatinine above 1.3 mg/dL.",
        because: "They are the bands of the publication, in the unit in which it was made."),
      Variant("si115", "Renal insufficiency above 115 µmol/L, as SI texts round 1.3 mg/dL."),
      Variant(
        "threeBands", "Three bands, as a later analysis of several trials has them.",
        strata: [
          Stratum("complete response", from: -.infinity),
          Stratum("partial response", above: 0.16), Stratum("null response", from: 0.56),
        ], unconfirmed: "its limits."),
    ],
    scale: 0...1, decimals: 3,
    strata: [
      Stratum("response", from: -.infinity, "better prognosis on corticosteroids"),
      Stratum("no response", from: 0.45, "poorer prognosis on corticosteroids"),
    ],
    population: "Severe alcoholic hepatitis after seven days of corticosteroids.",
    cautions: [.withoutAlcohol],
    outlooks: [
      Outlook(
        "survival for 6 months", in: "alcoholic hepatitis on corticosteroids, France (Louvet 2007)",
        by: ["response": 85, "no response": 25])
    ],
    citations: [
      Citation("Louvet A et al. Hepatology 2007;45:1348-1354.", doi: "10.1002/hep.21607")
    ]
  ) { working in
    let age = working.number(.age, in: .years)
    let bilirubin = working.number(.totalBilirubin, in: .micromolesPerLitre)
    let day7 = working.number(.totalBilirubinDay7, in: .micromolesPerLitre)
    let albumin = working.number(.albumin, in: .gramsPerLitre)
    let isRenal =
      working.variant.id == "si115"
      ? working.holds(.creatinine, .above, 115, in: .micromolesPerLitre)
      : working.holds(.creatinine, .above, 1.3, in: .milligramsPerDecilitre)
    let time = working.number(.prothrombinTime, in: .seconds)
    guard let age, let bilirubin, let day7, let albumin, let isRenal, let time else {
      return working.incomplete
    }
    working.note("Bilirubin is that of the day on which corticosteroids began.")
    working.note("The terms add up to R; the score is 1 ÷ (1 + exp R).")
    working.term("constant", points: 3.19)
    working.term("−0.101 × age", .age, points: -0.101 * age)
    working.term("0.147 × albumin", .albumin, points: 0.147 * albumin)
    working.term(
      "0.0165 × (bilirubin − day 7)", .totalBilirubin, .totalBilirubinDay7,
      points: 0.0165 * (bilirubin - day7))
    working.term("−0.206 × renal insufficiency", .creatinine, points: isRenal ? -0.206 : 0)
    working.term("−0.0065 × bilirubin", .totalBilirubin, points: -0.0065 * bilirubin)
    working.term("−0.0096 × prothrombin time", .prothrombinTime, points: -0.0096 * time)
    return .value(
      working.value(
        Formula.lille(
          age: age, albumin: albumin, bilirubin: bilirubin, bilirubinDay7: day7,
          renalInsufficiency: isRenal, prothrombinTime: time)))
  }
}
