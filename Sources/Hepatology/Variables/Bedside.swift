import Quantities

/// What an intensive care unit and a ward round add: consciousness, urine, drugs for the
/// circulation, symptoms.
extension Variable {
  static let bedside: [Variable] =
    [
      glasgowComaScale, bodyWeight, urineOutput, oliguria, anuria, dopamine, dobutamine,
      epinephrine, norepinephrine,
    ] + symptoms

  static let glasgowComaScale = quantity(
    "glasgowComaScale", "Coma scale (Glasgow)", short: "GCS", .intensiveCare, ["1"], whole: true,
    hard: 3...15, loinc: ["9269-2"], "Glasgow coma scale, 3 to 15; before sedation.")
  static let bodyWeight = quantity(
    "bodyWeight", "Body weight", short: "weight", .intensiveCare, ["kg", "[lb_av]"], hard: 1...400,
    soft: 35...160, loinc: ["29463-7"], "Body weight; without ascites where that is known.")
  static let urineOutput = quantity(
    "urineOutput", "Urine in 24 hours", short: "urine", .intensiveCare, ["mL/d", "L/d"],
    hard: 0...20_000, soft: 0...5000, loinc: ["9192-6"], "Volume of urine within 24 hours.")
  static let oliguria = quantity(
    "oliguria", "Oliguria for", .intensiveCare, ["h", "d"], hard: 0...720, soft: 0...72,
    "For how long urine has been below 0.5 mL for each kilogram and hour; 0 where it is not.")
  static let anuria = quantity(
    "anuria", "Anuria for", .intensiveCare, ["h", "d"], hard: 0...720, soft: 0...72,
    "For how long there has been no urine; 0 where there is.")
  static let dopamine = infusion("dopamine", "Dopamine", hard: 0...100, soft: 0...25)
  static let dobutamine = infusion("dobutamine", "Dobutamine", hard: 0...100, soft: 0...25)
  static let epinephrine = infusion("epinephrine", "Epinephrine", hard: 0...10, soft: 0...2)
  static let norepinephrine = infusion(
    "norepinephrine", "Norepinephrine", hard: 0...10, soft: 0...2)

  private static func infusion(
    _ id: String, _ label: String, hard: ClosedRange<FixedDecimal>, soft: ClosedRange<FixedDecimal>
  ) -> Variable {
    quantity(
      id, label, .intensiveCare, ["ug/kg/min"], hard: hard, soft: soft,
      "\(label), the dose that has run for at least an hour; 0 where it is not given.")
  }

  // MARK: Symptoms

  static let symptoms = [
    symptomFatigue, symptomAnorexia, symptomNausea, symptomJaundice, symptomConsciousness,
  ]
  static let symptomFatigue = symptom("symptomFatigue", "Fatigue", "Fatigue")
  static let symptomAnorexia = symptom("symptomAnorexia", "Anorexia", "Loss of appetite")
  static let symptomNausea = symptom("symptomNausea", "Nausea", "Nausea")
  static let symptomJaundice = symptom("symptomJaundice", "Jaundice", "Jaundice, as it is seen")
  static let symptomConsciousness = symptom(
    "symptomConsciousness", "Clouded consciousness", "Disturbance of consciousness")

  private static func symptom(_ id: String, _ label: String, _ question: String) -> Variable {
    choice(
      id, label, .symptoms, ordered: true,
      [
        Choice("0", "0 absent"), Choice("1", "1 mild"), Choice("2", "2 moderate"),
        Choice("3", "3 severe"),
      ], "\(question): absent, mild, moderate or severe.")
  }
}
