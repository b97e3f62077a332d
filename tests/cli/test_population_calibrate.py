"""population calibrate and population margins: files of margins, new weights, and what cannot be met."""

import csv
import importlib.util
import json
import shutil

import jsonschema
import pytest

from program import ROOT, files_in, labacces

EXAMPLES = ROOT / "docs" / "cli" / "examples"
PERIOD = ("--period", "2025-06")


@pytest.fixture
def folder(tmp_path):
    for name in ("survey.csv", "margins.json"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return tmp_path


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_weights_written_meet_the_margins_and_the_held_out_ones_are_compared(folder):
    result = labacces("population", "calibrate", "survey.csv", "--margins", "margins.json", *PERIOD, "--output", "out", folder=folder)
    assert result.returncode == 0, result.stderr
    assert files_in(folder / "out") == {"margins.csv", "margins.json", "margins.txt", "weights.csv"}
    weights = {row["idmen"]: float(row["wprm"]) for row in rows_of(folder / "out" / "weights.csv")}
    people = rows_of(folder / "survey.csv")
    hlm = sum(weights[p["idmen"]] for p in people if p["quimen"] == "0" and p["statut_occupation_logement"] == "locataire_hlm")
    assert hlm == pytest.approx(400, rel=1e-9)
    old = sum(weights[p["idmen"]] for p in people if int(p["date_naissance"][:4]) <= 1965)
    assert old == pytest.approx(700, rel=1e-9)
    written = json.loads((folder / "out" / "margins.json").read_text())
    assert written["format"] == "labacces-margins/1" and written["calibration"]["largest_relative_error"] < 1e-9
    held_out = [f for f in written["figures"] if f["held_out"]]
    assert len(held_out) == 3 and len(written["figures"]) == 11
    assert all(abs(f["error_after_percent"]) < 1e-6 for f in written["figures"] if f["use"] == "calibrated")
    assert {row["use"] for row in rows_of(folder / "out" / "margins.csv")} == {"calibrated", "held out"}
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_the_population_written_has_the_new_weights_and_the_margins_with_them(folder):
    first = labacces("population", "calibrate", "survey.csv", "--margins", "margins.json", *PERIOD, "--write", "new", folder=folder)
    assert first.returncode == 0, first.stderr
    again = labacces("population", "margins", "new", "--margins", "margins.json", *PERIOD, "--output", "out", folder=folder)
    assert again.returncode == 0, again.stderr
    figures = json.loads((folder / "out" / "margins.json").read_text())["figures"]
    assert all(abs(f["error_before_percent"]) < 1e-6 for f in figures if f["use"] == "calibrated")
    assert "calibration" not in json.loads((folder / "out" / "margins.json").read_text())


def test_a_csv_of_margins_and_rules_of_the_law_among_them(folder):
    (folder / "margins.csv").write_text(
        "margin,level,where,sum,total,source,held_out\n"
        "dwellings,menage,,,1400,test,\n"
        "poor,individu,niveau_de_vie ..<12000,,1500,test,\n"
        "RSA,famille,,rsa,1000,test,yes\n"
    )
    result = labacces("population", "calibrate", "survey.csv", "--margins", "margins.csv", *PERIOD, "--output", "out", "--reform", "incomes.law", folder=folder)
    assert result.returncode == 2 and "incomes.law" in result.stderr
    result = labacces("population", "margins", "builtin:bretagne?households=300", "--margins", "margins.csv", *PERIOD, "--output", "out", folder=folder)
    assert result.returncode == 0, result.stderr
    figures = {f["margin"]: f for f in json.loads((folder / "out" / "margins.json").read_text())["figures"]}
    assert figures["RSA"]["before"] > 0 and figures["poor"]["before"] > 0
    assert "synthetic" in result.stdout


def test_a_range_tells_inside_below_or_above_beside_a_total_or_without_one(folder):
    margins = [{"name": name, "where": "departement = d22", "range": accepted, **more} for name, accepted, more in (
        ("in it", [300, 342], {"held_out": True}), ("under it", [343, 400], {"total": 350, "held_out": True}), ("over it", [0, 341], {"tuned_on": True}))]
    table = {"name": "by place", "by": {"departement": ["d22", "d29"]}, "range": [[300, 350], [400, 500]], "held_out": True}
    (folder / "m.json").write_text(json.dumps({"source": "test", "margins": [*margins, table]}))
    result = labacces("population", "margins", "survey.csv", "--margins", "m.json", *PERIOD, "--all", "--output", "out", folder=folder)
    assert result.returncode == 0, result.stderr
    figures = json.loads((folder / "out" / "margins.json").read_text())["figures"]
    assert [f["standing"] for f in figures] == ["inside", "below", "above", "inside", "below"]
    assert [f["published"] for f in figures[:3]] == [None, 350, None] and figures[1]["range"] == [343, 400]
    assert [f["use"] for f in figures[:3]] == ["held out", "held out", "tuned on"]
    rows = rows_of(folder / "out" / "margins.csv")
    assert rows[1]["low"] == "343" and rows[1]["range"] == "below" and rows[2]["use"] == "tuned on"
    assert "343 to 400" in result.stdout and "1 of 2 out" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_any_number_of_threads_gives_the_same_bytes(folder):
    for threads in ("1", "2"):
        result = labacces("population", "calibrate", "builtin:bretagne?households=3000", "--margins", "margins.json", *PERIOD, "--threads", threads,
                          "--output", f"out{threads}", folder=folder)
        assert result.returncode == 0, result.stderr
    for name in ("weights.csv", "margins.json"):
        assert (folder / "out1" / name).read_bytes() == (folder / "out2" / name).read_bytes()


def test_replicate_weights_are_calibrated_alike(folder):
    ids = sorted({row["idmen"] for row in rows_of(folder / "survey.csv")}, key=int)
    lines = [f"{i},{50 + 3 * (int(i) % 5)},{60 - 2 * (int(i) % 7)}" for i in ids]
    (folder / "design.csv").write_text("idmen,rep1,rep2\n" + "\n".join(lines) + "\n")
    result = labacces("population", "calibrate", "survey.csv", "--margins", "margins.json", *PERIOD, "--design", "design.csv", "--replicates", "rep",
                      "--output", "out", folder=folder)
    assert result.returncode == 0, result.stderr
    rows = rows_of(folder / "out" / "weights.csv")
    people = rows_of(folder / "survey.csv")
    for column in ("wprm", "rep1", "rep2"):
        weights = {row["idmen"]: float(row[column]) for row in rows}
        assert sum(w for i, w in weights.items() if any(p["idmen"] == i and p["departement"] == "d22" for p in people)) == pytest.approx(330, rel=1e-9)


def with_margin(**keys):
    return json.dumps({"source": "test", "margins": [{"name": "a", "total": 100, **keys}]})


BAD = {
    "no margins": ((), "", "--margins is missing"),
    "unknown method": (("--margins", "m.json", "--method", "rakin"), with_margin(), "--method: 'rakin' is none of linear, raking, logit, truncated_linear; did you mean 'raking'?"),
    "bounds without need": (("--margins", "m.json", "--lower", "0.5"), with_margin(), "--lower does not belong to --method raking"),
    "no bounds": (("--margins", "m.json", "--method", "logit", "--lower", "0.5"), with_margin(), "--upper is needed by --method logit"),
    "bounds without 1": (("--margins", "m.json", "--method", "logit", "--lower", "1.2", "--upper", "2"), with_margin(), "0 <= lower < 1 < upper"),
    "design without prefix": (("--margins", "m.json", "--design", "d.csv"), with_margin(), "--design and --replicates go together"),
    "syntax": (("--margins", "m.json"), '{"margins": [1,]}', "m.json:1:16: error: JSON syntax error"),
    "unknown variable": (("--margins", "m.json"), with_margin(where="departemnt = d22"), "m.json: margins/0/where: error: the law has no variable 'departemnt' (did you mean 'departement'?)"),
    "unknown item": (("--margins", "m.json"), with_margin(where="departement = 22"), "m.json: margins/0/where: error: '22' is no item of 'departement'"),
    "all held out": (("--margins", "m.json"), with_margin(held_out=True), "m.json: error: no margin to calibrate to: all are held out"),
    "nobody counts": (("--margins", "m.json"), with_margin(where="age 120.."), "margin 'a' asks 100, but no unit with a weight counts in it"),
    "out of reach": (("--margins", "m.json", "--method", "logit", "--lower", "0.5", "--upper", "2"), with_margin(), "margin 'a' asks 100, out of reach"),
    "contradiction": (("--margins", "m.json"), json.dumps({"source": "t", "margins": [{"name": "a", "total": 100}, {"name": "b", "by": {"personnes": ["1", "2.."]}, "total": [60, 50]}]}),
                      "margins contradict each other"),
    "no such file": (("--margins", "none.json"), "", "none.json"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_done_is_one_clear_line_and_nothing_is_written(name, folder):
    options, margins, message = BAD[name]
    (folder / "m.json").write_text(margins)
    before = files_in(folder)
    result = labacces("population", "calibrate", "survey.csv", *options, *PERIOD, "--output", "out", "--write", "new", folder=folder)
    assert result.returncode == 2, result.stdout
    assert message in result.stderr, result.stderr
    assert result.stdout == "" and files_in(folder) == before


def test_the_margins_of_brittany_are_what_the_script_makes_of_the_published_figures():
    folder = ROOT / "libsim" / "population" / "margins"
    spec = importlib.util.spec_from_file_location("bretagne", folder / "bretagne.py")
    bretagne = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bretagne)
    assert (folder / "bretagne.json").read_text(encoding="utf-8") == bretagne.text()
    assert all(row["source"] for row in bretagne.ROWS)


SCHEMA = json.loads((ROOT / "libsim" / "population" / "margins" / "schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [EXAMPLES / "margins.json", *(ROOT / "libsim" / "population" / "margins" / f"{name}.json" for name in ("bretagne", "niveau_bretagne"))], ids=lambda path: path.stem)
def test_ready_margins_fit_the_schema(path):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize("keys", [{"total": "1"}, {"totale": 1}, {"total": 1, "level": "menages"}, {"total": 1, "held_out": True, "tuned_on": True}, {"range": [1], "held_out": True},
                                  {"total": 1, "quantile": 50, "of": "rfr"}, {"total": 1, "index": "cpi"}, {}])
def test_what_the_program_refuses_does_not_fit_the_schema(keys, folder):
    file = {"source": "test", "margins": [{"name": "a", **keys}]}
    (folder / "m.json").write_text(json.dumps(file))
    assert labacces("population", "margins", "survey.csv", "--margins", "m.json", *PERIOD, folder=folder).returncode == 2
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(file, SCHEMA)


def test_the_synthetic_brittany_meets_its_margins_and_is_compared_with_the_held_out_ones(folder):
    result = labacces("population", "margins", "builtin:bretagne?households=20000", *PERIOD, "--output", "out", folder=folder)
    assert result.returncode == 0, result.stderr
    figures = json.loads((folder / "out" / "margins.json").read_text())["figures"]
    calibrated = [f for f in figures if f["use"] == "calibrated"]
    assert len(calibrated) > 50 and max(abs(f["error_before_percent"]) for f in calibrated) < 0.1
    assert {"Poverty by tenure, in 100", "Poverty by age of the reference person, in 100"} <= {f["margin"] for f in figures if f["held_out"]}
    assert {f["margin"] for f in figures if f["use"] == "tuned on"} >= {"Poverty, in 100", *(f"{name} of the standard of living" for name in ("First decile", "Median", "Ninth decile"))}
    assert all(f["source"] for f in figures) and len([f for f in figures if "range" in f]) == 6
    large = labacces("population", "margins", "builtin:bretagne?households=100000", *PERIOD, "--output", "large", folder=folder)
    assert large.returncode == 0, large.stderr
    rights = {f["margin"]: f["standing"] for f in json.loads((folder / "large" / "margins.json").read_text())["figures"] if "range" in f}
    assert set(rights.values()) == {"inside"}, rights
    uniform = labacces("population", "margins", "builtin:bretagne?households=20000&weights=uniform", *PERIOD, folder=folder)
    assert uniform.returncode == 0 and uniform.stdout != result.stdout


def test_how_the_weights_were_made_is_in_the_results(folder):
    result = labacces("run", "--population", "builtin:bretagne?households=1000", *PERIOD, "--output", "out", folder=folder)
    assert result.returncode == 0, result.stderr
    population = json.loads((folder / "out" / "results.json").read_text())["population"]
    assert population["weights"].startswith("calibrated to ") and "left out" in population["weights"]


def test_an_unknown_way_of_weighting_is_refused(folder):
    result = labacces("run", "--population", "builtin:bretagne?weights=unifrom", folder=folder)
    assert result.returncode == 2 and "weights are calibrated or uniform, found 'unifrom'; did you mean 'uniform'?" in result.stderr
