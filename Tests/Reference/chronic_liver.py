"""Child-Pugh, ALBI, fibrosis indices, portal hypertension.

Pugh 1973 Br J Surg 60:646; Johnson 2015 J Clin Oncol 33:550 (ALBI); Hiraoka 2019 Liver Cancer 8:121
(mALBI, from memory); Sterling 2006 (FIB-4), McPherson 2017 (65 years and more); Wai 2003 (APRI);
Angulo 2007 Hepatology 45:846 (NFS); de Franchis 2022 J Hepatol 76:959 (Baveno VII).
"""

import math

from completion import FORM, Part, Score, View
from decimal_rules import INFINITY, beyond, exact, points
from meld_family import BILIRUBIN, milligrams, plain

VIRUSES = {"hbv", "hcv"}


def _band(value, low, high):
    """1, 2 or 3 points, both limits belonging to 2."""
    return 1 + (value >= low) + (value > high)


def _bilirubin_points(view):
    """Points by the form that holds, and by each published one."""
    value = view("totalBilirubin") / BILIRUBIN
    usual, cholestatic = _band(value, 2, 3), _band(value, 4, 10)
    umol = view("totalBilirubin")
    points = cholestatic if view(FORM) == "cholestatic" else usual
    return points, usual, cholestatic, _band(umol, 34, 50), _band(umol, 34, 51)


class _FormPart(Part):
    """Bilirubin: where a cholestatic disease is entered, both forms stay open."""

    def states(self, patient):
        causes = patient.get("aetiology") or frozenset()
        forms = ["usual", "cholestatic"] if "cholestatic" in causes else ["usual"]
        results = []
        for form in forms:
            for bilirubin in self._tries("totalBilirubin", patient.get("totalBilirubin")):
                answers = {FORM: form}
                value = patient.get("totalBilirubin")
                if value is None or not value.is_exact:
                    answers["totalBilirubin"] = bilirubin
                results.append((answers, self.compute(View({FORM: form, "totalBilirubin": bilirubin}))))
        return results


def _albumin_points(view):
    value = view("albumin") / 10
    return 1 if value > exact("3.5") else 2 if value >= exact("2.8") else 3


def _clotting_points(view):
    """By INR; by the prolongation of the prothrombin time where there is no INR."""
    if view("inr") is not None:
        value = view("inr")
        usual = _band(value, exact("1.7"), exact("2.3"))
        return usual, _band(value, exact("1.7"), exact("2.2"))
    longer = _band(view("prothrombinTime") - view("prothrombinTimeControl"), 4, 6)
    return longer, longer


def child_pugh_class(value):
    return "ABC"[points(value, 7, 10)]


def _child_pugh(bilirubin, albumin, clotting, ascites, brain):
    rest = albumin + clotting[0] + ascites + brain
    value = bilirubin[0] + rest
    return {
        "value": value, "band": child_pugh_class(value),
        "variant.cholestatic": bilirubin[2] + rest,
        "variant.si50": bilirubin[3] + rest, "variant.si51": bilirubin[4] + rest,
        "variant.inr22": bilirubin[0] + albumin + clotting[1] + ascites + brain,
    }


def grade(view):
    return int(view("encephalopathyGrade"))


def three_of_grade(view):
    """1 without encephalopathy, 2 at grade 1 and 2, 3 at grade 3 and 4."""
    return 1 + points(grade(view), 1, 3)


CHILD_PUGH = Score(
    "childPugh",
    [_FormPart(_bilirubin_points, ["totalBilirubin"]),
     Part(_albumin_points, ["albumin"]),
     Part(_clotting_points, ["inr"], alternatives={"inr": [("prothrombinTime", "prothrombinTimeControl")]}),
     Part(lambda v: {"none": 1, "mild": 2, "moderate": 3, "severe": 3}[v("ascites")], ["ascites"]),
     Part(three_of_grade, ["encephalopathyGrade"])],
    _child_pugh, extra=["aetiology"])


def log10(x):
    return -INFINITY if x <= 0 else INFINITY if x == INFINITY else math.log10(x)


def _albi_value(bilirubin, albumin, factor):
    one, two = 0.66 * log10(bilirubin), -factor * float(albumin)
    return INFINITY if INFINITY in (one, two) else one + two


def _albi(bilirubin, albumin):
    value = _albi_value(bilirubin, albumin, 0.085)
    return {"value": value, "band": str(1 + beyond(value, "-2.60", "-1.39")),
            "variant.factor0852": _albi_value(bilirubin, albumin, 0.0852)}


def _malbi(bilirubin, albumin):
    value = _albi_value(bilirubin, albumin, 0.085)
    return {"value": value, "band": ["1", "2a", "2b", "3"][beyond(value, "-2.60", "-2.27", "-1.39")]}


