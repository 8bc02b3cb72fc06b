"""MELD and its relatives, UKELD, GEMA, MELD-XI.

Kamath 2001 Hepatology 33:464 and Malinchoc 2000 (Mayo); UNOS 2002; OPTN policy of 2016 with Kim 2008
(MELD-Na); Biggins 2006; Kim 2021 Gastroenterology 161:1887 (MELD 3.0); Barber 2011 (UKELD);
Rodriguez-Peralvarez 2023 (GEMA); Heuman 2007 (MELD-XI).
"""

from completion import Part, Score
from decimal_rules import INFINITY, exact, held, ln, whole

BILIRUBIN, CREATININE = exact("17.1"), exact("88.4")  # umol/L of one mg/dL
CHILD, ADULT = 12, 18
UNOS = (6, 40)


def total(*terms):
    """A sum in which infinities of both signs are none of its ends."""
    if INFINITY in terms:
        return INFINITY
    return sum(terms)


def milligrams(name, factor):
    return Part(lambda v: v(name) / factor, [name])


def plain(name, **more):
    return Part(lambda v: v(name), [name], **more)


def kidney(cap):
    """Creatinine in mg/dL as it is counted: dialysis counts as the cap."""
    return Part(
        lambda v: exact(cap) if v("renalReplacement") else held(v("creatinine") / CREATININE, 1, exact(cap)),
        ["creatinine", "renalReplacement"])


def too_young(patient):
    """Children below 12 years have PELD."""
    age = patient.get("age")
    return "age" if age is not None and age.high < CHILD else None


def unos(bilirubin, inr, creatinine):
    return 3.78 * ln(held(bilirubin, 1)) + 11.2 * ln(held(inr, 1)) + 9.57 * ln(creatinine) + 6.43


def _meld(bilirubin, inr, creatinine):
    raw = unos(bilirubin, inr, creatinine)
    return {"value": held(whole(raw), *UNOS), "unrounded": raw}


MELD = Score("meld", [milligrams("totalBilirubin", BILIRUBIN), plain("inr"), kidney("4")], _meld,
             excluded=too_young, extra=["age"])


def _mayo(bilirubin, inr, creatinine, cause):
    raw = total(3.8 * ln(bilirubin), 11.2 * ln(inr), 9.6 * ln(creatinine), 6.4 * cause)
    return {"value": whole(raw), "unrounded": raw}


def _other_cause(view):
    """0 where a cause is alcohol or cholestatic, else 1."""
    return 0 if view("aetiology") & {"alcohol", "cholestatic"} else 1


MELD_MAYO = Score(
    "meldMayo",
    [milligrams("totalBilirubin", BILIRUBIN), plain("inr"), milligrams("creatinine", CREATININE),
     Part(_other_cause, ["aetiology"])], _mayo, excluded=too_young, extra=["age"])


def with_sodium(meld, sodium):
    gap = 137 - held(sodium, 125, 137)
    return meld + 1.32 * float(gap) - 0.033 * meld * float(gap)


def _meld_na(bilirubin, inr, creatinine, sodium):
    raw = unos(bilirubin, inr, creatinine)
    first = whole(raw)
    capped = min(first, 60) if first == INFINITY else first
    raw = raw if raw != INFINITY else 60.0
    gated = with_sodium(capped, sodium) if capped > 11 else capped
    unrounded = with_sodium(raw, sodium) if raw > 11 else raw
    gap = 140 - held(sodium, 125, 140)
    return {
        "value": held(whole(gated), *UNOS),
        "variant.unroundedMELDi": held(whole(unrounded), *UNOS),
        "variant.always": held(whole(with_sodium(capped, sodium)), *UNOS),
        "variant.biggins2006.unrounded": raw + float(gap) - 0.025 * raw * float(gap),
    }


MELD_NA = Score(
    "meldNa",
    [milligrams("totalBilirubin", BILIRUBIN), plain("inr"), kidney("4"), plain("sodium")], _meld_na,
    excluded=too_young, extra=["age"])


