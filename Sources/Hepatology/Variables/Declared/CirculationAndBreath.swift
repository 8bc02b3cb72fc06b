import Quantities

/// Circulation, breathing and their support.
extension Variable {
  /// Mean arterial pressure, mmHg.
  public static let meanArterialPressure = quantity(
    "meanArterialPressure", "Mean arterial pressure", short: "MAP", .circulationAndBreath,
    ["mm[Hg]"], accepted: 20...200, plausible: 50...130, reference: 70...100, fresh: .bedside,
    loinc: ["8478-0"], synonyms: ["mean arterial blood pressure", "mean pressure"],
    "Mean arterial pressure.")

  /// Systolic arterial pressure, mmHg.
  public static let systolic = quantity(
    "systolic", "Systolic pressure", .circulationAndBreath, ["mm[Hg]"], accepted: 30...300,
    plausible: 70...220, fresh: .bedside, loinc: ["8480-6"],
    synonyms: ["systolic blood pressure", "SBP"], "Systolic arterial pressure.")

  /// Diastolic arterial pressure, mmHg.
  public static let diastolic = quantity(
    "diastolic", "Diastolic pressure", .circulationAndBreath, ["mm[Hg]"], accepted: 10...200,
    plausible: 35...130, fresh: .bedside, loinc: ["8462-4"],
    synonyms: ["diastolic blood pressure", "DBP"], "Diastolic arterial pressure.")

  /// Vasopressors for circulatory failure (terlipressin for the kidney counts in CLIF-C OF).
  public static let vasopressors = yesNo(
    "vasopressors", "Vasopressors", .circulationAndBreath, fresh: .bedside,
    synonyms: ["pressors", "noradrenaline given"],
    source: "Jalan R et al. J Hepatol 2014;61:1038 (CLIF-C OF)",
    "Vasopressors for circulatory failure (terlipressin for the kidney counts in CLIF-C OF).")

  /// Arterial partial pressure of oxygen, mmHg.
  public static let pao2 = quantity(
    "pao2", "PaO2", .circulationAndBreath, ["mm[Hg]", "kPa"], needsUnit: true, accepted: 20...700,
    plausible: 40...600, typical: 35...600, reference: 75...100, fresh: .bedside, loinc: ["2703-7"],
    synonyms: ["arterial oxygen", "pO2"], "Arterial partial pressure of oxygen.")

  /// Fraction of inspired oxygen; 21 % is room air, %.
  public static let fio2 = quantity(
    "fio2", "FiO2", .circulationAndBreath, ["%", "1"], accepted: 21...100, fresh: .bedside,
    loinc: ["3150-6"], synonyms: ["inspired oxygen"],
    "Fraction of inspired oxygen; 21 % is room air.")

  /// Oxygen saturation by pulse oximeter, %.
  public static let spo2 = quantity(
    "spo2", "SpO2", .circulationAndBreath, ["%", "1"], accepted: 40...100, plausible: 70...100,
    fresh: .bedside, loinc: ["59408-5"], synonyms: ["oxygen saturation", "saturation"],
    "Oxygen saturation by pulse oximeter.")

  /// Mechanical ventilation for respiratory failure, not for encephalopathy.
  public static let ventilation = yesNo(
    "ventilation", "Ventilation", .circulationAndBreath, fresh: .bedside,
    synonyms: ["mechanical ventilation", "ventilator"],
    source: "Jalan R et al. J Hepatol 2014;61:1038 (CLIF-C OF)",
    "Mechanical ventilation for respiratory failure, not for encephalopathy.")
}
