import Quantities

extension Score {
  /// APASL ACLF Research Consortium score (2017).
  public static let aarc = Score(
    id: "aarc", name: "AARC-ACLF", title: "APASL ACLF Research Consortium score (2017)",
    purpose: "Severity and mortality of ACLF as APASL defines it.",
    family: .aclf, rank: 6, form: .points,
    inputs: [.totalBilirubin, .creatinine, .lactate, .inr, .encephalopathyGrade],
    formula: [
      "points 1, 2, 3 of each, summed", "bilirubin: < 15, 15–25, > 25 mg/dL",
      "encephalopathy: none, West Haven 1–2, 3–4", "INR: < 1.8, 1.8–2.5, > 2.5",
      "lactate: < 1.5, 1.5–2.5, > 2.5 mmol/L", "creatinine: < 0.7, 0.7–1.5, > 1.5 mg/dL",
    ],
    bounds: ["5 to 15 points; a value that stands on a limit has 2 points."],
    variants: [Variant("published", "The points of the publication.")],
    scale: 5...15,
    strata: [
      Stratum("grade I", from: -.infinity), Stratum("grade II", from: 8),
      Stratum("grade III", from: 11),
    ],
    population: "Acute-on-chronic liver failure as APASL defines it.",
    outlooks: [
      Outlook(
        "death within 28 days", in: "ACLF, Asia (AARC, as Kumar 2023 reviews it)",
        by: ["grade I": 13, "grade II": 45, "grade III": 86])
    ],
    citations: [
      Citation("Choudhury A et al. Hepatol Int 2017;11:461-471.", doi: "10.1007/s12072-017-9816-z"),
      Citation(
        "Kumar BR V, Sarin SK. Clin Mol Hepatol 2023;29:670-689.", doi: "10.3350/cmh.2022.0103"),
    ]
  ) { working in
    let bilirubin = working.number(.totalBilirubin, in: .milligramsPerDecilitre)
    let creatinine = working.number(.creatinine, in: .milligramsPerDecilitre)
    let lactate = working.number(.lactate, in: .millimolesPerLitre)
    let inr = working.number(.inr, in: .one)
    let grade = working.rank(.encephalopathyGrade)
    guard let bilirubin, let creatinine, let lactate, let inr, let grade else {
      return working.incomplete
    }
    let items: [(String, Variable, Double)] = [
      (
        "bilirubin: < 15, 15–25, > 25 mg/dL", .totalBilirubin, Working.points(bilirubin, 15, 25)
      ),
      ("encephalopathy: 0, 1–2, 3–4", .encephalopathyGrade, [1, 2, 2, 3, 3][grade]),
      ("INR: < 1.8, 1.8–2.5, > 2.5", .inr, Working.points(inr, 1.8, 2.5)),
      ("lactate: < 1.5, 1.5–2.5, > 2.5 mmol/L", .lactate, Working.points(lactate, 1.5, 2.5)),
      (
        "creatinine: < 0.7, 0.7–1.5, > 1.5 mg/dL", .creatinine, Working.points(creatinine, 0.7, 1.5)
      ),
    ]
    for (label, variable, points) in items { working.term(label, variable, points: points) }
    return .value(working.value(items.reduce(0) { $0 + $1.2 }))
  }
}
