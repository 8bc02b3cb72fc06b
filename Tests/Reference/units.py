"""The variables with their units, and how a cell becomes a value.

Mass becomes amount by the factors with which the published limits were set: bilirubin 17.1,
creatinine 88.4, urea nitrogen 2.8 (14 mg/dL is 5 mmol/L), urea 6.006, lactate 9.008.
"""

import datetime
from fractions import Fraction

from decimal_rules import INFINITY, STEP, exact, split_number

CELLS = {"10*9/L": 1, "10*3/uL": 1, "/uL": Fraction(1, 1000)}
BILIRUBIN = {"umol/L": 1, "mg/dL": exact("17.1")}
CREATININE = {"umol/L": 1, "mg/dL": exact("88.4")}
GRAMS = {"g/L": 1, "g/dL": 10}
PERCENT = {"%": 1, "1": 100}
ENZYME = {"U/L": 1}
PRESSURE = {"mm[Hg]": 1}
SECONDS = {"s": 1}
NONE = {"": 1}
DOSE = {"ug/kg/min": 1}
LACTATE = {"mmol/L": 1, "mg/dL": 1 / exact("9.008")}
WEEKS = {"wk": 1, "d": Fraction(1, 7)}
MONTHS = {"mo": 1, "wk": 7 / exact("30.4375"), "a": 12, "d": 1 / exact("30.4375")}
HOURS = {"h": 1, "d": 24}


class Quantity:
    """A number with units, the canonical one first, and what is accepted, in that unit."""

    def __init__(self, units, low, high, whole=False, is_dose=False):
        self.units, self.low, self.high = units, exact(low), exact(high)
        self.is_whole, self.is_dose = whole, is_dose

    canonical = property(lambda self: next(iter(self.units)))


class Choice:
    """One of several answers; ordered where later ones are worse."""

    def __init__(self, *answers, ordered=False):
        self.answers, self.ordered = answers, ordered


class Several(Choice):
    """Any number of several answers."""


class YesNo:
    """Yes or no; with a date where the question takes one."""

    def __init__(self, dated=False):
        self.dated = dated


class Event:
    """Never, on a date, or ongoing."""


def _audit(number):
    return Choice(*(("0", "2", "4") if number > 8 else ("0", "1", "2", "3", "4")), ordered=True)


GRADES = Choice("0", "1", "2", "3", "4", ordered=True)
SYMPTOM = Choice("0", "1", "2", "3", ordered=True)
CAUSES = ("hbv", "hcv", "alcohol", "masld", "autoimmune", "cholestatic", "drug", "other")
ALF_CAUSES = (
    "paracetamol", "hepatitisA", "hepatitisB", "hepatitisE", "nonAnonB", "drug", "halothane",
    "autoimmune", "wilson", "pregnancy", "ischaemic", "other",
)

