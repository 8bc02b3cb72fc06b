import Quantities

/// Laboratory values of the liver.
extension Variable {
  /// Total bilirubin in serum, µmol/L.
  public static let totalBilirubin = quantity(
    "totalBilirubin", "Total bilirubin", short: "bili", .liver, ["umol/L", "mg/dL"],
    conventional: "mg/dL", as: [.bilirubin], needsUnit: true, accepted: 1...1710,
    plausible: 2...855, typical: 17.1...700, reference: 3.4...20.5, fresh: .laboratory,
    loinc: ["14631-6", "1975-2"], synonyms: ["bilirubin", "serum bilirubin", "TBIL", "TB"],
    "Total bilirubin in serum.")

  /// Albumin in serum, g/L.
  public static let albumin = quantity(
    "albumin", "Albumin", short: "alb", .liver, ["g/L", "g/dL"], conventional: "g/dL",
    needsUnit: true, accepted: 5...80, plausible: 15...60, typical: 12...55, reference: 35...50,
    fresh: .laboratory, loinc: ["1751-7", "61151-7", "2862-1"], synonyms: ["serum albumin"],
    "Albumin in serum.")

  /// Rise of total bilirubin a day, from two dated values, µmol/L a day.
  public static let totalBilirubinDailyRise = quantity(
    "totalBilirubinDailyRise", "Bilirubin, daily rise", short: "rise", .liver,
    ["umol/L/d", "mg/dL/d"], conventional: "mg/dL/d", as: [.bilirubin], needsUnit: true,
    accepted: -500...500, plausible: -100...150, fresh: .laboratory,
    synonyms: ["daily rise of bilirubin"], "Rise of total bilirubin a day, from two dated values.")

  /// The laboratory's upper limit of normal of total bilirubin, µmol/L.
  public static let totalBilirubinULN = quantity(
    "totalBilirubinULN", "Bilirubin, upper limit", short: "bili ULN", .liver, ["umol/L", "mg/dL"],
    conventional: "mg/dL", as: [.bilirubin], needsUnit: true, accepted: 5...50, plausible: 15...30,
    synonyms: ["upper limit of bilirubin", "bilirubin ULN"],
    "The laboratory's upper limit of normal of total bilirubin.")

  /// Aspartate aminotransferase, U/L.
  public static let ast = enzyme(
    "ast", "AST", "1920-8", "Aspartate aminotransferase.", to: 4000,
    synonyms: ["aspartate aminotransferase", "SGOT", "GOT", "ASAT"])

  /// AST: the laboratory's upper limit of normal, U/L.
  public static let astULN = enzymeLimit(
    "astULN", "AST, upper limit", synonyms: ["AST ULN", "upper limit of AST"])

  /// Alanine aminotransferase, U/L.
  public static let alt = enzyme(
    "alt", "ALT", "1742-6", "Alanine aminotransferase.", to: 4000,
    synonyms: ["alanine aminotransferase", "SGPT", "GPT", "ALAT"])

  /// ALT: the laboratory's upper limit of normal, U/L.
  public static let altULN = enzymeLimit(
    "altULN", "ALT, upper limit", synonyms: ["ALT ULN", "upper limit of ALT"])

  /// Alkaline phosphatase, U/L.
  public static let alp = enzyme(
    "alp", "ALP", "6768-6", "Alkaline phosphatase.", to: 1500,
    synonyms: ["alkaline phosphatase", "AP", "ALKP"])

  /// ALP: the laboratory's upper limit of normal, U/L.
  public static let alpULN = enzymeLimit(
    "alpULN", "ALP, upper limit", synonyms: ["ALP ULN", "upper limit of ALP"])

  /// Gamma-glutamyltransferase, U/L.
  public static let ggt = enzyme(
    "ggt", "GGT", "2324-2", "Gamma-glutamyltransferase.", to: 1500,
    synonyms: ["gamma-glutamyltransferase", "gamma GT", "GGTP"])

  /// GGT: the laboratory's upper limit of normal, U/L.
  public static let ggtULN = enzymeLimit(
    "ggtULN", "GGT, upper limit", synonyms: ["GGT ULN", "upper limit of GGT"])

  /// Ammonia in plasma, µmol/L.
  public static let ammonia = quantity(
    "ammonia", "Ammonia", .liver, ["umol/L", "ug/dL"], conventional: "ug/dL", as: [.ammonia],
    needsUnit: true, accepted: 1...2000, plausible: 5...300, reference: 11...50, fresh: .laboratory,
    loinc: ["16362-6", "22763-7"], synonyms: ["NH3"], "Ammonia in plasma.")

  private static func enzyme(
    _ id: String, _ label: String, _ loinc: String, _ question: String, to plausible: FixedDecimal,
    synonyms: [String]
  ) -> Variable {
    quantity(
      id, label, .liver, ["U/L"], accepted: 1...30_000, plausible: 3...plausible,
      fresh: .laboratory, loinc: [loinc], synonyms: synonyms, question)
  }

  private static func enzymeLimit(_ id: String, _ label: String, synonyms: [String]) -> Variable {
    quantity(
      id, label, short: "\(label.prefix { $0 != "," }) ULN", .liver, ["U/L"], accepted: 5...500,
      plausible: 15...150, synonyms: synonyms, "The laboratory's upper limit of normal.")
  }
}
