import Glibc
import Quantities

extension Formula {
  /// MELD as UNOS took it up in 2002, before rounding.
  ///
  /// `3.78 ln bilirubin + 11.2 ln INR + 9.57 ln creatinine + 6.43`, bilirubin and creatinine in
  /// mg/dL, each input at least 1 and creatinine at most 4 already.
  /// Kamath 2001, Hepatology 33:464; OPTN policy 9.
  public static func meld(bilirubin: Double, inr: Double, creatinine: Double) -> Double {
    meld(lnBilirubin: log(bilirubin), lnINR: log(inr), lnCreatinine: log(creatinine))
  }

  /// ``meld(bilirubin:inr:creatinine:)`` of natural logarithms.
  @inline(__always)
  static func meld(lnBilirubin: Double, lnINR: Double, lnCreatinine: Double) -> Double {
    3.78 * lnBilirubin + 11.2 * lnINR + 9.57 * lnCreatinine + 6.43
  }

  /// The Mayo End-Stage Liver Disease score of 2000 and 2001, with its term for the cause.
  ///
  /// `3.8 ln bilirubin + 11.2 ln INR + 9.6 ln creatinine + 6.4 × cause`, bilirubin and creatinine in
  /// mg/dL without bounds; `otherCause` is false for cholestatic and alcoholic disease.
  /// Malinchoc 2000, Hepatology 31:864; Kamath 2001, Hepatology 33:464.
  public static func meldMayo(
    bilirubin: Double, inr: Double, creatinine: Double, otherCause: Bool
  ) -> Double {
    meldMayo(
      lnBilirubin: log(bilirubin), lnINR: log(inr), lnCreatinine: log(creatinine),
      otherCause: otherCause ? 1 : 0)
  }

  /// ``meldMayo(bilirubin:inr:creatinine:otherCause:)`` of natural logarithms, the cause as 1 or 0.
  @inline(__always)
  static func meldMayo(
    lnBilirubin: Double, lnINR: Double, lnCreatinine: Double, otherCause: Double
  ) -> Double {
    3.8 * lnBilirubin + 11.2 * lnINR + 9.6 * lnCreatinine + 6.4 * otherCause
  }
}

/// The inputs that the scores of the MELD family share.
struct MELDInputs {
  let bilirubin: Double
  let inr: Double
  let creatinine: Double
  /// Creatinine as it would be in renal replacement, where that is not answered and matters.
  let creatinineIfReplaced: Double?

  /// Takes bilirubin, INR and creatinine of at least 1 mg/dL, creatinine at most `cap`, and set to
  /// `cap` in renal replacement; `nil` where one is missing.
  init?(_ working: inout Working, creatinineCap cap: Double) {
    let bilirubin = working.number(.meldBilirubin)
    let inr = working.number(.meldINR)
    var creatinine = working.number(.meldCreatinine(upTo: cap))
    let replacement = working.answer(.renalReplacement)
    if replacement == true {
      creatinine = cap
      working.replace(.creatinine, by: cap, in: .milligramsPerDecilitre)
    }
    guard let bilirubin, let inr, let creatinine else { return nil }
    self.bilirubin = bilirubin
    self.inr = inr
    self.creatinine = creatinine
    creatinineIfReplaced = replacement == nil && creatinine < cap ? cap : nil
    if creatinineIfReplaced != nil {
      working.note("Renal replacement is not answered; computed without it.")
    }
  }
}

extension ScoreInput {
  static let meldBilirubin = logarithm(
    .totalBilirubin, in: .milligramsPerDecilitre, within: 1...(.infinity))
  static let meldINR = logarithm(.inr, in: .one, within: 1...(.infinity))
  static func meldCreatinine(upTo cap: Double) -> ScoreInput {
    logarithm(
      .creatinine, in: .milligramsPerDecilitre, within: 1...cap, replacedBy: .renalReplacement)
  }
}

extension Working {
  /// Why a score of the MELD family does not apply, where it does not: it is for people of twelve
  /// years and older (OPTN policy 9; younger ones have PELD).
  var tooYoungForMELD: Outcome? {
    guard let age, age < 12 else { return nil }
    return .notApplicable("for people of 12 years and older; younger ones have PELD")
  }

  /// A value rounded to a whole number and held between `low` and `high`, which is noted.
  mutating func whole(_ unrounded: Double, from low: Double, to high: Double) -> ScoreValue {
    let value = held(unrounded, from: low, to: high)
    if value.reported != unrounded.rounded() {
      let end = value.reported == high ? "top" : "bottom"
      note("Reported as \(Int(value.reported)), the \(end) of the scale.")
    }
    return value
  }

