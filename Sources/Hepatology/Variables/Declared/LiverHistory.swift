import Quantities

/// The history of the liver disease.
extension Variable {
  /// Causes of the liver disease; several may hold.
  public static let aetiology = choices(
    "aetiology", "Aetiology", short: "cause", .liverHistory,
    [
      Choice("hbv", "Hepatitis B", snomed: ["61977001"], icd10: ["B18.0", "B18.1"]),
      Choice("hcv", "Hepatitis C", snomed: ["128302006"], icd10: ["B18.2"]),
      Choice("alcohol", "Alcohol", snomed: ["420054005"], icd10: ["K70.3"]),
      Choice("masld", "MASLD"), Choice("autoimmune", "Autoimmune", icd10: ["K75.4"]),
      Choice("cholestatic", "Cholestatic (PBC, PSC, biliary)", icd10: ["K74.3"]),
      Choice("drug", "Drug"),
      Choice("other", "Other"),
    ], synonyms: ["etiology", "cause of liver disease"],
    "Causes of the liver disease; several may hold.")

  /// Cirrhosis, by biopsy, imaging or clinically.
  public static let cirrhosis = yesNo(
    "cirrhosis", "Cirrhosis", .liverHistory, snomed: ["19943007", "420054005"],
    icd10: ["K70.3", "K74.4", "K74.5", "K74.6"], synonyms: ["liver cirrhosis"],
    "Cirrhosis, by biopsy, imaging or clinically.")

  /// Decompensation of cirrhosis, now or before: ascites, bleeding, encephalopathy or jaundice.
  public static let decompensated = yesNo(
    "decompensated", "Decompensated", .liverHistory, synonyms: ["decompensated cirrhosis"],
    "Decompensation of cirrhosis, now or before: ascites, bleeding, encephalopathy or jaundice.")

  /// Decompensation of cirrhosis before the present illness.
  public static let priorDecompensation = yesNo(
    "priorDecompensation", "Decompensated before", .liverHistory,
    "Decompensation of cirrhosis before the present illness.")

  /// Chronic liver disease, diagnosed before or recognised now.
  public static let chronicLiverDisease = yesNo(
    "chronicLiverDisease", "Chronic liver disease", .liverHistory,
    snomed: ["328383001", "197321007"], synonyms: ["CLD"],
    "Chronic liver disease, diagnosed before or recognised now.")

  /// Severe acute injury of the liver, as of acute liver failure.
  public static let severeLiverInjury = yesNo(
    "severeLiverInjury", "Severe acute liver injury", .liverHistory,
    synonyms: ["acute liver injury"], "Severe acute injury of the liver, as of acute liver failure."
  )

  /// Weeks from the acute hepatic insult (jaundice) to ascites or encephalopathy.
  public static let weeksInsultToDecompensation = quantity(
    "weeksInsultToDecompensation", "Insult to ascites or HE", .liverHistory, ["wk", "d"],
    accepted: 0...520, plausible: 0...52, source: "Sarin SK et al. Hepatol Int 2019;13:353 (APASL)",
    "Weeks from the acute hepatic insult (jaundice) to ascites or encephalopathy.")

  /// Weeks from the first symptom to encephalopathy.
  public static let weeksSymptomToEncephalopathy = quantity(
    "weeksSymptomToEncephalopathy", "First symptom to HE", .liverHistory, ["wk", "d"],
    accepted: 0...520, plausible: 0...52, "Weeks from the first symptom to encephalopathy.")

  /// Platelet count before the onset of liver failure, 10⁹/L.
  public static let plateletsBeforeOnset = quantity(
    "plateletsBeforeOnset", "Platelets before onset", .liverHistory, ["10*9/L", "10*3/uL", "/uL"],
    conventional: "10*3/uL", accepted: 1...3200, plausible: 10...750,
    "Platelet count before the onset of liver failure.")

  /// Child-Pugh score, in points, before the onset of liver failure.
  public static let childPughBeforeOnset = quantity(
    "childPughBeforeOnset", "Child-Pugh before onset", .liverHistory, ["1"], whole: true,
    accepted: 5...15, "Child-Pugh score, in points, before the onset of liver failure.")

  /// How long HBV DNA has been below the limit of detection; 0 where it is not, months.
  public static let hbvDNAUndetectable = quantity(
    "hbvDNAUndetectable", "HBV DNA undetectable for", .liverHistory, ["mo", "wk", "a"],
    accepted: 0...600, lasting: false,
    "How long HBV DNA has been below the limit of detection; 0 where it is not.")

  /// How long HCV RNA has been below the limit of detection; 0 where it is not, months.
  public static let hcvRNAUndetectable = quantity(
    "hcvRNAUndetectable", "HCV RNA undetectable for", .liverHistory, ["mo", "wk", "a"],
    accepted: 0...600, lasting: false,
    "How long HCV RNA has been below the limit of detection; 0 where it is not.")

  /// Admissions to hospital for a complication of cirrhosis in the past twelve months.
  public static let admissionsForDecompensation = quantity(
    "admissionsForDecompensation", "Admissions in a year", .liverHistory, ["1"], whole: true,
    accepted: 0...60, plausible: 0...24,
    "Admissions to hospital for a complication of cirrhosis in the past twelve months.")

  /// Needs albumin now and then, and diuretics.
  public static let needsAlbuminAndDiuretic = yesNo(
    "needsAlbuminAndDiuretic", "Albumin and diuretic", .liverHistory, lasting: false,
    "Needs albumin now and then, and diuretics.")

  /// Portal hypertension with a high risk of bleeding, recently evaluated.
  public static let highRiskPortalHypertension = yesNo(
    "highRiskPortalHypertension", "High-risk portal hypertension", .liverHistory, lasting: false,
    "Portal hypertension with a high risk of bleeding, recently evaluated.")

  /// Liver transplantation at any time before.
  public static let priorLiverTransplant = yesNo(
    "priorLiverTransplant", "Prior liver transplantation", .liverHistory, icd10: ["Z94.4"],
    isForLife: true, synonyms: ["liver transplantation before"],
    "Liver transplantation at any time before.")

  /// A liver transplantation is planned within three months.
  public static let plannedLiverTransplant = yesNo(
    "plannedLiverTransplant", "Transplantation in 3 months", .liverHistory, lasting: false,
    "A liver transplantation is planned within three months.")

  /// Has the conditions for, and accepts, orthotopic liver transplantation.
  public static let acceptsLiverTransplant = yesNo(
    "acceptsLiverTransplant", "Can have a transplantation", .liverHistory, lasting: false,
    "Has the conditions for, and accepts, orthotopic liver transplantation.")
}
