#!/usr/bin/env python3
"""Compares the reference with cases computed by others: check_oracles.py FOLDER, or LOBULE_SHARED.

FOLDER holds one CSV a score. One line a file, and a line for each case that differs; exit status 1
where any does.
"""

import csv
import os
import pathlib
import sys

import alcohol
import meld_family
import organ_failure
from decimal_rules import exact
from scores import SCORES
from units import VARIABLES, read_patient


def result(score, **cells):
    """What a score comes to, from texts; empty ones are missing."""
    return SCORES[score].result(read_patient({name: str(text) for name, text in cells.items()}))


def value(score, **cells):
    return result(score, **cells)["value"]


def mgdl(text):
    return f"{text} mg/dL" if text else ""


def yes(text):
    return {"1": "yes", "0": "no"}[text]


def near(got, row, expected="expected"):
    """Within the tolerance of the row, or of half a unit of its last digit."""
    text = row[expected]
    if got is None:
        return False
    places = len(text.partition(".")[2])
    tolerance = float(row["tolerance"]) if "tolerance" in row else 0.5 * 10**-places
    return abs(float(got) - float(text)) <= tolerance + 1e-9


def known(row):
    """The cells of a row whose heads are variables; bare 1 and 0 are yes and no."""
    cells = {}
    for head, text in row.items():
        name, _, unit = head.partition("[")
        unit = unit.rstrip("]").replace("mmHg", "mm[Hg]")
        if name == "bmi":
            name, unit = "bodyMassIndex", "kg/m2"
        kind = VARIABLES.get(name)
        if kind is None or not text:
            continue
        if not hasattr(kind, "units"):
            cells[name] = yes(text) if type(kind).__name__ == "YesNo" and text in "01" else text
        else:
            units = {unit, "" if unit == "1" else unit}
            unit = next((u for u in kind.units if u in units), kind.canonical)
            cells[name] = f"{text} {unit}"
    return cells


def meld(row):
    got = meld_form(row)
    return near(got["unrounded"] if "." in row["expected"] or row["note"].startswith("unrounded") else got["value"], row)


def meld_form(row, score="meld", **more):
    """With inputs beyond what is accepted, which some cases have."""
    creatinine = exact("4" if score != "meld3" else "3") if row["dialysis"] == "1" else meld_family.held(
        exact(row["creatinine_mg_dl"]), 1, 3 if score == "meld3" else 4)
    bilirubin, inr = exact(row["bilirubin_mg_dl"]), exact(row["inr"])
    return SCORES[score].combine(bilirubin, inr, creatinine, *more.values())


def meld_na(row):
    variant = row["variant"]
    if variant.startswith("Kim2008"):
        first = int(variant.rpartition("=")[2])
        return near(meld_family.with_sodium(first, exact(row["sodium_mmol_l"])), row)
    got = meld_form(row, "meldNa", sodium=exact(row["sodium_mmol_l"]))
    if variant == "OPTN2016":
        return near(got["value"], row)
    if variant == "Biggins2006":
        return near(got["variant.biggins2006.unrounded"], row)
    raw = meld_form(row, "meld")["unrounded"]
    return near(meld_family.with_sodium(raw, exact(row["sodium_mmol_l"])) if raw > 11 else raw, row)


def meld3(row):
    person = (0, 7.33) if row["registered_under_18"] == "1" else (int(row["female"]), 6)
    got = meld_form(row, "meld3", sodium=exact(row["sodium_mmol_l"]), albumin=exact(row["albumin_g_dl"]),
                          person=person)
    if row["note"].startswith("unrounded"):
        return near(got["unrounded"], row)
    return near(got["value"] if row["cap40"] == "1" else got["variant.uncapped"], row)


def child_pugh(row):
    got = result("childPugh", totalBilirubin=mgdl(row["bilirubin_mg_dl"]), albumin=f"{row['albumin_g_dl']} g/dL",
                 inr=row["inr"], ascites=["none", "mild", "severe"][int(row["ascites_points_1_3"]) - 1],
                 encephalopathyGrade=row["he_grade_0_4"]) if row["cholestatic"] == "0" else None
    return near(got["value"], row) and row["expected_class"] in ("", got["band"])


def sofa(row):
    if "cv=" in row["map_lt_70"]:
        circulation = int(row["map_lt_70"][3:])
    else:
        circulation = organ_failure.circulation(
            {"dopamine": exact(row["dopamine_ug_kg_min"] or 0), "dobutamine": exact(row["dobutamine"] or 0),
             "epinephrine": exact(row["epinephrine_ug_kg_min"] or 0),
             "norepinephrine": exact(row["norepinephrine_ug_kg_min"] or 0),
             "meanArterialPressure": exact(60 if row["map_lt_70"] == "1" else 80)}.get, False)
    cells = read_patient({"pao2": row["pao2_mmhg"] + " mm[Hg]", "fio2": row["fio2_fraction"] + " 1",
                          "ventilation": yes(row["ventilated_or_cpap"]), "platelets": row["platelets_10e9_l"],
                          "totalBilirubin": mgdl(row["bilirubin_mg_dl"]), "glasgowComaScale": row["gcs"],
                          "creatinine": mgdl(row["creatinine_mg_dl"]),
                          "urineOutput": row["urine_ml_day"] and row["urine_ml_day"] + " mL/d"})
    parts = [part.states(cells)[0][1] if part.name != "circulation" else circulation
             for part in SCORES["sofa"].parts]
    return near(SCORES["sofa"].combine(*parts)["value"], row)


