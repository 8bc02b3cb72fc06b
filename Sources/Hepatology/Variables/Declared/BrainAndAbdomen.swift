import Quantities

/// What is seen at the bedside of brain and abdomen.
extension Variable {
  /// West Haven grade of hepatic encephalopathy, 0 to 4.
  public static let encephalopathyGrade = choice(
    "encephalopathyGrade", "Encephalopathy", short: "HE", .brainAndAbdomen, ordered: true,
    [
      Choice("0", "0 none"), Choice("1", "1 short attention, sleep change"),
      Choice("2", "2 lethargy, disoriented in time, asterixis"),
      Choice("3", "3 somnolence, gross disorientation"), Choice("4", "4 coma"),
    ], fresh: .bedside, synonyms: ["hepatic encephalopathy", "West Haven grade"],
    source: "Vilstrup H et al. Hepatology 2014;60:715",
    "West Haven grade of hepatic encephalopathy, 0 to 4 (Vilstrup 2014).")

  /// Ascites: none, mild (ultrasound only, or controlled), moderate, severe (tense or refractory).
  public static let ascites = choice(
    "ascites", "Ascites", short: "asc", .brainAndAbdomen, ordered: true,
    [
      Choice("none", "None"), Choice("mild", "Mild, or controlled by diuretics"),
      Choice("moderate", "Moderate"), Choice("severe", "Severe, or refractory"),
    ], fresh: .bedside, synonyms: ["abdominal fluid"],
    source: "Pugh RN et al. Br J Surg 1973;60:646; Moore KP et al. Hepatology 2003;38:258",
    "Ascites: none, mild (ultrasound only, or controlled), moderate, severe (tense or refractory).")
}
