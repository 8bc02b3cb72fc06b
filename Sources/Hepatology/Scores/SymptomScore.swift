import Quantities

extension Score {
  /// Five-symptom score of liver failure.
  public static let symptomScore = Score(
    id: "symptomScore", name: "Symptoms", title: "Five-symptom score of liver failure",
    purpose: "The sum of five symptoms, an outcome of the trial NCT07409259.",
    family: .questionnaires, rank: 2, form: .points,
    inputs: [
      .symptomFatigue, .symptomAnorexia, .symptomNausea, .symptomJaundice, .symptomConsciousness,
    ],
    formula: [
      "fatigue + anorexia + nausea + jaundice + disturbance of consciousness, each 0 absent, 1 mild, "
        + "2 moderate, 3 severe"
    ],
    bounds: ["0 to 15 points."],
    variants: [
      Variant(
        "five", "Five symptoms of 0 to 3, as the outcome is described.",
        because: "Only five symptoms add up to the 15 points that the record prints."),
      Variant("three", "Fatigue, anorexia and jaundice only, as the record's summary lists them."),
    ],
    scale: 0...15,
    population: "Acute-on-chronic liver failure; not validated.",
    citations: [Citation("Trial record NCT07409259, ClinicalTrials.gov, 2026.")]
  ) { working in
    let isThree = working.variant.id == "three"
    let symptoms: [Variable] =
      isThree ? [.symptomFatigue, .symptomAnorexia, .symptomJaundice] : working.score.inputs
    var sum = 0.0
    var isWhole = true
    for symptom in symptoms {
      guard let points = working.points(of: symptom) else {
        isWhole = false
        continue
      }
      working.term(symptom.label, symptom, points: points)
      sum += points
    }
    return isWhole ? .value(working.value(sum)) : working.incomplete
  }
}
