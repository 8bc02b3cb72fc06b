#!/usr/bin/env python3
"""Measures how fast the app answers, beside a yardstick: the same kind of form in plain C on ncurses.

    Benchmarks/bench.py PROGRAM [FLAG…]

Both run in a terminal of 120 columns and 40 rows, in turns, so that what else the machine does falls
on both. The harness and the yardstick are not part of this repository: they are looked for in the
folder `../shared/tools` beside it, or in `$LOBULE_SHARED/tools`. Flags go to the harness; `--rt` keeps
other programs of a busy machine out of the figures (needs root).
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 5
# The first and the last of the keys turn the verdicts of all trials, the others turn none.
KEYS = ["--keys", "12.<BS><BS><BS>"]
SETTINGS = ["--cols", "120", "--rows", "40", "--runs", "1", "--count", "300", "--idle", "3000",
            "--burst", "200", "--no-resize", "--retries", "0", "--json"]


def fail(message):
    sys.exit(f"bench: {message}")


def tools():
    """The folder of the harness and the yardstick."""
    beside = pathlib.Path(__file__).resolve().parents[2] / "shared"
    folder = pathlib.Path(os.environ.get("LOBULE_SHARED", beside)) / "tools"
    for needed in ["latency.py", "floor/yardstick.c"]:
        if not (folder / needed).exists():
            fail(f"there is no {folder / needed}; the harness belongs into ../shared beside this "
                 "repository, or say where it is: LOBULE_SHARED=/path make bench")
    return folder


def compiled(source, folder):
    """The yardstick, built."""
    program = pathlib.Path(folder) / "yardstick"
    command = ["cc", "-O2", "-o", str(program), str(source), "-lncursesw", "-ltinfo", "-lm"]
    try:
        made = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        fail("no C compiler (cc) to build the yardstick with")
    if made.returncode != 0:
        fail(f"the yardstick does not build:\n{made.stderr}")
    return str(program)


def measured(harness, into, command, flags):
    """One run of a program."""
    run = subprocess.run(
        [sys.executable, str(harness), "--name", pathlib.Path(command[0]).name, "--into", into,
         *KEYS, *SETTINGS, *flags, "--", *command], capture_output=True, text=True)
    for line in run.stdout.splitlines():
        if line.startswith("{"):
            return json.loads(line)
    fail(f"the harness measured nothing:\n{run.stdout}{run.stderr}")


def percentile(values, percent):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * percent / 100))]


class Figures:
    """What several runs of one program say together."""

    def __init__(self, runs):
        self.runs = runs
        self.latencies = [value for run in runs for value in run["_lat"]]

    def median(self, name):
        return statistics.median(run[name] for run in self.runs)

    def least(self, name):
        return min(run[name] for run in self.runs)

    def key(self, percent):
        return percentile(self.latencies, percent)


def main():
    if len(sys.argv) < 2:
        fail("which program? as in Benchmarks/bench.py .build/release/lobule")
    program, flags = os.path.abspath(sys.argv[1]), sys.argv[2:]
    folder = tools()
    with tempfile.TemporaryDirectory() as place:
        yardstick = compiled(folder / "floor" / "yardstick.c", place)
        runs = {"yardstick": [], "lobule": []}
        for number in range(ROUNDS):
            print(f"\rround {number + 1} of {ROUNDS} ", end="", file=sys.stderr, flush=True)
            harness = folder / "latency.py"
            runs["yardstick"].append(measured(harness, "", [yardstick, "form"], flags))
            # The form, once the trials beside it have their verdicts; on a store of its own, since what
            # was half typed when the last run ended would come back, made before: it is a warm start,
            # without arguments as a person starts it.
            home = os.path.join(place, str(number))
            subprocess.run([program, "patients", "new", "P-0001"], check=True, capture_output=True,
                           env={**os.environ, "XDG_DATA_HOME": home})
            runs["lobule"].append(
                measured(harness, "2<Wait400>", [program], ["--env", f"XDG_DATA_HOME={home}", *flags]))
        print("\r             \r", end="", file=sys.stderr)
    c, app = Figures(runs["yardstick"]), Figures(runs["lobule"])
    ratio = app.key(50) / c.key(50)

    rows = [("", "lobule", "yardstick", "target")]

    def row(name, value, other, target, holds, unit="", places=2):
        shown = lambda number: "–" if number is None else f"{number:.{places}f}{unit}"
        mark = "  " if holds is None else "✓ " if holds else "✗ "
        rows.append((name, shown(value), shown(other), mark + target if target else ""))

    row("key to last byte, median", app.key(50), c.key(50), "", None, " ms")
    row("  as a multiple of the yardstick", ratio, None, "≤ 1.25", ratio <= 1.25)
    row("key to last byte, 99th percentile", app.key(99), c.key(99), "< 3 ms", app.key(99) < 3, " ms")
    for name, field, target, limit, unit, places in [
        ("bytes a key", "bytes_per_key", "≤ 64", 64, "", 0),
        ("writes a key", "writes_per_key", "1", 1.005, "", 2),
        ("200 keys at once, bytes", "burst_bytes", "≤ 3000", 3000, "", 0),
        ("idle, bytes a second", "idle_bytes_s", "0", 0, "", 0),
        ("idle, processor time a second", "idle_cpu_ms_s", "0", 0.05, " ms", 2),
        ("memory", "rss_mb", "≤ 20 MB", 20, " MB", 1),
    ]:
        value = app.median(field)
        row(name, value, c.median(field), target, value <= limit, unit, places)
    # A warm start is the best of several; what else the machine does can only make it slower.
    start = app.least("startup_paint_ms")
    row("start to first full picture, best", start, c.least("startup_paint_ms"), "≤ 15 ms",
        start <= 15, " ms", 1)
    row("start to first full picture, median", app.median("startup_paint_ms"),
        c.median("startup_paint_ms"), "", None, " ms", 1)
    row("processor time a key", app.median("cpu_ms_per_key"), c.median("cpu_ms_per_key"), "", None,
        " ms")

    widths = [max(len(line[column]) for line in rows) for column in range(4)]
    for line in rows:
        print(f"{line[0]:<{widths[0]}}  {line[1]:>{widths[1]}}  {line[2]:>{widths[2]}}  {line[3]}")
    noise = max(run["noise_pct"] for run in app.runs + c.runs)
    if noise > 10:
        print(f"\nThe machine was busy (up to {noise:.0f} % of the time somebody waited for a "
              "processor): times are too high, so measure again when it is calm.")


if __name__ == "__main__":
    main()
