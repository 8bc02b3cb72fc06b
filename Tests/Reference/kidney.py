"""Acute kidney injury, filtration, hepatorenal syndrome.

KDIGO 2012; Angeli 2015 J Hepatol 62:968 (ICA; stages 1A and 1B as EASL 2018 has them, HRS-AKI of 2015);
Nadim 2024 J Hepatol 10.1016/j.jhep.2024.03.031 (HRS-AKI of 2024); Inker 2021 NEJM 385:1737 (CKD-EPI);
Cockcroft 1976 Nephron 16:31.
"""

from completion import Part, Score
from decimal_rules import INFINITY, exact, points
from meld_family import CREATININE, plain
from organ_failure import flag, yes
from units import VARIABLES

RISE, RISE_SI, FOUR = exact("0.3"), exact("26.5"), 4


class Change:
    """How creatinine stands to what it was: in mg/dL, and as multiples.

    The reference is the lowest of the baseline and of the last 48 hours.
    """

    def __init__(self, view):
        now, base, recent = (view(name) for name in ("creatinine", "baselineCreatinine", "creatinineTwoDaysAgo"))
        before = [value for value in (base, recent) if value is not None]
        self.now = now / CREATININE
        self.ratio = now / min(before) if before else None
        self.rise = None if recent is None else (now - recent) / CREATININE
        self.rise_si = None if recent is None else now - recent

    def is_acute(self, si=False):
        risen = self.rise_si is not None and self.rise_si >= RISE_SI if si else (
            self.rise is not None and self.rise >= RISE)
        return risen or (self.ratio is not None and self.ratio >= exact("1.5"))


def creatinine_wanted(view, names):
    """A ratio of 1.5 to the baseline is an injury whatever creatinine was two days ago."""
    if view.has("creatinine", "baselineCreatinine"):
        if view("creatinine") / view("baselineCreatinine") >= exact("1.5"):
            return names - {"creatinineTwoDaysAgo"}
    return names


def kdigo(view, si=False, four_alone=False):
    change = Change(view)
    by_creatinine = 0
    if change.is_acute(si):
        by_creatinine = max(1, points(change.ratio, "1.5", 2, 3))
        if change.now >= FOUR:
            by_creatinine = 3
    if four_alone and change.now >= FOUR:
        by_creatinine = 3
    return max(by_creatinine, urine_stage(view), 3 if view("renalReplacement") else 0)


def urine_stage(view):
    """By the urine of 24 hours, or by how long there has been little or none."""
    stage = 0
    if view.has("urineOutput", "bodyWeight"):
        flow = view("urineOutput") / view("bodyWeight") / 24
        stage = 3 if flow < exact("0.3") else 2 if flow < exact("0.5") else 0
    if view("anuria") is not None and view("anuria") >= 12:
        stage = 3
    hours = max(view("oliguria") or 0, view("anuria") or 0)
    return max(stage, points(hours, 6, 12))


LIMITS = {name: (VARIABLES[name].low, VARIABLES[name].high)
          for name in ("creatinine", "baselineCreatinine", "creatinineTwoDaysAgo")}
VALUES = ["creatinine", "baselineCreatinine", "creatinineTwoDaysAgo"]

KDIGO = Score(
    "kdigoAKI",
    [Part(lambda v: (kdigo(v), kdigo(v, si=True), kdigo(v, four_alone=True)), [*VALUES, "renalReplacement"],
          optional=["urineOutput", "bodyWeight", "oliguria", "anuria"], ends=LIMITS, wanted=creatinine_wanted)],
    lambda stage: {"value": stage[0], "band": "no AKI" if stage[0] == 0 else str(stage[0]),
                   "variant.si265": stage[1], "variant.fourAlone": stage[2]})

ICA_STAGES = ["no AKI", "1A", "1B", "2", "3"]


def ica(view):
    """The place among ICA_STAGES."""
    if view("renalReplacement"):
        return 4
    change = Change(view)
    if not change.is_acute():
        return 0
    if change.ratio > 3 or change.now >= FOUR:
        return 4
    if change.ratio > 2:
        return 3
    return 2 if change.now >= exact("1.5") else 1


ICA = Score(
    "icaAKI", [Part(ica, [*VALUES, "renalReplacement"], ends=LIMITS, wanted=creatinine_wanted)],
    lambda stage: {"value": stage, "band": ICA_STAGES[stage]})


def _injury(view):
    """Acute kidney injury as of 2015, and with little urine counted as of 2024."""
    injured = ica(view) > 0
    hours = max(view("oliguria") or 0, view("anuria") or 0)
    return injured, injured or hours >= 6


def _hrs(cirrhosis, ascites, injury, two_days, one_day, shock, toxins, structure, alternative):
    old = cirrhosis and ascites and injury[0] and two_days and not shock and not toxins and not structure
    new = cirrhosis and ascites and injury[1] and one_day and not alternative
    return {**yes(old), "variant.adqi2024": int(new)}


HRS = Score(
    "hrsAKI",
    [flag("cirrhosis"), Part(lambda v: v("ascites") != "none", ["ascites"]),
     Part(_injury, [*VALUES, "renalReplacement"], optional=["oliguria", "anuria"], ends=LIMITS,
          wanted=creatinine_wanted),
     flag("noResponseToVolume48Hours"), flag("noResponseToVolume24Hours"), flag("shock"), flag("nephrotoxins"),
     Part(lambda v: v("proteinuria") > 500 or v("urineRedCells") > 50 or bool(v("abnormalRenalUltrasound")),
          ["proteinuria", "urineRedCells", "abnormalRenalUltrasound"], name="structure"),
     flag("alternativeCauseOfKidneyInjury")],
    _hrs)


def ckd_epi(creatinine, age, female):
    """mL/min/1.73 m2 from mg/dL."""
    knot, power = (0.7, -0.241) if female else (0.9, -0.302)
    ratio = float(creatinine) / knot
    return (142 * min(ratio, 1) ** power * max(ratio, 1) ** -1.200 * 0.9938 ** float(age)
            * (1.012 if female else 1))


def _ckd(creatinine, age, female):
    raw = ckd_epi(creatinine, age, female)
    band = ["G5", "G4", "G3b", "G3a", "G2", "G1"][points(raw, 15, 30, 45, 60, 90)]
    return {"value": int(raw + 0.5) if raw != INFINITY else raw, "unrounded": raw, "band": band}


CKD_EPI = Score(
    "ckdEPI2021",
    [Part(lambda v: v("creatinine") / CREATININE, ["creatinine"], ends=LIMITS), plain("age", ends={"age": (0, 130)}),
     Part(lambda v: v("sex") == "female", ["sex"])], _ckd)


def _clearance(age, weight, creatinine, female):
    value = (140 - age) * weight / (72 * creatinine)
    return {"value": value * exact("0.85") if female else value}


CLEARANCE = Score(
    "creatinineClearance",
    [plain("age", ends={"age": (0, 130)}), plain("bodyWeight", ends={"bodyWeight": (1, 400)}),
     Part(lambda v: v("creatinine") / CREATININE, ["creatinine"], ends=LIMITS),
     Part(lambda v: v("sex") == "female", ["sex"])], _clearance)

SCORES = [KDIGO, ICA, HRS, CKD_EPI, CLEARANCE]
