"""Patients to score: on every limit and one step beside it, in every unit, and seeded random ones."""

import itertools
import random

from decimal_rules import exact, written
from scores import SCORES
from units import VARIABLES, Quantity, Several, YesNo, read_patient

CAP = 300
# One step of a number as it is usually written, by unit.
STEPS = {
    "umol/L": "0.1", "mg/dL": "0.01", "g/L": "0.1", "g/dL": "0.01", "mmol/L": "0.1", "meq/L": "1",
    "mg/dL{BUN}": "0.1", "mg/dL{urea}": "1", "": "0.01", "a": "0.1", "10*9/L": "0.1", "10*3/uL": "0.1", "/uL": "10",
    "s": "0.1", "%": "0.1", "1": "0.01", "mm[Hg]": "1", "kPa": "0.1", "U/L": "1", "ug/kg/min": "0.01", "mL/d": "1",
    "L/d": "0.01", "kg": "0.1", "[lb_av]": "1", "h": "0.1", "d": "1", "wk": "0.1", "umol/L/d": "0.1",
    "mg/dL/d": "0.01", "/min": "1", "cm": "1", "m": "0.01", "kg/m2": "0.1", "mg/d": "1", "g/d": "0.001",
    "/[HPF]": "1", "mL/min": "1", "mo": "1",
}
# Where ordinary values lie, in the canonical unit.
ORDINARY = {
    "age": (16, 84), "totalBilirubin": (8, 600), "albumin": (16, 48), "totalBilirubinULN": (17, 25), "inr": (0.9, 5),
    "totalBilirubinDailyRise": (-10, 40), "creatinine": (45, 420), "baselineCreatinine": (50, 130),
    "creatinineTwoDaysAgo": (50, 300), "creatinineULN": (80, 115), "urea": (2, 40), "sodium": (118, 146),
    "rfhGFR": (15, 110), "platelets": (12, 320), "whiteCells": (1.5, 30), "neutrophils": (0.6, 22), "lactate": (0.5, 8),
    "lactateEarly": (0.8, 9), "lactateLate": (0.8, 9), "ph": (7.05, 7.5), "prothrombinTime": (11, 60),
    "prothrombinTimeControl": (11, 14), "prothrombinActivity": (12, 95), "factorV": (5, 90),
    "meanArterialPressure": (52, 105), "systolic": (75, 160), "diastolic": (40, 90), "pao2": (45, 120), "fio2": (21, 100),
    "spo2": (82, 100), "respiratoryRate": (10, 34), "glasgowComaScale": (3, 15), "bodyWeight": (45, 120),
    "height": (150, 195), "bodyMassIndex": (18, 44), "urineOutput": (300, 3000), "oliguria": (0, 14), "anuria": (0, 13),
    "dopamine": (0, 20), "dobutamine": (0, 10), "epinephrine": (0, 0.4), "norepinephrine": (0, 0.6),
    "liverStiffness": (5, 50), "totalBilirubinDay7": (8, 600), "jaundiceToEncephalopathy": (0, 30),
    "weeksInsultToDecompensation": (0, 8), "proteinuria": (0, 1200), "urineRedCells": (0, 120), "ast": (15, 900),
    "astULN": (30, 45), "alt": (15, 900), "altULN": (30, 45), "alp": (50, 600), "alpULN": (100, 130), "ggt": (20, 900),
    "ggtULN": (40, 70), "albuminLLN": (34, 36), "plateletsLLN": (140, 155), "whiteCellsLLN": (3.6, 4.2),
    "neutrophilsLLN": (1.6, 2.1), "baselineBilirubin": (8, 200), "baselineAST": (15, 120), "baselineALT": (15, 120),
    "baselineALP": (50, 300), "baselineGGT": (20, 200), "baselineINR": (0.9, 3),
}
# The same in people who are less ill.
MILD = {"totalBilirubin": (8, 62), "albumin": (28, 46), "inr": (0.9, 1.9), "creatinine": (45, 140), "sodium": (130, 142),
        "meanArterialPressure": (66, 100), "whiteCells": (2, 12), "platelets": (60, 260), "lactate": (0.5, 2.6),
        "ast": (15, 70), "alt": (15, 70), "alp": (50, 130), "prothrombinTime": (11, 18), "pao2": (68, 105), "fio2": (21, 30),
        "encephalopathyGrade": ("0", "0", "1"), "ascites": ("none", "none", "mild"), "vasopressors": ("no", "no", "no", "yes"),
        "ventilation": ("no", "no", "no", "yes"), "renalReplacement": ("no", "no", "no", "yes")}
