import Quantities

/// Blood cells and lactate.
extension Variable {
  /// Platelet count, 10⁹/L.
  public static let platelets = quantity(
    "platelets", "Platelets", short: "plt", .blood, ["10*9/L", "10*3/uL", "/uL"],
    conventional: "10*3/uL", accepted: 1...3200, plausible: 10...750, typical: 5...750,
    reference: 150...400, fresh: .laboratory, loinc: ["26515-7", "777-3", "778-1"],
    synonyms: ["thrombocytes", "platelet count"], "Platelet count.")

  /// White cell count, 10⁹/L.
  public static let whiteCells = quantity(
    "whiteCells", "White cells", short: "WBC", .blood, ["10*9/L", "10*3/uL", "/uL"],
    conventional: "10*3/uL", accepted: 0.1...500, plausible: 1...50, reference: 4...10,
    fresh: .laboratory, loinc: ["26464-8", "6690-2"],
    synonyms: ["leukocytes", "leucocytes", "white blood cells", "white cell count"],
    "White cell count.")

  /// Neutrophil count, absolute, 10⁹/L.
  public static let neutrophils = quantity(
    "neutrophils", "Neutrophils", short: "neut", .blood, ["10*9/L", "10*3/uL", "/uL"],
    conventional: "10*3/uL", accepted: 0.05...400, plausible: 0.5...40, reference: 1.8...7.5,
    fresh: .laboratory, loinc: ["26499-4", "751-8", "753-4"],
    synonyms: ["ANC", "absolute neutrophil count"], "Neutrophil count, absolute.")

  /// Lactate in blood, mmol/L.
  public static let lactate = quantity(
    "lactate", "Lactate", .blood, ["mmol/L", "mg/dL"], conventional: "mg/dL", as: [.lactate],
    needsUnit: true, accepted: 0.1...40, plausible: 0.3...15, typical: 0.3...20, reference: 0.5...2,
    fresh: .laboratory, loinc: ["32693-4", "2524-7"], synonyms: ["lactic acid"], "Lactate in blood."
  )
}
