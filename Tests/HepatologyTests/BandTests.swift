import PatientSupport
import Testing

@testable import Hepatology
@testable import Quantities

/// Values of one variable, the rest being fixed, and what the score says of each: the edges of every
/// band, just beside them and on them.
struct Edge: CustomTestStringConvertible {
  let score: Score
  let variant: String?
  let variable: String
  let fields: [String]
  /// A value with its unit, and the text of the score.
  let steps: KeyValuePairs<String, String>

  init(
    _ score: Score, _ variable: String, variant: String? = nil, with fields: String,
    _ steps: KeyValuePairs<String, String>
  ) {
    self.score = score
    self.variant = variant
    self.variable = variable
    self.fields = fields.split(separator: ",").map(String.init)
    self.steps = steps
  }

  var testDescription: String { "\(score.id) \(variant ?? "") \(variable)" }

  static let childPugh =
    "totalBilirubin=1 mg/dL,albumin=4 g/dL,inr=1,ascites=none,encephalopathyGrade=0"
  static let organs =
    "totalBilirubin=1 mg/dL,creatinine=1 mg/dL,inr=1,encephalopathyGrade=0,meanArterialPressure=80,"
    + "pao2=84 mm[Hg],fio2=21 %,renalReplacement=no,vasopressors=no,ventilation=no"
  static let aarc =
    "totalBilirubin=1 mg/dL,creatinine=0.6 mg/dL,inr=1,encephalopathyGrade=0,lactate=1 mmol/L"
  static let gahs = "age=40,totalBilirubin=50 umol/L,urea=4 mmol/L,whiteCells=5,inr=1"
  static let sofa =
    "totalBilirubin=1 mg/dL,creatinine=1 mg/dL,platelets=200,meanArterialPressure=80,"
    + "pao2=84 mm[Hg],fio2=21 %,glasgowComaScale=15,ventilation=no,vasopressors=no"
  static let sofaVentilated = sofa.replacing("ventilation=no", with: "ventilation=yes")
  static let apasl =
    "chronicLiverDisease=yes,totalBilirubin=10 mg/dL,inr=2,ascites=mild,encephalopathyGrade=0,"
    + "weeksInsultToDecompensation=2,priorDecompensation=no"
  static let chinese =
    "chronicLiverDisease=yes,totalBilirubin=300 umol/L,totalBilirubinULN=20 umol/L"
  static let kidney = "baselineCreatinine=1 mg/dL"
}

