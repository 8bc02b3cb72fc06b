import Quantities

/// What a laboratory value is compared with: limits of normal, values before the illness, values of
/// another day.
extension Variable {
  /// Total bilirubin on the seventh day of corticosteroids, µmol/L.
  public static let totalBilirubinDay7 = quantity(
    "totalBilirubinDay7", "Bilirubin on day 7", short: "bili d7", .limitsAndBaselines,
    ["umol/L", "mg/dL"], conventional: "mg/dL", as: [.bilirubin], needsUnit: true,
    accepted: 1...1710, plausible: 2...855, typical: 17.1...700, synonyms: ["bilirubin on day 7"],
    source: "Louvet A et al. Hepatology 2007;45:1348 (Lille)",
    "Total bilirubin on the seventh day of corticosteroids.")

  /// The lowest creatinine of the last 48 hours, µmol/L.
  public static let creatinineTwoDaysAgo = quantity(
    "creatinineTwoDaysAgo", "Creatinine, 48 hours ago", short: "crea 48 h", .limitsAndBaselines,
    ["umol/L", "mg/dL"], conventional: "mg/dL", as: [.creatinine], needsUnit: true,
    accepted: 8.84...2652, plausible: 20...707.2, typical: 26...707.2,
    synonyms: ["creatinine 48 hours ago"], source: "KDIGO 2012",
    "The lowest creatinine of the last 48 hours.")

  /// The laboratory's upper limit of normal of creatinine, µmol/L.
  public static let creatinineULN = quantity(
    "creatinineULN", "Creatinine, upper limit", short: "crea ULN", .limitsAndBaselines,
    ["umol/L", "mg/dL"], conventional: "mg/dL", as: [.creatinine], needsUnit: true,
    accepted: 26...260, plausible: 60...130, synonyms: ["creatinine ULN"],
    "The laboratory's upper limit of normal of creatinine.")

  /// The laboratory's upper limit of normal of INR.
  public static let inrULN = quantity(
    "inrULN", "INR, upper limit", short: "INR ULN", .limitsAndBaselines, ["1"], accepted: 0.9...2,
    plausible: 1...1.4, "The laboratory's upper limit of normal of INR.")

  /// The laboratory's lower limit of normal of albumin, g/L.
  public static let albuminLLN = quantity(
    "albuminLLN", "Albumin, lower limit", short: "alb LLN", .limitsAndBaselines, ["g/L", "g/dL"],
    conventional: "g/dL", needsUnit: true, accepted: 20...60, plausible: 30...40, typical: 25...50,
    synonyms: ["albumin LLN"], "The laboratory's lower limit of normal of albumin.")

  /// Platelets: the laboratory's lower limit of normal, 10⁹/L.
  public static let plateletsLLN = cellLimit(
    "plateletsLLN", "Platelets, lower limit", 75...300, 100...180)

  /// White cells: the laboratory's lower limit of normal, 10⁹/L.
  public static let whiteCellsLLN = cellLimit(
    "whiteCellsLLN", "White cells, lower limit", 2...10, 3...5)

  /// Neutrophils: the laboratory's lower limit of normal, 10⁹/L.
  public static let neutrophilsLLN = cellLimit(
    "neutrophilsLLN", "Neutrophils, lower limit", 1...5, 1.5...2.5)

  /// Total bilirubin before the treatment whose harm is graded, µmol/L.
  public static let baselineBilirubin = quantity(
    "baselineBilirubin", "Bilirubin, baseline", short: "bili base", .limitsAndBaselines,
    ["umol/L", "mg/dL"], conventional: "mg/dL", as: [.bilirubin], needsUnit: true,
    accepted: 1...1710, plausible: 2...855, typical: 5...700, synonyms: ["baseline bilirubin"],
    "Total bilirubin before the treatment whose harm is graded.")

  /// AST before the treatment whose harm is graded, U/L.
  public static let baselineAST = baselineEnzyme(
    "baselineAST", "AST, baseline", to: 4000, synonyms: ["baseline AST"])

  /// ALT before the treatment whose harm is graded, U/L.
  public static let baselineALT = baselineEnzyme(
    "baselineALT", "ALT, baseline", to: 4000, synonyms: ["baseline ALT"])

  /// ALP before the treatment whose harm is graded, U/L.
  public static let baselineALP = baselineEnzyme(
    "baselineALP", "ALP, baseline", to: 1500, synonyms: ["baseline ALP"])

  /// GGT before the treatment whose harm is graded, U/L.
  public static let baselineGGT = baselineEnzyme(
    "baselineGGT", "GGT, baseline", to: 1500, synonyms: ["baseline GGT"])

  /// INR before the treatment whose harm is graded.
  public static let baselineINR = quantity(
    "baselineINR", "INR, baseline", .limitsAndBaselines, ["1"], accepted: 0.5...20,
    plausible: 0.8...8, synonyms: ["baseline INR"], "INR before the treatment whose harm is graded."
  )

  private static func cellLimit(
    _ id: String, _ label: String, _ accepted: ClosedRange<FixedDecimal>,
    _ plausible: ClosedRange<FixedDecimal>
  ) -> Variable {
    quantity(
      id, label, short: "\(label.prefix { $0 != "," }) LLN", .limitsAndBaselines,
      ["10*9/L", "10*3/uL", "/uL"], conventional: "10*3/uL", accepted: accepted,
      plausible: plausible,
      "The laboratory's lower limit of normal.")
  }

  private static func baselineEnzyme(
    _ id: String, _ label: String, to plausible: FixedDecimal, synonyms: [String]
  )
    -> Variable
  {
    quantity(
      id, label, short: "\(label.prefix { $0 != "," }) base", .limitsAndBaselines, ["U/L"],
      accepted: 1...30_000, plausible: 3...plausible, synonyms: synonyms,
      "The value before the treatment whose harm is graded.")
  }
}