# A patient to begin from: a definition holds for him, or he is little ill.
BEGINNING = {
    "hrsAKI": {"cirrhosis": "yes", "ascites": "moderate", "creatinine": "2.5 mg/dL", "baselineCreatinine": "1 mg/dL",
               "creatinineTwoDaysAgo": "2 mg/dL", "renalReplacement": "no", "noResponseToVolume48Hours": "yes",
               "noResponseToVolume24Hours": "yes", "shock": "no", "nephrotoxins": "no", "abnormalRenalUltrasound": "no",
               "proteinuria": "300 mg/d", "urineRedCells": "10 /[HPF]", "alternativeCauseOfKidneyInjury": "no"},
    "apaslACLF": {"chronicLiverDisease": "yes", "cirrhosis": "yes", "priorDecompensation": "no", "totalBilirubin": "12 mg/dL",
                  "inr": "2.1", "prothrombinActivity": "34 %", "weeksInsultToDecompensation": "2 wk", "ascites": "mild",
                  "encephalopathyGrade": "1"},
    "clichy": {"encephalopathyGrade": "3", "factorV": "15 %", "age": "40 a"},
    "childPugh": {"totalBilirubin": "20 umol/L", "albumin": "40 g/L", "inr": "1.1", "ascites": "none",
                  "encephalopathyGrade": "0"},
    "aclfGrade": {"totalBilirubin": "4 mg/dL", "creatinine": "1 mg/dL", "inr": "1.8", "encephalopathyGrade": "0",
                  "vasopressors": "no", "ventilation": "no", "renalReplacement": "no", "meanArterialPressure": "80 mm[Hg]",
                  "pao2": "90 mm[Hg]", "fio2": "21 %", "cirrhosis": "yes"},
}
AGES = [("11.9", "a"), ("12", "a"), ("17.9", "a"), ("18", "a")]
ORGANS = {
    "totalBilirubin": [("6", "mg/dL"), ("12", "mg/dL")],
    "creatinine": [("1.5", "mg/dL"), ("2", "mg/dL"), ("3.5", "mg/dL")], "inr": [("2", ""), ("2.5", "")],
    "meanArterialPressure": [("70", "mm[Hg]")], "pao2": [("42", "mm[Hg]"), ("63", "mm[Hg]")],
    "spo2": [("85.6", "%"), ("74.97", "%")],
}
SOFA_EDGES = {
    "totalBilirubin": [(x, "mg/dL") for x in ("1.2", "2", "6", "12")] + [(x, "umol/L") for x in ("20", "33", "102", "204")],
    "creatinine": [(x, "mg/dL") for x in ("1.2", "2", "3.5", "5")] + [(x, "umol/L") for x in ("110", "171", "300", "440")],
    "platelets": [(x, "10*9/L") for x in ("20", "50", "100", "150")], "meanArterialPressure": [("70", "mm[Hg]")],
    "glasgowComaScale": [(x, "") for x in ("6", "10", "13", "15")], "dopamine": [("5", "ug/kg/min"), ("15", "ug/kg/min")],
    "epinephrine": [("0.1", "ug/kg/min")], "norepinephrine": [("0.1", "ug/kg/min")],
    "pao2": [(x, "mm[Hg]") for x in ("21", "42", "63", "84")], "urineOutput": [("200", "mL/d"), ("500", "mL/d")],
    "inr": [(x, "") for x in ("1.1", "1.25", "1.5", "2.5")],
}
CLAMPS = {
    "totalBilirubin": [("1", "mg/dL")], "inr": [("1", "")], "creatinine": [("1", "mg/dL"), ("3", "mg/dL"), ("4", "mg/dL")],
    "sodium": [("125", "mmol/L"), ("137", "mmol/L"), ("140", "mmol/L")], "albumin": [("1.5", "g/dL"), ("3.5", "g/dL")],
    "age": AGES,
}
# The limits of each score, as they are published.
EDGES = {
    "meld": CLAMPS, "meldMayo": CLAMPS, "meldNa": CLAMPS, "meld3": CLAMPS, "meldXI": CLAMPS,
    "gema": {"totalBilirubin": [("20", "umol/L"), ("550", "umol/L")], "inr": [("1", ""), ("3", "")],
             "rfhGFR": [("20", "mL/min"), ("100", "mL/min")], "sodium": [("122", "mmol/L"), ("138", "mmol/L")]},
    "childPugh": {
        "totalBilirubin": [(x, "mg/dL") for x in ("2", "3", "4", "10")] + [("34", "umol/L"), ("50", "umol/L"), ("51", "umol/L")],
        "albumin": [("2.8", "g/dL"), ("3.5", "g/dL")], "inr": [("1.7", ""), ("2.2", ""), ("2.3", "")]},
    "albi": {}, "mALBI": {},
    "ukeld": {"totalBilirubin": [("8", "umol/L"), ("15", "umol/L")], "inr": [("1", "")],
              "sodium": [("138", "mmol/L"), ("145", "mmol/L")]},
    "fib4": {"age": [("35", "a"), ("65", "a")]}, "nfs": {"age": [("65", "a")]},
    "bavenoVII": {"liverStiffness": [(x, "kPa") for x in ("15", "20", "25")], "platelets": [("110", "10*9/L"), ("150", "10*9/L")],
                  "bodyMassIndex": [("30", "kg/m2")]},
    "clifCOF": ORGANS, "clifCACLF": ORGANS, "aclfGrade": ORGANS, "nacseld": {},
    "aarc": {"totalBilirubin": [("15", "mg/dL"), ("25", "mg/dL")], "inr": [("1.8", ""), ("2.5", "")],
             "lactate": [("1.5", "mmol/L"), ("2.5", "mmol/L")], "creatinine": [("0.7", "mg/dL"), ("1.5", "mg/dL")]},
    "sofa": SOFA_EDGES,
    "clifSOFA": {**SOFA_EDGES, "platelets": [("20", "10*9/L")], "spo2": [("74.97", "%"), ("44.94", "%")]},
    "qSOFA": {"respiratoryRate": [("22", "/min")], "systolic": [("100", "mm[Hg]")], "glasgowComaScale": [("15", "")]},
    "apaslACLF": {"totalBilirubin": [("5", "mg/dL")], "inr": [("1.5", "")], "prothrombinActivity": [("40", "%")],
                  "weeksInsultToDecompensation": [("4", "wk")]},
    "chineseACLF": {"totalBilirubin": [("171", "umol/L")], "totalBilirubinULN": [("17.1", "umol/L")], "inr": [("1.5", "")],
                    "totalBilirubinDailyRise": [("17.1", "umol/L/d")], "prothrombinActivity": [("40", "%")]},
    "kdigoAKI": {"oliguria": [("6", "h"), ("12", "h")], "anuria": [("12", "h")]},
    "hrsAKI": {"proteinuria": [("500", "mg/d")], "urineRedCells": [("50", "/[HPF]")], "oliguria": [("6", "h")]},
    "ckdEPI2021": {"creatinine": [("0.7", "mg/dL"), ("0.9", "mg/dL")]},
    "gahs": {"age": [("50", "a")], "whiteCells": [("15", "10*9/L")], "urea": [("5", "mmol/L")],
             "inr": [("1.5", ""), ("2", "")], "totalBilirubin": [("125", "umol/L"), ("250", "umol/L")]},
    "lille": {"creatinine": [("1.3", "mg/dL")]},
    "kingsParacetamol": {"ph": [("7.3", "")], "inr": [("6.5", "")], "creatinine": [("300", "umol/L")],
                         "lactateEarly": [("3.5", "mmol/L")], "lactateLate": [("3", "mmol/L")],
                         "prothrombinTime": [("100", "s")]},
    "kingsNonParacetamol": {"inr": [("3.5", ""), ("6.5", "")], "age": [("10", "a"), ("40", "a")], "totalBilirubin": [("300", "umol/L")],
                            "jaundiceToEncephalopathy": [("7", "d")], "prothrombinTime": [("50", "s"), ("100", "s")]},
    "clichy": {"age": [("30", "a")], "factorV": [("20", "%"), ("30", "%")]},
    "ctcaeINR": {"inr": [("1.2", ""), ("1.5", ""), ("2.5", "")]},
    "ctcaeAlbumin": {"albumin": [("35", "g/L"), ("30", "g/L"), ("20", "g/L")]},
    "ctcaePlatelets": {"platelets": [(x, "10*9/L") for x in ("150", "75", "50", "25")]},
    "ctcaeWhiteCells": {"whiteCells": [(x, "10*9/L") for x in ("4", "3", "2", "1")]},
    "ctcaeNeutrophils": {"neutrophils": [(x, "10*9/L") for x in ("2", "1.5", "1", "0.5")]},
}
# What a score takes only in place of something else, or beside it.
SELDOM = {"prothrombinTime", "prothrombinTimeControl", "spo2", "systolic", "diastolic", "bodyWeight", "height",
          "urineOutput", "oliguria", "anuria"}
