import Glibc
import Quantities

extension Formula {
  /// The sodium term that OPTN added to MELD in 2016: `meld + 1.32 (137 − Na) − 0.033 meld (137 − Na)`,
  /// sodium in mmol/L between 125 and 137 already.
  ///
  /// Kim 2008, N Engl J Med 359:1018; OPTN policy 9.
  @inline(__always)
  public static func meldNa(meld: Double, sodium: Double) -> Double {
    meld + 1.32 * (137 - sodium) - 0.033 * meld * (137 - sodium)
  }

  /// MELD-Na of Biggins 2006: `meld − Na − 0.025 meld (140 − Na) + 140`, sodium in mmol/L between 125
  /// and 140 already.
  ///
  /// Biggins 2006, Gastroenterology 130:1652.
  public static func meldNaBiggins(meld: Double, sodium: Double) -> Double {
    meld - sodium - 0.025 * meld * (140 - sodium) + 140
  }
}

extension ScoreInput {
  static let meldSodium = number(.sodium, in: .millimolesPerLitre, within: 125...137)
  static let bigginsSodium = number(.sodium, in: .millimolesPerLitre, within: 125...140)
}

extension Score {
  /// MELD with sodium (OPTN 2016).
  public static let meldNa = Score(
    id: "meldNa", name: "MELD-Na", title: "MELD with sodium (OPTN 2016)",
    purpose: "MELD corrected for low sodium; the allocation score of 2016 to 2023.",
    family: .meld, rank: 2, isMain: true,
    inputs: [.totalBilirubin, .inr, .creatinine, .sodium],
    optionalInputs: [.renalReplacement, .age], turning: [.sodium],
    formula: [
      "MELD(i) = 3.78 × ln(bilirubin in mg/dL) + 11.2 × ln(INR) + 9.57 × ln(creatinine in mg/dL) "
        + "+ 6.43, rounded to a whole number",
      "where MELD(i) is above 11: MELD(i) + 1.32 × (137 − Na) − 0.033 × MELD(i) × (137 − Na), "
        + "sodium in mmol/L",
      "else: MELD(i)",
    ],
    bounds: [
      "Bilirubin, INR and creatinine count as at least 1, creatinine as at most 4 mg/dL.",
      "In renal replacement (twice within 7 days, or 24 hours continuously) creatinine is 4 mg/dL.",
      "Sodium counts as 125 to 137 mmol/L.", "Rounded to a whole number, 6 to 40.",
    ],
    variants: [
      Variant(
        "optn2016",
        "MELD(i) rounded to whole points, sodium only where MELD(i) is above 11: the policy's text.",
        because:
          "The policy rounds the sum \"to the tenth decimal place\" and multiplies it by ten, "
          + "which is a whole number, and adds sodium above 11 only."),
      Variant("unroundedMELDi", "MELD(i) not rounded before sodium is taken into account."),
      Variant("oneDecimalMELDi", "MELD(i) rounded to one decimal."),
      Variant("alwaysSodium", "Sodium at every MELD, as in Kim 2008."),
      Variant("biggins2006", "The older formula of Biggins 2006; sodium from 125 to 140."),
    ],
    scale: 6...40, decimals: 0, strata: Stratum.meldBands,
    population: "People of 12 years and older with chronic liver disease.",
    cautions: [.anticoagulated],
    citations: [
      Citation("Kim WR et al. N Engl J Med 2008;359:1018-1026.", doi: "10.1056/NEJMoa0801209"),
      .optn, Citation("Biggins SW et al. Gastroenterology 2006;130:1652-1660."),
    ],
    kernel: Kernel(
      [.meldBilirubin, .meldINR, .meldCreatinine(upTo: 4), .meldSodium, .age], within: 6...40,
      roundsWhole: true
    ) { columns, rows, result in
      let (bilirubin, inr, creatinine) = (columns[0], columns[1], columns[2])
      let (sodium, age) = (columns[3], columns.unbounded(4))
      for row in rows {
        let meld = columns.whole(
          Formula.meld(
            lnBilirubin: bilirubin[row], lnINR: inr[row], lnCreatinine: creatinine[row]))
        let corrected = Formula.meldNa(meld: meld, sodium: sodium[row])
        // Without sodium there is no value, also where it would not count.
        let value = meld > 11 ? corrected : meld + 0 * sodium[row]
        result[row] = age[row] < 12 ? .nan : value
      }
    }
  ) { working in
    let isBiggins = working.variant.id == "biggins2006"
    let input = MELDInputs(&working, creatinineCap: 4)
    let sodium = working.number(isBiggins ? .bigginsSodium : .meldSodium)
    guard let input, let sodium else { return working.incomplete }
    if let young = working.tooYoungForMELD { return young }
    let variant = working.variant.id

    /// The base that enters, and the whole.
    func score(_ creatinine: Double) -> (base: Double, value: Double, usesSodium: Bool) {
      let meld = Formula.meld(bilirubin: input.bilirubin, inr: input.inr, creatinine: creatinine)
      switch variant {
      case "biggins2006": return (meld, Formula.meldNaBiggins(meld: meld, sodium: sodium), true)
      case "unroundedMELDi":
        return meld > 11
          ? (meld, Formula.meldNa(meld: meld, sodium: sodium), true) : (meld, meld, false)
      case "oneDecimalMELDi":
        let base = (meld * 10).rounded() / 10
        return base > 11
          ? (base, Formula.meldNa(meld: base, sodium: sodium), true) : (base, base, false)
      default:
        let base = meld.rounded()
        return base > 11 || variant == "alwaysSodium"
          ? (base, Formula.meldNa(meld: base, sodium: sodium), true) : (base, base, false)
      }
    }

    let (base, unrounded, usesSodium) = score(input.creatinine)
    let isRounded = ["optn2016", "alwaysSodium", "oneDecimalMELDi"].contains(variant)
    working.term(
      isRounded ? "MELD(i), rounded" : "MELD(i)", .totalBilirubin, .inr, .creatinine, points: base)
    if usesSodium {
      working.term(
        isBiggins
          ? "140 − Na − 0.025 × MELD(i) × (140 − Na)"
          : "1.32 × (137 − Na) − 0.033 × MELD(i) × (137 − Na)",
        .sodium, points: unrounded - base)
    } else {
      working.note("MELD(i) is not above 11, so sodium does not count.")
    }
    if let replaced = input.creatinineIfReplaced {
      working.alternatives.append(
        Alternative(
          label: "with renal replacement",
          value: working.held(score(replaced).value, from: 6, to: 40),
          settledBy: .variable(.renalReplacement)))
    }
    return .value(working.whole(unrounded, from: 6, to: 40))
  }
}
