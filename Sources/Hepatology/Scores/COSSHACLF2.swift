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
    cosshACLF2(
      lnINR: log(inr), encephalopathy: encephalopathy, lnNeutrophils: log(neutrophils),
      lnBilirubin: log(bilirubin), lnUrea: log(urea), age: age)
  }

  /// ``cosshACLF2(inr:encephalopathy:neutrophils:bilirubin:urea:age:)`` of natural logarithms.
  @inline(__always)
  static func cosshACLF2(
    lnINR: Double, encephalopathy: Double, lnNeutrophils: Double, lnBilirubin: Double,
    lnUrea: Double, age: Double
  ) -> Double {
    1.649 * lnINR + 0.457 * encephalopathy + 0.425 * lnNeutrophils
      + 0.396 * lnBilirubin + 0.576 * lnUrea + 0.033 * age
  }

  /// The encephalopathy score 1, 2 or 3 of a West Haven grade: 0; 1 and 2; 3 and 4.
  @inline(__always)
  static func cosshEncephalopathy(grade: Double) -> Double { Working.points(grade, 1, 2) }
}

extension Score {
  /// COSSH-ACLF II score (2021).
  public static let cosshACLF2 = Score(
    id: "cosshACLF2", name: "COSSH-ACLF II", title: "COSSH-ACLF II score (2021)",
    purpose: "Mortality of acute-on-chronic liver failure due to hepatitis B.",
    family: .aclf, rank: 1, isMain: true,
    inputs: [.age, .totalBilirubin, .urea, .neutrophils, .inr, .encephalopathyGrade],
    formula: [
      "1.649 × ln(INR) + 0.457 × encephalopathy score + 0.425 × ln(neutrophils in 10⁹/L) "
        + "+ 0.396 × ln(bilirubin in µmol/L) + 0.576 × ln(urea in mmol/L) + 0.033 × age in years",
      "encephalopathy score: 1 for none, 2 for West Haven 1–2, 3 for West Haven 3–4",
    ],
    bounds: ["No bounds; reported with two decimals, banded before rounding."],
    variants: [
      Variant(
        "published",
        "Encephalopathy as the score 1, 2, 3 for none, West Haven 1–2, 3–4, like CLIF-C OF.",
        because:
          "The publication calls the term a score, and later scores of the same kind code it "
          + "so; coded as the grade, everyone without encephalopathy would have 0.457 less."),
      Variant(
        "above84", "High risk only above 8.4, so that 8.4 itself is moderate.",
        strata: [
          Stratum("low", from: -.infinity, "low risk"),
          Stratum("moderate", from: 7.4, "moderate risk"),
          Stratum("high", above: 8.4, "high risk"),
        ]),
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
    cautions: [
      .under(18, "Made for adults."),
      .withoutCause("hbv", "Made for hepatitis B; other causes were not in its cohort."),
    ],
    outlooks: [
      Outlook(
        "death within 28 days",
        in: "224 patients with HBV-ACLF of two centres, 53 of whom died (China, Yang 2022)",
        by: ["low": 14.2, "moderate": 41.0, "high": 81.3])
    ],
    citations: [
      Citation("Li J et al. J Hepatol 2021;75:1104-1115.", doi: "10.1016/j.jhep.2021.05.026"),
      Citation("Yang J et al. Chin J Clin Infect Dis 2022;15:125-131."),
    ],
    unconfirmed: ["the coding of encephalopathy as 1, 2, 3."],
    kernel: Kernel([
      .number(.age, in: .years), .logarithm(.totalBilirubin, in: .micromolesPerLitre),
      .logarithm(.urea, in: .millimolesPerLitre), .logarithm(.neutrophils, in: .billionsPerLitre),
      .logarithm(.inr, in: .one), .rank(.encephalopathyGrade),
    ]) { columns, rows, result in
      let (age, bilirubin) = (columns.unbounded(0), columns.unbounded(1))
      let (urea, neutrophils) = (columns.unbounded(2), columns.unbounded(3))
      let (inr, grade) = (columns.unbounded(4), columns.unbounded(5))
      for row in rows {
        let score = Formula.cosshACLF2(
          lnINR: inr[row], encephalopathy: Formula.cosshEncephalopathy(grade: grade[row]),
          lnNeutrophils: neutrophils[row], lnBilirubin: bilirubin[row], lnUrea: urea[row],
          age: age[row])
        result[row] = score + 0 * grade[row]
      }
    }
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
    let published = Formula.cosshEncephalopathy(grade: Double(grade))
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
      return working.value(score)
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
    }
    return .value(own)
  }
}
