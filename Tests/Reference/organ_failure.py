"""Organ failure and acute-on-chronic liver failure.

Jalan 2014 J Hepatol 61:1038 (CLIF-C OF, CLIF-C ACLF); Jalan 2015 J Hepatol 62:831 (CLIF-C AD); Moreau
2013 Gastroenterology 144:1426 (CLIF-SOFA); Choudhury 2017 Hepatol Int 11:461 (AARC); Li 2021 J Hepatol
75:1104 (COSSH-ACLF II); Vincent 1996 (SOFA); Singer 2016 (qSOFA); O'Leary 2018 (NACSELD); Sarin 2019
(APASL); the Chinese guideline of 2018.
"""

import math

from chronic_liver import grade, three_of_grade
from completion import Part, Score
from decimal_rules import INFINITY, beyond, exact, held, ln, points
from meld_family import BILIRUBIN, CREATININE, milligrams, plain, total

DOSES = ("dopamine", "dobutamine", "epinephrine", "norepinephrine")


def no_cirrhosis(patient):
    """What was made for cirrhosis does not apply where there is none."""
    return "population" if patient.get("cirrhosis") is False else None


# Circulation and breath

def mean_pressure(view):
    if view("meanArterialPressure") is not None:
        return view("meanArterialPressure")
    return (view("systolic") + 2 * view("diastolic")) / 3


PRESSURE = {"meanArterialPressure": [("systolic", "diastolic")]}


def pressors(view):
    """1 with enough pressure, 2 with less, 3 on vasopressors."""
    return 3 if view("vasopressors") else 2 if mean_pressure(view) < 70 else 1


def pressors_wanted(view, names):
    return names - {"meanArterialPressure"} if view("vasopressors") else names


def oxygen(view):
    """The ratio to FiO2, of PaO2 where it is there, and its limits else of SpO2."""
    fraction = view("fio2") / 100
    if view("pao2") is not None:
        return view("pao2") / fraction, (200, 300)
    return view("spo2") / fraction, (214, 357)


BREATH = {"pao2": [("spo2",)]}
BREATH_ENDS = {"fio2": (21, 100), "spo2": (40, 100)}


def breath(view):
    """1 above the upper limit, 2 above the lower one, else 3; 3 with ventilation."""
    if view("ventilation"):
        return 3
    ratio, limits = oxygen(view)
    return 3 - beyond(ratio, *limits)


def breath_wanted(view, names):
    return names - {"pao2", "fio2"} if view("ventilation") else names


def kidney(view):
    """1 below 2 mg/dL, 2 below 3.5, else 3; 3 with replacement; and whether dysfunction or failure."""
    if view("renalReplacement"):
        return 3, "failure", 3
    value = view("creatinine") / CREATININE
    state = "failure" if value >= 2 else "dysfunction" if value >= exact("1.5") else "none"
    return 1 + points(value, 2, "3.5"), state, 1 + points(value, "1.5", 2)


ORGANS = [
    Part(lambda v: (1 + points(v("totalBilirubin") / BILIRUBIN, 6, 12),
                    1 + points(v("totalBilirubin") / BILIRUBIN, 6) + beyond(v("totalBilirubin") / BILIRUBIN, 12)),
         ["totalBilirubin"], name="liver"),
    Part(kidney, ["creatinine", "renalReplacement"], more={"creatinine": [exact("132.6"), exact("176.8")]},
         name="kidney"),
    Part(three_of_grade, ["encephalopathyGrade"], name="brain"),
    Part(lambda v: 1 + points(v("inr"), 2, "2.5"), ["inr"], name="coagulation"),
    Part(pressors, ["meanArterialPressure", "vasopressors"], alternatives=PRESSURE, wanted=pressors_wanted,
         name="circulation"),
    Part(breath, ["pao2", "fio2", "ventilation"], alternatives=BREATH, ends=BREATH_ENDS,
         optional=["spo2"], wanted=breath_wanted, name="respiration"),
]


def _organ_points(liver, kidney, brain, coagulation, circulation, respiration):
    return liver[0] + kidney[0] + brain + coagulation + circulation + respiration


def _clif_of(*states):
    value = _organ_points(*states)
    liver, kidney = states[0], states[1]
    return {"value": value, "variant.above12": value - liver[0] + liver[1],
            "variant.easl2023": value - kidney[0] + kidney[2]}


CLIF_OF = Score("clifCOF", ORGANS, _clif_of, excluded=no_cirrhosis, extra=["cirrhosis"])


