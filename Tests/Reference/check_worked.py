#!/usr/bin/env python3
"""Cases worked by hand or known from faults of public calculators: exit status 1 where any differs."""

import sys

from check_oracles import result

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
    print(f"{len(CASES)} worked cases, {differs} differences")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