def _meld3(bilirubin, inr, creatinine, sodium, albumin, person):
    sex_term, constant = person
    bilirubin, inr = ln(held(bilirubin, 1)), ln(held(inr, 1))
    bilirubin, inr = min(bilirubin, 50), min(inr, 50)
    creatinine = ln(creatinine)
    gap = float(137 - held(sodium, 125, 137))
    lack = float(exact("3.5") - held(albumin, exact("1.5"), exact("3.5")))
    raw = (1.33 * sex_term + 4.56 * bilirubin + 0.82 * gap - 0.24 * gap * bilirubin + 9.09 * inr
           + 11.14 * creatinine + 1.85 * lack - 1.83 * lack * creatinine + constant)
    value = held(whole(raw), *UNOS)
    uncapped = held(whole(raw), 6)
    return {
        "value": value, "unrounded": raw, "variant.uncapped": uncapped,
        "survival90": survival90(value),
    }


def survival90(value):
    """Survival of 90 days by a MELD 3.0."""
    return 0.946 ** (2.718281828459045 ** (0.17698 * value - 3.56))


def _person(view):
    if view("age") is not None and view("age") < ADULT:
        return 0, 7.33
    return (1 if view("sex") == "female" else 0), 6


MELD3 = Score(
    "meld3",
    [milligrams("totalBilirubin", BILIRUBIN), plain("inr"), kidney("3"), plain("sodium"),
     Part(lambda v: v("albumin") / 10, ["albumin"]),
     Part(_person, ["sex"], optional=["age"],
          wanted=lambda view, names: names - ({"sex"} if view.has("age") and view("age") < ADULT else set()))],
    _meld3, excluded=too_young)


def _ukeld(bilirubin, inr, creatinine, sodium):
    raw = total(5.395 * ln(inr), 1.485 * ln(creatinine), 3.13 * ln(bilirubin), -81.565 * ln(sodium), 435)
    value = whole(raw)
    return {"value": value, "unrounded": raw, "band": "49 and above" if value >= 49 else "below 49"}


UKELD = Score("ukeld", [plain("totalBilirubin"), plain("inr"), plain("creatinine"), plain("sodium")], _ukeld)


def _gema(bilirubin, inr, gfr, sodium=None):
    return (3.777 * ln(held(bilirubin, 20, 550)) + 7.883 * ln(held(inr, 1, 3))
            - 8.306 * ln(held(gfr, 20, 100)) + 31.932)


def _with_variant(bilirubin, inr, gfr, sodium):
    raw = _gema(bilirubin, inr, gfr)
    result = {"value": held(whole(raw), *UNOS), "unrounded": raw}
    if sodium is not None:
        gap = float(140 - held(sodium, 122, 138))
        both = raw + gap - 0.025 * raw * gap
        result["variant.na"] = held(whole(both), *UNOS)
        result["variant.na.unrounded"] = both
    return result


GEMA = Score(
    "gema",
    [plain("totalBilirubin"), plain("inr"), plain("rfhGFR"),
     Part(lambda v: v("sodium"), [], optional=["sodium"], name="sodium")], _with_variant)


def _meld_xi(bilirubin, creatinine):
    raw = total(5.11 * ln(held(bilirubin, 1)), 11.76 * ln(held(creatinine, 1)), 9.44)
    capped = total(5.11 * ln(held(bilirubin, 1)), 11.76 * ln(held(creatinine, 1, 4)), 9.44)
    return {"value": whole(raw), "unrounded": raw, "variant.cap4": whole(capped)}


MELD_XI = Score(
    "meldXI", [milligrams("totalBilirubin", BILIRUBIN), milligrams("creatinine", CREATININE)], _meld_xi)

SCORES = [MELD, MELD_MAYO, MELD_NA, MELD3, UKELD, GEMA, MELD_XI]
