#!/usr/bin/env python3
"""Cases worked by hand or known from faults of public calculators: exit status 1 where any differs."""

import re
import sys

from check_oracles import result
from units import VARIABLES

ORGANS = {"totalBilirubin": "13 mg/dL", "creatinine": "1.8 mg/dL", "inr": "2.1", "encephalopathyGrade": "2",
          "meanArterialPressure": "75 mm[Hg]", "pao2": "80 mm[Hg]", "fio2": "21 %"}


def creatinine(now, base="", recent="", **more):
    texts = {"creatinine": now, "baselineCreatinine": base, "creatinineTwoDaysAgo": recent}
    return {"renalReplacement": "no", **{k: t and f"{t} mg/dL" for k, t in texts.items()}, **more}


def cossh(inr, grade, neutrophils, bilirubin, urea, age):
    return {"inr": inr, "encephalopathyGrade": grade, "neutrophils": neutrophils, "totalBilirubin": f"{bilirubin} umol/L",
            "urea": f"{urea} mmol/L", "age": f"{age} a"}


def meld(bilirubin, inr, creatinine, **more):
    return {"totalBilirubin": f"{bilirubin} mg/dL", "inr": inr, "creatinine": f"{creatinine} mg/dL",
            "renalReplacement": "no", **more}


SOFA = {"platelets": "200", "totalBilirubin": "1 mg/dL", "glasgowComaScale": "15", "creatinine": "1 mg/dL",
        "meanArterialPressure": "80 mm[Hg]", "vasopressors": "no", "pao2": "90 mm[Hg]", "fio2": "100 %", "ventilation": "no"}
