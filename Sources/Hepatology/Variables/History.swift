import Quantities

/// What is asked rather than measured: the history items of the trials' criteria.
extension Variable {
  static let history: [Variable] =
    liverHistory + complications + comorbidity + treatment + habits + alcoholQuestions + [
      pregnant, breastfeeding, plansPregnancy, consent,
    ]

  // MARK: Liver history

  static let aetiology = Variable(
    id: "aetiology", label: "Aetiology", short: "cause", group: .liverHistory,
    kind: .choices([
      Choice("hbv", "Hepatitis B"), Choice("hcv", "Hepatitis C"), Choice("alcohol", "Alcohol"),
      Choice("masld", "MASLD"), Choice("autoimmune", "Autoimmune"),
      Choice("cholestatic", "Cholestatic (PBC, PSC, biliary)"), Choice("drug", "Drug"),
      Choice("other", "Other"),
    ]),
    question: "Causes of the liver disease; several may hold.", loinc: [])
  static let cirrhosis = yesNo(
    "cirrhosis", "Cirrhosis", .liverHistory, "Cirrhosis, by biopsy, imaging or clinically.")
  static let decompensated = yesNo(
    "decompensated", "Decompensated", .liverHistory,
    "Decompensation of cirrhosis, now or before: ascites, bleeding, encephalopathy or jaundice.")
  static let chronicLiverDisease = yesNo(
    "chronicLiverDisease", "Chronic liver disease", .liverHistory,
    "Chronic liver disease, diagnosed before or recognised now.")
  static let priorDecompensation = yesNo(
    "priorDecompensation", "Decompensated before", .liverHistory,
    "Decompensation of cirrhosis before the present illness.")
  static let weeksInsultToDecompensation = quantity(
    "weeksInsultToDecompensation", "Insult to ascites or HE", .liverHistory, ["wk", "d"],
    hard: 0...520, soft: 0...52,
    "Weeks from the acute hepatic insult (jaundice) to ascites or encephalopathy.")
  static let liverHistory: [Variable] = [
    aetiology, cirrhosis, decompensated, priorDecompensation, chronicLiverDisease,
    yesNo(
      "severeLiverInjury", "Severe acute liver injury", .liverHistory,
      "Severe acute injury of the liver, as of acute liver failure."),
    weeksInsultToDecompensation,
    quantity(
      "weeksSymptomToEncephalopathy", "First symptom to HE", .liverHistory, ["wk", "d"],
      hard: 0...520, soft: 0...52, "Weeks from the first symptom to encephalopathy."),
    quantity(
      "plateletsBeforeOnset", "Platelets before onset", .liverHistory,
      ["10*9/L", "10*3/uL", "/uL"], hard: 1...3200, soft: 10...750,
      "Platelet count before the onset of liver failure."),
    quantity(
      "childPughBeforeOnset", "Child-Pugh before onset", .liverHistory, ["1"], whole: true,
      hard: 5...15, "Child-Pugh score, in points, before the onset of liver failure."),
    quantity(
      "hbvDNAUndetectable", "HBV DNA undetectable for", .liverHistory, ["mo", "wk", "a"],
      hard: 0...600, "How long HBV DNA has been below the limit of detection; 0 where it is not."),
    quantity(
      "hcvRNAUndetectable", "HCV RNA undetectable for", .liverHistory, ["mo", "wk", "a"],
      hard: 0...600, "How long HCV RNA has been below the limit of detection; 0 where it is not."),
    quantity(
      "admissionsForDecompensation", "Admissions in a year", .liverHistory, ["1"], whole: true,
      hard: 0...60, soft: 0...24,
      "Admissions to hospital for a complication of cirrhosis in the past twelve months."),
    yesNo(
      "needsAlbuminAndDiuretic", "Albumin and diuretic", .liverHistory,
      "Needs albumin now and then, and diuretics."),
    yesNo(
      "highRiskPortalHypertension", "High-risk portal hypertension", .liverHistory,
      "Portal hypertension with a high risk of bleeding, recently evaluated."),
    yesNo(
      "priorLiverTransplant", "Prior liver transplantation", .liverHistory,
      "Liver transplantation at any time before."),
    yesNo(
      "plannedLiverTransplant", "Transplantation in 3 months", .liverHistory,
      "A liver transplantation is planned within three months."),
    yesNo(
      "acceptsLiverTransplant", "Can have a transplantation", .liverHistory,
      "Has the conditions for, and accepts, orthotopic liver transplantation."),
  ]

