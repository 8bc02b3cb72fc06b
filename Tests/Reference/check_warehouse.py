#!/usr/bin/env python3
"""Compares the evaluator of criteria with answers of another one: check_warehouse.py FOLDER, or LOBULE_SHARED.

FOLDER holds patients_*.csv with expected_*.csv (criteria) and scores_*.csv. Those answers were made
without some rules that hold now; without them every cell must agree (exit status 1 else), and each
rule is listed with how many cells it changes alone.
"""

import collections
import csv
import datetime
import os
import pathlib
import sys

import criteria
import trial_files
from decimal_rules import INFINITY, exact
from scores import SCORES
from units import VARIABLES, Interval, read_patient

DAY = datetime.date(2026, 3, 31)
RULES = {
    "ranges": "a score of which something is missing, or known as a bound, counts with its possible ends",
    "cirrhosis": "cirrhosis is a chronic liver disease",
    "openForm": "Child-Pugh in cholestatic disease has both forms",
    "contradictions": "entries that contradict each other wait for a person",
    "nitrogen": "14 mg/dL of urea nitrogen are 5 mmol/L, by 2.8 and not by 0.357",
}


def is_held(name, bound):
    """Whether MELD counts everything within a bound as one number."""
    if name == "creatinine":
        return bound.high <= exact("88.4") or bound.low >= exact("353.6")
    return bound.high <= {"totalBilirubin": exact("17.1"), "inr": 1}.get(name, -INFINITY)


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
            held = {"creatinine"} if name == "meld" and patient.get("renalReplacement") else set()
            known = {n for n, v in patient.items() if not isinstance(v, Interval) or v.is_exact or (
                name == "meld" and is_held(n, v))}
            missing = {n for n in (*result["missing"], *result["indifferent"], "encephalopathyGrade", "ascites",
                                   *(n for n in patient if isinstance(patient[n], Interval)))
                       if n in SCORES[name].inputs()} - known - held - {"age"}
            missing -= {"prothrombinTime", "prothrombinTimeControl"}
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


def without_rules(name, patient):
    """A score as those files have it: dialysis that is not answered counts as none, one form, a text."""
    patient = {"renalReplacement": False, **patient}
    if name == "childPugh" and "aetiology" in patient:
        patient["aetiology"] = frozenset(["other"])
    if "oldUrea" in patient:
        patient["urea"] = patient["oldUrea"]
    value = SCORES[name].result(patient)["value"]
    return "" if value is None else f"{value:.2f}" if name == "cosshACLF2" else str(value)


def scores(path):
    """How many scores agree, differ, and are settled here although something is missing."""
    count = collections.Counter()
    with path.with_name(path.name.replace("patients_", "scores_")).open(encoding="utf-8") as file:
        wanted = {row.pop("code"): row for row in csv.DictReader(file)}
    for code, patient in patients(path):
        for name, text in wanted[code].items():
            got = without_rules(name, patient)
            count["settled" if got and not text else "agree" if got == text else "differ"] += 1
    return count


def main(arguments):
    shared = os.environ.get("LOBULE_SHARED")
    if not arguments and not shared:
        print("check_warehouse.py: say where the answers are, or set LOBULE_SHARED; left out")
        return 0
    folder = pathlib.Path(arguments[0]) if arguments else pathlib.Path(shared) / "reference" / "warehouse"
    trials = {trial: trial_files.criteria(trial) for trial in trial_files.trials()}
    trees = {trial: criteria.trees_of(items) for trial, items in trials.items()}
    kinds = {"none": kind(()), "all": kind(RULES), **{rule: kind((rule,)) for rule in RULES}}
    count = collections.Counter()
    by_rule = collections.defaultdict(collections.Counter)
    differing = []
    for path in sorted(folder.glob("patients_*.csv")):
        with path.with_name(path.name.replace("patients_", "expected_")).open(encoding="utf-8") as file:
            wanted = {row["code"]: row for row in csv.DictReader(file)}
        for code, patient in patients(path):
            for trial, items in trials.items():
                found = {name: criteria.answers(
                    items, trees[trial], patient, DAY, evaluator,
                    criteria.contradictions if name in ("all", "contradictions") else lambda patient: ())
                    for name, evaluator in kinds.items()}
                for item in items:
                    answer, _, needs = wanted[code][f"{trial}:{item['id']}"].partition(":")
                    expected = answer, set(needs.split())

                    def same(rule):
                        got = found[rule][item["id"]]
                        return (got[0], set(got[1])) == expected

                    count["cells"] += 1
                    count["without"] += same("none")
                    count["with"] += same("all")
                    if not same("none"):
                        differing.append((code, trial, item["id"], expected, found["none"][item["id"]]))
                    for rule in RULES:
                        if not same(rule):
                            by_rule[rule][f"{trial} {item['id']}: {answer} becomes {found[rule][item['id']][0]}"] += 1
    for path in sorted(folder.glob("patients_*.csv")):
        if path.with_name(path.name.replace("patients_", "scores_")).exists():
            found = scores(path)
            differing += [path.name] * found["differ"]
            print(f"{path.name}: {found['agree']} scores agree, {found['differ']} differ, "
                  f"{found['settled']} are settled by a bound of the score although something is missing")
    print(f"{count['cells']} cells: {count['without']} agree without the rules, {count['with']} with them")
    for rule, meaning in RULES.items():
        print(f"{rule} ({meaning}): {by_rule[rule].total()} cells")
        for what, number in by_rule[rule].most_common():
            print(f"  {number} {what}")
    for place in differing[:20]:
        print("differs without the rules:", place)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
