"""The made patients of Tests/Fixtures/criteria, and what the trials come to by the rules of version 0.1.

Those rules lack some that the fixtures of each trial have; see RULES.
"""

import csv
import datetime

import criteria
import trial_files
from decimal_rules import INFINITY, exact
from scores import SCORES
from units import VARIABLES, Interval, read_patient

DAY = datetime.date(2026, 3, 31)
FORMS_OF_MELD = ("meld3", "meldNa", "meld")
MAIN = ["meld3", "meldNa", "meld", "meldMayo", "childPugh", "cosshACLF2"]
WORDS = {"met": "yes", "notMet": "no", "needsPerson": "person", "conflict": "conflict"}
RULES = {
    "ranges": "a score of which something is missing, or known as a bound, counts with its possible ends",
    "cirrhosis": "cirrhosis is a chronic liver disease",
    "openForm": "Child-Pugh in cholestatic disease has both forms",
    "contradictions": "entries that contradict each other wait for a person",
    "nitrogen": "14 mg/dL of urea nitrogen are 5 mmol/L, by 2.8 and not by 0.357",
}


def is_held(score, name, bound):
    """Whether a form of MELD counts everything within a bound as one number."""
    low, high = {
        "creatinine": (exact("88.4"), exact("265.2") if score == "meld3" else exact("353.6")),
        "totalBilirubin": (exact("17.1"), INFINITY), "inr": (1, INFINITY), "sodium": (125, 137),
        "albumin": (15, 35)}.get(name, (-INFINITY, INFINITY))
    return bound.high <= low or bound.low >= high


def kind(rules):
    """The evaluator with only some of the rules."""

    class Evaluator(criteria.Criteria):
        def implied(self):
            if "cirrhosis" in rules:
                super().implied()

        def computed(self, name):
            patient = self.patient
            if "openForm" not in rules and name == "childPugh" and "aetiology" in patient:
                patient = {**patient, "aetiology": frozenset(["other"])}
            if "nitrogen" not in rules and "oldUrea" in patient:
                patient = {**patient, "urea": patient["oldUrea"]}
            result = SCORES[name].result(patient)
            return result if "ranges" in rules or result.get("reason") else self.without_range(name, patient, result)

        def without_range(self, name, patient, result):
            """No value where an input is missing, but for dialysis."""
            held = {"creatinine"} if name in FORMS_OF_MELD and patient.get("renalReplacement") else set()
            known = {n for n, v in patient.items() if not isinstance(v, Interval) or v.is_exact or (
                name in FORMS_OF_MELD and is_held(name, n, v))}
            missing = {n for n in (*result["missing"], *result["indifferent"], "encephalopathyGrade", "ascites", "sex",
                                   *(n for n in patient if isinstance(patient[n], Interval)))
                       if n in SCORES[name].inputs()} - known - held - {"age"}
            missing -= {"prothrombinTime", "prothrombinTimeControl"}
            age = patient.get("age")
            if name == "meld3" and age is not None and age.is_exact and 12 <= age.low < 18:
                missing -= {"sex"}  # the young have a constant of their own
            if "age" in result["missing"]:
                missing.add("age")
            if not missing:
                return result
            open_ends = {f"{key}{end}": x for key in ("value", "variant.grade")
                         for end, x in ((".low", -INFINITY), (".high", INFINITY))}
            return {**result, **open_ends, "value": None, "variant.grade": None, "band": None,
                    "missing": missing, "settledBy": []}

    return Evaluator


def patients(path):
    """The patients of a file whose heads carry units."""
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cells, units = {}, {}
            for head, text in row.items():
                name, _, unit = head.partition("[")
                if name in VARIABLES and text:
                    cells[name], units[name] = text, unit.rstrip("]")
            patient = read_patient(cells, units)
            if "{BUN}" in cells.get("urea", "") and patient["urea"].is_exact:
                old = patient["urea"].low * exact("2.8") * exact("0.357")
                patient["oldUrea"] = Interval(old, old)
            yield row["code"], patient


def reported(name, patient):
    """A score as those rules report it, or nothing: dialysis that is not answered counts as none."""
    value = kind(())({"renalReplacement": False, **patient}, DAY).computed(name)["value"]
    return "" if value is None else f"{value:.2f}" if name == "cosshACLF2" else str(value)


def verdict(items, found):
    """What the answers come to for the trial: blocked with the criteria, open or clears."""
    holds = {"met": True, "notMet": False}
    blocking = [item["id"] for item in items if criteria.blocks(item, holds.get(found[item["id"]][0]))]
    if blocking:
        return " ".join(["blocked", *blocking])
    # A person who has yet to attest what nothing contradicts keeps no trial from clearing.
    is_open = any(answer in ("unknown", "conflict") or answer == "needsPerson" and "attest" not in item
                  for item, (answer, _) in ((item, found[item["id"]]) for item in items))
    return "open" if is_open else "clears"


def table(path):
    """The rows of answers.csv for a file of patients."""
    trials = {trial: trial_files.criteria(trial) for trial in trial_files.trials()}
    trees = {trial: criteria.trees_of(items) for trial, items in trials.items()}
    heads = [head for trial, items in trials.items() for head in (trial, *(f"{trial}:{item['id']}" for item in items))]
    rows = [["code", *MAIN, *heads]]
    for code, patient in patients(path):
        # Of patients on the thresholds of criteria no score was asked.
        row = [code, *("" if code.startswith("ED-") else reported(name, patient) or "none" for name in MAIN)]
        for trial, items in trials.items():
            found = criteria.answers(items, trees[trial], patient, DAY, kind(()), lambda patient: ())
            row.append(verdict(items, found))
            row += [WORDS.get(answer) or " ".join(["?", *sorted(needs)])
                    for answer, needs in (found[item["id"]] for item in items)]
        rows.append(row)
    return rows
