"""Acute liver failure and drug-induced liver injury.

O'Grady 1989 Gastroenterology 97:439 (King's College); Bernal 2002 Lancet 359:558 (lactate); Bernuau 1986
Hepatology 6:648 (Clichy-Villejuif); Benichou 1990 J Hepatol 11:272 (R), limits as LiverTox has them; FDA
2009 (Hy's law).
"""

from chronic_liver import grade
from completion import Part, Score
from decimal_rules import exact
from organ_failure import yes
from units import VARIABLES

CLOTTING = {"inr": [("prothrombinTime",)]}


def _clotting(view, inr, seconds):
    """By INR or by the time in seconds, whichever is there."""
    by_inr = view("inr") is not None and view("inr") > exact(inr)
    return by_inr or (view("prothrombinTime") is not None and view("prothrombinTime") > seconds)


def _kings(acid, triad, lactate):
    return {**yes(acid or triad), "variant.lactate": int(acid or triad or lactate)}


KINGS_PARACETAMOL = Score(
    "kingsParacetamol",
    [Part(lambda v: v("ph") < exact("7.30"), ["ph"]),
     Part(lambda v: _clotting(v, "6.5", 100) and v("creatinine") > 300 and grade(v) >= 3,
          ["inr", "creatinine", "encephalopathyGrade"], alternatives=CLOTTING, optional=["prothrombinTime"],
          name="triad"),
     Part(lambda v: v("lactateEarly") > exact("3.5") or v("lactateLate") > 3, ["lactateEarly", "lactateLate"])],
    _kings)

UNFAVOURABLE = {"nonAnonB", "drug", "halothane"}


def _kings_other(clotting, age, cause, days, bilirubin):
    count = age + cause + days + bilirubin + clotting[1]
    return {**yes(clotting[0] or count >= 3), "count": count}


KINGS_OTHER = Score(
    "kingsNonParacetamol",
    [Part(lambda v: (_clotting(v, "6.5", 100), _clotting(v, "3.5", 50)), ["inr"], alternatives=CLOTTING,
          optional=["prothrombinTime"], more={"inr": [exact("3.5"), exact("6.5")]}),
     Part(lambda v: v("age") < 10 or v("age") > 40, ["age"], more={"age": [10, 40]}),
     Part(lambda v: v("acuteLiverFailureCause") in UNFAVOURABLE, ["acuteLiverFailureCause"]),
     Part(lambda v: v("jaundiceToEncephalopathy") > 7, ["jaundiceToEncephalopathy"]),
     Part(lambda v: v("totalBilirubin") > 300, ["totalBilirubin"])], _kings_other)

CLICHY = Score(
    "clichy",
    [Part(lambda v: grade(v) >= 3, ["encephalopathyGrade"]),
     Part(lambda v: v("factorV") < (20 if v("age") < 30 else 30), ["factorV", "age"])],
    lambda brain, factor: yes(brain and factor))


LIMITS = {name: (VARIABLES[name].low, VARIABLES[name].high)
          for name in ("alt", "altULN", "ast", "astULN", "alp", "alpULN", "totalBilirubin", "totalBilirubinULN")}


def _times(name):
    """A value as a multiple of its upper limit."""
    return Part(lambda v: v(name) / v(name + "ULN"), [name, name + "ULN"], ends=LIMITS)


def _pattern(r):
    return "hepatocellular" if r >= 5 else "cholestatic" if r <= 2 else "mixed"


def _r_factor(alt, ast, alp, bilirubin):
    r = alt / alp
    hys = (alt >= 3 or ast >= 3) and bilirubin > 2 and alp < 2
    older = "hepatocellular" if r > 5 else "cholestatic" if r < 2 else "mixed"
    at_least = (alt >= 3 or ast >= 3) and bilirubin >= 2 and alp < 2
    return {"value": r, "pattern": _pattern(r), "hysLaw": hys, "variant.benichou1990.pattern": older,
            "variant.bilirubinFromTwo.hysLaw": at_least}


R_FACTOR = Score("rFactorHy", [_times("alt"), _times("ast"), _times("alp"), _times("totalBilirubin")], _r_factor)

SCORES = [KINGS_PARACETAMOL, KINGS_OTHER, CLICHY, R_FACTOR]
