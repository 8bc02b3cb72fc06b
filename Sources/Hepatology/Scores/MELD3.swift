import Glibc
import Quantities

extension Formula {
  /// MELD 3.0 before rounding.
  ///
  /// Bilirubin and creatinine in mg/dL, sodium in mmol/L, albumin in g/dL, all within the score's
  /// bounds already: bilirubin, INR and creatinine at least 1, creatinine at most 3, sodium 125 to
  /// 137, albumin 1.5 to 3.5. `base` is 6, and 1.33 more for women; 7.33 for those who were
  /// registered before the age of 18.
  /// Kim 2021, Gastroenterology 161:1887; OPTN policy 9.
  public static func meld3(
    bilirubin: Double, inr: Double, creatinine: Double, sodium: Double, albumin: Double,
    base: Double
  ) -> Double {
    meld3(
      lnBilirubin: log(bilirubin), lnINR: log(inr), lnCreatinine: log(creatinine), sodium: sodium,
      albumin: albumin, base: base)
  }

  /// ``meld3(bilirubin:inr:creatinine:sodium:albumin:base:)`` of natural logarithms.
  @inline(__always)
  static func meld3(
    lnBilirubin: Double, lnINR: Double, lnCreatinine: Double, sodium: Double, albumin: Double,
    base: Double
  ) -> Double {
    4.56 * lnBilirubin + 0.82 * (137 - sodium) - 0.24 * (137 - sodium) * lnBilirubin
      + 9.09 * lnINR + 11.14 * lnCreatinine + 1.85 * (3.5 - albumin)
      - 1.83 * (3.5 - albumin) * lnCreatinine + base
  }

  /// Survival for 90 days by MELD 3.0, as a fraction: `0.946 ^ exp(0.17698 × score − 3.56)`.
  ///
  /// Kim 2021, Gastroenterology 161:1887.
  public static func meld3Survival(score: Double) -> Double {
    pow(0.946, exp(0.17698 * score - 3.56))
  }
}

extension ScoreInput {
  static let meld3Albumin = number(.albumin, in: .gramsPerDecilitre, within: 1.5...3.5)
}

extension Score {
  /// The constant with the term for sex.
  private static let meld3Base = (female: 7.33, male: 6.0)

