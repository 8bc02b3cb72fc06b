import Quantities

/// Treatment, present and past.
extension Variable {
  /// Takes warfarin or another vitamin K antagonist.
  public static let vitaminKAntagonist = yesNo(
    "vitaminKAntagonist", "Vitamin K antagonist", .treatment,
    synonyms: ["warfarin", "phenprocoumon", "anticoagulant"],
    "Takes warfarin or another vitamin K antagonist.")

  /// Immunosuppressive medication other than corticosteroids.
  public static let immunosuppressant = event(
    "immunosuppressant", "Immunosuppressant", .treatment,
    "Immunosuppressive medication other than corticosteroids.")

  /// Immune-enhancing treatment, such as thymosin.
  public static let immuneEnhancer = event(
    "immuneEnhancer", "Immune enhancer", .treatment, "Immune-enhancing treatment, such as thymosin."
  )

  /// Treatment with an anti-inflammatory monoclonal antibody.
  public static let antiInflammatoryAntibody = event(
    "antiInflammatoryAntibody", "Anti-inflammatory antibody", .treatment,
    "Treatment with an anti-inflammatory monoclonal antibody.")

  /// Systemic corticosteroid: never, the date of the last dose, or ongoing, as also where it is
  /// about to be given.
  public static let systemicCorticosteroid = event(
    "systemicCorticosteroid", "Systemic corticosteroid", .treatment,
    synonyms: ["steroids", "prednisolone", "prednisone"],
    "Systemic corticosteroid: never, the date of the last dose, or ongoing, as also where it is "
      + "about to be given.")

  /// The highest daily dose of corticosteroid within a year, as prednisone, mg a day.
  public static let prednisoneEquivalent = quantity(
    "prednisoneEquivalent", "Prednisone equivalent", .treatment, ["mg/d"], accepted: 0...2000,
    plausible: 0...250, lasting: true,
    "The highest daily dose of corticosteroid within a year, as prednisone.")

  /// Radiation therapy, current or anticipated.
  public static let radiationTherapy = yesNo(
    "radiationTherapy", "Radiation therapy", .treatment,
    "Radiation therapy, current or anticipated.")

  /// Cytotoxic chemotherapy, current or anticipated.
  public static let cytotoxicTherapy = yesNo(
    "cytotoxicTherapy", "Cytotoxic chemotherapy", .treatment,
    "Cytotoxic chemotherapy, current or anticipated.")

  /// Interleukin, interferon or another immunomodulator but corticosteroids, current or
  /// anticipated.
  public static let immunomodulator = yesNo(
    "immunomodulator", "Immunomodulator", .treatment,
    "Interleukin, interferon or another immunomodulator but corticosteroids, current or "
      + "anticipated.")

  /// Participation in another clinical trial: never, the date it ended, or ongoing.
  public static let otherTrial = event(
    "otherTrial", "Other trial", .treatment, synonyms: ["participation in another trial"],
    "Participation in another clinical trial: never, the date it ended, or ongoing.")

  /// Use of an experimental medication.
  public static let experimentalDrug = event(
    "experimentalDrug", "Experimental drug", .treatment, "Use of an experimental medication.")

  /// Stem cell therapy, ever.
  public static let stemCellTherapy = yesNo(
    "stemCellTherapy", "Stem cell therapy", .treatment, lasting: true, synonyms: ["cell therapy"],
    "Stem cell therapy, ever.")

  /// Participation in a weight-loss programme.
  public static let weightLossProgramme = event(
    "weightLossProgramme", "Weight-loss programme", .treatment,
    "Participation in a weight-loss programme.")

  /// Bariatric surgery, ever.
  public static let bariatricSurgery = yesNo(
    "bariatricSurgery", "Bariatric surgery", .treatment, lasting: true, "Bariatric surgery, ever.")
}
