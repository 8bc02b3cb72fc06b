#!/usr/bin/env python3
"""Measures how fast cohorts are scored, beside DuckDB doing the same in SQL on the same file.

    Benchmarks/cohort.py PROGRAM COLUMNS [--rows N] [--most N] [--rt]

PROGRAM is the release of lobule, COLUMNS the benchmark of patients in memory. Each is run in turns with
DuckDB, so that what else the machine does falls on both; reading and writing are included, and all
scores of all rows are compared. `--rt` keeps other programs of a busy machine out of the figures (needs
root). Without DuckDB (pip install duckdb) that part is skipped.
"""
import argparse
import csv
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
SCORES = ["meld", "meldMayo", "meldNa", "meld3", "childPugh", "cosshACLF2"]
HEADER = ("code,age,sex,totalBilirubin[umol/L],albumin[g/L],creatinine[umol/L],urea[mmol/L],"
          "sodium[mmol/L],inr,neutrophils[10*9/L],encephalopathyGrade,ascites,renalReplacement,"
          "aetiology\n")

# The formulas of docs/scores.md, in the cheapest form that is right: limits of Child-Pugh in the units of
# the file, so that nothing that stands on a limit is moved by a conversion; converted numbers to six places, and
# decimals from eight, as Lobule takes them. What is missing is null.
SQL = """
COPY (
  WITH typed AS (
    SELECT code, age, sex, "totalBilirubin[umol/L]" AS umol, round("totalBilirubin[umol/L]" / 17.1, 6) AS bili,
      "albumin[g/L]" AS alb, round("creatinine[umol/L]" / 88.4, 6) AS crea, "urea[mmol/L]" AS urea,
      "sodium[mmol/L]" AS na, inr, "neutrophils[10*9/L]" AS neut, encephalopathyGrade AS he, ascites,
      renalReplacement AS rrt, aetiology
    FROM read_csv('{input}', header = true, delim = ',', quote = '"', escape = '"', columns = {{
      'code': 'VARCHAR', 'age': 'DOUBLE', 'sex': 'VARCHAR', 'totalBilirubin[umol/L]': 'DOUBLE',
      'albumin[g/L]': 'DOUBLE', 'creatinine[umol/L]': 'DOUBLE', 'urea[mmol/L]': 'DOUBLE',
      'sodium[mmol/L]': 'DOUBLE', 'inr': 'DOUBLE', 'neutrophils[10*9/L]': 'DOUBLE',
      'encephalopathyGrade': 'INTEGER', 'ascites': 'VARCHAR', 'renalReplacement': 'VARCHAR',
      'aetiology': 'VARCHAR'}})
  ), logs AS (
    SELECT *, ln(bili) AS lnb, ln(inr) AS lni, ln(crea) AS lnc,
      CASE WHEN bili IS NULL THEN NULL ELSE ln(greatest(bili, 1)) END AS lb,
      CASE WHEN inr IS NULL THEN NULL ELSE ln(greatest(inr, 1)) END AS li,
      CASE WHEN rrt = 'yes' THEN ln(4) WHEN crea IS NULL THEN NULL
        ELSE ln(least(greatest(crea, 1), 4)) END AS lc4,
      CASE WHEN rrt = 'yes' THEN ln(3) WHEN crea IS NULL THEN NULL
        ELSE ln(least(greatest(crea, 1), 3)) END AS lc3,
      CASE WHEN na IS NULL THEN NULL ELSE least(greatest(na, 125), 137) END AS n,
      CASE WHEN alb IS NULL THEN NULL ELSE least(greatest(alb / 10, 1.5), 3.5) END AS a
    FROM typed
  ), bases AS (
    SELECT *, 3.78 * lb + 11.2 * li + 9.57 * lc4 + 6.43 AS unrounded, round(unrounded) AS base FROM logs
  )
  SELECT code,
    CAST(CASE WHEN base IS NULL THEN NULL ELSE least(greatest(base, 6), 40) END AS INTEGER) AS meld,
    CAST(round(3.8 * lnb + 11.2 * lni + 9.6 * lnc
      + CASE WHEN aetiology IN ('alcohol', 'cholestatic') THEN 0
          WHEN aetiology IS NULL THEN NULL ELSE 6.4 END) AS INTEGER) AS meldMayo,
    CAST(CASE WHEN base IS NULL OR n IS NULL THEN NULL ELSE least(greatest(round(
      CASE WHEN base > 11 THEN base + 1.32 * (137 - n) - 0.033 * base * (137 - n) ELSE base END
      ), 6), 40) END AS INTEGER) AS meldNa,
    CAST(CASE WHEN sex IS NULL OR lb IS NULL OR li IS NULL OR lc3 IS NULL OR n IS NULL OR a IS NULL
      THEN NULL ELSE least(greatest(round(
        CASE WHEN sex = 'female' THEN 1.33 ELSE 0 END + 4.56 * lb + 0.82 * (137 - n)
        - 0.24 * (137 - n) * lb + 9.09 * li + 11.14 * lc3 + 1.85 * (3.5 - a)
        - 1.83 * (3.5 - a) * lc3 + 6), 6), 40) END AS INTEGER) AS meld3,
    CASE WHEN umol < 34.2 THEN 1 WHEN umol > 51.3 THEN 3 WHEN umol IS NULL THEN NULL ELSE 2 END
      + CASE WHEN alb > 35 THEN 1 WHEN alb < 28 THEN 3 WHEN alb IS NULL THEN NULL ELSE 2 END
      + CASE WHEN inr < 1.7 THEN 1 WHEN inr > 2.3 THEN 3 WHEN inr IS NULL THEN NULL ELSE 2 END
      + CASE ascites WHEN 'none' THEN 1 WHEN 'mild' THEN 2 WHEN 'moderate' THEN 3
          WHEN 'severe' THEN 3 END
      + CASE WHEN he = 0 THEN 1 WHEN he > 2 THEN 3 WHEN he IS NULL THEN NULL ELSE 2 END AS childPugh,
    round(round(1.649 * lni + 0.457 * CASE WHEN he = 0 THEN 1 WHEN he > 2 THEN 3
        WHEN he IS NULL THEN NULL ELSE 2 END + 0.425 * ln(neut) + 0.396 * ln(umol)
      + 0.576 * ln(urea) + 0.033 * age, 8), 2) AS cosshACLF2
  FROM bases
) TO '{output}' (HEADER, DELIMITER ',')
"""