VARIABLES = {
    "age": Quantity({"a": 1}, 0, 130),
    "sex": Choice("female", "male"),
    "totalBilirubin": Quantity(BILIRUBIN, 1, 1710),
    "albumin": Quantity(GRAMS, 5, 80),
    "totalBilirubinDailyRise": Quantity({"umol/L/d": 1, "mg/dL/d": exact("17.1")}, -500, 500),
    "totalBilirubinULN": Quantity(BILIRUBIN, 5, 50),
    "ast": Quantity(ENZYME, 1, 30000), "astULN": Quantity(ENZYME, 5, 500),
    "alt": Quantity(ENZYME, 1, 30000), "altULN": Quantity(ENZYME, 5, 500),
    "alp": Quantity(ENZYME, 1, 30000), "alpULN": Quantity(ENZYME, 5, 500),
    "ggt": Quantity(ENZYME, 1, 30000), "ggtULN": Quantity(ENZYME, 5, 500),
    "ammonia": Quantity({"umol/L": 1, "ug/dL": exact("0.587")}, 1, 2000),
    "creatinine": Quantity(CREATININE, "8.84", 2652),
    "baselineCreatinine": Quantity(CREATININE, "8.84", 2652),
    "urea": Quantity(
        {"mmol/L": 1, "mg/dL{BUN}": 1 / exact("2.8"), "mg/dL{urea}": 1 / exact("6.006")}, "0.3", 100),
    "sodium": Quantity({"mmol/L": 1, "meq/L": 1}, 90, 190),
    "renalReplacement": YesNo(),
    "rfhGFR": Quantity({"mL/min": 1}, 1, 250),
    "platelets": Quantity(CELLS, 1, 3200),
    "whiteCells": Quantity(CELLS, "0.1", 500),
    "neutrophils": Quantity(CELLS, "0.05", 400),
    "lactate": Quantity(LACTATE, "0.1", 40),
    "lactateEarly": Quantity(LACTATE, "0.1", 40),
    "lactateLate": Quantity(LACTATE, "0.1", 40),
    "ph": Quantity(NONE, "6.5", 8),
    "inr": Quantity(NONE, "0.5", 20),
    "prothrombinTime": Quantity(SECONDS, 5, 200),
    "prothrombinTimeControl": Quantity(SECONDS, 5, 30),
    "prothrombinActivity": Quantity({"%": 1}, 1, 200),
    "factorV": Quantity({"%": 1}, 0, 300),
    "encephalopathyGrade": GRADES,
    "ascites": Choice("none", "mild", "moderate", "severe", ordered=True),
    "meanArterialPressure": Quantity(PRESSURE, 20, 200),
    "systolic": Quantity(PRESSURE, 30, 300),
    "diastolic": Quantity(PRESSURE, 10, 200),
    "vasopressors": YesNo(),
    "terlipressin": YesNo(dated=True),
    "pao2": Quantity({"mm[Hg]": 1, "kPa": 1000 / exact("133.322")}, 20, 700),
    "fio2": Quantity(PERCENT, 21, 100),
    "spo2": Quantity(PERCENT, 40, 100),
    "ventilation": YesNo(),
    "respiratoryRate": Quantity({"/min": 1}, 0, 100, whole=True),
    "glasgowComaScale": Quantity(NONE, 3, 15, whole=True),
    "bodyWeight": Quantity({"kg": 1, "[lb_av]": exact("0.45359237")}, 1, 400),
    "height": Quantity({"cm": 1, "m": 100}, 50, 250),
    "bodyMassIndex": Quantity({"kg/m2": 1}, 8, 100),
    "urineOutput": Quantity({"mL/d": 1, "L/d": 1000}, 0, 20000),
    "oliguria": Quantity(HOURS, 0, 720), "anuria": Quantity(HOURS, 0, 720),
    "dopamine": Quantity(DOSE, 0, 100, is_dose=True),
    "dobutamine": Quantity(DOSE, 0, 100, is_dose=True),
    "epinephrine": Quantity(DOSE, 0, 10, is_dose=True),
    "norepinephrine": Quantity(DOSE, 0, 10, is_dose=True),
    "symptomFatigue": SYMPTOM, "symptomAnorexia": SYMPTOM, "symptomNausea": SYMPTOM,
    "symptomJaundice": SYMPTOM, "symptomConsciousness": SYMPTOM,
    "liverStiffness": Quantity({"kPa": 1}, "1.5", 75),
    "totalBilirubinDay7": Quantity(BILIRUBIN, 1, 1710),
    "creatinineTwoDaysAgo": Quantity(CREATININE, "8.84", 2652),
    "creatinineULN": Quantity(CREATININE, 26, 260),
    "inrULN": Quantity(NONE, "0.9", 2),
    "albuminLLN": Quantity(GRAMS, 20, 60),
    "plateletsLLN": Quantity(CELLS, 75, 300),
    "whiteCellsLLN": Quantity(CELLS, 2, 10),
    "neutrophilsLLN": Quantity(CELLS, 1, 5),
    "baselineBilirubin": Quantity(BILIRUBIN, 1, 1710),
    "baselineAST": Quantity(ENZYME, 1, 30000), "baselineALT": Quantity(ENZYME, 1, 30000),
    "baselineALP": Quantity(ENZYME, 1, 30000), "baselineGGT": Quantity(ENZYME, 1, 30000),
    "baselineINR": Quantity(NONE, "0.5", 20),
    "aetiology": Several(*CAUSES),
    "acuteLiverFailureCause": Choice(*ALF_CAUSES),
    "cirrhosis": YesNo(), "decompensated": YesNo(), "priorDecompensation": YesNo(),
    "chronicLiverDisease": YesNo(), "severeLiverInjury": YesNo(),
    "weeksInsultToDecompensation": Quantity(WEEKS, 0, 520),
    "weeksSymptomToEncephalopathy": Quantity(WEEKS, 0, 520),
    "jaundiceToEncephalopathy": Quantity({"d": 1, "wk": 7}, 0, 365),
    "plateletsBeforeOnset": Quantity(CELLS, 1, 3200),
    "childPughBeforeOnset": Quantity(NONE, 5, 15, whole=True),
    "hbvDNAUndetectable": Quantity(MONTHS, 0, 600), "hcvRNAUndetectable": Quantity(MONTHS, 0, 600),
    "admissionsForDecompensation": Quantity(NONE, 0, 60, whole=True),
    "needsAlbuminAndDiuretic": YesNo(), "highRiskPortalHypertension": YesNo(),
    "priorLiverTransplant": YesNo(), "plannedLiverTransplant": YesNo(),
    "acceptsLiverTransplant": YesNo(),
    "acuteKidneyInjury": YesNo(), "hepatorenalSyndrome": YesNo(),
    "shock": YesNo(), "nephrotoxins": YesNo(), "abnormalRenalUltrasound": YesNo(),
    "noResponseToVolume48Hours": YesNo(), "noResponseToVolume24Hours": YesNo(),
    "alternativeCauseOfKidneyInjury": YesNo(),
    "proteinuria": Quantity({"mg/d": 1, "g/d": 1000}, 0, 50000),
    "urineRedCells": Quantity({"/[HPF]": 1}, 0, 10000),
    "gastrointestinalBleeding": Event(), "severeBleeding": YesNo(),
    "disseminatedIntravascularCoagulation": YesNo(), "bacterialPeritonitis": YesNo(),
    "infection": YesNo(), "uncontrolledInfection": YesNo(), "parenteralAntiinfective": Event(),
    "liverCancer": Event(), "malignancy": Event(), "malignancyIsMinorSkinCancer": YesNo(),
    "cardiovascularDisease": YesNo(), "seriousHeartDisease": YesNo(), "seriousLungDisease": YesNo(),
    "seriousKidneyDisease": YesNo(), "seriousBloodDisease": YesNo(), "autoimmuneDisease": YesNo(),
    "diabetes": Choice("none", "type1", "type2", "other"),
    "impairedFastingGlucose": YesNo(),
    "venousThromboembolism": YesNo(), "uncontrolledThyroidDisease": YesNo(),
    "uncontrolledHypertension": YesNo(), "severeMentalDisorder": Event(),
    "allergies": Several("none", "plasma", "heparin", "protamine", "bloodProduct", "studyDrug"),
    "severeAllergy": YesNo(), "allergicConstitution": YesNo(),
    "vitaminKAntagonist": YesNo(), "immunosuppressant": Event(), "immuneEnhancer": Event(),
    "antiInflammatoryAntibody": Event(), "systemicCorticosteroid": Event(),
    "prednisoneEquivalent": Quantity({"mg/d": 1}, 0, 2000),
    "radiationTherapy": YesNo(), "cytotoxicTherapy": YesNo(), "immunomodulator": YesNo(),
    "otherTrial": Event(), "experimentalDrug": Event(), "stemCellTherapy": YesNo(),
    "weightLossProgramme": Event(), "bariatricSurgery": YesNo(),
    "drugAbuse": Event(), "alcoholAbuse": Event(), "alcoholWithdrawal": YesNo(),
    "alcoholPerDay": Quantity({"mL/d": 1}, 0, 2000), "plansSameAlcohol": YesNo(),
    "weightLossSixMonths": Quantity({"%": 1}, 0, 70),
    **{f"audit{n}": _audit(n) for n in range(1, 11)},
    "pregnant": YesNo(), "breastfeeding": YesNo(), "plansPregnancy": YesNo(), "consent": YesNo(),
}
ORDER = {name: place for place, name in enumerate(VARIABLES)}


