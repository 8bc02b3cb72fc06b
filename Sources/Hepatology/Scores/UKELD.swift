import Glibc
import Quantities

extension Formula {
  /// UKELD: `5.395 ln INR + 1.485 ln creatinine + 3.13 ln bilirubin − 81.565 ln sodium + 435`,
  /// creatinine and bilirubin in µmol/L, sodium in mmol/L.
  ///
  /// Barber 2011, Transplantation 92:469.
  public static func ukeld(
    inr: Double, creatinine: Double, bilirubin: Double, sodium: Double
  ) -> Double {
    5.395 * log(inr) + 1.485 * log(creatinine) + 3.13 * log(bilirubin) - 81.565 * log(sodium) + 435
  }
}

extension Score {
  /// United Kingdom Model for End-Stage Liver Disease (2011).
  public static let ukeld = Score(
    id: "ukeld", name: "UKELD", title: "United Kingdom Model for End-Stage Liver Disease (2011)",
    purpose: "Who may be listed for liver transplantation in the United Kingdom.",
    family: .cirrhosis, rank: 3,
    inputs: [.totalBilirubin, .creatinine, .sodium, .inr], falling: [.sodium],
    formula: [
      "5.395 × ln(INR) + 1.485 × ln(creatinine in µmol/L) + 3.13 × ln(bilirubin in µmol/L) "
        + "− 81.565 × ln(sodium in mmol/L) + 435"
    ],
    bounds: ["No bounds of the inputs; rounded to a whole number, banded after rounding."],
    variants: [Variant("published", "The only form that is in use.")],
    scale: 35...85,
    strata: [
      Stratum("below 49", from: -.infinity),
      Stratum("49 and more", from: 49, "meets the listing threshold; 9 % die within a year"),
    ],
    population: "Adults with chronic liver disease.",
    cautions: [.under(18, "Made for adults."), .anticoagulated],
    citations: [
      Citation(
        "Barber K et al. Transplantation 2011;92:469-476.", doi: "10.1097/TP.0b013e318225db4d")
    ]
  ) { working in
    let bilirubin = working.number(.totalBilirubin, in: .micromolesPerLitre)
    let creatinine = working.number(.creatinine, in: .micromolesPerLitre)
    let sodium = working.number(.sodium, in: .millimolesPerLitre)
    let inr = working.number(.inr, in: .one)
    guard let bilirubin, let creatinine, let sodium, let inr else { return working.incomplete }
    working.term("5.395 × ln INR", .inr, points: 5.395 * log(inr))
    working.term("1.485 × ln creatinine", .creatinine, points: 1.485 * log(creatinine))
    working.term("3.13 × ln bilirubin", .totalBilirubin, points: 3.13 * log(bilirubin))
    working.term("−81.565 × ln sodium", .sodium, points: -81.565 * log(sodium))
    working.term("constant", points: 435)
    let unrounded = Formula.ukeld(
      inr: inr, creatinine: creatinine, bilirubin: bilirubin, sodium: sodium)
    return .value(working.value(unrounded, banded: Working.rounded(unrounded, to: 0)))
  }
}