extension Edge {
  static let all: [Edge] = [
    Edge(
      .childPugh, "totalBilirubin", with: childPugh,
      [
        "1.99 mg/dL": "5", "2 mg/dL": "6", "34.2 umol/L": "6", "34.19 umol/L": "5", "3 mg/dL": "6",
        "51.3 umol/L": "6", "3.01 mg/dL": "7", "51.31 umol/L": "7",
      ]),
    Edge(
      .childPugh, "totalBilirubin", variant: "si50", with: childPugh,
      ["33.9 umol/L": "5", "34 umol/L": "6", "50 umol/L": "6", "50.1 umol/L": "7"]),
    Edge(
      .childPugh, "totalBilirubin", variant: "si51", with: childPugh,
      ["34 umol/L": "6", "51 umol/L": "6", "51.1 umol/L": "7", "3 mg/dL": "7"]),
    Edge(
      .childPugh, "totalBilirubin", variant: "cholestatic", with: childPugh,
      ["3.9 mg/dL": "5", "4 mg/dL": "6", "10 mg/dL": "6", "10.1 mg/dL": "7", "171 umol/L": "6"]),
    Edge(
      .childPugh, "albumin", with: childPugh,
      [
        "35.1 g/L": "5", "3.5 g/dL": "6", "35 g/L": "6", "2.8 g/dL": "6", "28 g/L": "6",
        "27.9 g/L": "7",
      ]),
    Edge(
      .childPugh, "inr", with: childPugh,
      ["1.69": "5", "1.7": "6", "2.3": "6", "2.31": "7"]),
    Edge(
      .childPugh, "inr", variant: "inr22", with: childPugh,
      ["1.69": "5", "1.7": "6", "2.2": "6", "2.21": "7"]),
    Edge(
      .childPugh, "prothrombinTime",
      with: "totalBilirubin=1 mg/dL,albumin=4 g/dL,ascites=none,encephalopathyGrade=0,"
        + "prothrombinTimeControl=12.1",
      ["16 s": "5", "16.1 s": "6", "18.1 s": "6", "18.2 s": "7"]),
    Edge(
      .childPugh, "ascites", with: childPugh,
      ["none": "5", "mild": "6", "moderate": "7", "severe": "7"]),
    Edge(
      .childPugh, "ascites", variant: "moderateTwo", with: childPugh,
      ["none": "5", "mild": "6", "moderate": "6", "severe": "7"]),
    Edge(
      .childPugh, "encephalopathyGrade", with: childPugh,
      ["0": "5", "1": "6", "2": "6", "3": "7", "4": "7"]),
    Edge(
      .clifCOF, "totalBilirubin", with: organs,
      [
        "5.99 mg/dL": "6", "6 mg/dL": "7", "102.6 umol/L": "7", "102.5 umol/L": "6",
        "11.99 mg/dL": "7", "12 mg/dL": "8", "205.2 umol/L": "8", "205.1 umol/L": "7",
      ]),
    Edge(
      .clifCOF, "totalBilirubin", variant: "exclusive", with: organs,
      ["6 mg/dL": "7", "12 mg/dL": "7", "12.1 mg/dL": "8"]),
    Edge(
      .clifCOF, "creatinine", with: organs,
      [
        "1.99 mg/dL": "6", "2 mg/dL": "7", "176.8 umol/L": "7", "3.49 mg/dL": "7",
        "3.5 mg/dL": "8", "309.4 umol/L": "8", "309.3 umol/L": "7",
      ]),
    Edge(
      .clifCOF, "creatinine", variant: "kidney15", with: organs,
      ["1.49 mg/dL": "6", "1.5 mg/dL": "7", "2 mg/dL": "8"]),
    Edge(.clifCOF, "inr", with: organs, ["1.99": "6", "2": "7", "2.49": "7", "2.5": "8"]),
    Edge(
      .clifCOF, "encephalopathyGrade", with: organs,
      ["0": "6", "1": "7", "2": "7", "3": "8", "4": "8"]),
    Edge(
      .clifCOF, "meanArterialPressure", with: organs, ["70": "6", "69.9": "7"]),
    Edge(.clifCOF, "vasopressors", with: organs, ["no": "6", "yes": "8"]),
    Edge(.clifCOF, "renalReplacement", with: organs, ["no": "6", "yes": "8"]),
    Edge(.clifCOF, "ventilation", with: organs, ["no": "6", "yes": "8"]),
    // 63 mmHg over 21 % is 300, 42 mmHg over 21 % is 200.
    Edge(
      .clifCOF, "pao2", with: organs,
      ["63.1 mm[Hg]": "6", "63 mm[Hg]": "7", "42.1 mm[Hg]": "7", "42 mm[Hg]": "8"]),
    Edge(
      .clifCOF, "spo2", with: organs.replacing("pao2=84 mm[Hg],fio2=21 %", with: "fio2=28 %"),
      // 357 × 0.28 = 99.96.
      ["100 %": "6", "99.96 %": "7", "99 %": "7"]),
    Edge(
      .clifCOF, "spo2", with: organs.replacing("pao2=84 mm[Hg],fio2=21 %", with: "fio2=45 %"),
      // 214 × 0.45 = 96.3.
      ["96.4 %": "7", "96.3 %": "8"]),
    Edge(
      .aclfGrade, "creatinine", with: organs,
      ["1.99 mg/dL": "no ACLF", "2 mg/dL": "ACLF-1", "176.8 umol/L": "ACLF-1"]),
    Edge(
      .aclfGrade, "creatinine", with: organs.replacing("inr=1,", with: "inr=2.5,"),
      ["1.49 mg/dL": "no ACLF", "1.5 mg/dL": "ACLF-1", "2 mg/dL": "ACLF-2"]),
    Edge(
      .aclfGrade, "creatinine", with: organs.replacing("Grade=0", with: "Grade=3"),
      ["1.49 mg/dL": "no ACLF", "1.5 mg/dL": "ACLF-1", "2 mg/dL": "ACLF-2"]),
    Edge(
      .aclfGrade, "encephalopathyGrade", with: organs.replacing("inr=1,", with: "inr=2.5,"),
      ["0": "no ACLF", "1": "ACLF-1", "2": "ACLF-1", "3": "ACLF-2"]),
    Edge(
      .aclfGrade, "totalBilirubin",
      with: organs.replacing("inr=1,", with: "inr=2.5,").replacing("sors=no", with: "sors=yes"),
      ["11.9 mg/dL": "ACLF-2", "12 mg/dL": "ACLF-3", "205.2 umol/L": "ACLF-3"]),
    Edge(
      .aclfGrade, "totalBilirubin", variant: "exclusive",
      with: organs.replacing("inr=1,", with: "inr=2.6,"),
      ["12 mg/dL": "no ACLF", "12.1 mg/dL": "ACLF-2"]),
    Edge(
      .aclfGrade, "creatinine", variant: "kidney35", with: organs,
      ["3.5 mg/dL": "no ACLF", "3.6 mg/dL": "ACLF-1"]),
    Edge(
      .aarc, "totalBilirubin", with: aarc,
      [
        "14.9 mg/dL": "5", "15 mg/dL": "6", "256.5 umol/L": "6", "25 mg/dL": "6",
        "427.5 umol/L": "6", "25.1 mg/dL": "7",
      ]),
    Edge(.aarc, "inr", with: aarc, ["1.79": "5", "1.8": "6", "2.5": "6", "2.51": "7"]),
    Edge(
      .aarc, "lactate", with: aarc,
      ["1.49 mmol/L": "5", "1.5 mmol/L": "6", "2.5 mmol/L": "6", "2.51 mmol/L": "7"]),
    Edge(
      .aarc, "creatinine", with: aarc,
      [
        "0.69 mg/dL": "5", "0.7 mg/dL": "6", "61.88 umol/L": "6", "1.5 mg/dL": "6",
        "132.6 umol/L": "6", "1.51 mg/dL": "7",
      ]),
    Edge(
      .gahs, "totalBilirubin", with: gahs,
      ["124.9 umol/L": "5", "125 umol/L": "6", "250 umol/L": "6", "250.1 umol/L": "7"]),
    Edge(.gahs, "age", with: gahs, ["49.9": "5", "50": "6"]),
    Edge(.gahs, "whiteCells", with: gahs, ["14.9": "5", "15": "6", "15000 /uL": "6"]),
    Edge(.gahs, "urea", with: gahs, ["4.9 mmol/L": "5", "5 mmol/L": "6"]),
    Edge(.gahs, "inr", with: gahs, ["1.49": "5", "1.5": "6", "2": "6", "2.01": "7"]),
    Edge(
      .gahs, "prothrombinTime",
      with: gahs.replacing(",inr=1", with: ",prothrombinTimeControl=12"),
      ["17.9 s": "5", "18 s": "6", "24 s": "6", "24.1 s": "7"]),
    Edge(
      .sofa, "totalBilirubin", with: sofa,
      [
        "1.19 mg/dL": "0", "1.2 mg/dL": "1", "20.52 umol/L": "1", "1.99 mg/dL": "1",
        "2 mg/dL": "2", "5.9 mg/dL": "2", "6 mg/dL": "3", "11.9 mg/dL": "3", "12 mg/dL": "4",
      ]),
    Edge(
      .sofa, "creatinine", with: sofa,
      [
        "1.19 mg/dL": "0", "1.2 mg/dL": "1", "106.08 umol/L": "1", "2 mg/dL": "2",
        "3.5 mg/dL": "3", "4.9 mg/dL": "3", "5 mg/dL": "4", "442 umol/L": "4",
      ]),
    Edge(
      .sofa, "totalBilirubin", variant: "si1996", with: sofa,
      [
        "19.9 umol/L": "0", "20 umol/L": "1", "32.9 umol/L": "1", "33 umol/L": "2",
        "101.9 umol/L": "2", "102 umol/L": "3", "204 umol/L": "3", "204.1 umol/L": "4",
      ]),
    Edge(
      .sofa, "creatinine", variant: "si1996", with: sofa,
      [
        "109.9 umol/L": "0", "110 umol/L": "1", "170.9 umol/L": "1", "171 umol/L": "2",
        "299.9 umol/L": "2", "300 umol/L": "3", "440 umol/L": "3", "440.1 umol/L": "4",
      ]),
    Edge(.sofa, "renalReplacement", with: sofa, ["no": "0", "yes": "0"]),
    Edge(.sofa, "renalReplacement", variant: "replacement", with: sofa, ["no": "0", "yes": "4"]),
    Edge(
      .sofa, "pao2", variant: "supported", with: sofa,
      ["42 mm[Hg]": "2", "41.9 mm[Hg]": "3", "21 mm[Hg]": "3", "20.9 mm[Hg]": "4"]),
    Edge(.sofa, "urineOutput", with: sofa, ["500": "0", "499": "3", "200": "3", "199": "4"]),
    Edge(
      .sofa, "platelets", with: sofa,
      ["150": "0", "149": "1", "100": "1", "99": "2", "50": "2", "49": "3", "20": "3", "19": "4"]),
    Edge(
      .sofa, "glasgowComaScale", with: sofa,
      ["15": "0", "14": "1", "13": "1", "12": "2", "10": "2", "9": "3", "6": "3", "5": "4"]),
    Edge(.sofa, "meanArterialPressure", with: sofa, ["70": "0", "69.9": "1"]),
    Edge(.sofa, "dopamine", with: sofa, ["0": "0", "5": "2", "5.1": "3", "15": "3", "15.1": "4"]),
    Edge(.sofa, "norepinephrine", with: sofa, ["0": "0", "0.01": "3", "0.1": "3", "0.11": "4"]),
    Edge(.sofa, "epinephrine", with: sofa, ["0.1": "3", "0.11": "4"]),
    Edge(.sofa, "dobutamine", with: sofa, ["0": "0", "1": "2", "20": "2"]),
    // 84, 63 and 42 mmHg over 21 % are 400, 300 and 200.
    Edge(
      .sofa, "pao2", with: sofa,
      [
        "84 mm[Hg]": "0", "83.9 mm[Hg]": "1", "63 mm[Hg]": "1", "62.9 mm[Hg]": "2",
        "42 mm[Hg]": "2", "20 mm[Hg]": "2",
      ]),
    Edge(
      .sofa, "pao2", with: sofaVentilated,
      ["42 mm[Hg]": "2", "41.9 mm[Hg]": "3", "21 mm[Hg]": "3", "20.9 mm[Hg]": "4"]),
    Edge(
      .apaslACLF, "totalBilirubin", with: apasl,
      [
        "4.9 mg/dL": "does not hold", "5 mg/dL": "holds", "85.5 umol/L": "holds",
        "85 umol/L": "does not hold",
      ]),
    Edge(
      .apaslACLF, "totalBilirubin", variant: "si85", with: apasl,
      ["85 umol/L": "holds", "84.9 umol/L": "does not hold"]),
    Edge(
      .apaslACLF, "prothrombinActivity", with: apasl.replacing("inr=2", with: "inr=1.4"),
      ["39.9": "holds", "< 40": "holds", "40": "does not hold", "> 40": "does not hold"]),
    Edge(
      .apaslACLF, "inr", with: apasl + ",prothrombinActivity=50",
      ["1.49": "does not hold", "1.5": "holds"]),
    Edge(
      .apaslACLF, "weeksInsultToDecompensation", with: apasl,
      ["4": "holds", "28 d": "holds", "4.1": "does not hold", "29 d": "does not hold"]),
    Edge(.apaslACLF, "priorDecompensation", with: apasl, ["no": "holds", "yes": "does not hold"]),
    Edge(.apaslACLF, "ascites", with: apasl, ["none": "does not hold", "mild": "holds"]),
    Edge(
      .chineseACLF, "inr", with: chinese + ",prothrombinActivity=90",
      [
        "1.49": "does not hold", "1.5": "early", "1.89": "early", "1.9": "middle", "2.59": "middle",
        "2.6": "late",
      ]),
    Edge(
      .chineseACLF, "prothrombinActivity", with: chinese + ",inr=1",
      [
        "40.1": "does not hold", "40": "early", "30.1": "early", "30": "middle", "20.1": "middle",
        "20": "late",
      ]),
    Edge(
      .chineseACLF, "totalBilirubin", with: chinese + ",inr=2,totalBilirubinDailyRise=0 umol/L/d",
      ["199.9 umol/L": "does not hold", "200 umol/L": "middle"]),
    Edge(
      .chineseACLF, "totalBilirubin", variant: "absolute171",
      with: chinese + ",inr=2,totalBilirubinDailyRise=0 umol/L/d",
      ["170.9 umol/L": "does not hold", "171 umol/L": "middle", "10 mg/dL": "middle"]),
    Edge(
      .chineseACLF, "totalBilirubinDailyRise",
      with: chinese.replacing("300", with: "100") + ",inr=2",
      ["17 umol/L/d": "does not hold", "17.1 umol/L/d": "middle", "1 mg/dL/d": "middle"]),
    Edge(
      .kdigoAKI, "creatinine", with: kidney,
      [
        "1.49 mg/dL": "no AKI", "1.5 mg/dL": "stage 1", "132.6 umol/L": "stage 1",
        "1.99 mg/dL": "stage 1", "2 mg/dL": "stage 2", "2.99 mg/dL": "stage 2",
        "3 mg/dL": "stage 3", "265.2 umol/L": "stage 3",
      ]),
    Edge(
      .kdigoAKI, "creatinine", with: "baselineCreatinine=2.5 mg/dL,creatinineTwoDaysAgo=3.6 mg/dL",
      [
        "3.7 mg/dL": "no AKI", "3.9 mg/dL": "stage 1", "4 mg/dL": "stage 3",
        "353.6 umol/L": "stage 3",
      ]),
    Edge(
      .kdigoAKI, "creatinine", with: "baselineCreatinine=0.9 mg/dL,creatinineTwoDaysAgo=0.9 mg/dL",
      ["1.19 mg/dL": "no AKI", "1.2 mg/dL": "stage 1", "1.35 mg/dL": "stage 1"]),
    Edge(
      .kdigoAKI, "creatinine", variant: "fourAlone", with: "baselineCreatinine=3.9 mg/dL",
      ["3.99 mg/dL": "no AKI", "4 mg/dL": "stage 3"]),
    Edge(
      .kdigoAKI, "creatinine", variant: "si265",
      with: "baselineCreatinine=90 umol/L,creatinineTwoDaysAgo=80 umol/L",
      ["106.4 umol/L": "no AKI", "106.5 umol/L": "stage 1"]),
    Edge(
      .kdigoAKI, "oliguria", with: kidney + ",creatinine=1 mg/dL",
      ["5.9": "no AKI", "6": "stage 1", "11.9": "stage 1", "12": "stage 2", "1 d": "stage 2"]),
    Edge(
      .kdigoAKI, "anuria", with: kidney + ",creatinine=1 mg/dL",
      ["5.9": "no AKI", "6": "stage 1", "11.9": "stage 1", "12": "stage 3"]),
    // 0.5 and 0.3 mL/kg/h of 80 kg are 960 and 576 mL a day.
    Edge(
      .kdigoAKI, "urineOutput", with: kidney + ",creatinine=1 mg/dL,bodyWeight=80",
      ["960": "no AKI", "959": "stage 2", "576": "stage 2", "575": "stage 3"]),
    Edge(
      .icaAKI, "creatinine", with: "baselineCreatinine=0.7 mg/dL",
      [
        "1.04 mg/dL": "no AKI", "1.05 mg/dL": "stage 1A", "1.4 mg/dL": "stage 1A",
        "1.41 mg/dL": "stage 2", "2.1 mg/dL": "stage 2", "2.11 mg/dL": "stage 3",
      ]),
    // The lowest of the baseline and of the last 48 hours is what creatinine is compared with.
    Edge(
      .kdigoAKI, "creatinine", with: "baselineCreatinine=2 mg/dL,creatinineTwoDaysAgo=1.1 mg/dL",
      [
        "1.39 mg/dL": "no AKI", "1.4 mg/dL": "stage 1", "2.19 mg/dL": "stage 1",
        "2.2 mg/dL": "stage 2", "3.3 mg/dL": "stage 3",
      ]),
    Edge(
      .kdigoAKI, "creatinine", with: "creatinineTwoDaysAgo=1 mg/dL", ["3 mg/dL": "stage 3"]),
    Edge(
      .icaAKI, "creatinine", with: "baselineCreatinine=2 mg/dL,creatinineTwoDaysAgo=1.1 mg/dL",
      [
        "1.39 mg/dL": "no AKI", "1.4 mg/dL": "stage 1A", "1.5 mg/dL": "stage 1B",
        "2.2 mg/dL": "stage 1B", "2.21 mg/dL": "stage 2", "3.31 mg/dL": "stage 3",
      ]),
    Edge(
      .icaAKI, "creatinine", with: "creatinineTwoDaysAgo=1 mg/dL", ["3.01 mg/dL": "stage 3"]),
    Edge(
      .icaAKI, "oliguria", variant: "adqi2024", with: kidney + ",creatinine=1 mg/dL",
      ["5.9": "no AKI", "6": "stage 1A", "12": "stage 2"]),
    Edge(
      .icaAKI, "oliguria", variant: "adqi2024",
      with: "baselineCreatinine=1.5 mg/dL,creatinine=1.5 mg/dL", ["6": "stage 1B"]),
    Edge(
      .icaAKI, "oliguria", with: kidney + ",creatinine=1 mg/dL", ["6": "no AKI", "72": "no AKI"]),
    Edge(
      .icaAKI, "urineOutput", variant: "adqi2024",
      with: kidney + ",creatinine=1 mg/dL,bodyWeight=80",
      ["961": "no AKI", "960": "stage 2", "576": "stage 2", "575": "stage 3"]),
    Edge(
      .icaAKI, "creatinine", with: kidney,
      [
        "1.49 mg/dL": "no AKI", "1.5 mg/dL": "stage 1B", "2 mg/dL": "stage 1B",
        "2.01 mg/dL": "stage 2",
      ]),
    Edge(
      .icaAKI, "creatinine", with: "baselineCreatinine=3.5 mg/dL,creatinineTwoDaysAgo=3.7 mg/dL",
      ["3.9 mg/dL": "no AKI", "3.99 mg/dL": "no AKI", "4 mg/dL": "stage 3"]),
    Edge(
      .ctcaeBilirubin, "totalBilirubin", with: "totalBilirubinULN=20 umol/L",
      [
        "20 umol/L": "grade 0", "20.1 umol/L": "grade 1", "30 umol/L": "grade 1",
        "30.1 umol/L": "grade 2", "60 umol/L": "grade 2", "60.1 umol/L": "grade 3",
        "200 umol/L": "grade 3", "200.1 umol/L": "grade 4",
      ]),
    Edge(
      .ctcaeBilirubin, "totalBilirubin",
      with: "totalBilirubinULN=20 umol/L,baselineBilirubin=100 umol/L",
      [
        "100 umol/L": "grade 0", "101 umol/L": "grade 1", "150 umol/L": "grade 1",
        "151 umol/L": "grade 2", "301 umol/L": "grade 3", "1001 umol/L": "grade 4",
      ]),
    Edge(
      .ctcaeALT, "alt", with: "altULN=40",
      [
        "40": "grade 0", "41": "grade 1", "120": "grade 1", "121": "grade 2", "200": "grade 2",
        "201": "grade 3", "800": "grade 3", "801": "grade 4",
      ]),
    Edge(
      .ctcaeALT, "alt", with: "altULN=40,baselineALT=100",
      [
        "149": "grade 0", "150": "grade 1", "300": "grade 1", "301": "grade 2", "501": "grade 3",
        "2001": "grade 4",
      ]),
    Edge(
      .ctcaeAST, "ast", with: "astULN=40,baselineAST=60",
      ["89": "grade 0", "90": "grade 1", "180": "grade 1", "181": "grade 2"]),
    Edge(
      .ctcaeALT, "alt", variant: "version4", with: "altULN=40,baselineALT=100",
      ["120": "grade 1", "121": "grade 2", "801": "grade 4"]),
    Edge(
      .ctcaeGGT, "ggt", with: "ggtULN=60,baselineGGT=100",
      [
        "199": "grade 0", "200": "grade 1", "201": "grade 1", "250": "grade 1", "251": "grade 2",
        "501": "grade 3",
      ]),
    Edge(
      .ctcaeALP, "alp", with: "alpULN=100,baselineALP=150",
      ["299": "grade 0", "300": "grade 1", "375": "grade 1", "376": "grade 2"]),
    Edge(
      .ctcaeALP, "alp", with: "alpULN=100",
      ["100": "grade 0", "250": "grade 1", "251": "grade 2", "501": "grade 3", "2001": "grade 4"]),
    Edge(
      .ctcaeINR, "inr", with: "",
      [
        "1.2": "grade 0", "1.21": "grade 1", "1.5": "grade 1", "1.51": "grade 2", "2.5": "grade 2",
        "2.51": "grade 3", "9": "grade 3",
      ]),
    Edge(
      .ctcaeINR, "inr", with: "vitaminKAntagonist=yes,baselineINR=2",
      ["2": "grade 0", "2.1": "grade 1", "3.1": "grade 2", "5.1": "grade 3"]),
    Edge(
      .ctcaeCreatinine, "creatinine", with: "creatinineULN=100 umol/L",
      [
        "100 umol/L": "grade 0", "101 umol/L": "grade 1", "151 umol/L": "grade 2",
        "301 umol/L": "grade 3", "600 umol/L": "grade 3", "601 umol/L": "grade 4",
      ]),
    Edge(
      .ctcaeCreatinine, "creatinine",
      with: "creatinineULN=100 umol/L,baselineCreatinine=50 umol/L",
      [
        "75 umol/L": "grade 0", "76 umol/L": "grade 2", "150 umol/L": "grade 2",
        "151 umol/L": "grade 3",
      ]),
    Edge(
      .ctcaeAlbumin, "albumin", with: "albuminLLN=35 g/L",
      [
        "35 g/L": "grade 0", "34.9 g/L": "grade 1", "30 g/L": "grade 1", "3 g/dL": "grade 1",
        "29.9 g/L": "grade 2", "20 g/L": "grade 2", "19.9 g/L": "grade 3",
      ]),
    Edge(
      .ctcaePlatelets, "platelets", with: "plateletsLLN=150",
      [
        "150": "grade 0", "149": "grade 1", "75": "grade 1", "74": "grade 2", "50": "grade 2",
        "49": "grade 3", "25": "grade 3", "24": "grade 4",
      ]),
    Edge(
      .ctcaeNeutrophils, "neutrophils", with: "neutrophilsLLN=2",
      ["2": "grade 0", "1.5": "grade 1", "1.4": "grade 2", "0.9": "grade 3", "0.4": "grade 4"]),
    Edge(
      .ctcaeWhiteCells, "whiteCells", with: "whiteCellsLLN=4",
      ["4": "grade 0", "3": "grade 1", "2.9": "grade 2", "1.9": "grade 3", "0.9": "grade 4"]),
  ]
}

