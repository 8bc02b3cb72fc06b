"""Reads the criteria of a trial record: the part of YAML that they are written in."""

import pathlib

SEEDS = pathlib.Path(__file__).resolve().parent.parent.parent / "seeds"


def trials():
    return sorted(path.stem for path in SEEDS.glob("NCT*.yaml"))


def criteria(trial):
    """The criteria in the order of the record: id, polarity, expression, attest and conflict of each."""
    lines = (SEEDS / f"{trial}.yaml").read_text(encoding="utf-8").split("\n")
    start = lines.index("criteria:") + 1
    end = next((i for i in range(start, len(lines)) if lines[i] and not lines[i].startswith(" ")), len(lines))
    items, key = [], None
    for line in lines[start:end]:
        body = line.strip()
        depth = len(line) - len(line.lstrip())
        if body.startswith("- id:"):
            items.append({"id": body.removeprefix("- id:").strip(), "conflict": []})
            key = None
        elif depth == 4 and ":" in body:
            key, _, text = body.partition(":")
            text = text.strip()
            if key in ("polarity", "expression", "attest"):
                items[-1][key] = "" if text in ("|", ">-", ">", "|-") else unquoted(text)
        elif depth > 4 and key == "expression":
            items[-1]["expression"] = (items[-1]["expression"] + " " + body).strip()
        elif depth > 4 and key == "conflict" and body.startswith("with:"):
            items[-1]["conflict"] = [part.strip() for part in body.removeprefix("with:").strip(" []").split(",")]
    return items


def unquoted(text):
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    return text