  /// MELD 3.0 (OPTN 2023).
  public static let meld3 = Score(
    id: "meld3", name: "MELD 3.0", title: "MELD 3.0 (OPTN 2023)",
    purpose: "Mortality within 90 days in end-stage liver disease; today's allocation score.",
    family: .meld, rank: 1, isMain: true,
    inputs: [.sex, .totalBilirubin, .albumin, .creatinine, .sodium, .inr],
    optionalInputs: [.renalReplacement, .age], turning: [.sodium, .albumin],
    formula: [
      "1.33 × female + 4.56 × ln(bilirubin in mg/dL) + 0.82 × (137 − Na) "
        + "− 0.24 × (137 − Na) × ln(bilirubin) + 9.09 × ln(INR) + 11.14 × ln(creatinine in mg/dL) "
        + "+ 1.85 × (3.5 − albumin in g/dL) − 1.83 × (3.5 − albumin) × ln(creatinine) + 6, "
        + "sodium in mmol/L",
      "registered before the age of 18: 7.33 in place of 6 and of the term for sex",
    ],
    bounds: [
      "Bilirubin, INR and creatinine count as at least 1, creatinine as at most 3 mg/dL.",
      "In renal replacement (twice within 7 days, or 24 hours continuously) creatinine is 3 mg/dL.",
      "Sodium counts as 125 to 137 mmol/L, albumin as 1.5 to 3.5 g/dL.",
      "Rounded to a whole number, 6 to 40.",
    ],
    variants: [
      Variant(
        "optn2023", "Rounded, 6 to 40 points.",
        because: "It is the form in which allocation uses it since July 2023."),
      Variant("uncapped", "Without the cap of 40 points, as Kim 2021 proposed it."),
      Variant("leastOne", "Held at 1 in place of 6 points at the bottom, as one package does."),
      Variant(
        "registeredUnder18",
        "Registered before the age of 18: a constant of 7.33 in place of the term for sex.", .form),
    ],
    scale: 6...40, decimals: 0, strata: Stratum.meldBands,
    population: "People of 12 years and older with chronic liver disease.",
    cautions: [.anticoagulated],
    outlooks: [
      Outlook(
        "death within 90 days",
        in: "adult candidates for liver transplantation, USA 2016–2018 (Kim 2021)",
        formula: "1 − 0.946 ^ exp(0.17698 × score − 3.56)"
      ) { 100 * (1 - Formula.meld3Survival(score: $0)) }
    ],
    citations: [
      Citation(
        "Kim WR et al. Gastroenterology 2021;161:1887-1895.", doi: "10.1053/j.gastro.2021.08.050"),
      .optn,
    ],
    kernel: Kernel(
      [
        .rank(.sex), .meldBilirubin, .meldINR, .meldCreatinine(upTo: 3), .meldSodium,
        .meld3Albumin, .age,
      ], substitutes: [.age], within: 6...40, roundsWhole: true
    ) { columns, rows, result in
      let (sex, bilirubin, inr, creatinine) = (columns[0], columns[1], columns[2], columns[3])
      let (sodium, albumin, age) = (columns[4], columns[5], columns.unbounded(6))
      for row in rows {
        let meld = Formula.meld3(
          lnBilirubin: bilirubin[row], lnINR: inr[row], lnCreatinine: creatinine[row],
          sodium: sodium[row], albumin: albumin[row],
          base: sex[row] == 0 ? meld3Base.female : meld3Base.male)
        // Under 18 another variant holds, which the bedside computes.
        result[row] = age[row] < 18 ? .nan : meld + 0 * sex[row]
      }
    }
  ) { working in
    if let age = working.age, (12..<18).contains(age), working.variant.id == "optn2023",
      let minor = working.score.variants.first(where: { $0.id == "registeredUnder18" })
    {
      working.variant = minor
      working.note("Under 18 years: the form for those registered before 18 was chosen.")
    }
    let isMinor =
      working.variant.id == "registeredUnder18" || working.age.map { $0 < 18 } ?? false
    // The form for the young has a constant in place of the term for sex.
    let isFemale = isMinor ? false : working.rank(.sex).map { $0 == 0 }
    let input = MELDInputs(&working, creatinineCap: 3)
    let sodium = working.number(.meldSodium)
    let albumin = working.number(.meld3Albumin)
    guard let isFemale, let input, let sodium, let albumin else { return working.incomplete }
    if let young = working.tooYoungForMELD { return young }
    let base = isMinor || isFemale ? meld3Base.female : meld3Base.male
    let (lnBilirubin, lnCreatinine) = (log(input.bilirubin), log(input.creatinine))
    if isMinor {
      working.term("constant, registered before 18", points: 7.33)
    } else {
      working.term("1.33 × female", .sex, points: isFemale ? 1.33 : 0)
      working.term("constant", points: 6)
    }
    working.term("4.56 × ln bilirubin", .totalBilirubin, points: 4.56 * lnBilirubin)
    working.term("0.82 × (137 − Na)", .sodium, points: 0.82 * (137 - sodium))
    working.term(
      "−0.24 × (137 − Na) × ln bilirubin", .sodium, .totalBilirubin,
      points: -0.24 * (137 - sodium) * lnBilirubin)
    working.term("9.09 × ln INR", .inr, points: 9.09 * log(input.inr))
    working.term("11.14 × ln creatinine", .creatinine, points: 11.14 * lnCreatinine)
    working.term("1.85 × (3.5 − albumin)", .albumin, points: 1.85 * (3.5 - albumin))
    working.term(
      "−1.83 × (3.5 − albumin) × ln creatinine", .albumin, .creatinine,
      points: -1.83 * (3.5 - albumin) * lnCreatinine)

    let top = working.variant.id == "uncapped" ? Double.infinity : 40
    let bottom = working.variant.id == "leastOne" ? 1.0 : 6
    func meld3(_ creatinine: Double) -> Double {
      Formula.meld3(
        bilirubin: input.bilirubin, inr: input.inr, creatinine: creatinine, sodium: sodium,
        albumin: albumin, base: base)
    }
    let value = working.whole(meld3(input.creatinine), from: bottom, to: top)
    if let replaced = input.creatinineIfReplaced {
      working.alternatives.append(
        Alternative(
          label: "with renal replacement",
          value: working.held(meld3(replaced), from: bottom, to: top),
          settledBy: .variable(.renalReplacement)))
    }
    return .value(value)
  }
}