ALWAYS = {"maddrey": {"prothrombinTime", "prothrombinTimeControl"}, "lille": {"prothrombinTime"}, "qSOFA": {"systolic"},
          "creatinineClearance": {"bodyWeight"}}
LIMITS_OF = {"alt": "altULN", "ast": "astULN", "alp": "alpULN", "ggt": "ggtULN", "totalBilirubin": "totalBilirubinULN",
             "creatinine": "creatinineULN"}
BASELINES = {"alt": "baselineALT", "ast": "baselineAST", "alp": "baselineALP", "ggt": "baselineGGT",
             "totalBilirubin": "baselineBilirubin", "creatinine": "baselineCreatinine"}
MULTIPLES = [exact(x) for x in ("0.9", "1", "1.01", "1.5", "1.51", "2", "2.01", "2.5", "2.51", "3", "3.01", "5", "5.01", "6",
                                "6.01", "10", "10.01", "20", "20.01")]


def text_of(number, unit):
    """A cell; a fraction is written without a unit."""
    return f"{written(number)} {'' if unit == '1' else unit}".strip()


def fits(name, number, unit):
    """Whether a number is accepted and can be written with four decimals."""
    kind = VARIABLES[name]
    value = number * kind.units[unit]
    return kind.low <= value <= kind.high and (number * 10**4).denominator == 1 and (
        not kind.is_whole or number.denominator == 1)