  /// A value rounded to a whole number and held between `low` and `high`.
  func held(_ unrounded: Double, from low: Double, to high: Double) -> ScoreValue {
    let reported = min(max(unrounded.rounded(), low), high)
    return value(unrounded, reported: reported, banded: reported)
  }
}

extension Score.Stratum {
  /// The bands of MELD for which mortality was published.
  ///
  /// Wiesner 2003, Gastroenterology 124:91.
  static let meldBands: [Score.Stratum] = [
    Score.Stratum("up to 9", from: -.infinity), Score.Stratum("10–19", from: 10),
    Score.Stratum("20–29", from: 20), Score.Stratum("30–39", from: 30),
    Score.Stratum("40 and more", from: 40),
  ]
}

extension Score.Outlook {
  /// Wiesner 2003, table of 3-month mortality in 3437 candidates for transplantation.
  static let wiesner = Score.Outlook(
    "death within 3 months",
    in: "3437 adult candidates for liver transplantation of status 2A or 2B, USA 1999–2001 "
      + "(Wiesner 2003)",
    by: ["up to 9": 1.9, "10–19": 6.0, "20–29": 19.6, "30–39": 52.6, "40 and more": 71.3])
}

extension Score.Caution {
  /// INR then measures the drug as well as the liver.
  static let anticoagulated = Score.Caution(
    "Warfarin and other vitamin K antagonists raise INR and with it the score."
  ) { $0.value(of: .vitaminKAntagonist) == .yesNo(true) }
}

extension Citation {
  static let kamath = Citation(
    "Kamath PS et al. Hepatology 2001;33:464-470.", doi: "10.1053/jhep.2001.22172")
  static let malinchoc = Citation("Malinchoc M et al. Hepatology 2000;31:864-871.")
  static let optn = Citation("OPTN Policy 9: Allocation of Livers and Liver-Intestines.")
  static let wiesner = Citation(
    "Wiesner R et al. Gastroenterology 2003;124:91-96.", doi: "10.1053/gast.2003.50016")
}

extension Score {
  /// Model for End-Stage Liver Disease (UNOS 2002).
  public static let meld = Score(
    id: "meld", name: "MELD", title: "Model for End-Stage Liver Disease (UNOS 2002)",
    purpose:
      "Mortality within three months in end-stage liver disease; the first allocation score.",
    family: .meld, rank: 3, isMain: true,
    inputs: [.totalBilirubin, .inr, .creatinine],
    optionalInputs: [.renalReplacement, .age],
    formula: [
      "3.78 × ln(bilirubin in mg/dL) + 11.2 × ln(INR) + 9.57 × ln(creatinine in mg/dL) + 6.43"
    ],
    bounds: [
      "Bilirubin, INR and creatinine count as at least 1, creatinine as at most 4 mg/dL.",
      "In renal replacement (twice within 7 days, or 24 hours continuously) creatinine is 4 mg/dL.",
      "Rounded to a whole number, 6 to 40.",
    ],
    variants: [
      Variant(
        "unos2002", "Inputs of at least 1, creatinine of at most 4 mg/dL, 6 to 40 points.",
        because: "It is the form that was used for allocation from 2002.")
    ],
    scale: 6...40, decimals: 0, strata: Stratum.meldBands,
    population: "People of 12 years and older with chronic liver disease.",
    cautions: [.anticoagulated],
    outlooks: [.wiesner],
    citations: [.kamath, .optn, .wiesner],
    kernel: Kernel(
      [.meldBilirubin, .meldINR, .meldCreatinine(upTo: 4), .age], within: 6...40, roundsWhole: true
    ) { columns, rows, result in
      let (bilirubin, inr, creatinine) = (columns[0], columns[1], columns[2])
      let age = columns.unbounded(3)
      for row in rows {
        let meld = Formula.meld(
          lnBilirubin: bilirubin[row], lnINR: inr[row], lnCreatinine: creatinine[row])
        result[row] = age[row] < 12 ? .nan : meld
      }
    }
  ) { working in
    guard let input = MELDInputs(&working, creatinineCap: 4) else { return working.incomplete }
    if let young = working.tooYoungForMELD { return young }
    working.term("3.78 × ln bilirubin", .totalBilirubin, points: 3.78 * log(input.bilirubin))
    working.term("11.2 × ln INR", .inr, points: 11.2 * log(input.inr))
    working.term("9.57 × ln creatinine", .creatinine, points: 9.57 * log(input.creatinine))
    working.term("constant", points: 6.43)
    func meld(_ creatinine: Double) -> Double {
      Formula.meld(bilirubin: input.bilirubin, inr: input.inr, creatinine: creatinine)
    }
    let value = working.whole(meld(input.creatinine), from: 6, to: 40)
    if let replaced = input.creatinineIfReplaced {
      working.alternatives.append(
        Alternative(
          label: "with renal replacement",
          value: working.held(meld(replaced), from: 6, to: 40),
          settledBy: .variable(.renalReplacement)))
    }
    return .value(value)
  }

