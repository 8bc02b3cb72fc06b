#!/usr/bin/env python3
"""Writes the fixtures: make.py [--check] [ID...].

Tests/Fixtures/scores/<score>.csv, Tests/Fixtures/criteria/<trial>.csv, and answers.csv beside it for
the made patients. With --check nothing is written: what would be written is compared with what is
there; exit status 1 where they differ.
"""

import csv
import io
import pathlib
import sys

import cases
import criteria_cases
import made_patients
from decimal_rules import written
from scores import SCORES
from units import read_patient

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Fixtures"
MADE_PATIENTS = "criteria/patients.csv"
FIRST = ["value", "band", "low", "high", "settledBy", "missing", "reason", "possible.low", "possible.high"]
INNER = {"settledBy", "missing", "indifferent", "isSettled", "isOpenForm"}


def expected(score, patient, result):
    """The columns behind `expected.`."""
    cells = {name: written(x) for name, x in result.items()
             if name not in INNER and not name.endswith((".low", ".high"))}
    if result.get("reason"):
        return cells
    low, high = result.get("value.low"), result.get("value.high")
    if result["value"] is None:
        cells["possible.low"], cells["possible.high"] = written(low), written(high)
        if not result["missing"]:
            cells["low"], cells["high"] = written(low), written(high)
        cells["settledBy"], cells["missing"] = " ".join(result["settledBy"]), " ".join(result["missing"])
    for name in [n for n in result if n.startswith("variant.") and n.endswith(".low")]:
        key = name.removesuffix(".low")
        if key.endswith(".unrounded"):
            continue
        low, high, missing = score.variant(patient, key)
        if not missing:
            cells[f"{key}.low"], cells[f"{key}.high"] = written(low), written(high)
    return cells


def table(name):
    """The fixture of a score."""
    score = SCORES[name]
    inputs = score.inputs()
    rows, heads = [], []
    for number, (note, cells) in enumerate(cases.patients(name), 1):
        patient = read_patient(cells)
        result = score.result(patient)
        open_rule = cases.contested(name, cells, patient, result)
        outcome = expected(score, patient, result)
        heads += [head for head in outcome if head not in heads]
        rows.append((f"{name}-{number:03}", f"{note}; contested: {open_rule}" if open_rule else note, cells, outcome))
    behind = FIRST + sorted((h for h in heads if h not in FIRST), key=order)
    used = [h for h in behind if any(outcome.get(h) for _, _, _, outcome in rows) or h in FIRST[:6]]
    return text([["code", "note", *inputs, *(f"expected.{h}" for h in used)]] + [
        [code, note, *(cells[i] for i in inputs), *(outcome.get(h, "") for h in used)]
        for code, note, cells, outcome in rows])


def order(head):
    """Members, then other forms; the low end before the high one."""
    stem = head.removesuffix(".low").removesuffix(".high")
    return head.startswith("variant."), stem, (head != stem) + head.endswith(".high")


def text(rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def main(arguments):
    is_check = "--check" in arguments
    wanted = [argument for argument in arguments if not argument.startswith("-")]
    made = {f"scores/{name}.csv": (lambda name=name: table(name)) for name in SCORES}
    made |= {f"criteria/{trial}.csv": (lambda trial=trial: text(criteria_cases.table(trial)))
             for trial in criteria_cases.trials()}
    made["criteria/answers.csv"] = lambda: text(made_patients.table(FIXTURES / MADE_PATIENTS))
    differing = []
    for path, make in made.items():
        if wanted and pathlib.PurePath(path).stem not in wanted:
            continue
        new, place = make(), FIXTURES / path
        if is_check:
            old = place.read_text(encoding="utf-8") if place.exists() else None
            if old != new:
                differing.append(path)
                print(f"{path} differs")
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(new, encoding="utf-8")
    strays = [] if wanted else [
        str(p.relative_to(FIXTURES)) for p in sorted(FIXTURES.glob("*/*.csv"))
        if p.parent.name in ("scores", "criteria") and str(p.relative_to(FIXTURES)) not in (*made, MADE_PATIENTS)]
    for path in strays:
        print(f"{path} is made by nothing")
    return 1 if differing or strays else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