NONE = {name: "0 ug/kg/min" for name in ("dopamine", "dobutamine", "epinephrine", "norepinephrine")}
CASES = [
    ("clifCACLF", {**ORGANS, "age": "55 a", "whiteCells": "12"},
     {"value.low": 50.7, "value.high": 70.5, "settledBy": ["renalReplacement", "vasopressors", "ventilation"]}),
    ("clifCACLF", {**ORGANS, "age": "55 a", "whiteCells": "12", "cirrhosis": "no"}, {"value": None, "reason": "population"}),
    ("clifCOF", {**ORGANS, "creatinine": "4 mg/dL", "vasopressors": "yes", "ventilation": "no"}, {"value": 14}),
    ("kdigoAKI", creatinine("3.6", "2.0", "1.1"), {"value": 3}), ("kdigoAKI", creatinine("2.5", "2.0", "1.0"), {"value": 2}),
    ("kdigoAKI", creatinine("2.5", "", "1.0"), {"value.low": 2, "value.high": 3, "missing": ["baselineCreatinine"]}),
    ("kdigoAKI", creatinine("5.0", "3.9", "3.9"), {"value": 3}), ("kdigoAKI", creatinine("4.5", "4.4", "4.4"), {"value": 0}),
    ("kdigoAKI", creatinine("4.5", "4.4", "4.4"), {"variant.fourAlone": 3}),
    ("kdigoAKI", creatinine("1.4", "1.1", "1.1"), {"value": 1}),
    ("kdigoAKI", creatinine("1", "1", "1", urineOutput="960 mL/d", bodyWeight="80 kg"), {"value": 0}),
    ("kdigoAKI", creatinine("1", "1", "1", urineOutput="959 mL/d", bodyWeight="80 kg"), {"value": 2}),
    ("icaAKI", creatinine("1.56", "0.6", "1.16"), {"value": 3, "band": "2"}),
    ("icaAKI", creatinine("2.0", "1.0", "2.0"), {"band": "1B"}), ("icaAKI", creatinine("1.3", "1.0", "1.0"), {"band": "1A"}),
    ("gahs", {"urea": "14 mg/dL{BUN}", "age": "60 a", "whiteCells": "16", "inr": "1.2", "totalBilirubin": "130 umol/L"}, {"value": 9}),
    ("gahs", {"urea": "13.9 mg/dL{BUN}", "age": "60 a", "whiteCells": "16", "inr": "1.2", "totalBilirubin": "130 umol/L"}, {"value": 8}),
    ("ctcaeAST", {"ast": "90 U/L", "baselineAST": "60 U/L", "astULN": "40 U/L"}, {"value": 1}),
    ("ctcaeAST", {"ast": "89 U/L", "baselineAST": "60 U/L", "astULN": "40 U/L"}, {"value": 0}),
    ("ctcaeALP", {"alp": "400 U/L", "baselineALP": "200 U/L", "alpULN": "120 U/L"}, {"value": 1}),
    ("ctcaeBilirubin", {"totalBilirubin": "40 umol/L", "baselineBilirubin": "40 umol/L", "totalBilirubinULN": "20 umol/L"}, {"value": 0}),
    ("ctcaeAlbumin", {"albumin": "30 g/L", "albuminLLN": "35 g/L"}, {"value": 1}),
    ("ctcaeAlbumin", {"albumin": "29.9 g/L", "albuminLLN": "35 g/L"}, {"value": 2}),
    ("ctcaePlatelets", {"platelets": "25", "plateletsLLN": "150"}, {"value": 3}),
    ("ukeld", {"inr": "1", "totalBilirubin": "8 umol/L", "sodium": "136 mmol/L", "creatinine": "112 umol/L"}, {"value": 48}),
    ("meld", meld("10", "2.6", "1.62"), {"value": 30}), ("meld", meld("10", "2.6", "1.63"), {"value": 31}),
    ("meld", meld("10", "1.5", "1"), {"value": 20}),
    ("meldNa", meld("40", "6", "4", sodium="120 mmol/L"), {"value": 40}),
    ("meldNa", meld("2", "1.5", "1.8", sodium="135 mmol/L"), {"value": 20, "variant.unroundedMELDi": 21}),
    ("cosshACLF2", cossh("2.0", "0", "5", "350", "5", "50"), {"value": 7.1808}),
    ("cosshACLF2", cossh("2.5", "1", "7", "400", "8", "55"), {"value": 8.6374}),
    ("cosshACLF2", cossh("3.2", "3", "10", "450", "15", "60"), {"value": 10.2267}),
    ("cosshACLF2", cossh("2", "0", "5", "300", "5", "45"), {"value": 6.95, "variant.grade": 6.50}),
    ("childPugh", {"totalBilirubin": "3.5 mg/dL", "albumin": "36 g/L", "inr": "1.2", "ascites": "mild", "encephalopathyGrade": "0",
                   "aetiology": "cholestatic"}, {"value": None, "value.low": 6, "value.high": 8, "settledBy": [], "missing": []}),
    ("childPugh", {"totalBilirubin": "3.5 mg/dL", "albumin": "36 g/L", "inr": "1.2", "ascites": "mild", "encephalopathyGrade": "0"},
     {"value": 8}),
    ("childPugh", {"totalBilirubin": "34.2 umol/L", "albumin": "3.5 g/dL", "inr": "1.7", "ascites": "none",
                   "encephalopathyGrade": "0"}, {"value": 8}),
    ("sofa", SOFA, {"value": 2, "variant.supported": 4}), ("sofa", {**SOFA, "ventilation": "yes"}, {"value": 4}),
    ("sofa", {**SOFA, "ventilation": ""}, {"value.low": 2, "value.high": 4, "settledBy": ["ventilation"]}),
    ("sofa", {**SOFA, "totalBilirubin": "11.99 mg/dL"}, {"value": 5}), ("sofa", {**SOFA, "totalBilirubin": "12 mg/dL"}, {"value": 6}),
    ("sofa", {**SOFA, "creatinine": "172 umol/L"}, {"value": 3, "variant.si1996": 4}),
    ("sofa", {**SOFA, "vasopressors": "yes", **NONE, "norepinephrine": "0.1 ug/kg/min"}, {"value": 5}),
    ("sofa", {**SOFA, "vasopressors": "yes", **NONE, "norepinephrine": "0.11 ug/kg/min"}, {"value": 6}),
    ("abic", {"age": "50 a", "totalBilirubin": "2 mg/dL", "creatinine": "0.5 mg/dL", "inr": "1.75"}, {"value": 6.71, "band": "intermediate"}),
    ("maddrey", {"prothrombinTime": "18 s", "prothrombinTimeControl": "12 s", "totalBilirubin": "4.4 mg/dL"}, {"value": 32, "band": "severe"}),
    ("fib4", {"age": "60 a", "ast": "47 U/L", "alt": "36 U/L", "platelets": "168", "aetiology": "masld"}, {"band": "high"}),
    ("fib4", {"age": "60 a", "ast": "47 U/L", "alt": "36 U/L", "platelets": "168", "aetiology": "hcv"}, {"band": "indeterminate"}),
    ("meld3", meld("10", "2.6", "1", albumin="30 g/L", sodium="130 mmol/L", sex=""), {"settledBy": ["sex"]}),
    ("meld3", meld("10", "2.6", "1", albumin="30 g/L", sodium="130 mmol/L", sex="", age="15 a"), {"settledBy": []}),
    ("apaslACLF", {"chronicLiverDisease": "yes", "priorDecompensation": "no", "totalBilirubin": "85.5 umol/L", "inr": "1.5",
                   "weeksInsultToDecompensation": "28 d", "ascites": "mild"}, {"value": 1}),
    ("nacseld", {"encephalopathyGrade": "3", "vasopressors": "yes", "ventilation": "no"}, {"value.low": 2, "value.high": 3, "band": "ACLF"}),
    ("clichy", {"encephalopathyGrade": "3", "factorV": "25 %"}, {"value": None, "missing": ["age"]}),
    ("creatinineClearance", {"age": "40 a", "bodyWeight": "72 kg", "creatinine": "1 mg/dL", "sex": "female"}, {"value": 85}),
]


