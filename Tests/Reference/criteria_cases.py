"""Patients to screen: half of them nearly eligible, on the limits of each criterion and beside them."""

import datetime
import random

import criteria
from cases import EDGES, ORDINARY, beside, ordinary
from scores import SCORES
from trial_files import criteria as criteria_of
from trial_files import trials
from units import ORDER, VARIABLES, Event, Quantity, Several, read_patient

DAY = datetime.date(2026, 3, 31)
COUNT = 220
ORDINARY.update({
    "weeksSymptomToEncephalopathy": (0, 14), "plateletsBeforeOnset": (20, 200), "childPughBeforeOnset": (5, 14),
    "hbvDNAUndetectable": (0, 24), "hcvRNAUndetectable": (0, 24), "admissionsForDecompensation": (0, 4),
    "prednisoneEquivalent": (0, 40), "alcoholPerDay": (0, 60), "weightLossSixMonths": (0, 12),
})
# Entries that a trial does not ask for, and that can contradict what it asks for.
BESIDE = {"NCT05985863": ["creatinine", "baselineCreatinine"]}


def limits(tree, found):
    """The numbers that variables are compared with, and the windows of events."""
    if isinstance(tree, list):
        for part in tree:
            limits(part, found)
    if not isinstance(tree, tuple):
        return found
    if tree[0] in ("<", "<=", ">", ">=", "=", "within bounds") and tree[1][0] == "name":
        for part in tree[2:]:
            if isinstance(part, tuple) and part[0] == "quantity" and tree[1][1] in VARIABLES:
                unit = part[2] if part[2] in getattr(VARIABLES[tree[1][1]], "units", {}) else ""
                found.setdefault(tree[1][1], set()).add((str(float(part[1])), unit))
    if tree[0] == "within":
        found.setdefault(tree[1][1], set()).add((tree[2], tree[3]))
    for part in tree[1:]:
        limits(part, found)
    return found


def pools(names, trees):
    """For each variable the texts that stand on a limit or beside one."""
    found = {}
    for tree in trees.values():
        limits(tree, found)
    result = {}
    for name in names:
        kind = VARIABLES[name]
        texts = []
        if isinstance(kind, Event):
            for count, unit in sorted(found.get(name, {(1, "mo")})):
                start = criteria.before(DAY, count, unit)
                texts += [str(start - datetime.timedelta(days=1)), str(start), str(start + datetime.timedelta(days=1))]
            texts += ["never", "never", "never", "ongoing", str(DAY), "2019-05-04"]
        elif isinstance(kind, Quantity):
            for number, unit in sorted(found.get(name, ())):
                texts += list(beside(name, number, unit))
            for score in ("childPugh", "meld"):
                if name in SCORES[score].inputs() and name != "age":
                    for number, unit in EDGES[score].get(name, ()):
                        texts += list(beside(name, number, unit))
        result[name] = texts
    return result


def entry(rng, name, pool, is_mild=False):
    """A random answer."""
    kind = VARIABLES[name]
    if isinstance(kind, Event):
        return "2026-04-15" if rng.random() < 0.02 else rng.choice(pool)
    if pool and rng.random() < 0.5:
        return rng.choice(pool)
    if isinstance(kind, Several) and name == "allergies":
        return "none" if rng.random() < 0.7 else ",".join(sorted(rng.sample(kind.answers[1:], rng.choice([1, 2]))))
    return ordinary(rng, name, is_mild)


def nearly_eligible(rng, names, pool, items, trees):
    """Entries that are drawn anew until few criteria keep the patient out."""
    is_mild = rng.random() < 0.5
    cells = {name: entry(rng, name, pool[name], is_mild) for name in names}
    for item in items:
        tree = trees[item["id"]]
        if tree is None:
            continue
        asked = [name for name in names if name in criteria.mentioned(tree)]
        for _ in range(40):
            holds, _ = criteria.truth(tree, read_patient(cells), DAY)
            if not criteria.blocks(item, holds):
                break
            name = rng.choice(asked) if asked else None
            if name is None:
                break
            cells[name] = entry(rng, name, pool[name], is_mild)
    return cells


def agreed(rng, cells):
    """Entries without contradictions."""
    if cells.get("ascites") in ("moderate", "severe") and cells.get("decompensated") == "no":
        cells["decompensated"] = "yes"
    if "yes" in (cells.get("decompensated"), cells.get("priorDecompensation")) and cells.get("cirrhosis") == "no":
        cells["cirrhosis"] = "yes"
    if cells.get("cirrhosis") == "yes" and "chronicLiverDisease" in cells:
        cells["chronicLiverDisease"] = "yes"
    if "yes" in (cells.get("bacterialPeritonitis"), cells.get("uncontrolledInfection")) and cells.get("infection") == "no":
        cells["infection"] = "yes"
    if cells.get("sex") == "male" and cells.get("pregnant") == "yes":
        cells["pregnant"] = "no"
    if cells.get("baselineCreatinine") and cells.get("creatinine"):
        cells["acuteKidneyInjury"] = "yes"
    return cells


