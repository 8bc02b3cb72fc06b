import Quantities

/// Pregnancy and consent.
extension Variable {
  /// Pregnant now.
  public static let pregnant = yesNo(
    "pregnant", "Pregnant", .consent, synonyms: ["pregnancy"], "Pregnant now.")

  /// Breastfeeding now.
  public static let breastfeeding = yesNo(
    "breastfeeding", "Breastfeeding", .consent, "Breastfeeding now.")

  /// Plans a pregnancy in the near future.
  public static let plansPregnancy = yesNo(
    "plansPregnancy", "Plans pregnancy", .consent, "Plans a pregnancy in the near future.")

  /// Has signed the consent form of the trial.
  public static let consent = yesNo(
    "consent", "Consent", .consent, synonyms: ["informed consent"],
    "Has signed the consent form of the trial.")
}
