import Glibc
import Quantities

extension Formula {
  /// COSSH-ACLF II.
  ///
  /// `1.649 ln INR + 0.457 HE + 0.425 ln neutrophils + 0.396 ln bilirubin + 0.576 ln urea + 0.033 age`:
  /// neutrophils in 10⁹/L, bilirubin in µmol/L, urea in mmol/L, age in years, all above zero.
  /// `encephalopathy` is the published score 1, 2 or 3 (no encephalopathy, West Haven 1–2, 3–4).
  /// Li 2021, J Hepatol 75:1104.
  public static func cosshACLF2(
    inr: Double, encephalopathy: Double, neutrophils: Double, bilirubin: Double, urea: Double,
    age: Double
  ) -> Double {
    1.649 * log(inr) + 0.457 * encephalopathy + 0.425 * log(neutrophils)
      + 0.396 * log(bilirubin) + 0.576 * log(urea) + 0.033 * age
  }
}

extension Score {
  static let cosshACLF2 = Score(
    id: "cosshACLF2", name: "COSSH-ACLF II", title: "COSSH-ACLF II score (2021)",
    purpose:
      "Mortality within 28 and 90 days in acute-on-chronic liver failure due to hepatitis B.",
    inputs: [.age, .totalBilirubin, .urea, .neutrophils, .inr, .encephalopathyGrade],
    variants: [
      Variant(
        "published",
        "Encephalopathy as the score 1, 2, 3 for none, West Haven 1–2, 3–4, like CLIF-C OF."),
      Variant(
        "grade",
        "Encephalopathy as the West Haven grade 0 to 4, as registry texts print the formula."),
    ],
    scale: 4...11, decimals: 2,
    strata: [
      Stratum("low", from: -.infinity, "low risk"),
      Stratum("moderate", from: 7.4, "moderate risk"),
      Stratum("high", from: 8.4, "high risk"),
    ],
    population: "Adults with acute-on-chronic liver failure due to hepatitis B.",
    citations: [
      Citation("Li J et al. J Hepatol 2021;75:1104-1115.", doi: "10.1016/j.jhep.2021.05.026")
    ]
  ) { working in
    let age = working.number(.age, in: .years)
    let bilirubin = working.number(.totalBilirubin, in: .micromolesPerLitre)
    let urea = working.number(.urea, in: .millimolesPerLitre)
    let neutrophils = working.number(.neutrophils, in: .billionsPerLitre)
    let inr = working.number(.inr, in: .one)
    let grade = working.rank(.encephalopathyGrade)
    guard let age, let bilirubin, let urea, let neutrophils, let inr, let grade else {
      return working.incomplete
    }
    let published = [1.0, 2, 2, 3, 3][grade]
    let usesGrade = working.variant.id == "grade"
    let encephalopathy = usesGrade ? Double(grade) : published
    working.term("1.649 × ln INR", .inr, points: 1.649 * log(inr))
    working.term(
      usesGrade
        ? "0.457 × West Haven grade \(grade)"
        : "0.457 × encephalopathy score \(Int(published)) (grade \(grade))",
      .encephalopathyGrade, points: 0.457 * encephalopathy)
    working.term("0.425 × ln neutrophils", .neutrophils, points: 0.425 * log(neutrophils))
    working.term("0.396 × ln bilirubin", .totalBilirubin, points: 0.396 * log(bilirubin))
    working.term("0.576 × ln urea", .urea, points: 0.576 * log(urea))
    working.term("0.033 × age", .age, points: 0.033 * age)

    func value(_ encephalopathy: Double) -> ScoreValue {
      let score = Formula.cosshACLF2(
        inr: inr, encephalopathy: encephalopathy, neutrophils: neutrophils, bilirubin: bilirubin,
        urea: urea, age: age)
      return ScoreValue(
        unrounded: score, reported: (score * 100).rounded() / 100,
        stratum: working.score.stratum(of: score)?.name)
    }
    let own = value(encephalopathy)
    let other = value(usesGrade ? published : Double(grade))
    if other != own {
      working.alternatives = [
        Alternative(
          label: usesGrade ? "encephalopathy as score 1–3" : "encephalopathy as grade 0–4",
          value: other,
          settledBy: .person(
            "Does the protocol code encephalopathy as the published score 1, 2, 3 or as the grade?")
        )
      ]
      if own.stratum != other.stratum, let stratum = other.stratum {
        let text = FixedDecimal(other.unrounded)?.formatted(decimals: 2) ?? ""
        working.note(
          usesGrade
            ? "Coded as the published score 1–3 it would be \(text), \(stratum) risk."
            : "Coded as the grade 0–4, as registry texts print it, it would be \(text), "
              + "\(stratum) risk.")
      }
    }
    // Death within 28 days by stratum in an external cohort of 224 patients.
    if let percent = ["low": 14.2, "moderate": 41.0, "high": 81.3][own.stratum ?? ""] {
      working.mortality = [
        Mortality(
          event: "death within 28 days", percent: percent,
          cohort: "224 patients with HBV-ACLF, external validation (China 2022)")
      ]
    }
    return .value(own)
  }
}