def sofa_components(row):
    x = exact(row["value"])
    if row["component"] == "resp":
        view = {"pao2": x, "fio2": 100, "ventilation": row["ventilated"] == "1"}
        return near(organ_failure._sofa_breath(view.get)[0], row)
    if row["component"] == "plt":
        return near(organ_failure.few_platelets(x), row)
    part = {"bili": ("totalBilirubin", exact("17.1")), "gcs": ("glasgowComaScale", 1),
            "cr": ("creatinine", exact("88.4"))}[row["component"]]
    state = next(p for p in SCORES["sofa"].parts if p.name == part[0]).compute({part[0]: x * part[1]}.get)
    return near(state if isinstance(state, int) else state[0], row)


def grade_by_codes(row):
    words = {1: "none", 2: "dysfunction", 3: "failure"}
    organs = {name: int(row[name]) for name in ("liver", "kidney", "brain", "coagulation", "circulation", "respiration")}
    others = sum(organs[name] == 3 for name in ("coagulation", "circulation", "respiration"))
    return near(organ_failure.easl_grade(organs["liver"] == 3, words[organs["kidney"]], organs["brain"], others), row)


def audit(row):
    cells = {f"audit{n}": text for n, text in enumerate(row["items_q1_to_q10"].split(), 1)}
    try:
        got = result("audit", **cells)
    except ValueError:
        return row["expected"] == "reject"
    return row["expected"] != "reject" and near(got["value"], row) and row["expected_zone"] in ("", got["band"])


def conversion(row):
    name = {"BUN->urea": "urea"}.get(row["analyte"], row["analyte"])
    name = {"bilirubin": "totalBilirubin"}.get(name, name)
    units = VARIABLES[name].units
    source = {"mg/dL BUN": "mg/dL{BUN}"}.get(row["from_unit"], row["from_unit"])
    target = {"mmol/L urea": "mmol/L"}.get(row["to_unit"], row["to_unit"])
    return near(exact(row["from_value"]) * units[source] / units[target], row)


def bavenoVII(row):
    cells = known(row)
    cells["aetiology"] = {"viral": "hcv", "alcohol": "alcohol", "nash": "masld"}[row["cause"]]
    got = result("bavenoVII", **cells)
    return got["band"] == row["csph"] and got["varicesScreening"] == row["varicesScreening"]


def clifSOFA(row):
    cells = known(row)
    units = {"dopamine": "ug/kg/min", "dobutamine": "ug/kg/min", "epinephrine": "ug/kg/min", "norepinephrine": "ug/kg/min"}
    given = any(float(row[head]) for head in row if head.partition("[")[0] in units)
    cells["vasopressors"] = "yes" if given else "no"
    got = result("clifSOFA", **cells)
    return near(got["value"], row) and got["parts"] == row["parts"] and got["failures"] == int(row["failures"])


def gema(row):
    got = result("gema", **known(row))
    return near(got["value"], row, "gema") and near(got["variant.na"], row, "gemaNa")


def kingsParacetamol(row):
    cells = known(row)
    # An empty lactate of this file counts as one that is not raised.
    cells = {"lactateEarly": "1 mmol/L", "lactateLate": "1 mmol/L", **cells}
    got = result("kingsParacetamol", **cells)
    return got["band"] == row["expected"] and got["variant.lactate"] == int(row["withLactate"] == "met")


def kingsNonParacetamol(row):
    got = result("kingsNonParacetamol", acuteLiverFailureCause=row["cause"], **known(row))
    return got["band"] == row["expected"] and got["count"] == int(row["count"])


def rFactorHy(row):
    got = result("rFactorHy", **known(row))
    return near(got["value"], row, "r") and got["pattern"] == row["pattern"] and (
        got["hysLaw"] == (row["hysLaw"] == "screens positive"))


def nfs(row):
    cells = known(row)
    cells["diabetes"] = "type2" if row["diabetes"] == "1" else "none"
    got = result("nfs", impairedFastingGlucose=yes(row["diabetes"]), **cells)
    return near(got["value"], row) and got["variant.angulo2007.band"] == row["band"] and got["band"] == row["band65"]


def malbi(row):
    got = result("mALBI", **known(row))
    return near(got["value"], row, "albi") and got["band"] == row["expected"]


def nacseld(row):
    got = result("nacseld", **known(row))
    return near(got["value"], row, "count") and got["band"] == row["expected"]


def meldXI(row):
    got = result("meldXI", **known(row))
    return near(got["value"], row) and near(got["unrounded"], row, "unrounded")


def lille(row):
    exponent = alcohol.lille_exponent(
        exact(row["age_years"]), exact(row["albumin_g_l"]), exact(row["bilirubin_day0_umol_l"]),
        exact(row["bilirubin_day7_umol_l"]), 2 if row["renal_insufficiency"] == "1" else 1, exact(row["pt_s"]))
    return near(1 / (1 + 2.718281828459045 ** float(exponent)), row)