  // MARK: Complications

  static let complications: [Variable] = [
    yesNo("acuteKidneyInjury", "Acute kidney injury", .complications, "Acute kidney injury now."),
    yesNo(
      "hepatorenalSyndrome", "Hepatorenal syndrome", .complications, "Hepatorenal syndrome now."),
    event(
      "gastrointestinalBleeding", "Gastrointestinal bleeding", .complications,
      "Upper gastrointestinal bleeding: never, the date of the last one, or ongoing."),
    yesNo(
      "severeBleeding", "Severe active bleeding", .complications, "Severe active bleeding anywhere."
    ),
    yesNo(
      "disseminatedIntravascularCoagulation", "Intravascular coagulation", .complications,
      "Disseminated intravascular coagulation."),
    yesNo(
      "bacterialPeritonitis", "Bacterial peritonitis", .complications,
      "Spontaneous bacterial peritonitis now."),
    yesNo("infection", "Acute infection", .complications, "An acute infection now."),
    yesNo(
      "uncontrolledInfection", "Uncontrolled infection", .complications,
      "An active infection that is not under control."),
    event(
      "parenteralAntiinfective", "Parenteral anti-infectives", .complications,
      "Serious infection that needed parenteral antibiotics or antifungals."),
    event("liverCancer", "Liver cancer", .complications, "Primary or metastatic liver cancer."),
    event(
      "malignancy", "Other malignancy", .complications,
      "Malignancy other than of the liver: never, the date of the last evidence of it, or ongoing."
    ),
    yesNo(
      "malignancyIsMinorSkinCancer", "Only minor skin cancer", .complications,
      "The malignancy is basal cell carcinoma, or resected non-invasive squamous carcinoma of skin."
    ),
  ]

  // MARK: Other diseases

  static let comorbidity: [Variable] = [
    yesNo(
      "cardiovascularDisease", "Cardiovascular disease", .comorbidity,
      "Known cardiovascular disease."),
    yesNo(
      "seriousHeartDisease", "Serious heart disease", .comorbidity,
      "Severe disease or failure of the heart."),
    yesNo(
      "seriousLungDisease", "Serious lung disease", .comorbidity,
      "Severe disease or failure of the lungs."),
    yesNo(
      "seriousKidneyDisease", "Serious kidney disease", .comorbidity,
      "Severe disease or failure of the kidneys."),
    yesNo(
      "seriousBloodDisease", "Serious blood disease", .comorbidity,
      "Severe disease of the blood."),
    yesNo(
      "autoimmuneDisease", "Autoimmune disease", .comorbidity,
      "Serious autoimmune disease outside of the liver."),
    choice(
      "diabetes", "Diabetes", .comorbidity,
      [
        Choice("none", "None"), Choice("type1", "Type 1"), Choice("type2", "Type 2"),
        Choice("other", "Other type"),
      ], "Diabetes mellitus, and its type."),
    yesNo(
      "venousThromboembolism", "Venous thromboembolism", .comorbidity,
      "Venous thrombosis or pulmonary embolism, ever."),
    yesNo(
      "uncontrolledThyroidDisease", "Uncontrolled thyroid disease", .comorbidity,
      "Thyroid disease that is uncontrolled or unstable."),
    yesNo(
      "uncontrolledHypertension", "Uncontrolled hypertension", .comorbidity,
      "Arterial hypertension that is uncontrolled."),
    event(
      "severeMentalDisorder", "Severe mental disorder", .comorbidity,
      "Severe mental disorder, uncontrolled major depression, or any psychosis."),
    Variable(
      id: "allergies", label: "Allergies", short: "allergies", group: .comorbidity,
      kind: .choices([
        Choice("none", "None of these"), Choice("plasma", "Plasma"), Choice("heparin", "Heparin"),
        Choice("protamine", "Protamine"), Choice("bloodProduct", "Other blood product"),
        Choice("studyDrug", "A drug of the study"),
      ]),
      question: "Allergies that matter to infusions; several may hold.", loinc: []),
    yesNo(
      "severeAllergy", "Severe allergy", .comorbidity,
      "Highly allergic, or severe allergic reactions before."),
    yesNo(
      "allergicConstitution", "Allergic constitution", .comorbidity, "An allergic constitution."),
  ]

