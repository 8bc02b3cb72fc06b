import Quantities

/// The kidney, electrolytes, and renal replacement.
extension Variable {
  /// Creatinine in serum, µmol/L.
  public static let creatinine = quantity(
    "creatinine", "Creatinine", short: "crea", .kidney, ["umol/L", "mg/dL"], conventional: "mg/dL",
    as: [.creatinine], needsUnit: true, accepted: 8.84...2652, plausible: 20...707.2,
    typical: 26...707.2, reference: 53...106, fresh: .laboratory,
    loinc: ["14682-9", "2160-0", "38483-4"], synonyms: ["serum creatinine", "Cr", "SCr"],
    "Creatinine in serum.")

  /// Creatinine before the present illness, within three months where there is one, µmol/L.
  public static let baselineCreatinine = quantity(
    "baselineCreatinine", "Creatinine, baseline", short: "crea base", .kidney, ["umol/L", "mg/dL"],
    conventional: "mg/dL", as: [.creatinine], needsUnit: true, accepted: 8.84...2652,
    plausible: 20...707.2, typical: 26...707.2, synonyms: ["baseline creatinine"],
    source: "KDIGO 2012; ICA 2015 (Angeli P et al. Gut 2015;64:531)",
    "Creatinine before the present illness, within three months where there is one.")

  /// Urea in serum, or urea nitrogen, mmol/L of urea.
  public static let urea = quantity(
    "urea", "Urea", .kidney, ["mmol/L", "mg/dL{urea}", "mg/dL{BUN}"], conventional: "mg/dL{BUN}",
    as: [.urea, .ureaNitrogen], needsUnit: true, accepted: 0.3...100, plausible: 1...40,
    reference: 2.5...7.1, fresh: .laboratory, loinc: ["22664-7", "14937-7", "3094-0", "6299-2"],
    synonyms: ["BUN", "blood urea nitrogen", "urea nitrogen"],
    "Urea in serum, or urea nitrogen: mg/dL must say which, as mg/dL{urea} or mg/dL{BUN}.")

  /// Sodium in serum, mmol/L.
  public static let sodium = quantity(
    "sodium", "Sodium", short: "Na", .kidney, ["mmol/L", "meq/L"], conventional: "meq/L",
    accepted: 90...190, plausible: 115...160, reference: 135...145, fresh: .laboratory,
    loinc: ["2951-2", "2947-0"], synonyms: ["serum sodium"], "Sodium in serum.")

  /// Dialysis at least twice within the last seven days, or continuous for 24 hours.
  public static let renalReplacement = yesNo(
    "renalReplacement", "Renal replacement", .kidney, fresh: .bedside,
    synonyms: ["dialysis", "RRT", "haemodialysis", "hemodialysis", "CVVHD"],
    source: "OPTN Policy 9 (MELD): dialysis twice in a week, or 24 hours of CVVHD",
    "Dialysis at least twice within the last seven days, or continuous for 24 hours.")
}
