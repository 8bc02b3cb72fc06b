import Quantities

/// The documentation of all scores, made from their declarations.
public enum ScoreDocument {
  /// The whole text in Markdown, as `docs/scores.md` holds it.
  public static var markdown: String {
    var lines = [
      "# Scores", "",
      "This file is made from the declarations in `Sources/Hepatology/Scores`; edit those, then run",
      "`LOBULE_RECORD=1 swift test --filter ScoreDocumentTests`.", "",
    ]
    lines += conventions + [""]
    lines += ["| id | score | result |", "|---|---|---|"]
    lines += inOrder.map { "| [`\($0.id)`](#\($0.id.lowercased())) | \($0.title) | \(kind($0)) |" }
    for family in Score.Family.allCases {
      lines += ["", "# \(family.title)"]
      for score in inOrder where score.family == family { lines += section(score) }
    }
    return (lines + [""] + leftOut).joined(separator: "\n") + "\n"
  }

  private static var inOrder: [Score] {
    Score.all.sorted { ($0.family, $0.rank) < ($1.family, $1.rank) }
  }

  private static func kind(_ score: Score) -> String {
    let (low, high) = (
      score.text(of: score.scale.lowerBound), score.text(of: score.scale.upperBound)
    )
    switch score.form {
    case .number:
      return "number, \(low) to \(high) on the ruler, "
        + (score.decimals == 0 ? "whole" : "decimals: \(score.decimals)")
    case .points: return "\(low) to \(high) points"
    case .grade, .definition: return score.strata.map(\.name).joined(separator: ", ")
    }
  }

  // MARK: One score

  private static func section(_ score: Score) -> [String] {
    var lines = [
      "", "## \(score.id)", "", "**\(score.title)** (\(score.name)). \(score.purpose)", "",
    ]
    lines += ["Population: \(score.population)", ""]
    lines += list("Formula", score.formula)
    lines += list("Bounds and rounding", score.bounds)
    lines += ["| input | units | plausible |", "|---|---|---|"]
    lines += score.inputs.map { input($0, isOptional: false) }
    lines += score.optionalInputs.map { input($0, isOptional: true) } + [""]
    lines += bands(score.strata, of: score)
    lines += outlooks(score)
    lines += variants(score)
    lines += list("Take care", score.cautions.map(\.text))
    lines += list(
      "Not compared with the publication",
      score.unconfirmed.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        + score.variants.compactMap { variant in
          variant.unconfirmed.map { "`\(variant.id)`: \($0)" }
        })
    lines += list("Sources", score.citations.map(\.description))
    return Array(lines.dropLast())
  }

