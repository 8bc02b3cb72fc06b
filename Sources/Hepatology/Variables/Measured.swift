import Quantities

/// What is measured or seen at the bedside.
///
/// Hard and soft limits, and what is usual, are an engineering proposal for adults with severe
/// liver disease, not published limits: outside of the hard limit a number is a slip of the finger,
/// outside of the soft limit it deserves a second look. Reference ranges are customary adult ones
/// and differ between laboratories.
extension Variable {
  static let measured: [Variable] = [
    age, sex,
    totalBilirubin, albumin, totalBilirubinDailyRise, totalBilirubinULN, ast, astULN, alt, altULN,
    alp, alpULN, ggt, ggtULN, ammonia,
    creatinine, baselineCreatinine, urea, sodium, renalReplacement,
    platelets, whiteCells, neutrophils, lactate,
    inr, prothrombinTime, prothrombinTimeControl, prothrombinActivity,
    encephalopathyGrade, ascites,
    meanArterialPressure, systolic, diastolic, vasopressors, pao2, fio2, spo2, ventilation,
  ]

  // MARK: Person

  static let age = quantity(
    "age", "Age", .person, ["a"], hard: 0...130, soft: 12...100,
    "Age in years on the day of screening.")
  static let sex = choice(
    "sex", "Sex", .person, [Choice("female", "Female"), Choice("male", "Male")],
    "Sex as MELD 3.0 uses it: female or male.")

  // MARK: Liver

  static let totalBilirubin = quantity(
    "totalBilirubin", "Total bilirubin", short: "bili", .liver, ["umol/L", "mg/dL"],
    as: [.bilirubin], needsUnit: true, hard: 1...1710, soft: 2...855, usual: 17.1...700,
    reference: 3.4...20.5, loinc: ["14631-6", "1975-2"], "Total bilirubin in serum.")
  static let totalBilirubinULN = quantity(
    "totalBilirubinULN", "Bilirubin, upper limit", short: "bili ULN", .liver, ["umol/L", "mg/dL"],
    as: [.bilirubin], needsUnit: true, hard: 5...50, soft: 15...30,
    "The laboratory's upper limit of normal of total bilirubin.")
  static let totalBilirubinDailyRise = quantity(
    "totalBilirubinDailyRise", "Bilirubin, daily rise", short: "rise", .liver,
    ["umol/L/d", "mg/dL/d"], as: [.bilirubin], needsUnit: true, hard: -500...500, soft: -100...150,
    "Rise of total bilirubin a day, from two dated values.")
  static let albumin = quantity(
    "albumin", "Albumin", short: "alb", .liver, ["g/L", "g/dL"], needsUnit: true, hard: 5...80,
    soft: 15...60, usual: 12...55, reference: 35...50, loinc: ["1751-7", "61151-7", "2862-1"],
    "Albumin in serum.")
  static let ast = enzyme("ast", "AST", "1920-8", "Aspartate aminotransferase.", to: 4000)
  static let astULN = enzymeLimit("astULN", "AST, upper limit")
  static let alt = enzyme("alt", "ALT", "1742-6", "Alanine aminotransferase.", to: 4000)
  static let altULN = enzymeLimit("altULN", "ALT, upper limit")
  static let alp = enzyme("alp", "ALP", "6768-6", "Alkaline phosphatase.", to: 1500)
  static let alpULN = enzymeLimit("alpULN", "ALP, upper limit")
  static let ggt = enzyme("ggt", "GGT", "2324-2", "Gamma-glutamyltransferase.", to: 1500)
  static let ggtULN = enzymeLimit("ggtULN", "GGT, upper limit")
  static let ammonia = quantity(
    "ammonia", "Ammonia", .liver, ["umol/L", "ug/dL"], as: [.ammonia], needsUnit: true,
    hard: 1...2000, soft: 5...300, reference: 11...50, loinc: ["16362-6", "22763-7"],
    "Ammonia in plasma.")

  private static func enzyme(
    _ id: String, _ label: String, _ loinc: String, _ question: String, to soft: FixedDecimal
  ) -> Variable {
    quantity(
      id, label, .liver, ["U/L"], hard: 1...30_000, soft: 3...soft, loinc: [loinc], question)
  }

  private static func enzymeLimit(_ id: String, _ label: String) -> Variable {
    quantity(
      id, label, short: "\(label.prefix { $0 != "," }) ULN", .liver, ["U/L"], hard: 5...500,
      soft: 15...150, "The laboratory's upper limit of normal.")
  }

  // MARK: Kidney

  static let creatinine = quantity(
    "creatinine", "Creatinine", short: "crea", .kidney, ["umol/L", "mg/dL"], as: [.creatinine],
    needsUnit: true, hard: 8.84...2652, soft: 20...707.2, usual: 26...707.2, reference: 53...106,
    loinc: ["14682-9", "2160-0", "38483-4"], "Creatinine in serum.")
  static let baselineCreatinine = quantity(
    "baselineCreatinine", "Creatinine, baseline", short: "crea base", .kidney, ["umol/L", "mg/dL"],
    as: [.creatinine], needsUnit: true, hard: 8.84...2652, soft: 20...707.2, usual: 26...707.2,
    "Creatinine before the present illness, within three months where there is one.")
  static let urea = quantity(
    "urea", "Urea", .kidney, ["mmol/L", "mg/dL{urea}", "mg/dL{BUN}"],
    as: [.urea, .ureaNitrogen], needsUnit: true, hard: 0.3...100, soft: 1...40,
    reference: 2.5...7.1, loinc: ["22664-7", "14937-7", "3094-0", "6299-2"],
    "Urea in serum, or urea nitrogen: mg/dL must say which, as mg/dL{urea} or mg/dL{BUN}.")
  static let sodium = quantity(
    "sodium", "Sodium", short: "Na", .kidney, ["mmol/L", "meq/L"], hard: 90...190, soft: 115...160,
    reference: 135...145, loinc: ["2951-2", "2947-0"], "Sodium in serum.")
  static let renalReplacement = yesNo(
    "renalReplacement", "Renal replacement", .kidney,
    "Dialysis at least twice within the last seven days, or continuous for 24 hours.")

