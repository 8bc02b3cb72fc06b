import Quantities

/// The organs of the CLIF-C OF score and its points for one patient.
struct CLIFOrgans {
  /// The points of each organ, 1 to 3: liver, kidney, brain, coagulation, circulation, breathing.
  let points: [(label: String, variables: [Variable], points: Double)]

  var sum: Double { points.reduce(0) { $0 + $1.points } }

  /// The points as Jalan 2014 has them; `nil`, with gaps noted, where an organ cannot be judged.
  init?(_ working: inout Working, kidney: (Double, Double) = (2, 3.5), isExclusive: Bool = false) {
    let bilirubin = working.number(.totalBilirubin, in: .milligramsPerDecilitre)
    let creatinine = working.number(.creatinine, in: .milligramsPerDecilitre)
    let isReplaced = working.support(.renalReplacement)
    let grade = working.rank(.encephalopathyGrade)
    let inr = working.number(.inr, in: .one)
    let hasVasopressors = working.support(.vasopressors)
    let isVentilated = working.support(.ventilation)
    let pressure = hasVasopressors ? 0 : working.meanPressure()
    let breathing = isVentilated ? .arterial(0) : working.oxygenation()
    guard let bilirubin, let creatinine, let grade, let inr, let pressure, let breathing else {
      return nil
    }
    func step(_ value: Double, _ low: Double, _ high: Double) -> Double {
      value < low ? 1 : value < high || isExclusive && value == high ? 2 : 3
    }
    points = [
      ("liver: bilirubin < 6, < 12, 12 mg/dL and more", [.totalBilirubin], step(bilirubin, 6, 12)),
      (
        "kidney: creatinine < \(kidney.0), < \(kidney.1), \(kidney.1) mg/dL and more or replacement",
        [.creatinine, .renalReplacement], isReplaced ? 3 : step(creatinine, kidney.0, kidney.1)
      ),
      ("brain: West Haven 0, 1–2, 3–4", [.encephalopathyGrade], [1, 2, 2, 3, 3][grade]),
      ("coagulation: INR < 2.0, < 2.5, 2.5 and more", [.inr], step(inr, 2, 2.5)),
      (
        "circulation: mean pressure 70 mmHg and more, < 70, vasopressors",
        [.meanArterialPressure, .vasopressors], hasVasopressors ? 3 : pressure < 70 ? 2 : 1
      ),
      (
        isVentilated
          ? "breathing: ventilated"
          : "breathing: \(breathing.label); PaO2/FiO2 > 300, > 200 (SpO2/FiO2 > 357, > 214)",
        [.pao2, .fio2, .spo2, .ventilation],
        isVentilated || breathing.isAtMost(arterial: 200, pulse: 214)
          ? 3 : breathing.isAtMost(arterial: 300, pulse: 357) ? 2 : 1
      ),
    ]
  }

  static let inputs: [Variable] = [
    .totalBilirubin, .creatinine, .inr, .encephalopathyGrade, .meanArterialPressure, .pao2, .fio2,
  ]
  static let optionalInputs: [Variable] = [
    .renalReplacement, .vasopressors, .ventilation, .spo2, .systolic, .diastolic,
  ]
  static let falling: [Variable] = [.meanArterialPressure, .pao2, .spo2, .systolic, .diastolic]
}

extension Citation {
  static let jalan = Citation(
    "Jalan R et al. J Hepatol 2014;61:1038-1047.", doi: "10.1016/j.jhep.2014.06.012")
  static let moreau = Citation(
    "Moreau R et al. Gastroenterology 2013;144:1426-1437.", doi: "10.1053/j.gastro.2013.02.042")
}

extension Score {
  /// CLIF Consortium organ failure score (2014).
  public static let clifCOF = Score(
    id: "clifCOF", name: "CLIF-C OF", title: "CLIF Consortium organ failure score (2014)",
    purpose: "Failure of six organs in cirrhosis, the first part of CLIF-C ACLF.",
    family: .aclf, rank: 2, form: .points,
    inputs: CLIFOrgans.inputs, optionalInputs: CLIFOrgans.optionalInputs,
    falling: CLIFOrgans.falling,
    formula: [
      "points 1, 2, 3 of each, summed", "liver: bilirubin < 6, < 12, 12 mg/dL and more",
      "kidney: creatinine < 2, < 3.5, 3.5 mg/dL and more or renal replacement",
      "brain: West Haven 0, 1–2, 3–4", "coagulation: INR < 2.0, < 2.5, 2.5 and more",
      "circulation: mean arterial pressure 70 mmHg and more, < 70, vasopressors",
      "breathing: PaO2/FiO2 > 300, > 200, ≤ 200; or SpO2/FiO2 > 357, > 214, ≤ 214; ventilated for "
        + "the lungs 3",
    ],
    bounds: ["6 to 18 points."],
    variants: [
      Variant(
        "published", "Kidney at 2 and 3.5 mg/dL; limits belong to the higher points.",
        because: "It is the publication's table and that of the consortium's own calculator."),
      Variant("kidney15", "Kidney at 1.5 and 2.0 mg/dL, as one implementation scores it."),
      Variant(
        "exclusive",
        "Bilirubin of 12, creatinine of 3.5 and INR of 2.5 still have two points, as "
          + "tables with > print it."),
    ],
    scale: 6...18,
    population: "Acutely decompensated cirrhosis.",
    cautions: [.without(.cirrhosis, "Made for cirrhosis, which this patient does not have.")],
    citations: [.jalan]
  ) { working in
    let isEarly = working.variant.id == "kidney15"
    let organs = CLIFOrgans(
      &working, kidney: isEarly ? (1.5, 2) : (2, 3.5),
      isExclusive: working.variant.id == "exclusive")
    guard let organs else { return working.incomplete }
    for organ in organs.points {
      working.term(organ.label, organ.variables, points: organ.points)
    }
    return .value(working.value(organs.sum))
  }
}