# Times the query alone: neither the start of Python nor the import is counted.
DUCKDB = """
import resource, sys, time, duckdb
sql = open(sys.argv[1]).read()
begin = time.perf_counter()
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
connection.execute(sql)
print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def fail(message):
    sys.exit(f"bench: {message}")


def rows(count):
    """Patients as a tertiary centre might have them, one in a hundred with a value missing."""
    dice = random.Random(20260101)
    chance, choose = dice.random, dice.choice
    for number in range(count):
        cells = [
            f"P{number}", f"{18 + int(70 * chance())}", choose(["female", "male"]),
            f"{2 + 600 * chance() ** 3:.1f}", f"{15 + 35 * chance():.1f}",
            f"{30 + 400 * chance() ** 2:.0f}", f"{1 + 25 * chance() ** 2:.1f}",
            f"{118 + 30 * chance():.0f}", f"{0.9 + 4 * chance() ** 3:.2f}",
            f"{0.5 + 15 * chance():.2f}", f"{int(5 * chance() ** 2)}",
            choose(["none", "mild", "moderate", "severe"]), "yes" if chance() < 0.08 else "no",
            choose(["hbv", "alcohol", "cholestatic", "masld", "hcv"])]
        if chance() < 0.01:
            cells[int(1 + 11 * chance())] = ""
        yield ",".join(cells) + "\n"


def written(path, base, count, rows):
    """A file of so many patients: those of the file `base`, again and again.

    Nothing of it stays in memory: what this program holds would count as that of those it starts.
    """
    with open(path, "wb") as file:
        file.write(HEADER.encode())
        while count > 0:
            with open(base, "rb") as source:
                for _, row in zip(range(count), source):
                    file.write(row)
            count -= rows
    return path


def timed(command):
    """Seconds from start to end, and the most memory in MB."""
    begin = time.perf_counter()
    # Neither the summary nor a bar is part of the figures.
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        fail(f"{command[0]} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def scored(program, before, source, target):
    return timed(before + [program, "score", "--from", source, "--output", target])


def queried(before, folder, source, target):
    """Seconds and MB of DuckDB."""
    sql = pathlib.Path(folder, "query.sql")
    sql.write_text(SQL.format(input=source, output=target))
    run = subprocess.run(before + [sys.executable, "-c", DUCKDB, str(sql)], capture_output=True,
                         text=True)
    if run.returncode != 0:
        fail(f"DuckDB did not do it:\n{run.stderr}")
    seconds, memory = map(float, run.stdout.split())
    return seconds, memory


def compare(ours, theirs):
    """Every score of every row: how many were compared, and the first that differ."""
    compared, differences = 0, []
    with open(ours, newline="") as left, open(theirs, newline="") as right:
        for line, (mine, other) in enumerate(zip(csv.DictReader(left), csv.DictReader(right),
                                                 strict=True), 2):
            for name in ["code"] + SCORES:
                a, b = mine[name], other[name]
                same = a == b or (a and b and name != "code" and float(a) == float(b))
                compared += name != "code"
                if not same:
                    differences.append(f"line {line}: {name} is {a or 'empty'}, DuckDB has "
                                       f"{b or 'null'}")
    return compared, differences


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("columns")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--most", type=int, default=10_000_000)
    parser.add_argument("--rt", action="store_true")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    before = ["chrt", "-f", "10"] if options.rt else []
    has_duckdb = subprocess.run([sys.executable, "-c", "import duckdb"],
                                capture_output=True).returncode == 0
    print(f"{os.cpu_count()} cores; the best of {ROUNDS} rounds, the median behind it")
    misses = 0

    def line(name, value, target="", holds=True):
        nonlocal misses
        misses += not holds
        print(f"{name:<58} {value:>18}  {('✓ ' if holds else '✗ ') + target if target else ''}",
              flush=True)

    def best(values):
        values = sorted(values)
        return values[0], values[len(values) // 2]

    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        place = lambda name: os.path.join(folder, name)
        base = place("rows.csv")
        with open(base, "w") as file:
            file.writelines(rows(options.rows))
        source = written(place("cohort.csv"), base, options.rows, options.rows)
        ours, theirs = [], []
        for number in range(ROUNDS):
            print(f"\rround {number + 1} of {ROUNDS} ", end="", file=sys.stderr, flush=True)
            ours.append(scored(program, before, source, place("ours.csv")))
            if has_duckdb:
                theirs.append(queried(before, folder, source, place("theirs.csv")))
        print("\r             \r", end="", file=sys.stderr)
        seconds, median = best([run[0] for run in ours])
        memory = max(run[1] for run in ours)
        size = os.path.getsize(source) / 1e6
        print(f"\n{options.rows} rows of {len(HEADER.split(','))} columns, {size:.0f} MB, "
              f"{len(SCORES)} scores, read and written")
        if has_duckdb:
            other, other_median = best([run[0] for run in theirs])
            line("  lobule, the whole program", f"{seconds:.3f} s, {median:.3f}",
                 "faster than DuckDB", seconds < other and median < other_median)
            line("  DuckDB, the query alone", f"{other:.3f} s, {other_median:.3f}")
            line("  lobule is faster by a factor of", f"{other / seconds:.1f}, "
                 f"{other_median / median:.1f}")
        else:
            line("  lobule, the whole program", f"{seconds:.3f} s, {median:.3f}")
            print("  DuckDB: skipped, it is not installed (pip install duckdb)")
        line("  memory of lobule at the most", f"{memory:.0f} MB", "< 100 MB", memory < 100)
        if has_duckdb:
            line("  memory of DuckDB at the most", f"{max(run[1] for run in theirs):.0f} MB")
            compared, differences = compare(place("ours.csv"), place("theirs.csv"))
            line("  scores compared with DuckDB", f"{compared}")
            line("  scores that differ", f"{len(differences)}", "0", not differences)
            for difference in differences[:10]:
                print(f"    {difference}")

        print("\nHow time grows (best of 3)")
        count = 10_000
        while count <= options.most:
            source = written(place("cohort.csv"), base, count, options.rows)
            runs = [scored(program, before, source, place("ours.csv")) for _ in range(3)]
            seconds = min(run[0] for run in runs)
            memory = max(run[1] for run in runs)
            line(f"  {count} rows", f"{seconds:.3f} s", f"{memory:.0f} MB, "
                 f"{seconds / count * 1e9:.0f} ns a row", memory < 100)
            count *= 10

    print("\nIn memory", flush=True)
    subprocess.run(before + [os.path.abspath(options.columns)])
    if misses:
        print(f"\n{misses} figures miss their target.")


main()