# A variable at and beside each limit of a table of points, with how many points the value then has more
# than at the first of them.
CLIF = {**ORGANS, "totalBilirubin": "1 mg/dL", "creatinine": "1 mg/dL", "inr": "1", "encephalopathyGrade": "0",
        "renalReplacement": "no", "vasopressors": "no", "ventilation": "no"}
MORE = {**SOFA, "vasopressors": "yes", **NONE}
CLIF_SOFA = {**SOFA, "inr": "1", "encephalopathyGrade": "0", "renalReplacement": "no"}
AARC = {"totalBilirubin": "1 mg/dL", "encephalopathyGrade": "0", "inr": "1", "lactate": "1 mmol/L", "creatinine": "0.5 mg/dL"}
PUGH = {"totalBilirubin": "1 mg/dL", "albumin": "40 g/L", "inr": "1", "ascites": "none", "encephalopathyGrade": "0"}
GAHS = {"age": "40 a", "whiteCells": "10", "urea": "4 mmol/L", "inr": "1", "totalBilirubin": "50 umol/L"}
CTCAE = {"altULN": "40 U/L", "baselineALT": "30 U/L"}
TABLES = [
    ("childPugh", PUGH, "totalBilirubin", "1.99 mg/dL:0 2 mg/dL:1 34.1 umol/L:0 34.2 umol/L:1 3 mg/dL:1 51.3 umol/L:1 51.4 umol/L:2"),
    ("childPugh", PUGH, "albumin", "3.51 g/dL:0 3.5 g/dL:1 35 g/L:1 2.8 g/dL:1 28 g/L:1 27.9 g/L:2 2.79 g/dL:2"),
    ("childPugh", PUGH, "inr", "1.69:0 1.7:1 2.3:1 2.31:2"), ("childPugh", PUGH, "ascites", "none:0 mild:1 moderate:2 severe:2"),
    ("childPugh", PUGH, "encephalopathyGrade", "0:0 1:1 2:1 3:2 4:2"),
    ("childPugh", {**PUGH, "inr": "", "prothrombinTimeControl": "12 s"}, "prothrombinTime", "15.9 s:0 16 s:1 18 s:1 18.1 s:2"),
    ("clifCOF", CLIF, "totalBilirubin", "5.99 mg/dL:0 6 mg/dL:1 102.6 umol/L:1 11.99 mg/dL:1 12 mg/dL:2 205.2 umol/L:2"),
    ("clifCOF", CLIF, "creatinine", "1.99 mg/dL:0 2 mg/dL:1 3.49 mg/dL:1 3.5 mg/dL:2"),
    ("clifCOF", CLIF, "encephalopathyGrade", "0:0 1:1 2:1 3:2 4:2"), ("clifCOF", CLIF, "inr", "1.99:0 2:1 2.49:1 2.5:2"),
    ("clifCOF", CLIF, "meanArterialPressure", "70 mm[Hg]:0 69 mm[Hg]:1"),
    ("clifCOF", {**CLIF, "fio2": "30 %"}, "pao2", "91 mm[Hg]:0 90 mm[Hg]:1 61 mm[Hg]:1 60 mm[Hg]:2"),
    ("clifCOF", {**CLIF, "pao2": "", "fio2": "28 %"}, "spo2", "99.97 %:0 99.96 %:1 60 %:1 59.92 %:2"),
    ("clifCOF", CLIF, "renalReplacement", "no:0 yes:2"), ("clifCOF", CLIF, "vasopressors", "no:0 yes:2"),
    ("clifCOF", CLIF, "ventilation", "no:0 yes:2"),
    ("aclfGrade", CLIF, "creatinine", "1.99 mg/dL:0 2 mg/dL:1"), ("aclfGrade", {**CLIF, "inr": "2.5"}, "creatinine", "1.49 mg/dL:0 1.5 mg/dL:1"),
    ("aclfGrade", {**CLIF, "inr": "2.5"}, "encephalopathyGrade", "0:0 1:1 2:1 3:2"),
    ("aclfGrade", {**CLIF, "encephalopathyGrade": "3"}, "creatinine", "1.49 mg/dL:0 1.5 mg/dL:1 2 mg/dL:2"),
    ("aclfGrade", {**CLIF, "inr": "2.5", "totalBilirubin": "12 mg/dL"}, "vasopressors", "no:0 yes:1"),
    ("aarc", AARC, "totalBilirubin", "14.99 mg/dL:0 15 mg/dL:1 25 mg/dL:1 25.01 mg/dL:2"), ("aarc", AARC, "inr", "1.79:0 1.8:1 2.5:1 2.51:2"),
    ("aarc", AARC, "lactate", "1.49 mmol/L:0 1.5 mmol/L:1 2.5 mmol/L:1 2.51 mmol/L:2"),
    ("aarc", AARC, "creatinine", "0.69 mg/dL:0 0.7 mg/dL:1 1.5 mg/dL:1 1.51 mg/dL:2"),
    ("sofa", SOFA, "totalBilirubin", "1.19 mg/dL:0 1.2 mg/dL:1 1.99 mg/dL:1 2 mg/dL:2 5.99 mg/dL:2 6 mg/dL:3 11.99 mg/dL:3 12 mg/dL:4"),
    ("sofa", SOFA, "creatinine", "1.19 mg/dL:0 1.2 mg/dL:1 1.99 mg/dL:1 2 mg/dL:2 3.49 mg/dL:2 3.5 mg/dL:3 4.99 mg/dL:3 5 mg/dL:4"),
    ("sofa", SOFA, "platelets", "150:0 149.9:1 100:1 99.9:2 50:2 49.9:3 20:3 19.9:4"),
    ("sofa", SOFA, "glasgowComaScale", "15:0 14:1 13:1 12:2 10:2 9:3 6:3 5:4"), ("sofa", SOFA, "meanArterialPressure", "70 mm[Hg]:0 69 mm[Hg]:1"),
    ("sofa", {**SOFA, "ventilation": "yes"}, "pao2", "400 mm[Hg]:0 399 mm[Hg]:1 300 mm[Hg]:1 299 mm[Hg]:2 200 mm[Hg]:2 199 mm[Hg]:3 100 mm[Hg]:3 99 mm[Hg]:4"),
    ("sofa", SOFA, "urineOutput", "500 mL/d:0 499 mL/d:3 200 mL/d:3 199 mL/d:4"),
    ("sofa", {**MORE, "dobutamine": "1 ug/kg/min"}, "dopamine", "0 ug/kg/min:0 5 ug/kg/min:0 5.01 ug/kg/min:1 15 ug/kg/min:1 15.01 ug/kg/min:2"),
    ("sofa", {**MORE, "dobutamine": "1 ug/kg/min"}, "epinephrine", "0 ug/kg/min:0 0.01 ug/kg/min:1 0.1 ug/kg/min:1 0.11 ug/kg/min:2"),
    ("clifSOFA", CLIF_SOFA, "inr", "1.09:0 1.1:1 1.24:1 1.25:2 1.49:2 1.5:3 2.49:3 2.5:4"), ("clifSOFA", CLIF_SOFA, "platelets", "20.1:0 20:4"),
    ("clifSOFA", CLIF_SOFA, "encephalopathyGrade", "0:0 1:1 2:2 3:3 4:4"), ("clifSOFA", CLIF_SOFA, "renalReplacement", "no:0 yes:3"),
    ("clifSOFA", CLIF_SOFA, "totalBilirubin", "1.19 mg/dL:0 1.2 mg/dL:1 2 mg/dL:2 6 mg/dL:3 12 mg/dL:4"),
    ("clifSOFA", CLIF_SOFA, "creatinine", "1.19 mg/dL:0 1.2 mg/dL:1 2 mg/dL:2 3.5 mg/dL:3 5 mg/dL:4"),
    ("clifSOFA", CLIF_SOFA, "pao2", "401 mm[Hg]:0 400 mm[Hg]:1 301 mm[Hg]:1 300 mm[Hg]:2 200 mm[Hg]:3 101 mm[Hg]:3 100 mm[Hg]:4"),
    ("clifSOFA", {**CLIF_SOFA, "pao2": "", "fio2": "50 %"}, "spo2", "100 %:0 45 %:0 44.5 %:1"),
    ("gahs", GAHS, "age", "49.9 a:0 50 a:1"), ("gahs", GAHS, "whiteCells", "14.9:0 15:1"), ("gahs", GAHS, "urea", "4.9 mmol/L:0 5 mmol/L:1"),
    ("gahs", GAHS, "inr", "1.49:0 1.5:1 2:1 2.01:2"), ("gahs", GAHS, "totalBilirubin", "124.9 umol/L:0 125 umol/L:1 250 umol/L:1 250.1 umol/L:2"),
    ("ctcaeALT", CTCAE, "alt", "40 U/L:0 41 U/L:1 120 U/L:1 121 U/L:2 200 U/L:2 201 U/L:3 800 U/L:3 801 U/L:4"),
    ("ctcaeALT", {**CTCAE, "baselineALT": "100 U/L"}, "alt", "149 U/L:0 150 U/L:1 300 U/L:1 301 U/L:2 500 U/L:2 501 U/L:3 2000 U/L:3 2001 U/L:4"),
    ("ctcaeGGT", {"ggtULN": "60 U/L", "baselineGGT": "100 U/L"}, "ggt", "199 U/L:0 200 U/L:1 250 U/L:1 251 U/L:2 500 U/L:2 501 U/L:3 2001 U/L:4"),
    ("ctcaeBilirubin", {"totalBilirubinULN": "20 umol/L", "baselineBilirubin": "10 umol/L"}, "totalBilirubin",
     "20 umol/L:0 20.1 umol/L:1 30 umol/L:1 30.1 umol/L:2 60 umol/L:2 60.1 umol/L:3 200 umol/L:3 200.1 umol/L:4"),
    ("ctcaeINR", {"vitaminKAntagonist": "no"}, "inr", "1.2:0 1.21:1 1.5:1 1.51:2 2.5:2 2.51:3 9:3"),
    ("ctcaeCreatinine", {"creatinineULN": "1 mg/dL", "baselineCreatinine": "1 mg/dL"}, "creatinine",
     "1 mg/dL:0 1.01 mg/dL:1 1.5 mg/dL:1 1.51 mg/dL:2 3 mg/dL:2 3.01 mg/dL:3 6 mg/dL:3 6.01 mg/dL:4"),
    ("ctcaeAlbumin", {"albuminLLN": "35 g/L"}, "albumin", "35 g/L:0 34.9 g/L:1 30 g/L:1 29.9 g/L:2 20 g/L:2 19.9 g/L:3"),
    ("ctcaePlatelets", {"plateletsLLN": "150"}, "platelets", "150:0 149:1 75:1 74:2 50:2 49:3 25:3 24:4"),
    ("ctcaeWhiteCells", {"whiteCellsLLN": "4"}, "whiteCells", "4:0 3.9:1 3:1 2.9:2 2:2 1.9:3 1:3 0.9:4"),
    ("ctcaeNeutrophils", {"neutrophilsLLN": "2"}, "neutrophils", "2:0 1.9:1 1.5:1 1.4:2 1:2 0.9:3 0.5:3 0.4:4"),
    ("kdigoAKI", creatinine("", "1", "5"), "creatinine", "1.49 mg/dL:0 1.5 mg/dL:1 1.99 mg/dL:1 2 mg/dL:2 2.99 mg/dL:2 3 mg/dL:3"),
    ("kdigoAKI", creatinine("1", "1", "1"), "oliguria", "5.9 h:0 6 h:1 11.9 h:1 12 h:2"),
    ("kdigoAKI", creatinine("1", "1", "1", oliguria="12 h"), "anuria", "11.9 h:0 12 h:1"),
    ("icaAKI", creatinine("", "1", "5"), "creatinine", "1.49 mg/dL:0 1.5 mg/dL:2 2 mg/dL:2 2.01 mg/dL:3 3 mg/dL:3 3.01 mg/dL:4"),
    ("icaAKI", creatinine("1.3", "1.2", ""), "creatinineTwoDaysAgo", "1.01 mg/dL:0 1 mg/dL:1"),
    ("bavenoVII", {"platelets": "150", "aetiology": "hcv"}, "liverStiffness", "15 kPa:0 15.1 kPa:1 24.9 kPa:1 25 kPa:2"),
    ("bavenoVII", {"liverStiffness": "15 kPa"}, "platelets", "150:0 149.9:1"),
    ("bavenoVII", {"platelets": "150", "liverStiffness": "25 kPa", "aetiology": "masld"}, "bodyMassIndex", "30 kg/m2:0 29.9 kg/m2:1"),
]


def table(score, base, variable, texts):
    """The pairs of a table that differ."""
    first = None
    for pair in (part.strip() for part in re.findall(r"[^:]+:\d+", texts)):
        text, _, more = pair.rpartition(":")
        value = result(score, **{k: v for k, v in {**base, variable: text}.items() if k in VARIABLES})["value"]
        first = value if first is None else first
        if value is None or value - first != int(more):
            yield f"{score} {variable} {text}: {value} is not {first} and {more}"


def agrees(got, wanted):
    if isinstance(wanted, float):
        digits = len(str(wanted).partition(".")[2])
        return got is not None and abs(float(got) - wanted) <= 0.5 * 10**-digits + 1e-9
    return got == wanted


def main():
    differs = 0
    for score, cells, wanted in CASES:
        got = result(score, **cells)
        for key, value in wanted.items():
            if not agrees(got.get(key), value):
                differs += 1
                print(f"{score} {cells}: {key} is {got.get(key)}, not {value}")
    for row in TABLES:
        for what in table(*row):
            differs += 1
            print(what)
    print(f"{len(CASES)} worked cases, {len(TABLES)} tables of points, {differs} differences")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
