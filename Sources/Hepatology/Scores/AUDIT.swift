import Quantities

extension Score {
  /// Alcohol Use Disorders Identification Test (1993).
  public static let audit = Score(
    id: "audit", name: "AUDIT", title: "Alcohol Use Disorders Identification Test (1993)",
    purpose: "Hazardous and harmful drinking, by ten questions.",
    family: .questionnaires, rank: 1, form: .points,
    inputs: [
      .audit1, .audit2, .audit3, .audit4, .audit5, .audit6, .audit7, .audit8, .audit9, .audit10,
    ],
    formula: ["the points of the ten answers, summed; questions 9 and 10 give 0, 2 or 4"],
    bounds: ["0 to 40 points."],
    variants: [Variant("who2001", "The ten questions and four zones of the WHO manual.")],
    scale: 0...40,
    strata: [
      Stratum("I", from: -.infinity, "low risk"), Stratum("II", from: 8, "hazardous drinking"),
      Stratum("III", from: 16, "harmful drinking"), Stratum("IV", from: 20, "possible dependence"),
    ],
    population: "Adults.",
    cautions: [.under(18, "Made for adults.")],
    citations: [
      Citation(
        "Saunders JB et al. Addiction 1993;88:791-804.", doi: "10.1111/j.1360-0443.1993.tb02093.x"),
      Citation("Babor TF et al. AUDIT, second edition. WHO/MSD/MSB/01.6a, 2001."),
    ]
  ) { working in
    var sum = 0.0
    var isWhole = true
    for question in working.score.inputs {
      guard let points = working.points(of: question) else {
        isWhole = false
        continue
      }
      working.term(question.label, question, points: points)
      sum += points
    }
    return isWhole ? .value(working.value(sum)) : working.incomplete
  }
}

extension Working {
  /// The points of an answer whose id is its points.
  mutating func points(of variable: Variable) -> Double? {
    guard let rank = rank(variable), case .choice(let choices, _) = variable.kind else {
      return nil
    }
    return Double(choices[rank].id)
  }
}
