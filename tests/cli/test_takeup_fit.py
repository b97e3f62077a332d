"""`takeup fit` through the program: the models, their tables in every form, and data that no model fits, each refused in one line that names the culprit."""

import csv
import json
import random

import pytest

from program import ROOT, files_in, labacces

UNITS = ROOT / "docs/cli/examples/units.csv"
TWO = ROOT / "docs/cli/examples/two_benefits.csv"
RIGHTS = ROOT / "docs/cli/examples/seen_rights.csv"
LOGIT = ("takeup", "fit", UNITS, "--receipt", "receives", "--covariates", "log(right),age,tenure", "--weight", "weight")


def fit(folder, *arguments):
    done = labacces(*arguments, "--output", "out", folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out/fit.json").read_text(encoding="utf-8"))


def estimates(rows):
    return {row["name"]: (row["value"], row["se"]) for row in rows}


def test_tables_come_as_text_csv_latex_and_html(tmp_path):
    fitted = fit(tmp_path, *LOGIT, "--cluster", "dwelling", "--cells", "tenure")
    forms = {f"{name}.{form}" for name in ("fit", "calibration", "cells") for form in ("txt", "csv", "tex", "html")}
    assert files_in(tmp_path / "out") == forms | {"fit.json"}
    with (tmp_path / "out/calibration.csv").open(encoding="utf-8", newline="") as file:
        bands = list(csv.DictReader(file))
    assert len(bands) == len(fitted["goodness"]["calibration"]) == 10
    assert sum(int(band["units"]) for band in bands) == fitted["units"]
    with (tmp_path / "out/fit.csv").open(encoding="utf-8", newline="") as file:
        names = [row[0] for row in csv.reader(file)][1:]
    assert names[:5] == ["(constant)", "log(right)", "age", "tenure=owner", "tenure=private"] or "(constant)" in names


def test_calibration_is_printed_when_asked(tmp_path):
    assert "Calibration by tenths" not in labacces(*LOGIT, folder=tmp_path).stdout
    assert "Calibration by tenths" in labacces(*LOGIT, "--calibration", folder=tmp_path).stdout


def test_threads_and_the_order_of_rows_leave_the_estimates(tmp_path):
    one = fit(tmp_path, *LOGIT, "--cluster", "dwelling", "--threads", "1")
    assert fit(tmp_path, *LOGIT, "--cluster", "dwelling", "--threads", "3") == one
    header, *rows = UNITS.read_text(encoding="utf-8").splitlines()
    random.Random(4).shuffle(rows)
    (tmp_path / "units.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    shuffled = fit(tmp_path, "takeup", "fit", "units.csv", *LOGIT[3:], "--cluster", "dwelling")
    for name, (value, error) in estimates(one["coefficients"]).items():
        assert estimates(shuffled["coefficients"])[name] == pytest.approx((value, error), rel=1e-9)


def test_strata_change_errors_and_not_estimates(tmp_path):
    plain = estimates(fit(tmp_path, *LOGIT, "--cluster", "dwelling")["coefficients"])
    header, *rows = UNITS.read_text(encoding="utf-8").splitlines()
    place = header.split(",").index("dwelling")
    text = "\n".join([header + ",stratum", *(row + f",s{int(row.split(',')[place]) % 3}" for row in rows)])
    (tmp_path / "units.csv").write_text(text + "\n", encoding="utf-8")
    strata = estimates(fit(tmp_path, "takeup", "fit", "units.csv", *LOGIT[3:], "--cluster", "dwelling", "--stratum", "stratum")["coefficients"])
    for name, (value, error) in plain.items():
        assert strata[name][0] == value
        assert strata[name][1] == pytest.approx(error, rel=0.2) and strata[name][1] != error


def test_two_benefits_at_once(tmp_path):
    arguments = ("takeup", "fit", TWO, "--model", "biprobit", "--receipt", "rsa", "--receipt2", "ppa", "--covariates", "log(rsa_right),age,tenure", "--covariates2",
                 "log(ppa_right),tenure", "--right", "rsa_right", "--right2", "ppa_right", "--weight", "weight", "--cluster", "dwelling")
    fitted = fit(tmp_path, *arguments)
    assert fitted["model"] == "bivariate probit" and fitted["benefits"] == ["rsa", "ppa"]
    low, high = fitted["correlation"]["ci95"]
    assert low < 0.5 < high < 1  # the data were made with 0.5
    assert sum(outcome["observed"] for outcome in fitted["joint"]) == pytest.approx(1)
    assert sum(outcome["fitted"]["value"] for outcome in fitted["joint"]) == pytest.approx(1)
    assert [row["name"] for row in fitted["second"]] == ["(constant)", "log(ppa_right)", "tenure=owner", "tenure=private"]
    assert len(fitted["covariance"]) == (5 + 4 + 1) ** 2
    printed = labacces(*arguments, folder=tmp_path).stdout
    assert "rho" in printed and "Receives both: observed" in printed


def test_rights_seen_with_errors(tmp_path):
    arguments = ("takeup", "fit", RIGHTS, "--model", "eligibility", "--receipt", "receives", "--covariates", "need", "--right", "right")
    fitted = fit(tmp_path, *arguments)
    for name, truth in (("wrongly_eligible", 0.1), ("wrongly_excluded", 0.2)):
        assert fitted[name]["ci95"][0] < truth < fitted[name]["ci95"][1]
    assert fitted["true_rate"]["value"] > fitted["share"]
    assert fitted["seem_eligible"] < fitted["units"] == 2500


HEADER = "y,x,z,g,w\n"


def rows(count=200, **changed):
    """Units with two covariates, a category and a weight; `changed` replaces a column by a function of (y, x, z, i)."""
    dice = random.Random(3)
    out = []
    for i in range(count):
        x, z = dice.gauss(0, 1), dice.gauss(0, 1)
        y = int(dice.random() < 0.5)
        row = {"y": y, "x": x, "z": z, "g": "abc"[i % 3], "w": 1}
        out.append({**row, **{name: of(row, i) for name, of in changed.items()}})
    return HEADER + "".join(f"{row['y']},{row['x']},{row['z']},{row['g']},{row['w']}\n" for row in out)


REFUSED = [
    ("separation by one side", rows(y=lambda row, i: int(row["x"] > 0.5)), "x,z", "covariate 'x' separates takers from non-takers"),
    ("separation by a category", rows(y=lambda row, i: 1 if row["g"] == "b" else row["y"]), "x,g", "covariate 'g=b' separates takers from non-takers: where it is 1 all units receive"),
    ("separation by a combination", rows(y=lambda row, i: int(row["x"] + row["z"] > 0.1)), "x,z", "together, 'z', 'x' separate takers from non-takers"),
    ("constant column", rows(z=lambda row, i: 4), "x,z", "covariate 'z' is 4 for all units: it cannot be told from the constant"),
    ("constant where weights are not 0", rows(z=lambda row, i: 4 if i % 2 else row["z"], w=lambda row, i: i % 2), "x,z", "covariate 'z' is 4 for all units"),
    ("collinear", rows(z=lambda row, i: 2 * row["x"] + 1), "x,z", "covariate 'z' is a combination of 'x' and the constant: leave one out"),
    ("zero weights", rows(w=lambda row, i: 0), "x", "all weights are 0: there is nothing to estimate from"),
    ("negative weight", rows(w=lambda row, i: -1 if i == 3 else 1), "x", "the weight of unit 4 is -1: a number of 0 or more was expected"),
    ("few successes", rows(y=lambda row, i: int(i in (5, 90))), "x,z", "only 2 units receive, fewer than the 3 coefficients asked"),
    ("no success", rows(y=lambda row, i: 0), "x", "no unit with a weight is seen to receive: a rate of 0 has no model"),
    ("no failure", rows(y=lambda row, i: 1), "x", "no unit with a weight is seen to miss out: a rate of 1 has no model"),
    ("receipt that is no 0 or 1", rows(y=lambda row, i: 0.5 if i == 7 else row["y"]), "x", "receipt is neither 0 nor 1 for unit 8: 0.5"),
    ("receipt that is no number", rows(y=lambda row, i: "yes" if i == 7 else row["y"]), "x", "u.csv:9:1: error: column 'y': a number was expected, found 'yes'"),
    ("weight that is no number", rows(w=lambda row, i: "much" if i == 0 else 1), "x", "column 'w': a number was expected, found 'much'"),
    ("too many texts", rows(g=lambda row, i: f"name{i}"), "g", "u.csv:2:"),
    ("infinite number", rows(x=lambda row, i: "inf" if i == 0 else row["x"]), "x", "'x'"),
    ("empty cell", rows(x=lambda row, i: "" if i == 1 else row["x"]), "x", "u.csv:3:3: error: column 'x': the cell is empty"),
    ("empty file", "", "x", "u.csv: error: the file is empty: expected a header line and rows"),
    ("no rows", HEADER, "x", "u.csv: error: the file has no rows"),
    ("unknown column", rows(), "x,zz", "there is no column 'zz'"),
]


@pytest.mark.parametrize(("text", "covariates", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_data_that_no_model_fits_are_refused_with_the_culprit(tmp_path, text, covariates, message):
    (tmp_path / "u.csv").write_text(text, encoding="utf-8")
    done = labacces("takeup", "fit", "u.csv", "--receipt", "y", "--covariates", covariates, "--weight", "w", "--output", "out", folder=tmp_path)
    assert done.returncode == 2, done.stdout
    assert message in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--model", "probt"), "--model: 'probt' is none of logit, probit, cloglog, misclassified, eligibility, biprobit, hazard; did you mean 'probit'?"),
        (("--model", "biprobit"), "--model biprobit needs --receipt2 COLUMN"),
        (("--model", "eligibility"), "--model eligibility needs --right COLUMN"),
        (("--model", "hazard"), "--model hazard needs --months COLUMN"),
        (("--receipt2", "z"), "--receipt2 belongs to --model biprobit"),
        (("--model", "misclassified", "--cells", "g"), "--cells belongs to the models logit, probit and cloglog"),
        (("--model", "misclassified", "--calibration"), "--calibration belongs to the models logit, probit and cloglog"),
        (("--errors", "clustered"), "--errors clustered needs --cluster COLUMN"),
        (("--stratum", "stratm"), "there is no column 'stratm'"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path, arguments, message):
    (tmp_path / "u.csv").write_text(rows(), encoding="utf-8")
    done = labacces("takeup", "fit", "u.csv", "--receipt", "y", "--covariates", "x,z", *arguments, folder=tmp_path)
    assert done.returncode == 2 and message in done.stderr, done.stderr