  /// The causes that add nothing to the Mayo score.
  private static let mayoMildCauses = ["alcohol", "cholestatic"]

  /// Mayo End-Stage Liver Disease score (2000/2001).
  public static let meldMayo = Score(
    id: "meldMayo", name: "MELD Mayo", title: "Mayo End-Stage Liver Disease score (2000/2001)",
    purpose: "The original form, with a term for the cause and without bounds of its inputs.",
    family: .meld, rank: 4, isMain: true,
    inputs: [.totalBilirubin, .inr, .creatinine, .aetiology],
    optionalInputs: [.age],
    formula: [
      "3.8 × ln(bilirubin in mg/dL) + 11.2 × ln(INR) + 9.6 × ln(creatinine in mg/dL) + 6.4 × cause",
      "cause: 0 where alcohol or cholestasis is among the causes, 1 otherwise",
    ],
    bounds: ["No bounds of the inputs; rounded to a whole number."],
    variants: [
      Variant(
        "oneDecimal", "3.8, 11.2, 9.6 and 6.4, as most trials print it.",
        because: "Trial records that ask for this form print it so."),
      Variant("twoDecimals", "3.78, 11.2, 9.57 and 6.43, as later tables print it."),
    ],
    scale: 0...50, decimals: 0,
    strata: [
      Stratum("up to 30", from: -.infinity),
      Stratum("above 30", from: 31, "high mortality of ACLF within three months"),
    ],
    population: "People of 12 years and older with chronic liver disease.",
    citations: [.malinchoc, .kamath],
    unconfirmed: ["the band above 30, which is that of a trial record (NCT05985863)."],
    kernel: Kernel(
      [
        .logarithm(.totalBilirubin, in: .milligramsPerDecilitre), .logarithm(.inr, in: .one),
        .logarithm(.creatinine, in: .milligramsPerDecilitre),
        .any(.aetiology, of: mayoMildCauses), .age,
      ], roundsWhole: true
    ) { columns, rows, result in
      let (bilirubin, inr, creatinine) = (columns[0], columns[1], columns[2])
      let (mild, age) = (columns.unbounded(3), columns.unbounded(4))
      for row in rows {
        let meld = Formula.meldMayo(
          lnBilirubin: bilirubin[row], lnINR: inr[row], lnCreatinine: creatinine[row],
          otherCause: 1 - mild[row])
        result[row] = age[row] < 12 ? .nan : meld
      }
    }
  ) { working in
    let bilirubin = working.number(.totalBilirubin, in: .milligramsPerDecilitre)
    let inr = working.number(.inr, in: .one)
    let creatinine = working.number(.creatinine, in: .milligramsPerDecilitre)
    let causes = working.words(.aetiology)
    guard let bilirubin, let inr, let creatinine, let causes else { return working.incomplete }
    if let young = working.tooYoungForMELD { return young }
    let mild = causes.intersection(mayoMildCauses)
    let isOther = mild.isEmpty
    if !isOther, mild.count < causes.count {
      working.note("Several causes: counted as \(mild.sorted().joined(separator: " and ")) (0).")
    }
    let exact = working.variant.id == "twoDecimals"
    let (b, c, k) = exact ? (3.78, 9.57, 6.43) : (3.8, 9.6, 6.4)
    working.term("\(b) × ln bilirubin", .totalBilirubin, points: b * log(bilirubin))
    working.term("11.2 × ln INR", .inr, points: 11.2 * log(inr))
    working.term("\(c) × ln creatinine", .creatinine, points: c * log(creatinine))
    working.term("\(k) × cause", .aetiology, points: isOther ? k : 0)
    let unrounded =
      exact
      ? Formula.meld(bilirubin: bilirubin, inr: inr, creatinine: creatinine)
        - (isOther ? 0 : 6.43)
      : Formula.meldMayo(
        bilirubin: bilirubin, inr: inr, creatinine: creatinine, otherCause: isOther)
    let reported = unrounded.rounded()
    return .value(working.value(unrounded, reported: reported, banded: reported))
  }
}