def beside(name, limit, unit):
    """The limit and a step to each side of it, in every unit in which it can be written."""
    kind = VARIABLES[name]
    value = exact(limit) * kind.units[unit]
    for other in kind.units:
        number = value / kind.units[other]
        if not fits(name, number, other):
            continue
        step = exact("1") if kind.is_whole else exact(STEPS[other])
        for near in (number - step, number, number + step):
            if fits(name, near, other):
                yield text_of(near, other)


def ordinary(rng, name, is_mild=False):
    """A random ordinary answer."""
    kind = VARIABLES[name]
    if is_mild and name in MILD and not isinstance(kind, Quantity):
        return rng.choice(MILD[name])
    if isinstance(kind, Quantity):
        low, high = MILD[name] if is_mild and name in MILD else ORDINARY[name]
        unit = rng.choice(list(kind.units))
        step = exact("1") if kind.is_whole else exact(STEPS[unit])
        number = exact(round(rng.uniform(low, high), 4)) / kind.units[unit]
        number = round(number / step) * step
        number = number if fits(name, number, unit) else exact(int((low + high) / 2)) / kind.units[unit]
        return text_of(number, unit) if fits(name, number, unit) else ordinary(rng, name, is_mild)
    if isinstance(kind, YesNo):
        return rng.choice(["yes", "no", "no", "no"] if name == "renalReplacement" else ["yes", "no", "no"])
    if isinstance(kind, Several):
        return ",".join(sorted(rng.sample(kind.answers, rng.choice([1, 1, 1, 2])))) if name == "aetiology" else "none"
    return rng.choice(kind.answers)