def aclf_value(organ_points, age, cells):
    raw = total(10 * 0.33 * organ_points, 10 * 0.04 * float(age), 10 * 0.63 * ln(cells), -20.0)
    return held(raw, 0.0, 100.0)


MORTALITY = {1: (0.0022, 0.0995), 3: (0.0079, 0.0869), 6: (0.0115, 0.0824), 12: (0.0231, 0.0731)}


def mortality(score, months):
    """Of CLIF-C ACLF, within 1, 3, 6 or 12 months."""
    a, b = MORTALITY[months]
    return 1 - math.exp(-a * math.exp(b * score))


def _clif_aclf(*states):
    *organs, age, cells = states
    value = aclf_value(_organ_points(*organs), age, cells)
    return {"value": value, "band": "70 and above" if value >= 70 else "below 70",
            **{f"mortality{months}": mortality(value, months) for months in MORTALITY}}


CLIF_ACLF = Score("clifCACLF", [*ORGANS, plain("age"), plain("whiteCells")], _clif_aclf,
                  excluded=no_cirrhosis, extra=["cirrhosis"])


def _clif_ad(age, creatinine, inr, cells, sodium):
    raw = total(10 * 0.03 * float(age), 10 * 0.66 * ln(creatinine), 10 * 1.71 * ln(inr), 10 * 0.88 * ln(cells),
                -10 * 0.05 * float(sodium), 80.0)
    value = held(raw, 0.0, 100.0)
    band = "high" if value >= 60 else "intermediate" if value > 45 else "low"
    return {"value": value, "band": band}


CLIF_AD = Score(
    "clifCAD",
    [plain("age"), milligrams("creatinine", CREATININE), plain("inr"), plain("whiteCells"), plain("sodium")],
    _clif_ad, excluded=no_cirrhosis, extra=["cirrhosis"])


def easl_grade(liver, kidney, brain, others):
    """The grade from failures of liver and of others, kidney and brain as words."""
    count = liver + others + (kidney == "failure") + (brain == 3)
    if count >= 2:
        return min(count, 3)
    if count == 0:
        return 0
    if kidney == "failure":
        return 1
    if brain == 3:
        return 1 if kidney == "dysfunction" else 0
    return 1 if kidney == "dysfunction" or brain == 2 else 0


def _aclf(liver, kidney, brain, coagulation, circulation, respiration):
    others = (coagulation == 3) + (circulation == 3) + (respiration == 3)
    value = easl_grade(liver[0] == 3, kidney[1], brain, others)
    failures = (liver[0] == 3) + others + (kidney[1] == "failure") + (brain == 3)
    return {"value": value, "band": "no ACLF" if value == 0 else str(value), "failures": failures}


ACLF = Score("aclfGrade", ORGANS, _aclf, excluded=no_cirrhosis, extra=["cirrhosis"])


def _aarc(*points):
    value = sum(points)
    return {"value": value, "band": ["I", "II", "III"][(value >= 8) + (value >= 11)]}


def _one_to_three(name, low, high, factor=1):
    return Part(lambda v: 1 + points(v(name) / factor, low) + beyond(v(name) / factor, high), [name])


AARC = Score(
    "aarc",
    [_one_to_three("totalBilirubin", 15, 25, BILIRUBIN), Part(three_of_grade, ["encephalopathyGrade"]),
     _one_to_three("inr", "1.8", "2.5"), _one_to_three("lactate", "1.5", "2.5"),
     _one_to_three("creatinine", "0.7", "1.5", CREATININE)], _aarc)


def _cossh(inr, brain, neutrophils, bilirubin, urea, age):
    rest = total(1.649 * ln(inr), 0.425 * ln(neutrophils), 0.396 * ln(bilirubin), 0.576 * ln(urea),
                 0.033 * float(age))
    value = rest + 0.457 * brain[0]
    other = rest + 0.457 * brain[1]
    return {"value": value, "band": _cossh_band(value), "variant.grade": other,
            "variant.grade.band": _cossh_band(other)}


def _cossh_band(value):
    return ["low", "intermediate", "high"][points(value, "7.4", "8.4")]


COSSH = Score(
    "cosshACLF2",
    [plain("inr"), Part(lambda v: (three_of_grade(v), grade(v)), ["encephalopathyGrade"]), plain("neutrophils"),
     plain("totalBilirubin"), plain("urea"), plain("age")], _cossh)


# SOFA and CLIF-SOFA

