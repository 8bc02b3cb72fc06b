#!/usr/bin/env python3
"""Compares the evaluator of criteria with answers of another one: check_warehouse.py FOLDER, or LOBULE_SHARED.

FOLDER holds patients_*.csv with expected_*.csv (criteria) and scores_*.csv. Those answers were made
without some rules that hold now; without them every cell must agree (exit status 1 else), and each
rule is listed with how many cells it changes alone. Criteria whose records were corrected since are
left out.
"""

import collections
import csv
import os
import pathlib
import sys

import criteria
import trial_files
from made_patients import DAY, RULES, kind, patients, reported

CORRECTED = {("NCT03460795", "I2"), ("NCT05940610", "I2"), ("NCT05985863", "E1b")}


def scores(path):
    """How many scores agree, and how many differ."""
    count = collections.Counter()
    with path.with_name(path.name.replace("patients_", "scores_")).open(encoding="utf-8") as file:
        wanted = {row.pop("code"): row for row in csv.DictReader(file)}
    for code, patient in patients(path):
        for name, text in wanted[code].items():
            count["agree" if reported(name, patient) == text else "differ"] += 1
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
                    if (trial, item["id"]) in CORRECTED:
                        continue
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
            print(f"{path.name}: {found['agree']} scores agree, {found['differ']} differ")
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