DISPUTED = [
    {"cirrhosis": "yes", "chronicLiverDisease": "no"}, {"decompensated": "yes", "cirrhosis": "no"},
    {"bacterialPeritonitis": "yes", "infection": "no"}, {"uncontrolledInfection": "yes", "infection": "no"},
    {"sex": "male", "pregnant": "yes"}, {"decompensated": "no", "ascites": "moderate"},
    {"acuteKidneyInjury": "no", "creatinine": "2.5 mg/dL", "baselineCreatinine": "1 mg/dL", "cirrhosis": "yes"},
]
FORMS = [
    *({"totalBilirubin": bilirubin, "albumin": albumin, "inr": "1.2", "ascites": ascites, "encephalopathyGrade": "0"}
      for bilirubin, albumin, ascites in (("20 umol/L", "40 g/L", "none"), ("34.2 umol/L", "36 g/L", "none"),
                                          ("2 mg/dL", "35 g/L", "none"), ("1.99 mg/dL", "35.1 g/L", "mild"),
                                          ("3.01 mg/dL", "36 g/L", "none"), ("34.1 umol/L", "", "none"))),
    {"aetiology": "cholestatic", "totalBilirubin": "3.5 mg/dL", "albumin": "36 g/L", "inr": "1.2", "ascites": "mild",
     "encephalopathyGrade": "0"},
    {"aetiology": "cholestatic", "totalBilirubin": "40 umol/L", "albumin": "36 g/L", "inr": "1.8", "ascites": "none",
     "encephalopathyGrade": "0"},
    {"encephalopathyGrade": "0", "inr": "2", "neutrophils": "5 10*9/L", "totalBilirubin": "300 umol/L", "urea": "7 mmol/L",
     "age": "50 a"},
    {"renalReplacement": "", "totalBilirubin": "10 mg/dL", "inr": "2", "creatinine": "1 mg/dL"},
    {"renalReplacement": "", "totalBilirubin": "10 mg/dL", "inr": "6", "creatinine": "1.5 mg/dL"},
    {"renalReplacement": "no", "totalBilirubin": "", "inr": "5", "creatinine": "4 mg/dL"},
]


def patients(trial, items, trees):
    """Entries of each patient, with a note."""
    rng = random.Random(f"{trial} 2026-03-31")
    names = set(BESIDE.get(trial, ()))
    for tree in trees.values():
        names |= criteria.mentioned(tree)
    names = sorted(names - {"prothrombinTimeControl"} | {"age", "sex"}, key=ORDER.get)
    pool = pools(names, trees)
    rows = []
    for number in range(COUNT):
        near = number % 2 == 0
        is_mild = rng.random() < 0.5
        cells = nearly_eligible(rng, names, pool, items, trees) if near else {
            name: entry(rng, name, pool[name], is_mild) for name in names}
        note = "nearly eligible" if near else "random"
        if rng.random() < 0.75:
            share = rng.choice([0.02, 0.06, 0.15])
            for name in names:
                if rng.random() < share:
                    cells[name] = ""
        for name in BESIDE.get(trial, ()):
            cells[name] = ""
        cells = agreed(rng, cells)
        rows.append((note, cells))
    for what, changes in [("open", c) for c in FORMS] + [("contested: entries contradict each other", c) for c in DISPUTED]:
        if set(changes) <= set(names):
            for _ in range(2):
                cells = agreed(rng, nearly_eligible(rng, names, pool, items, trees))
                for name in BESIDE.get(trial, ()):
                    cells[name] = ""
                cells.update(changes)
                rows.append((what, cells if what != "open" else agreed(rng, cells)))
    if {"cirrhosis", "chronicLiverDisease"} <= set(names):
        for _ in range(4):
            cells = agreed(rng, nearly_eligible(rng, names, pool, items, trees))
            cells.update({"cirrhosis": "yes", "chronicLiverDisease": ""})
            rows.append(("contested: cirrhosis is a chronic liver disease", cells))
    return names, rows


def table(trial):
    """The fixture of a trial."""
    items = criteria_of(trial)
    trees = criteria.trees_of(items)
    names, rows = patients(trial, items, trees)
    lines = [["code", "note", *names, *(f"expected.{item['id']}" for item in items)]]
    for number, (note, cells) in enumerate(rows, 1):
        patient = read_patient(cells)
        if not note.startswith("contested") and patient.get("cirrhosis") and "chronicLiverDisease" not in patient \
                and "chronicLiverDisease" in names:
            note = "contested: cirrhosis is a chronic liver disease"
        if not note.startswith("contested") and criteria.contradictions(patient):
            note = "contested: entries contradict each other"
        answers = criteria.answers(items, trees, patient, DAY)
        lines.append([f"{trial}-{number:03}", note, *(cells[name] for name in names), *(
            answer + (":" + " ".join(sorted(needs, key=ORDER.get)) if answer == "unknown" else "")
            for answer, needs in (answers[item["id"]] for item in items))])
    return lines
