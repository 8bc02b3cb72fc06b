import Glibc
import Quantities

extension Formula {
  /// CLIF-C AD before it is held between 0 and 100.
  ///
  /// `10 (0.03 age + 0.66 ln creatinine + 1.71 ln INR + 0.88 ln white cells − 0.05 sodium + 8)`,
  /// creatinine in mg/dL, white cells in 10⁹/L, sodium in mmol/L.
  /// Jalan 2015, J Hepatol 62:831.
  public static func clifCAD(
    age: Double, creatinine: Double, inr: Double, whiteCells: Double, sodium: Double
  ) -> Double {
    let logarithms = 0.66 * log(creatinine) + 1.71 * log(inr) + 0.88 * log(whiteCells)
    return 10 * (0.03 * age + logarithms - 0.05 * sodium + 8)
  }
}

extension Score {
  /// CLIF Consortium acute decompensation score (2015).
  public static let clifCAD = Score(
    id: "clifCAD", name: "CLIF-C AD", title: "CLIF Consortium acute decompensation score (2015)",
    purpose: "Mortality of acute decompensation without ACLF.",
    family: .aclf, rank: 4,
    inputs: [.age, .creatinine, .sodium, .whiteCells, .inr], falling: [.sodium],
    formula: [
      "10 × (0.03 × age in years + 0.66 × ln(creatinine in mg/dL) + 1.71 × ln(INR) "
        + "+ 0.88 × ln(white cells in 10⁹/L) − 0.05 × sodium in mmol/L + 8)"
    ],
    bounds: ["Held between 0 and 100; reported with one decimal, banded before rounding."],
    variants: [
      Variant(
        "published", "Low to 45, high from 60 on.",
        because: "The consortium's own calculator names these groups."),
      Variant(
        "from50", "Low below 50, high from 60 on, as another source prints it.",
        strata: [
          Stratum("low", from: -.infinity, "low risk"),
          Stratum("intermediate", from: 50, "intermediate risk"),
          Stratum("high", from: 60, "high risk"),
        ]),
    ],
    scale: 0...100, decimals: 1,
    strata: [
      Stratum("low", from: -.infinity, "low risk"),
      Stratum("intermediate", above: 45, "intermediate risk"),
      Stratum("high", from: 60, "high risk"),
    ],
    population: "Acutely decompensated cirrhosis without ACLF.",
    cautions: [
      .under(18, "Made for adults."),
      Caution("ACLF by EASL-CLIF: CLIF-C ACLF is the score for it.") {
        if case .value(let grade) = Score.aclfGrade.outcome(for: $0, variant: nil) {
          grade.reported > 0
        } else {
          false
        }
      },
    ],
    citations: [
      Citation("Jalan R et al. J Hepatol 2015;62:831-840.", doi: "10.1016/j.jhep.2014.11.012")
    ]
  ) { working in
    let age = working.number(.age, in: .years)
    let creatinine = working.number(.creatinine, in: .milligramsPerDecilitre)
    let sodium = working.number(.sodium, in: .millimolesPerLitre)
    let whiteCells = working.number(.whiteCells, in: .billionsPerLitre)
    let inr = working.number(.inr, in: .one)
    guard let age, let creatinine, let sodium, let whiteCells, let inr else {
      return working.incomplete
    }
    working.term("0.3 × age", .age, points: 0.3 * age)
    working.term("6.6 × ln creatinine", .creatinine, points: 6.6 * log(creatinine))
    working.term("17.1 × ln INR", .inr, points: 17.1 * log(inr))
    working.term("8.8 × ln white cells", .whiteCells, points: 8.8 * log(whiteCells))
    working.term("−0.5 × sodium", .sodium, points: -0.5 * sodium)
    working.term("constant", points: 80)
    let sum = Formula.clifCAD(
      age: age, creatinine: creatinine, inr: inr, whiteCells: whiteCells, sodium: sodium)
    let score = min(max(sum, 0), 100)
    if score != sum { working.note("Held at \(Int(score)), the end of the scale.") }
    return .value(working.value(score))
  }
}