def multiple(rng, cells, name, others):
    """A value as a multiple of another one that is there, on a limit or one beside it."""
    others = [other for other in others if cells.get(other)]
    if not others:
        return
    other = rng.choice(others)
    number, unit = cells[other].split(" ")
    number = exact(number) * rng.choice(MULTIPLES)
    if fits(name, number, unit):
        cells[name] = text_of(number, unit)


def injury(rng, cells):
    """Creatinine against its baseline and against that of two days ago, on the limits."""
    base = exact(rng.choice(["0.6", "0.7", "0.8", "1", "1.2", "1.4", "2"]))
    ratio = exact(rng.choice(["0.9", "1", "1.2", "1.49", "1.5", "1.51", "1.99", "2", "2.01", "2.5", "2.99", "3", "3.01", "4"]))
    now = rng.choice([base * ratio, base * ratio, exact(rng.choice(["3.9", "3.99", "4", "4.01", "4.5", "5"]))])
    rise = exact(rng.choice(["-0.5", "0", "0.1", "0.29", "0.3", "0.31", "0.5", "1", "2"]))
    recent = rng.choice([now - rise, now - rise, base, base / 2])
    if cells.get("renalReplacement") == "yes" and rng.random() < 0.7:
        cells["renalReplacement"] = "no"
    for name, number in (("baselineCreatinine", base), ("creatinine", now), ("creatinineTwoDaysAgo", recent)):
        unit = rng.choice(["mg/dL", "umol/L"])
        number = number if unit == "mg/dL" else number * exact("88.4")
        if cells.get(name) and fits(name, number, unit):
            cells[name] = text_of(number, unit)


def mended(score, cells):
    """Without answers that contradict each other."""
    doses = [name for name in ("dopamine", "dobutamine", "epinephrine", "norepinephrine") if name in cells]
    if cells.get("vasopressors") == "no":
        for name in doses:
            cells[name] = ""
        if "terlipressin" in cells:
            cells["terlipressin"] = ""
    causes = cells.get("aetiology", "").split(",")
    if score == "bavenoVII" and len(causes) > 1 and "masld" in causes:
        cells["aetiology"] = "masld"
    if score.startswith("kings") and cells.get("inr") and cells.get("prothrombinTime"):
        cells["prothrombinTime"] = ""
    if score == "lille" and cells.get("creatinine", "").endswith(" umol/L"):
        if exact("114.92") < exact(cells["creatinine"].split(" ")[0]) <= 115:
            cells["creatinine"] = "115.1 umol/L"
    if cells.get("decompensated") == "yes" and "cirrhosis" in cells:
        cells["cirrhosis"] = "yes"
    if score in ("apaslACLF", "chineseACLF"):
        if cells.get("cirrhosis") == "yes" and cells.get("chronicLiverDisease") == "no":
            cells["chronicLiverDisease"] = "yes"
        if cells.get("priorDecompensation") == "yes" and cells.get("cirrhosis") == "no":
            cells["cirrhosis"] = "yes"
    return cells


DOSES = ("dopamine", "dobutamine", "epinephrine", "norepinephrine")


def circulation(rng, cells, edges, blanks):
    """Vasopressors with all doses, without any, or now and then with answers left out."""
    what = rng.random() if blanks else rng.random() * 0.8
    for name in DOSES:
        cells[name] = ""
    if what < 0.3:
        cells["vasopressors"] = "no"
    elif what < 0.8:
        cells["vasopressors"] = "yes"
        given = rng.sample(DOSES, rng.choice([1, 1, 2]))
        for name in DOSES:
            cells[name] = "0 ug/kg/min"
        for name in given:
            near = list(beside(name, *rng.choice(edges[name]))) if name in edges else []
            cells[name] = rng.choice(near) if near and rng.random() < 0.6 else text_of(
                exact(rng.choice(["0.05", "0.1", "0.2", "1", "4"])), "ug/kg/min")
    elif what < 0.88:
        cells["vasopressors"] = ""
    elif what < 0.94:
        cells["vasopressors"] = "yes"
    else:
        cells["vasopressors"] = "yes"
        cells[rng.choice(DOSES)] = rng.choice(["0.05 ug/kg/min", "0 ug/kg/min"])