struct BandTests {
  @Test(arguments: Edge.all)
  func edges(_ edge: Edge) throws {
    for (value, expected) in edge.steps {
      let others = edge.fields.filter { !$0.hasPrefix(edge.variable + "=") }
      let patient = try patient(others + ["\(edge.variable)=\(value)"])
      let text = edge.score.result(for: patient, variant: edge.variant).text
      #expect(text == expected, "\(edge.variable) \(value)")
      let other = try patient.inOtherUnits()
      // A bound has no other unit; everything else must say the same in both.
      guard !value.contains("<"), !value.contains(">") else { continue }
      let again = edge.score.result(for: other, variant: edge.variant).text
      #expect(again == expected, "\(edge.variable) \(value), in the other units")
    }
  }

  /// The ends of the bands of formulas, where no single input stands for them.
  @Test(arguments: [
    ("albi", -2.61, "grade 1"), ("albi", -2.60, "grade 1"), ("albi", -2.5999, "grade 2"),
    ("albi", -1.39, "grade 2"), ("albi", -1.3899, "grade 3"), ("maddrey", 31.99, "not severe"),
    ("maddrey", 32, "severe"), ("lille", 0.4499, "response"), ("lille", 0.45, "no response"),
    ("ukeld", 48, "below 49"), ("ukeld", 49, "49 and more"), ("fib4", 1.4499, "low"),
    ("fib4", 1.45, "indeterminate"), ("fib4", 3.25, "indeterminate"), ("fib4", 3.2501, "high"),
    ("apri", 0.5, "low"), ("apri", 0.5001, "indeterminate"), ("apri", 1.5, "indeterminate"),
    ("apri", 1.5001, "high"), ("abic", 6.7099, "low"), ("abic", 6.71, "intermediate"),
    ("abic", 8.9999, "intermediate"), ("abic", 9, "high"), ("gahs", 8, "below 9"),
    ("gahs", 9, "9 and more"), ("cosshACLF2", 7.3999, "low"), ("cosshACLF2", 7.4, "moderate"),
    ("cosshACLF2", 8.3999, "moderate"), ("cosshACLF2", 8.4, "high"), ("clifCAD", 45, "low"),
    ("clifCAD", 45.01, "intermediate"), ("clifCAD", 59.99, "intermediate"), ("clifCAD", 60, "high"),
    ("aarc", 7, "grade I"), ("aarc", 8, "grade II"), ("aarc", 10, "grade II"),
    ("aarc", 11, "grade III"), ("sofa", 6, "0–6"), ("sofa", 7, "7–15"), ("sofa", 16, "16–24"),
    ("audit", 7, "I"), ("audit", 8, "II"), ("audit", 15, "II"), ("audit", 16, "III"),
    ("audit", 19, "III"), ("audit", 20, "IV"), ("childPugh", 6, "A"), ("childPugh", 7, "B"),
    ("childPugh", 9, "B"), ("childPugh", 10, "C"), ("meld", 9, "up to 9"), ("meld", 10, "10–19"),
    ("meld", 40, "40 and more"), ("clifCACLF", 69.99, "below 70"), ("clifCACLF", 70, "70 and more"),
  ])
  func strata(_ id: String, _ value: Double, _ expected: String) throws {
    #expect(try #require(Score.find(id)).stratum(of: value)?.name == expected)
  }

  @Test(arguments: [
    ("cosshACLF2", "above84", 8.4, "moderate"), ("cosshACLF2", "above84", 8.41, "high"),
    ("maddrey", "above32", 32, "not severe"), ("abic", "above9", 9, "intermediate"),
    ("fib4", "masld", 1.3, "indeterminate"), ("fib4", "masld", 2.67, "indeterminate"),
    ("fib4", "masld", 2.68, "high"), ("fib4", "masld65", 1.99, "low"),
    ("apri", "lin2011", 0.7, "significant fibrosis"), ("apri", "lin2011", 2, "cirrhosis"),
    ("lille", "threeBands", 0.16, "complete response"),
    ("lille", "threeBands", 0.161, "partial response"),
    ("lille", "threeBands", 0.56, "null response"), ("clifCAD", "from50", 50, "intermediate"),
  ])
  func variantStrata(_ id: String, _ variant: String, _ value: Double, _ expected: String) throws {
    let score = try #require(Score.find(id))
    let stratum = score.stratum(of: value, variant: score.find(variant: variant))
    #expect(stratum?.name == expected)
  }
}