ALBI = Score("albi", [plain("totalBilirubin"), plain("albumin")], _albi)
MALBI = Score("mALBI", [plain("totalBilirubin"), plain("albumin")], _malbi)


def _three(value, low, high):
    return ["low", "indeterminate", "high"][(value >= low) + (value > high)]


def _fib4(age, ast, alt, platelets, fatty):
    infinite = age == INFINITY or ast == INFINITY or platelets == 0 or alt == 0
    value = INFINITY if infinite else (
        0.0 if INFINITY in (alt, platelets) else float(age * ast / platelets) / math.sqrt(alt))
    viral = _three(value, exact("1.45"), exact("3.25"))
    masld = _three(value, 2 if age >= 65 else exact("1.30"), exact("2.67"))
    return {"value": value, "band": masld if fatty else viral,
            "variant.hivHCV.band": viral, "variant.masld.band": masld}


FIB4 = Score(
    "fib4",
    [plain("age"), plain("ast"), plain("alt"), plain("platelets"),
     Part(lambda v: "masld" in (v("aetiology") or ()), [], optional=["aetiology"], name="aetiology")],
    _fib4)


def _apri(ast, limit, platelets):
    if platelets == 0 or ast == INFINITY or limit == 0:
        value = INFINITY
    else:
        value = 100 * ast / limit / platelets
    return {"value": value, "band": ["low", "indeterminate", "high"][beyond(value, "0.5", "1.5")]}


APRI = Score(
    "apri",
    [plain("ast"), plain("astULN", ends={"astULN": (5, 500)}), plain("platelets")], _apri)


def _mass_index(view):
    if view("bodyMassIndex") is not None:
        return view("bodyMassIndex")
    return view("bodyWeight") / (view("height") / 100) ** 2


def _nfs(age, index, sugar, enzymes, platelets, albumin):
    terms = [exact("0.037") * age, exact("0.094") * index, exact("1.13") * sugar,
             exact("0.99") * enzymes, exact("-0.013") * platelets, exact("-0.66") * albumin]
    value = INFINITY if INFINITY in terms else sum(terms) - exact("1.675")
    usual = _three(value, exact("-1.455"), exact("0.676"))
    older = _three(value, exact("0.12") if age >= 65 else exact("-1.455"), exact("0.676"))
    return {"value": value, "band": older, "variant.angulo2007.band": usual}


def _ratio(view):
    if view("alt") == 0 or view("ast") == INFINITY:
        return INFINITY
    return view("ast") / view("alt")


def _sugar(view):
    return 1 if view("diabetes") not in (None, "none") or view("impairedFastingGlucose") else 0


NFS = Score(
    "nfs",
    [plain("age"),
     Part(_mass_index, ["bodyMassIndex"], alternatives={"bodyMassIndex": [("bodyWeight", "height")]}),
     Part(_sugar, ["diabetes", "impairedFastingGlucose"]),
     Part(_ratio, ["ast", "alt"], ends={"ast": (1, INFINITY), "alt": (1, INFINITY)}),
     plain("platelets"), Part(lambda v: v("albumin") / 10, ["albumin"])],
    _nfs)


def _baveno(view):
    """Rank of clinically significant portal hypertension, and whether endoscopy can be spared."""
    stiffness, platelets = view("liverStiffness"), view("platelets")
    spared = "can be spared" if stiffness < 20 and platelets > 150 else "needed"
    if stiffness <= 15 and platelets >= 150:
        return 0, spared
    if stiffness < 25:
        return 1, spared
    causes = view("aetiology")
    if causes & {"hbv", "hcv", "alcohol"}:
        return 2, spared
    if "masld" in causes:
        return (2 if view("bodyMassIndex") < 30 else 1), spared
    return 1, spared


def _baveno_wanted(view, names):
    """The cause matters from 25 kPa on, the weight only in steatotic disease."""
    stiffness, causes = view("liverStiffness"), view("aetiology")
    wanted = set(names)
    if stiffness is not None and stiffness < 25:
        return wanted - {"aetiology", "bodyMassIndex"}
    if causes is not None and ("masld" not in causes or causes & {"hbv", "hcv", "alcohol"}):
        wanted -= {"bodyMassIndex"}
    return wanted


BAVENO = Score(
    "bavenoVII",
    [Part(_baveno, ["liverStiffness", "platelets", "aetiology", "bodyMassIndex"], wanted=_baveno_wanted,
          more={"liverStiffness": [15, 20, 25], "platelets": [150]}, name="portal hypertension")],
    lambda state: {"value": state[0], "band": ["ruled out", "grey", "ruled in"][state[0]],
                   "varicesScreening": state[1]})

SCORES = [CHILD_PUGH, ALBI, MALBI, FIB4, APRI, NFS, BAVENO]
