import Quantities

/// Other diseases.
extension Variable {
  /// Known cardiovascular disease.
  public static let cardiovascularDisease = yesNo(
    "cardiovascularDisease", "Cardiovascular disease", .comorbidity, "Known cardiovascular disease."
  )

  /// Severe disease or failure of the heart.
  public static let seriousHeartDisease = yesNo(
    "seriousHeartDisease", "Serious heart disease", .comorbidity,
    "Severe disease or failure of the heart.")

  /// Severe disease or failure of the lungs.
  public static let seriousLungDisease = yesNo(
    "seriousLungDisease", "Serious lung disease", .comorbidity,
    "Severe disease or failure of the lungs.")

  /// Severe disease or failure of the kidneys.
  public static let seriousKidneyDisease = yesNo(
    "seriousKidneyDisease", "Serious kidney disease", .comorbidity,
    "Severe disease or failure of the kidneys.")

  /// Severe disease of the blood.
  public static let seriousBloodDisease = yesNo(
    "seriousBloodDisease", "Serious blood disease", .comorbidity, "Severe disease of the blood.")

  /// Serious autoimmune disease outside of the liver.
  public static let autoimmuneDisease = yesNo(
    "autoimmuneDisease", "Autoimmune disease", .comorbidity,
    "Serious autoimmune disease outside of the liver.")

  /// Diabetes mellitus, and its type.
  public static let diabetes = choice(
    "diabetes", "Diabetes", .comorbidity,
    [
      Choice("none", "None"), Choice("type1", "Type 1", snomed: ["46635009"], icd10: ["E10"]),
      Choice("type2", "Type 2", snomed: ["44054006"], icd10: ["E11"]),
      Choice("other", "Other type"),
    ], synonyms: ["diabetes mellitus"], "Diabetes mellitus, and its type.")

  /// Venous thrombosis or pulmonary embolism, ever.
  public static let venousThromboembolism = yesNo(
    "venousThromboembolism", "Venous thromboembolism", .comorbidity,
    snomed: ["59282003", "128053003"], icd10: ["I26", "I80.2", "I82.4"], isForLife: true,
    synonyms: ["deep vein thrombosis", "pulmonary embolism", "VTE"],
    "Venous thrombosis or pulmonary embolism, ever.")

  /// Thyroid disease that is uncontrolled or unstable.
  public static let uncontrolledThyroidDisease = yesNo(
    "uncontrolledThyroidDisease", "Uncontrolled thyroid disease", .comorbidity, lasting: false,
    "Thyroid disease that is uncontrolled or unstable.")

  /// Arterial hypertension that is uncontrolled.
  public static let uncontrolledHypertension = yesNo(
    "uncontrolledHypertension", "Uncontrolled hypertension", .comorbidity,
    lasting: false, synonyms: ["high blood pressure"], "Arterial hypertension that is uncontrolled."
  )

  /// Severe mental disorder, uncontrolled major depression, or any psychosis.
  public static let severeMentalDisorder = event(
    "severeMentalDisorder", "Severe mental disorder", .comorbidity,
    "Severe mental disorder, uncontrolled major depression, or any psychosis.")

  /// Allergies that matter to infusions; several may hold.
  public static let allergies = choices(
    "allergies", "Allergies", short: "allergies", .comorbidity,
    [
      Choice("none", "None of these"), Choice("plasma", "Plasma"), Choice("heparin", "Heparin"),
      Choice("protamine", "Protamine"), Choice("bloodProduct", "Other blood product"),
      Choice("studyDrug", "A drug of the study"),
    ], "Allergies that matter to infusions; several may hold.")

  /// Highly allergic, or severe allergic reactions before.
  public static let severeAllergy = yesNo(
    "severeAllergy", "Severe allergy", .comorbidity,
    "Highly allergic, or severe allergic reactions before.")

  /// An allergic constitution.
  public static let allergicConstitution = yesNo(
    "allergicConstitution", "Allergic constitution", .comorbidity, "An allergic constitution.")
}
