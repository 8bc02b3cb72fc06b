import Quantities

/// Complications.
extension Variable {
  /// Acute kidney injury now.
  public static let acuteKidneyInjury = yesNo(
    "acuteKidneyInjury", "Acute kidney injury", .complications, synonyms: ["AKI"],
    "Acute kidney injury now.")

  /// Hepatorenal syndrome now.
  public static let hepatorenalSyndrome = yesNo(
    "hepatorenalSyndrome", "Hepatorenal syndrome", .complications, synonyms: ["HRS"],
    "Hepatorenal syndrome now.")

  /// Upper gastrointestinal bleeding: never, the date of the last one, or ongoing.
  public static let gastrointestinalBleeding = event(
    "gastrointestinalBleeding", "Gastrointestinal bleeding", .complications,
    synonyms: ["variceal bleeding", "GI bleeding", "haematemesis"],
    "Upper gastrointestinal bleeding: never, the date of the last one, or ongoing.")

  /// Severe active bleeding anywhere.
  public static let severeBleeding = yesNo(
    "severeBleeding", "Severe active bleeding", .complications, "Severe active bleeding anywhere.")

  /// Disseminated intravascular coagulation.
  public static let disseminatedIntravascularCoagulation = yesNo(
    "disseminatedIntravascularCoagulation", "Intravascular coagulation", .complications,
    synonyms: ["DIC"], "Disseminated intravascular coagulation.")

  /// Spontaneous bacterial peritonitis now.
  public static let bacterialPeritonitis = yesNo(
    "bacterialPeritonitis", "Bacterial peritonitis", .complications,
    synonyms: ["SBP", "spontaneous bacterial peritonitis"],
    "Spontaneous bacterial peritonitis now.")

  /// An acute infection now.
  public static let infection = yesNo(
    "infection", "Acute infection", .complications, "An acute infection now.")

  /// An active infection that is not under control.
  public static let uncontrolledInfection = yesNo(
    "uncontrolledInfection", "Uncontrolled infection", .complications,
    "An active infection that is not under control.")

  /// Serious infection that needed parenteral antibiotics or antifungals.
  public static let parenteralAntiinfective = event(
    "parenteralAntiinfective", "Parenteral anti-infectives", .complications,
    "Serious infection that needed parenteral antibiotics or antifungals.")

  /// Primary or metastatic liver cancer.
  public static let liverCancer = event(
    "liverCancer", "Liver cancer", .complications, lasting: true, snomed: ["109841003"],
    icd10: ["C22", "C78.7"],
    synonyms: ["hepatocellular carcinoma", "HCC", "liver metastases"],
    "Primary or metastatic liver cancer.")

  /// Malignancy other than of the liver: never, the date of the last evidence of it, or ongoing.
  public static let malignancy = event(
    "malignancy", "Other malignancy", .complications, lasting: true, synonyms: ["cancer"],
    "Malignancy other than of the liver: never, the date of the last evidence of it, or ongoing.")

  /// The malignancy is basal cell carcinoma, or resected non-invasive squamous carcinoma of skin.
  public static let malignancyIsMinorSkinCancer = yesNo(
    "malignancyIsMinorSkinCancer", "Only minor skin cancer", .complications, lasting: true,
    "The malignancy is basal cell carcinoma, or resected non-invasive squamous carcinoma of skin.")
}