  private static func list(_ title: String, _ items: [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    return ["\(title):", ""] + items.map { "- \($0)" } + [""]
  }

  private static func input(_ variable: Variable, isOptional: Bool) -> String {
    let units: String
    let range: String
    switch variable.kind {
    case .quantity(let measure):
      units = measure.units.map { $0 == .one ? "1" : $0.symbol }.joined(separator: ", ")
      let unit = measure.canonical.symbol
      range =
        "\(measure.plausible.lowerBound)–\(measure.plausible.upperBound)"
        + (unit.isEmpty ? "" : " \(unit)")
    case .choice(let choices, _), .choices(let choices):
      units = choices.map(\.id).joined(separator: ", ")
      range = ""
    case .yesNo: (units, range) = ("yes, no", "")
    case .event: (units, range) = ("never, ongoing, a date", "")
    }
    return "| `\(variable.id)` \(variable.label)\(isOptional ? " (may be missing)" : "") "
      + "| \(units) | \(range) |"
  }

  /// The bands with their ends: `from` and `to` belong to the band, `above` and `below` do not.
  private static func bands(_ strata: [Score.Stratum], of score: Score) -> [String] {
    guard !strata.isEmpty else { return [] }
    var lines = ["| band | from | to | meaning |", "|---|---|---|---|"]
    for (index, stratum) in strata.enumerated() {
      let lower =
        stratum.lower == -.infinity
        ? "" : "\(stratum.isAboveLower ? "above" : "from") \(number(stratum.lower))"
      let next = index + 1 < strata.count ? strata[index + 1] : nil
      let upper = next.map { "\($0.isAboveLower ? "to" : "below") \(number($0.lower))" } ?? ""
      lines.append("| \(stratum.name) | \(lower) | \(upper) | \(stratum.meaning) |")
    }
    return lines + [""]
  }

  private static func outlooks(_ score: Score) -> [String] {
    guard !score.outlooks.isEmpty else { return [] }
    return ["| outcome | per cent | in whom |", "|---|---|---|"]
      + score.outlooks.map { outlook in
        let percent =
          outlook.formula.map { "`\($0)`" }
          ?? outlook.table.map { "\($0.stratum): \(number($0.percent))" }.joined(separator: ", ")
        return "| \(outlook.event) | \(percent) | \(outlook.cohort) |"
      } + [""]
  }

  private static func variants(_ score: Score) -> [String] {
    var lines = ["Variants:", ""]
    for (index, variant) in score.variants.enumerated() {
      var text = "- `\(variant.id)`"
      if index == 0 { text += " (the default)" }
      if variant.kind == .form { text += " (for other patients or inputs)" }
      text += ": \(variant.meaning)"
      if let reason = variant.reason { text += " Chosen because: \(reason)" }
      if let strata = variant.strata {
        let bands = strata.dropFirst().map {
          "\($0.name) \($0.isAboveLower ? "above" : "from") \(number($0.lower))"
        }
        text += " Bands: \(bands.joined(separator: ", "))."
      }
      lines.append(text)
    }
    return lines + [""]
  }

  private static func number(_ number: Double) -> String {
    (number < 0 ? "−" : "") + Working.plain(number.magnitude)
  }

  // MARK: Around the scores

  private static let conventions = [
    "How to read it:", "",
    "- 1 mg/dL is 17.1 µmol/L of bilirubin and 88.4 µmol/L of creatinine; 1 mmol/L of urea is",
    "  6.006 mg/dL of urea and 2.8 mg/dL of urea nitrogen. These are the factors with which the",
    "  limits were set, so that a value on a limit stays on it in either unit.",
    "- Every variant can be asked for by name. A variant that is not *for other patients or inputs* is a",
    "  reading on which public sources disagree; where it would change a patient's reported value or",
    "  band, the score says so.",
    "- With inputs missing a score has a range: the lowest and the highest value over the *plausible*",
    "  values of what is missing. A range is never shown as a value.",
    "- *Take care* is said for the patients whom it concerns.",
    "- What stands under *Not compared with the publication* was taken from other sources or from",
    "  memory, and is to be checked against the paper; the score says so each time.",
  ]

  private static let leftOut = [
    "# Left out, and why", "",
    "- **COSSH-ACLF (2017), the first score**: its table of points for HBV-SOFA has not been seen in a",
    "  source. It is not CLIF-C OF, and guessing it would give wrong values.",
    "- **The 2024 edition of the Chinese guideline**: its section of definitions has not been seen.",
    "- **Complications in the Chinese stages**: the guideline lists them for each stage; the stage here",
    "  is by clotting alone.",
    "- **Sodium corrected for glucose** (+0.024 for each mg/dL of glucose above 100), which one",
    "  calculator offers before MELD-Na: it is not in the policy.",
    "- **Prothrombin activity from INR, or INR from it**: there is no conversion without the reagent's",
    "  curve; both are asked for, and neither is derived.",
    "- **PELD**: the MELD family applies from 12 years on.",
    "- **CTCAE terms beyond the liver laboratory** (fever, hypotension, infusion and allergic reactions,",
    "  anaemia) and grades that need a judgement (grade 4 of albumin, grade 5).",
    "- **AKIN stages**: superseded by KDIGO and ICA.",
  ]
}