def doses_wanted(view, names):
    """No dose is asked where no vasopressor is given; no pressure where a dose decides."""
    if view("vasopressors") is False:
        names = names - set(DOSES)
    return names


def doses_possible(view, patient):
    """Vasopressors go with a dose of one of them, and no vasopressors with none."""
    given = [view(name) or 0 for name in DOSES]
    answered = all(name in patient for name in DOSES)
    if view("vasopressors") is False and any(given):
        return all(name in patient for name, dose in zip(DOSES, given) if dose)
    if view("vasopressors") is True and not any(given):
        return answered or bool(view("terlipressin"))
    return True


def circulation(view, terlipressin):
    """0 to 4 points."""
    dopamine, dobutamine, epinephrine, norepinephrine = (view(name) or 0 for name in DOSES)
    strong = max(epinephrine, norepinephrine)
    if dopamine > 15 or strong > exact("0.1"):
        return 4
    if dopamine > 5 or strong > 0:
        return 3
    if dopamine > 0 or dobutamine > 0 or (terlipressin and view("terlipressin")):
        return 2
    return 1 if mean_pressure(view) < 70 else 0


DOSE_TRIES = {"dopamine": [0, 5, 15], "dobutamine": [0], "epinephrine": [0, exact("0.1")],
              "norepinephrine": [0, exact("0.1")]}
DOSE_ENDS = {"dopamine": (0, 20), "dobutamine": (0, 1), "epinephrine": (0, 1), "norepinephrine": (0, 1),
             "meanArterialPressure": (60, 80)}


def circulation_part(terlipressin):
    return Part(lambda v: circulation(v, terlipressin), ["meanArterialPressure", "vasopressors", *DOSES],
                alternatives=PRESSURE, optional=["terlipressin"], more=DOSE_TRIES, ends=DOSE_ENDS,
                wanted=doses_wanted, possible=doses_possible, name="circulation")


def _sofa_breath(view):
    ratio = view("pao2") * 100 / view("fio2")
    unsupported = 0 if ratio >= 400 else 1 if ratio >= 300 else 2
    supported = unsupported if ratio >= 200 else 3 if ratio >= 100 else 4
    return (supported if view("ventilation") else unsupported), supported


def _sofa_kidney(view):
    value, umol = view("creatinine") / CREATININE, view("creatinine")
    urine = view("urineOutput")
    by_urine = 0 if urine is None or urine >= 500 else 3 if urine >= 200 else 4
    usual = max(points(value, "1.2", 2, "3.5", 5), by_urine)
    printed = max(points(umol, 110, 171, 300) + beyond(umol, 440), by_urine)
    return usual, printed, (4 if view("renalReplacement") else usual)


def _sofa_liver(view):
    value, umol = view("totalBilirubin") / BILIRUBIN, view("totalBilirubin")
    return points(value, "1.2", 2, 6, 12), points(umol, 20, 33, 102) + beyond(umol, 204)


def few_platelets(value):
    return 4 - points(value, 20, 50, 100, 150)


def _sofa(breath, platelets, coma, liver, circulation, kidney):
    value = breath[0] + platelets + coma + liver[0] + circulation + kidney[0]
    return {"value": value, "variant.supported": value - breath[0] + breath[1],
            "variant.si1996": value - liver[0] - kidney[0] + liver[1] + kidney[1],
            "variant.replacement": value - kidney[0] + kidney[2]}


SOFA = Score(
    "sofa",
    [Part(_sofa_breath, ["pao2", "fio2", "ventilation"], ends=BREATH_ENDS, name="respiration"),
     Part(lambda v: few_platelets(v("platelets")), ["platelets"]),
     Part(lambda v: 4 - points(v("glasgowComaScale"), 6, 10, 13, 15), ["glasgowComaScale"]),
     Part(_sofa_liver, ["totalBilirubin"]), circulation_part(False),
     Part(_sofa_kidney, ["creatinine"], optional=["urineOutput", "renalReplacement"],
          ends={"creatinine": (0, 2652)})],
    _sofa)


def _clif_kidney(view):
    value = view("creatinine") / CREATININE
    by_value = points(value, "1.2", 2, "3.5", 5)
    if view("renalReplacement"):
        return max(by_value, 3), True
    return by_value, value >= 2


def _clif_coagulation(view):
    inr, platelets = view("inr"), view("platelets")
    value = 4 if platelets <= 20 else points(inr, "1.1", "1.25", "1.5", "2.5")
    return value, value == 4