class Interval:
    """What is known of a number: it lies between two ends; a bound such as '< 40' is open."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    is_exact = property(lambda self: self.low == self.high)


def read(name, text, unit=""):
    """The value of a cell; None for an empty one. Quantities are intervals in the canonical unit.

    Raises ValueError where a text is no value of the variable.
    """
    text, kind = text.strip(), VARIABLES[name]
    if not text:
        return None
    if isinstance(kind, Quantity):
        parts = split_number(text)
        if not parts:
            raise ValueError(f"{name}: '{text}' is not a number")
        sign, number, written = parts
        written = written or unit or (kind.canonical if len(kind.units) == 1 else "")
        if written == "" and set(kind.units) >= {"%", "1"}:
            written = "1" if number <= 1 else "%"
        if written == "" and kind.units in (CELLS, WEEKS, MONTHS, HOURS):
            written = kind.canonical
        if written not in kind.units:
            raise ValueError(f"{name}: '{written}' is no unit of it")
        value = number * kind.units[written]
        if not kind.low <= value <= kind.high:
            raise ValueError(f"{name}: {text} is out of range")
        if sign == "<":
            return Interval(-INFINITY, value - STEP)
        if sign == "<=":
            return Interval(-INFINITY, value)
        if sign == ">":
            return Interval(value + STEP, INFINITY)
        if sign == ">=":
            return Interval(value, INFINITY)
        return Interval(value, value)
    if isinstance(kind, Several):
        chosen = frozenset(part.strip() for part in text.split(","))
        if not chosen <= set(kind.answers):
            raise ValueError(f"{name}: '{text}' is not among its answers")
        return chosen
    if isinstance(kind, Choice):
        if text not in kind.answers:
            raise ValueError(f"{name}: '{text}' is not among its answers")
        return text
    if isinstance(kind, YesNo):
        if text in ("yes", "no"):
            return text == "yes"
        if kind.dated:
            datetime.date.fromisoformat(text)
            return True
        raise ValueError(f"{name}: '{text}' is neither yes nor no")
    if text in ("never", "ongoing"):
        return text
    return datetime.date.fromisoformat(text)


def read_patient(cells, units=None):
    """The values of a row, from texts by variable."""
    values = {}
    for name, text in cells.items():
        value = read(name, text, (units or {}).get(name, ""))
        if value is not None:
            values[name] = value
    return values