  // MARK: Blood

  static let platelets = quantity(
    "platelets", "Platelets", short: "plt", .blood, ["10*9/L", "10*3/uL", "/uL"], hard: 1...3200,
    soft: 10...750, usual: 5...750, reference: 150...400, loinc: ["26515-7", "777-3", "778-1"],
    "Platelet count.")
  static let whiteCells = quantity(
    "whiteCells", "White cells", short: "WBC", .blood, ["10*9/L", "10*3/uL", "/uL"],
    hard: 0.1...500, soft: 1...50, reference: 4...10, loinc: ["26464-8", "6690-2"],
    "White cell count.")
  static let neutrophils = quantity(
    "neutrophils", "Neutrophils", short: "neut", .blood, ["10*9/L", "10*3/uL", "/uL"],
    hard: 0.05...400, soft: 0.5...40, reference: 1.8...7.5, loinc: ["26499-4", "751-8", "753-4"],
    "Neutrophil count, absolute.")
  static let lactate = quantity(
    "lactate", "Lactate", .blood, ["mmol/L", "mg/dL"], as: [.lactate], needsUnit: true,
    hard: 0.1...40, soft: 0.3...15, usual: 0.3...20, reference: 0.5...2,
    loinc: ["32693-4", "2524-7"], "Lactate in blood.")

  // MARK: Clotting

  static let inr = quantity(
    "inr", "INR", .clotting, ["1"], hard: 0.5...20, soft: 0.8...8, reference: 0.8...1.2,
    loinc: ["6301-6", "34714-6", "38875-1", "46418-0"],
    "International normalised ratio of the prothrombin time.")
  static let prothrombinTime = quantity(
    "prothrombinTime", "Prothrombin time", short: "PT", .clotting, ["s"], hard: 5...200,
    soft: 9...60, reference: 11...14, loinc: ["5902-2", "5964-2"], "Prothrombin time in seconds.")
  static let prothrombinTimeControl = quantity(
    "prothrombinTimeControl", "Prothrombin time, control", short: "PT control", .clotting, ["s"],
    hard: 5...30, soft: 9...16, "The laboratory's control prothrombin time in seconds.")
  static let prothrombinActivity = quantity(
    "prothrombinActivity", "Prothrombin activity", short: "PTA", .clotting, ["%"], hard: 1...200,
    soft: 10...150, reference: 70...130, loinc: ["5894-1"],
    "Prothrombin activity in per cent; never derived from INR.")

  // MARK: Brain and abdomen

  static let encephalopathyGrade = choice(
    "encephalopathyGrade", "Encephalopathy", short: "HE", .brainAndAbdomen, ordered: true,
    [
      Choice("0", "0 none"), Choice("1", "1 short attention, sleep change"),
      Choice("2", "2 lethargy, disoriented in time, asterixis"),
      Choice("3", "3 somnolence, gross disorientation"), Choice("4", "4 coma"),
    ],
    "West Haven grade of hepatic encephalopathy, 0 to 4 (Vilstrup 2014).")
  static let ascites = choice(
    "ascites", "Ascites", short: "asc", .brainAndAbdomen, ordered: true,
    [
      Choice("none", "None"), Choice("mild", "Mild, or controlled by diuretics"),
      Choice("moderate", "Moderate"), Choice("severe", "Severe, or refractory"),
    ],
    "Ascites: none, mild (ultrasound only, or controlled), moderate, severe (tense or refractory).")

  // MARK: Circulation and breath

  static let meanArterialPressure = quantity(
    "meanArterialPressure", "Mean arterial pressure", short: "MAP", .circulationAndBreath,
    ["mm[Hg]"], hard: 20...200, soft: 50...130, reference: 70...100, loinc: ["8478-0"],
    "Mean arterial pressure.")
  static let systolic = quantity(
    "systolic", "Systolic pressure", .circulationAndBreath, ["mm[Hg]"], hard: 30...300,
    soft: 70...220, loinc: ["8480-6"], "Systolic arterial pressure.")
  static let diastolic = quantity(
    "diastolic", "Diastolic pressure", .circulationAndBreath, ["mm[Hg]"], hard: 10...200,
    soft: 35...130, loinc: ["8462-4"], "Diastolic arterial pressure.")
  static let vasopressors = yesNo(
    "vasopressors", "Vasopressors", .circulationAndBreath,
    "Vasopressors for circulatory failure (terlipressin for the kidney counts in CLIF-C OF).")
  static let pao2 = quantity(
    "pao2", "PaO2", .circulationAndBreath, ["mm[Hg]", "kPa"], needsUnit: true, hard: 20...700,
    soft: 40...600, usual: 35...600, reference: 75...100, loinc: ["2703-7"],
    "Arterial partial pressure of oxygen.")
  static let fio2 = quantity(
    "fio2", "FiO2", .circulationAndBreath, ["%", "1"], hard: 21...100, loinc: ["3150-6"],
    "Fraction of inspired oxygen; 21 % is room air.")
  static let spo2 = quantity(
    "spo2", "SpO2", .circulationAndBreath, ["%", "1"], hard: 40...100, soft: 70...100,
    loinc: ["59408-5"], "Oxygen saturation by pulse oximeter.")
  static let ventilation = yesNo(
    "ventilation", "Ventilation", .circulationAndBreath,
    "Mechanical ventilation for respiratory failure, not for encephalopathy.")
}