def row(rng, score, names, blanks=True):
    """A random patient."""
    edges, always = EDGES.get(score, {}), ALWAYS.get(score, set())
    cells, is_mild = {}, rng.random() < 0.4
    for name in names:
        kind = VARIABLES[name]
        chance = 0.8 if name in SELDOM - always else 0.05 if isinstance(kind, Quantity) and not kind.is_dose else 0.1
        if name == "cirrhosis" and score != "hrsAKI":
            cells[name] = rng.choice(["yes"] * 6 + ["", "no"])
        elif name in SELDOM - always and not blanks:
            cells[name] = ""
        elif blanks and rng.random() < chance:
            cells[name] = ""
        elif name in edges and rng.random() < 0.45:
            cells[name] = rng.choice(list(beside(name, *rng.choice(edges[name]))))
        else:
            cells[name] = ordinary(rng, name, is_mild)
    if score in BEGINNING and rng.random() < 0.5:
        changed = rng.sample(names, rng.choice([0, 1, 1, 2]))
        cells.update({name: text for name, text in BEGINNING[score].items() if name not in changed})
        return mended(score, cells)
    if "dopamine" in cells:
        circulation(rng, cells, edges, blanks)
    if cells.get("anuria") and rng.random() < 0.9:
        cells["oliguria"] = cells["anuria"]
    if score in ("kdigoAKI", "icaAKI", "hrsAKI") and rng.random() < 0.8:
        injury(rng, cells)
    if score == "rFactorHy" or score.startswith("ctcae"):
        for name in LIMITS_OF:
            if cells.get(name) and rng.random() < 0.7:
                multiple(rng, cells, name, [LIMITS_OF[name], BASELINES[name]])
        if score == "ctcaeINR" and cells.get("baselineINR") and rng.random() < 0.4:
            number = exact(cells["baselineINR"]) * rng.choice(MULTIPLES)
            if fits("inr", number, ""):
                cells["inr"] = text_of(number, "")
    if score == "chineseACLF" and cells.get("totalBilirubinULN") and rng.random() < 0.5:
        number, unit = cells["totalBilirubinULN"].split(" ")
        cells["totalBilirubin"] = text_of(exact(number) * 10, unit)
    return mended(score, cells)


# How many decimals are reported of the scores that come out exactly; a value in the middle between two
# of them shows how it is rounded.
HALVES = {"maddrey": 1, "abic": 2, "apri": 2, "rFactorHy": 1, "creatinineClearance": 0, "nfs": 3}


# What makes the middle between two reported values likely.
LIKELY = {
    "apri": {"astULN": ["40 U/L", "20 U/L"], "platelets": ["500 10*9/L", "100 10*3/uL", "20000 /uL", "250 10*9/L"]},
    "creatinineClearance": {"creatinine": ["1 mg/dL", "88.4 umol/L", "0.5 mg/dL"], "bodyWeight": ["36 kg", "108 kg", "72 kg"],
                            "age": ["41 a", "55.5 a", "63 a", "70 a"]},
}


def halves(rng, score, names, count):
    """Patients whose value lies in the middle between two reported ones."""
    found = []
    for _ in range(6000):
        if len(found) == count:
            break
        cells = row(rng, score, names, blanks=False)
        cells.update({name: rng.choice(texts) for name, texts in LIKELY.get(score, {}).items()})
        value = SCORES[score].result(read_patient(cells))["value"]
        if value is not None and not isinstance(value, float) and (value * 10 ** HALVES[score] * 2).denominator == 1 and (
                value * 10 ** HALVES[score]).denominator == 2:
            found.append(cells)
    return found


