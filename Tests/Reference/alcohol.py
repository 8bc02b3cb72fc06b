"""Alcoholic hepatitis, AUDIT, and the sum of symptoms.

Maddrey 1978, Carithers 1989; Louvet 2007 Hepatology 45:1348 (Lille); Dominguez 2008 (ABIC); Forrest
2005 Gut 54:1174 (GAHS); Babor 2001 (AUDIT).
"""

import math

from completion import Part, Score
from decimal_rules import INFINITY, beyond, exact, points
from meld_family import BILIRUBIN, CREATININE, milligrams, plain


def _maddrey(bilirubin, time, control):
    longer = INFINITY if INFINITY in (bilirubin, time) else time - control
    value = longer if longer in (INFINITY, -INFINITY) else exact("4.6") * longer + bilirubin
    return {"value": value, "band": "severe" if value >= 32 else "not severe"}


MADDREY = Score(
    "maddrey",
    [milligrams("totalBilirubin", BILIRUBIN), plain("prothrombinTime"), plain("prothrombinTimeControl")], _maddrey)


def lille_exponent(age, albumin, bilirubin, later, creatinine, time):
    """R of the model; bilirubin in umol/L, albumin in g/L, creatinine in mg/dL, time in s."""
    renal = 1 if creatinine > exact("1.3") else 0
    return (exact("3.19") - exact("0.101") * age + exact("0.147") * albumin
            + exact("0.0165") * (bilirubin - later) - exact("0.206") * renal
            - exact("0.0065") * bilirubin - exact("0.0096") * time)


def _lille(age, albumin, bilirubin, later, creatinine, time):
    r = float(lille_exponent(age, albumin, bilirubin, later, creatinine, time))
    value = 1 / (1 + math.exp(min(r, 700)))
    response = ["complete", "partial", "null"][(value > 0.16) + (value >= 0.56)]
    return {"value": value, "band": "0.45 and above" if value >= 0.45 else "below 0.45", "response": response}


LILLE = Score(
    "lille",
    [plain("age", ends={"age": (0, 130)}), plain("albumin", ends={"albumin": (5, 80)}),
     plain("totalBilirubin", ends={"totalBilirubin": (1, 1710)}),
     plain("totalBilirubinDay7", ends={"totalBilirubinDay7": (1, 1710)}),
     milligrams("creatinine", CREATININE), plain("prothrombinTime", ends={"prothrombinTime": (5, 200)})], _lille)


def _abic(age, bilirubin, creatinine, inr):
    terms = [exact("0.1") * age, exact("0.08") * bilirubin, exact("0.3") * creatinine, exact("0.8") * inr]
    value = INFINITY if INFINITY in terms else sum(terms)
    return {"value": value, "band": ["low", "intermediate", "high"][points(value, "6.71", 9)]}


ABIC = Score(
    "abic",
    [plain("age"), milligrams("totalBilirubin", BILIRUBIN), milligrams("creatinine", CREATININE), plain("inr")],
    _abic)


def _ratio(view):
    if view("inr") is not None:
        return view("inr")
    return view("prothrombinTime") / view("prothrombinTimeControl")


GAHS = Score(
    "gahs",
    [Part(lambda v: 1 + points(v("age"), 50), ["age"]), Part(lambda v: 1 + points(v("whiteCells"), 15), ["whiteCells"]),
     Part(lambda v: 1 + points(v("urea"), 5), ["urea"]),
     Part(lambda v: 1 + points(_ratio(v), "1.5") + beyond(_ratio(v), 2), ["inr"],
          alternatives={"inr": [("prothrombinTime", "prothrombinTimeControl")]}),
     Part(lambda v: 1 + points(v("totalBilirubin"), 125) + beyond(v("totalBilirubin"), 250), ["totalBilirubin"])],
    lambda *parts: {"value": sum(parts), "band": "9 and above" if sum(parts) >= 9 else "below 9"})


def _sum(names, bands):
    def combine(*parts):
        value = sum(parts)
        return {"value": value, "band": bands(value)} if bands else {"value": value}
    return [Part(lambda v, name=name: int(v(name)), [name]) for name in names], combine


AUDIT = Score("audit", *_sum([f"audit{n}" for n in range(1, 11)],
                             lambda value: ["I", "II", "III", "IV"][points(value, 8, 16, 20)]))

SYMPTOMS = Score("symptomScore", *_sum(
    ["symptomFatigue", "symptomAnorexia", "symptomNausea", "symptomJaundice", "symptomConsciousness"], None))

SCORES = [MADDREY, LILLE, ABIC, GAHS, AUDIT, SYMPTOMS]
