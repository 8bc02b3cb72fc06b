#!/usr/bin/env python3
"""Measures the app beside other programs of the terminal at equivalent work, in one run.

    Benchmarks/peers.py PROGRAM [FLAG…]

List: moving down and up; form: a digit typed and taken back; search: typing into a live filter. The
peers are the yardstick in C and, where they are installed, tig, htop, vim and nano. The roster has ten
thousand patients. Everything runs in turns in a terminal of 120 columns and 40 rows; behind each figure
stands its ratio to the yardstick's, or to the fastest peer's where the yardstick has no such work. The
harness is looked for as bench.py does; flags go to it.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from bench import Figures, compiled, fail, measured, tools

ROUNDS = 3
PATIENTS = 10_000


def repository(place):
    """Some hundreds of commits for tig."""
    folder = os.path.join(place, "repository")
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    stream = "".join(
        f"commit refs/heads/main\ncommitter P <p@example.org> {1_700_000_000 + n * 3600} +0000\n"
        f"data <<END\nChange number {n} of the file\nEND\nM 644 inline file\ndata <<END\n{n}\nEND\n\n"
        for n in range(500))
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=stream, text=True, check=True)
    return folder


def roster(program, place):
    """A store of many patients."""
    rows, store = os.path.join(place, "roster.csv"), os.path.join(place, "roster.sqlite")
    with open(rows, "w") as file:
        file.write("code,date,age[a],totalBilirubin[umol/L],inr,creatinine[umol/L]\n")
        for n in range(PATIENTS):
            file.write(f"P-{n:05d},2026-01-{1 + n % 28:02d},{20 + n % 60},{10 + n % 400},"
                       f"{1 + n % 30 / 10:.1f},{50 + n % 300}\n")
    subprocess.run([program, "patients", "import", rows, "--store", store], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return store


def works(program, yardstick, place):
    """What is measured: work, name, command, keys into place, keys that are repeated."""
    text = os.path.join(place, "text")
    pathlib.Path(text).write_text("".join(f"Line {n} of a text to move through\n" for n in range(2000)))
    app, kept = [program, "--store", ":memory:"], [program, "--store", roster(program, place)]
    here = shutil.which
    lines = [
        ("list", "C yardstick", [yardstick, "list"], "", "jk"),
        ("list", "lobule, trials", app, "<Wait400>", "jk"),
        ("list", "lobule, roster", kept, "<Wait400>5<Wait600>", "jk"),
        ("list", "lobule, scores", app, "<Wait400>3", "jk"),
        ("form", "C yardstick", [yardstick, "form"], "", "12.<BS><BS><BS>"),
        ("form", "lobule, verdicts turn", app, "<Wait400>2<Wait400>", "12.<BS><BS><BS>"),
        ("form", "lobule, verdicts stay", app, "<Wait400>2<Wait400>52<Wait400>",
         ".5<BS><BS>"),
        ("search", "lobule, trials", app, "<Wait400>/", "exo<BS><BS><BS>"),
        ("search", "lobule, roster", kept, "<Wait400>5<Wait600>/", "P-0<BS><BS><BS>"),
    ]
    if here("tig") and here("git"):
        lines.append(("list", "tig", ["tig", "-C", repository(place)], "", "jk"))
    if here("htop"):
        lines.append(("list", "htop", ["htop", "-d", "100"], "", "<Down><Up>"))
    if here("vim"):
        vim = ["vim", "-u", "NONE", "-N", "-c", "set ruler", text]
        lines += [("list", "vim", vim, "", "jk"),
                  ("form", "vim, insert", vim, "i", "12.<BS><BS><BS>"),
                  ("search", "vim, incsearch", vim, ":set<Space>incsearch<Enter>/", "Lin<BS><BS><BS>")]
    if here("nano"):
        lines.append(("form", "nano", ["nano", text], "", "12.<BS><BS><BS>"))
    return lines


def main():
    if len(sys.argv) < 2:
        fail("which program? as in Benchmarks/peers.py .build/release/lobule")
    program, flags = os.path.abspath(sys.argv[1]), sys.argv[2:]
    folder = tools()
    with tempfile.TemporaryDirectory() as place:
        lines = works(program, compiled(folder / "floor" / "yardstick.c", place), place)
        runs = [[] for _ in lines]
        for number in range(ROUNDS):
            for index, (_, name, command, into, keys) in enumerate(lines):
                print(f"\rround {number + 1} of {ROUNDS}, {name:<30}", end="", file=sys.stderr, flush=True)
                runs[index].append(measured(
                    folder / "latency.py", into, command,
                    ["--keys", keys, "--count", "120", "--idle", "500", *flags]))
        print(f"\r{'':<60}\r", end="", file=sys.stderr)
    figures = [Figures(made) for made in runs]
    columns = [("start, ms", 1, lambda figure: figure.median("startup_paint_ms")),
               ("key, 50 %, ms", 2, lambda figure: figure.key(50)),
               ("99 %, ms", 2, lambda figure: figure.key(99)),
               ("bytes a key", 0, lambda figure: figure.median("bytes_per_key")),
               ("MB", 1, lambda figure: figure.median("rss_mb")),
               ("idle, ms/s", 2, lambda figure: figure.median("idle_cpu_ms_s"))]
    print(f"{'':<28}" + "".join(f"{name:>16}" for name, _, _ in columns))
    for work in ["list", "form", "search"]:
        print(work)
        own = [(line[1], figure) for line, figure in zip(lines, figures) if line[0] == work]
        peers = [figure for name, figure in own if not name.startswith("lobule")]
        base = next((figure for name, figure in own if name == "C yardstick"),
                    min(peers, key=lambda figure: figure.key(50), default=None))

        def shown(figure, places, read):
            of = read(base) if base else 0
            ratio = f"×{read(figure) / of:.2f}" if of > 0 else ""
            return f"{read(figure):>8.{places}f} {ratio:<7}"

        for name, figure in own:
            print(f"  {name:<26}" + "".join(shown(figure, places, read) for _, places, read in columns))
    missing = [name for name in ["tig", "htop", "vim", "nano"] if not shutil.which(name)]
    if missing:
        print(f"Not installed and left out: {', '.join(missing)}.")
    noise = max(run["noise_pct"] for made in runs for run in made)
    if noise > 10:
        print(f"The machine was busy (up to {noise:.0f} %): times are too high.")


main()