  // MARK: Treatment

  static let vitaminKAntagonist = yesNo(
    "vitaminKAntagonist", "Vitamin K antagonist", .treatment,
    "Takes warfarin or another vitamin K antagonist.")
  static let treatment: [Variable] = [
    vitaminKAntagonist,
    event(
      "immunosuppressant", "Immunosuppressant", .treatment,
      "Immunosuppressive medication other than corticosteroids."),
    event(
      "immuneEnhancer", "Immune enhancer", .treatment,
      "Immune-enhancing treatment, such as thymosin."),
    event(
      "antiInflammatoryAntibody", "Anti-inflammatory antibody", .treatment,
      "Treatment with an anti-inflammatory monoclonal antibody."),
    event(
      "systemicCorticosteroid", "Systemic corticosteroid", .treatment,
      "Systemic corticosteroid: never, the date of the last dose, or ongoing, as also where it is "
        + "about to be given."),
    quantity(
      "prednisoneEquivalent", "Prednisone equivalent", .treatment, ["mg/d"], hard: 0...2000,
      soft: 0...250, "The highest daily dose of corticosteroid within a year, as prednisone."),
    yesNo(
      "radiationTherapy", "Radiation therapy", .treatment,
      "Radiation therapy, current or anticipated."),
    yesNo(
      "cytotoxicTherapy", "Cytotoxic chemotherapy", .treatment,
      "Cytotoxic chemotherapy, current or anticipated."),
    yesNo(
      "immunomodulator", "Immunomodulator", .treatment,
      "Interleukin, interferon or another immunomodulator but corticosteroids, current or "
        + "anticipated."),
    event(
      "otherTrial", "Other trial", .treatment,
      "Participation in another clinical trial: never, the date it ended, or ongoing."),
    event(
      "experimentalDrug", "Experimental drug", .treatment, "Use of an experimental medication."),
    yesNo(
      "stemCellTherapy", "Stem cell therapy", .treatment, "Stem cell therapy, ever."),
    event(
      "weightLossProgramme", "Weight-loss programme", .treatment,
      "Participation in a weight-loss programme."),
    yesNo("bariatricSurgery", "Bariatric surgery", .treatment, "Bariatric surgery, ever."),
  ]

  // MARK: Habits

  static let habits: [Variable] = [
    event(
      "drugAbuse", "Drug abuse", .habits,
      "Drug abuse: never, the date on which it stopped, or ongoing."),
    event(
      "alcoholAbuse", "Alcohol abuse", .habits,
      "Alcohol abuse: never, the date on which it stopped, or ongoing."),
    yesNo(
      "alcoholWithdrawal", "Alcohol withdrawal", .habits, "Symptoms of alcohol withdrawal."),
    quantity(
      "alcoholPerDay", "Ethanol a day", .habits, ["mL/d"], hard: 0...2000, soft: 0...400,
      "Average daily intake of pure ethanol; a British unit is 10 mL."),
    yesNo(
      "plansSameAlcohol", "Will go on drinking", .habits,
      "Plans to drink the same amount of alcohol during the trial."),
    quantity(
      "weightLossSixMonths", "Weight loss in 6 months", .habits, ["%"], hard: 0...70, soft: 0...30,
      "Loss of body weight within six months, in per cent."),
  ]

  // MARK: Pregnancy and consent

  static let pregnant = yesNo("pregnant", "Pregnant", .consent, "Pregnant now.")
  static let breastfeeding = yesNo(
    "breastfeeding", "Breastfeeding", .consent, "Breastfeeding now.")
  static let plansPregnancy = yesNo(
    "plansPregnancy", "Plans pregnancy", .consent, "Plans a pregnancy in the near future.")
  static let consent = yesNo(
    "consent", "Consent", .consent, "Has signed the consent form of the trial.")
}
