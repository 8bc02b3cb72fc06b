import Quantities

extension Formula {
  /// ABIC: `0.1 age + 0.08 bilirubin + 0.3 creatinine + 0.8 INR`, bilirubin and creatinine in mg/dL.
  ///
  /// Dominguez 2008, Am J Gastroenterol 103:2747.
  public static func abic(age: Double, bilirubin: Double, inr: Double, creatinine: Double) -> Double
  {
    0.1 * age + 0.08 * bilirubin + 0.3 * creatinine + 0.8 * inr
  }
}

extension Score {
  /// Age, bilirubin, INR, creatinine (2008).
  public static let abic = Score(
    id: "abic", name: "ABIC", title: "Age, bilirubin, INR, creatinine (2008)",
    purpose: "Survival for 90 days in alcoholic hepatitis.",
    family: .alcohol, rank: 3,
    inputs: [.age, .totalBilirubin, .creatinine, .inr],
    formula: [
      "0.1 × age + 0.08 × bilirubin in mg/dL + 0.3 × creatinine in mg/dL + 0.8 × INR"
    ],
    bounds: ["No bounds; reported with two decimals, banded before rounding."],
    variants: [
      Variant(
        "from9", "High risk from 9 on.", because: "The band below it is printed as 6.71 to 8.99."),
      Variant(
        "above9", "High risk above 9 only.",
        strata: [
          Stratum("low", from: -.infinity), Stratum("intermediate", from: 6.71),
          Stratum("high", above: 9),
        ]),
    ],
    scale: 3...15, decimals: 2,
    strata: [
      Stratum("low", from: -.infinity), Stratum("intermediate", from: 6.71),
      Stratum("high", from: 9),
    ],
    population: "Alcoholic hepatitis.", cautions: [.withoutAlcohol],
    outlooks: [
      Outlook(
        "survival for 90 days", in: "alcoholic hepatitis, Spain (Dominguez 2008)",
        by: ["low": 100, "intermediate": 70, "high": 25])
    ],
    citations: [
      Citation(
        "Dominguez M et al. Am J Gastroenterol 2008;103:2747-2756.",
        doi: "10.1111/j.1572-0241.2008.02104.x")
    ]
  ) { working in
    let age = working.number(.age, in: .years)
    let bilirubin = working.number(.totalBilirubin, in: .milligramsPerDecilitre)
    let creatinine = working.number(.creatinine, in: .milligramsPerDecilitre)
    let inr = working.number(.inr, in: .one)
    guard let age, let bilirubin, let creatinine, let inr else { return working.incomplete }
    working.term("0.1 × age", .age, points: 0.1 * age)
    working.term("0.08 × bilirubin", .totalBilirubin, points: 0.08 * bilirubin)
    working.term("0.3 × creatinine", .creatinine, points: 0.3 * creatinine)
    working.term("0.8 × INR", .inr, points: 0.8 * inr)
    return .value(
      working.value(
        Formula.abic(age: age, bilirubin: bilirubin, inr: inr, creatinine: creatinine).snapped))
  }
}
