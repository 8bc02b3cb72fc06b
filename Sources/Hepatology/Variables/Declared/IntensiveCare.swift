import Quantities

/// What an intensive care unit adds: consciousness, urine, drugs for the circulation.
extension Variable {
  /// Glasgow coma scale, 3 to 15; before sedation.
  public static let glasgowComaScale = quantity(
    "glasgowComaScale", "Coma scale (Glasgow)", short: "GCS", .intensiveCare, ["1"], whole: true,
    accepted: 3...15, fresh: .bedside, loinc: ["9269-2"], synonyms: ["Glasgow coma scale"],
    source: "Teasdale G, Jennett B. Lancet 1974;2:81",
    "Glasgow coma scale, 3 to 15; before sedation.")

  /// Body weight; without ascites where that is known, kg.
  public static let bodyWeight = quantity(
    "bodyWeight", "Body weight", short: "weight", .intensiveCare, ["kg", "[lb_av]"],
    accepted: 1...400, plausible: 35...160, loinc: ["29463-7"], synonyms: ["weight"],
    "Body weight; without ascites where that is known.")

  /// Volume of urine within 24 hours, mL a day.
  public static let urineOutput = quantity(
    "urineOutput", "Urine in 24 hours", short: "urine", .intensiveCare, ["mL/d", "L/d"],
    accepted: 0...20_000, plausible: 0...5000, fresh: .bedside, loinc: ["9192-6"],
    synonyms: ["diuresis", "urine volume"], "Volume of urine within 24 hours.")

  /// For how long urine has been below 0.5 mL for each kilogram and hour; 0 where it is not,
  /// hours.
  public static let oliguria = quantity(
    "oliguria", "Oliguria for", .intensiveCare, ["h", "d"], accepted: 0...720, plausible: 0...72,
    fresh: .bedside, source: "KDIGO 2012",
    "For how long urine has been below 0.5 mL for each kilogram and hour; 0 where it is not.")

  /// For how long there has been no urine; 0 where there is, hours.
  public static let anuria = quantity(
    "anuria", "Anuria for", .intensiveCare, ["h", "d"], accepted: 0...720, plausible: 0...72,
    fresh: .bedside, source: "KDIGO 2012", "For how long there has been no urine; 0 where there is."
  )

  /// Dopamine, the dose that has run for at least an hour, µg/kg/min.
  public static let dopamine = infusion(
    "dopamine", "Dopamine", accepted: 0...100, plausible: 0...25)

  /// Dobutamine, the dose that has run for at least an hour, µg/kg/min.
  public static let dobutamine = infusion(
    "dobutamine", "Dobutamine", accepted: 0...100, plausible: 0...25)

  /// Epinephrine, the dose that has run for at least an hour, µg/kg/min.
  public static let epinephrine = infusion(
    "epinephrine", "Epinephrine", accepted: 0...10, plausible: 0...2, synonyms: ["adrenaline"])

  /// Norepinephrine, the dose that has run for at least an hour, µg/kg/min.
  public static let norepinephrine = infusion(
    "norepinephrine", "Norepinephrine", accepted: 0...10, plausible: 0...2,
    synonyms: ["noradrenaline"])

  private static func infusion(
    _ id: String, _ label: String, accepted: ClosedRange<FixedDecimal>,
    plausible: ClosedRange<FixedDecimal>, synonyms: [String] = []
  ) -> Variable {
    quantity(
      id, label, .intensiveCare, ["ug/kg/min"], accepted: accepted, plausible: plausible,
      fresh: .bedside, synonyms: synonyms,
      "\(label), the dose that has run for at least an hour; 0 where it is not given.")
  }
}