def _clif_breath(view):
    fraction = view("fio2") / 100
    if view("pao2") is not None:
        value = 4 - beyond(view("pao2") / fraction, 100, 200, 300, 400)
    else:
        value = 4 - beyond(view("spo2") / fraction, 89, 214, 357, 512)
    return value, value >= 3


def _clif_sofa(liver, kidney, brain, coagulation, circulation, breath):
    failures = [liver == 4, kidney[1], brain >= 3, coagulation[1], circulation >= 2, breath[1]]
    parts = [liver, kidney[0], brain, coagulation[0], circulation, breath[0]]
    return {"value": sum(parts), "failures": sum(failures), "parts": "".join(map(str, parts))}


CLIF_SOFA = Score(
    "clifSOFA",
    [Part(lambda v: points(v("totalBilirubin") / BILIRUBIN, "1.2", 2, 6, 12), ["totalBilirubin"]),
     Part(_clif_kidney, ["creatinine", "renalReplacement"]),
     Part(grade, ["encephalopathyGrade"]),
     Part(_clif_coagulation, ["inr", "platelets"],
          wanted=lambda v, names: names - {"inr"} if v.has("platelets") and v("platelets") <= 20 else names),
     circulation_part(True),
     Part(_clif_breath, ["pao2", "fio2"], alternatives=BREATH, optional=["spo2"], ends=BREATH_ENDS)],
    _clif_sofa)


def _nacseld(*failures):
    value = sum(failures)
    return {"value": value, "band": "ACLF" if value >= 2 else "no ACLF"}


NACSELD = Score(
    "nacseld",
    [Part(lambda v: grade(v) >= 3, ["encephalopathyGrade"]),
     *(Part(lambda v, name=name: bool(v(name)), [name])
       for name in ("vasopressors", "ventilation", "renalReplacement"))], _nacseld)


def _qsofa(*signs):
    value = sum(signs)
    return {"value": value, "band": "positive" if value >= 2 else "negative"}


QSOFA = Score(
    "qSOFA",
    [Part(lambda v: v("respiratoryRate") >= 22, ["respiratoryRate"]),
     Part(lambda v: v("systolic") <= 100, ["systolic"]),
     Part(lambda v: v("glasgowComaScale") < 15, ["glasgowComaScale"], ends={"glasgowComaScale": (3, 15)})],
    _qsofa)


# Definitions

def yes(holds):
    return {"value": 1 if holds else 0, "band": "met" if holds else "not met"}


def flag(name):
    return Part(lambda v: bool(v(name)), [name])


def clotting(activity):
    """INR of at least 1.5, or an activity that is low: either is enough."""
    return Part(lambda v: v("inr") >= exact("1.5") or activity(v("prothrombinActivity")),
                ["inr", "prothrombinActivity"])


def _chronic(view):
    """Cirrhosis is a chronic liver disease."""
    return bool(view("chronicLiverDisease") or view("cirrhosis"))


def decompensation(view):
    return view("ascites") != "none" or grade(view) >= 1


APASL = Score(
    "apaslACLF",
    [Part(_chronic, ["chronicLiverDisease", "cirrhosis"]), flag("priorDecompensation"),
     Part(lambda v: (v("totalBilirubin") >= 5 * BILIRUBIN, v("totalBilirubin") >= 85), ["totalBilirubin"]),
     clotting(lambda activity: activity < 40),
     Part(lambda v: v("weeksInsultToDecompensation") <= 4, ["weeksInsultToDecompensation"]),
     Part(decompensation, ["ascites", "encephalopathyGrade"])],
    lambda chronic, prior, bilirubin, clot, weeks, sign: {
        **yes(chronic and not prior and bilirubin[0] and clot and weeks and sign),
        "variant.si85": int(chronic and not prior and bilirubin[1] and clot and weeks and sign)})

CHINESE = Score(
    "chineseACLF",
    [Part(_chronic, ["chronicLiverDisease", "cirrhosis"]),
     Part(lambda v: v("totalBilirubin") >= 10 * v("totalBilirubinULN")
          or v("totalBilirubinDailyRise") >= exact("17.1"),
          ["totalBilirubin", "totalBilirubinULN", "totalBilirubinDailyRise"],
          ends={"totalBilirubinDailyRise": (-INFINITY, INFINITY)}),
     clotting(lambda activity: activity <= 40)],
    lambda *parts: yes(all(parts)))

SCORES = [CLIF_OF, CLIF_ACLF, CLIF_AD, ACLF, AARC, COSSH, SOFA, CLIF_SOFA, NACSELD, QSOFA, APASL, CHINESE]