CHECKS = {
    "abic": lambda r: near(value("abic", age=r["age_years"] + " a", totalBilirubin=mgdl(r["bilirubin_mg_dl"]),
                                 creatinine=mgdl(r["creatinine_mg_dl"]), inr=r["inr"]), r),
    "albi": lambda r: near(value("albi", totalBilirubin=r["bilirubin_umol_l"] + " umol/L",
                                 albumin=r["albumin_g_l"] + " g/L"), r),
    "apri": lambda r: near(value("apri", ast=r["ast_u_l"] + " U/L", astULN=r["ast_uln_u_l"] + " U/L",
                                 platelets=r["platelets_10e9_l"]), r),
    "audit": audit, "bavenoVII": bavenoVII, "child_pugh": child_pugh,
    "ckdEPI2021": lambda r: near(value("ckdEPI2021", **known(r)), r),
    "clichy": lambda r: result("clichy", **known(r))["band"] == r["expected"],
    "clifSOFA": clifSOFA,
    "clif_c_aclf": lambda r: near(organ_failure.aclf_value(int(r["clif_c_of_points"]), exact(r["age_years"]),
                                                           exact(r["wbc_10e9_l"])), r),
    "clif_c_aclf_mortality": lambda r: near(
        100 * organ_failure.mortality(float(r["clif_c_aclf_score"]), int(r["horizon"].rstrip("m"))), r),
    "clif_c_ad": lambda r: near(value("clifCAD", age=r["age_years"] + " a", creatinine=mgdl(r["creatinine_mg_dl"]),
                                      inr=r["inr"], whiteCells=r["wbc_10e9_l"],
                                      sodium=r["sodium_mmol_l"] + " mmol/L"), r),
    "easl_clif_grade": grade_by_codes,
    "fib4": lambda r: near(value("fib4", age=r["age_years"] + " a", ast=r["ast_u_l"] + " U/L",
                                 alt=r["alt_u_l"] + " U/L", platelets=r["platelets_10e9_l"]), r),
    "gahs": lambda r: near(value("gahs", age=r["age_years"] + " a", whiteCells=r["wbc_10e9_l"],
                                 urea=r["urea_mmol_l"] + " mmol/L", inr=r["pt_ratio_or_inr"],
                                 totalBilirubin=r["bilirubin_umol_l"] + " umol/L"), r),
    "gema": gema,
    "kdigo_aki": lambda r: near(value("kdigoAKI", creatinine=mgdl(r["creatinine_mg_dl"]),
                                      baselineCreatinine=mgdl(r["baseline_mg_dl"]), renalReplacement=yes(r["rrt"]),
                                      urineOutput=f"{float(r['urine_ml_kg_h_24h']) * 24 * 80} mL/d",
                                      bodyWeight="80 kg"), r),
    "kingsNonParacetamol": kingsNonParacetamol, "kingsParacetamol": kingsParacetamol, "lille": lille,
    "mALBI": malbi,
    "maddrey": lambda r: near(value("maddrey", prothrombinTime=r["pt_patient_s"] + " s",
                                    prothrombinTimeControl=r["pt_control_s"] + " s",
                                    totalBilirubin=mgdl(r["bilirubin_mg_dl"])), r),
    "map_pressure": lambda r: near(organ_failure.mean_pressure(
        {"systolic": exact(r["systolic_mmhg"]), "diastolic": exact(r["diastolic_mmhg"])}.get), r),
    "meld": meld, "meld3": meld3,
    "meld3_survival90": lambda r: near(100 * meld_family.survival90(int(r["meld3_score"])), r),
    "meldXI": meldXI, "meld_na": meld_na, "nacseld": nacseld, "nfs": nfs,
    "qSOFA": lambda r: near(value("qSOFA", **known(r)), r),
    "rFactorHy": rFactorHy, "sofa": sofa, "sofa_components": sofa_components,
    "ukeld": lambda r: near(value("ukeld", inr=r["inr"], totalBilirubin=r["bilirubin_umol_l"] + " umol/L",
                                  creatinine=r["creatinine_umol_l"] + " umol/L",
                                  sodium=r["sodium_mmol_l"] + " mmol/L"), r),
    "unit_conversions": conversion,
}
LEFT_OUT = {"bar"}


def main(arguments):
    shared = os.environ.get("LOBULE_SHARED")
    if arguments:
        folder = pathlib.Path(arguments[0])
    elif shared:
        folder = pathlib.Path(shared) / "reference" / "oracles"
    else:
        print("check_oracles.py: say where the cases are, or set LOBULE_SHARED; left out")
        return 0
    differs = 0
    for path in sorted(folder.glob("*.csv")):
        if path.stem in LEFT_OUT:
            continue
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        wrong = [row["case_id"] for row in rows if not CHECKS[path.stem](row)]
        print(f"{path.name}: {len(rows) - len(wrong)} agree, {len(wrong)} differ")
        for case in wrong:
            print(f"  {case}")
        differs += len(wrong)
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