def patients(score):
    """The patients of a score, each with a note on what it is there for."""
    rng = random.Random(f"{score} 2026-03-31")
    names = SCORES[score].inputs()
    edges = EDGES.get(score, {})
    rows = []
    for name in names:
        for limit, unit in edges.get(name, ()):
            for text in beside(name, limit, unit):
                cells = row(rng, score, names, blanks=False)
                for other in ("cirrhosis",):
                    if other in cells:
                        cells[other] = "yes"
                cells[name] = text
                if name in DOSES:
                    cells["vasopressors"] = "yes"
                    for other in DOSES:
                        cells[other] = text if other == name else cells[other] or "0 ug/kg/min"
                if name == "spo2":
                    cells["pao2"] = ""
                if name in ("spo2", "pao2"):
                    cells["fio2"] = "21 %"
                    if "ventilation" in cells:
                        cells["ventilation"] = rng.choice(["no", "no", "yes"]) if score == "sofa" else "no"
                if name == "prothrombinTime" and score.startswith("kings"):
                    cells["inr"] = ""
                rows.append((f"limit {name} {limit} {unit}".strip(), mended(score, cells)))
    if len(rows) > 170:
        rows = [rows[i] for i in sorted(rng.sample(range(len(rows)), 170))]
    if score in HALVES:
        rows += [("half", cells) for cells in halves(rng, score, names, 25)]
    for name in names:
        for _ in range(3):
            cells = row(rng, score, names, blanks=False)
            cells[name] = ""
            what = "missing" if isinstance(VARIABLES[name], Quantity) else "unanswered"
            rows.append((f"{what} {name}", mended(score, cells)))
    for one, two in itertools.combinations(names, 2):
        if not isinstance(VARIABLES[one], Quantity) and not isinstance(VARIABLES[two], Quantity) and rng.random() < 0.3:
            cells = row(rng, score, names, blanks=False)
            cells[one] = cells[two] = ""
            rows.append((f"unanswered {one} {two}", mended(score, cells)))
    if len(rows) > CAP - 60:
        rows = [rows[i] for i in sorted(rng.sample(range(len(rows)), CAP - 60))]
    want = CAP if edges else 200
    while len(rows) < want:
        rows.append(("random", row(rng, score, names)))
    unique = {}
    for note, cells in rows:
        unique.setdefault(tuple(cells.items()), (note, cells))
    return list(unique.values())


# What is settled by some of its parts, whatever the others are.
KLEENE = {"aclfGrade", "apaslACLF", "bavenoVII", "chineseACLF", "clichy", "hrsAKI", "kingsNonParacetamol",
          "kingsParacetamol", "nacseld", "rFactorHy"}


def contested(score, cells, patient, result):
    """Which rule a row hangs on that sources leave open, or that reads further than a source says."""
    given = [name for name in DOSES if name in patient and patient[name].low > 0]
    causes = patient.get("aetiology") or frozenset()
    if result.get("value") is not None and result.get("indifferent") and score not in KLEENE:
        return "settled although missing: " + " ".join(result["indifferent"])
    if score in ("kdigoAKI", "icaAKI", "hrsAKI"):
        if "creatinineTwoDaysAgo" not in patient and "baselineCreatinine" in patient:
            return "without the value of two days ago the baseline decides from 1.5-fold on"
        if "anuria" in patient and "oliguria" not in patient:
            return "hours without urine are hours with little"
    if score in ("sofa", "clifSOFA") and given and any(name not in patient for name in DOSES):
        return "one dose is given and another not answered"
    if score in ("sofa", "clifSOFA") and patient.get("vasopressors") and not given:
        return "vasopressors without a dose"
    if score == "meldMayo" and causes & {"alcohol", "cholestatic"} and not causes <= {"alcohol", "cholestatic"}:
        return "one of several causes is alcohol or cholestatic"
    if score == "fib4" and "masld" in causes and len(causes) > 1:
        return "MASLD is one of several causes"
    if score.startswith("ctcae") and result.get("missing") and any("baseline" in name for name in result["missing"]):
        return "a baseline that is not entered may be abnormal"
    if score in ("apaslACLF", "chineseACLF") and patient.get("cirrhosis") and "chronicLiverDisease" not in patient:
        return "cirrhosis is a chronic liver disease"
    if score == "nfs" and "impairedFastingGlucose" not in patient and patient.get("diabetes") == "none":
        return "impaired fasting glucose is asked where there is no diabetes"
    if score == "clifCAD" and result.get("value") is not None and 45 < result["value"] < 46:
        return "between the whole numbers of the bands"
    if score in ("ckdEPI2021", "creatinineClearance") and "age" in patient and patient["age"].low < 18:
        return "the formula is for adults"
    if score == "ckdEPI2021" and result.get("unrounded") and any(
            0 < limit - result["unrounded"] <= 0.5 for limit in (15, 30, 45, 60, 90)):
        return "band before rounding"
    return ""
