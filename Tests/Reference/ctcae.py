"""CTCAE version 5.0, grades of the laboratory values of the liver.

NCI 2017. Limits belong to the grades as its text writes them: '> 3.0 - 5.0' has 5.0 and not 3.0, and
'1.5 - 3.0 x baseline' has both. An abnormal baseline is above the upper limit of normal.
"""

from completion import Part, Score
from decimal_rules import beyond, exact
from units import VARIABLES


def _limits(*names):
    return {name: (VARIABLES[name].low, VARIABLES[name].high) for name in names}


def _score(name, variable, compute, names, **more):
    ends = _limits(*(n for n in names if n != "vitaminKAntagonist"))
    return Score(name, [Part(compute, names, ends=ends, name=variable, **more)], lambda grade: {"value": grade})


def by_multiples(value, limit, baseline, normal, abnormal, first_is_in):
    """A grade by multiples of the upper limit, or of a baseline that is above it."""
    if baseline <= limit:
        return beyond(value / limit, *normal)
    ratio = value / baseline
    if first_is_in and ratio == exact(abnormal[0]):
        return 1
    return beyond(ratio, *abnormal)


def _enzyme(name, normal, abnormal):
    key = name.lower()
    names = [key, key + "ULN", "baseline" + name]
    return _score(
        "ctcae" + name, key,
        lambda v: by_multiples(v(names[0]), v(names[1]), v(names[2]), normal, abnormal, True), names)


TRANSAMINASE = (("1", "3", "5", "20"), ("1.5", "3", "5", "20"))
CHOLESTATIC = (("1", "2.5", "5", "20"), ("2", "2.5", "5", "20"))

BILIRUBIN = _score(
    "ctcaeBilirubin", "totalBilirubin",
    lambda v: by_multiples(v("totalBilirubin"), v("totalBilirubinULN"), v("baselineBilirubin"),
                           ("1", "1.5", "3", "10"), ("1", "1.5", "3", "10"), False),
    ["totalBilirubin", "totalBilirubinULN", "baselineBilirubin"])


def _inr(view):
    value = view("inr")
    if view("vitaminKAntagonist"):
        return beyond(value / view("baselineINR"), 1, "1.5", "2.5")
    return beyond(value, "1.2", "1.5", "2.5")


INR = _score(
    "ctcaeINR", "inr", _inr, ["inr", "vitaminKAntagonist", "baselineINR"],
    wanted=lambda v, names: names - {"baselineINR"} if v("vitaminKAntagonist") is False else names)


def _creatinine(view):
    value = view("creatinine")
    by_limit = beyond(value / view("creatinineULN"), 1, "1.5", 3, 6)
    ratio = value / view("baselineCreatinine")
    by_baseline = 3 if ratio > 3 else 2 if ratio > exact("1.5") else 0
    return max(by_limit, by_baseline)


CREATININE_GRADE = _score(
    "ctcaeCreatinine", "creatinine", _creatinine, ["creatinine", "creatinineULN", "baselineCreatinine"])


def _below(name, variable, *limits):
    """Grade 1 below the lower limit of normal, then one more below each limit."""
    lower = variable + "LLN"

    def compute(view):
        value = view(variable)
        return sum(value < exact(limit) for limit in limits) + (1 if value < view(lower) or value < exact(limits[0]) else 0)

    return _score(name, variable, compute, [variable, lower])


SCORES = [
    BILIRUBIN, INR, CREATININE_GRADE, _enzyme("ALT", *TRANSAMINASE), _enzyme("AST", *TRANSAMINASE),
    _enzyme("ALP", *CHOLESTATIC), _enzyme("GGT", *CHOLESTATIC),
    _below("ctcaeAlbumin", "albumin", 30, 20), _below("ctcaePlatelets", "platelets", 75, 50, 25),
    _below("ctcaeWhiteCells", "whiteCells", 3, 2, 1), _below("ctcaeNeutrophils", "neutrophils", "1.5", 1, "0.5"),
]
