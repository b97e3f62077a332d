"""The forms of OpenFisca-France's own cases: what is compared, what is skipped, and what is refused."""

from pathlib import Path

import pytest

from program import labacces

# name: (case, last line of --openfisca)
CASES = {
    "sums and powers": ("input: {age: 30}\n  output: {rsa_socle: 600 + 15.5 / 2, asf: -(2 - 1 * 2) * 2 ** 3}", "1 passed, 0 failed"),
    "a wrong sum": ("input: {age: 30}\n  output: {rsa_socle: 600 + 15.5 * 2}", "0 passed, 1 failed"),
    "no arithmetic": ("input: {age: 30}\n  output: {rsa_socle: 600 +}", "0 passed, 1 failed"),
    "an age in months": ("input: {age_en_mois: 360}\n  output: {rsa_socle: 607.75}", "1 passed, 0 failed"),
    "a year too young": ("input: {age: 24}\n  output: {rsa: 0}", "1 passed, 0 failed"),
    "an age on a year": ("input: {age: {2024: 30}}\n  output: {rsa_socle: 607.75}", "1 passed, 0 failed"),
    "no age at all": ("input: {}\n  output: {rsa_socle: 607.75}", "1 passed, 0 failed"),
    "an age that is no number": ("input: {age: trente}\n  output: {rsa_socle: 607.75}", "0 passed, 0 failed, 1 skipped"),
    "an enumeration that the law lacks": ("input: {activite: astronaute}\n  output: {rsa_socle: 607.75}", "0 passed, 0 failed, 1 skipped"),
    "an input asked": ("input: {loyer: 10}\n  output: {loyer: 10}", "0 passed, 0 failed, 1 skipped"),
    "a list for one unit": ("input: {age: 30}\n  output: {rsa_socle: [607.75, 607.75]}", "1 passed, 0 failed"),
    "a list for one unit, wrong": ("input: {age: 30}\n  output: {rsa_socle: [607.75, 607.7]}", "0 passed, 1 failed"),
    "persons in no family": ("input:\n    individus: {a: {age: 30}, b: {age: 40}}\n    famille: {parents: a}\n  output: {rsa_socle: [607.75, 607.75]}",
                             "1 passed, 0 failed"),
    "in its unit": ("input:\n    individus: {a: {age: 30}}\n    famille: {parents: a}\n  output: {famille: {rsa_socle: 607.75}}", "1 passed, 0 failed"),
    "names with capitals": ("input: {age: 30, caseL: true}\n  output: {nbptr: {2024: 1.5}}", "1 passed, 0 failed"),
    "a reform": ("reforms: [plf2015]\n  input: {age: 30}\n  output: {rsa_socle: 0}", "0 passed, 0 failed, 1 skipped"),
    "a commune and no zone": ("input: {age: 30, depcom: 35238, statut_occupation_logement: locataire_vide, loyer: 400}\n  output: {aide_logement: 0}",
                              "0 passed, 0 failed, 1 skipped"),
}


def write(folder: Path, case: str) -> None:
    (folder / "case.yaml").write_text("- period: 2024-01\n  absolute_error_margin: 0\n  " + case + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_form_of_case(name, tmp_path):
    case, last_line = CASES[name]
    write(tmp_path, case)
    done = labacces("test", "case.yaml", "--openfisca", folder=tmp_path)
    assert done.stdout.splitlines()[-1] == last_line, (done.stdout, done.stderr)
    assert done.returncode == (1 if "1 failed" in last_line else 0)


def test_a_period_before_the_first_month_is_left_out(tmp_path):
    write(tmp_path, "input: {age: 30}\n  output: {rsa_socle: {2024-01: 607.75, 2023-01: 0}}")
    failed = labacces("test", "case.yaml", "--openfisca", folder=tmp_path)
    passed = labacces("test", "case.yaml", "--openfisca", "--from", "2024-01", folder=tmp_path)
    assert (failed.returncode, passed.returncode) == (1, 0), (failed.stdout, passed.stdout)


@pytest.mark.parametrize(("arguments", "message"), [
    (("--from", "2019"), "error: --from, --ignore and --zones go with --openfisca"),
    (("--openfisca", "--from", "2019"), "error: --from: a month was expected, such as 2025-06, found '2019'"),
    (("--openfisca", "nowhere.yaml"), "nowhere.yaml"),
])
def test_wrong_options_are_refused(arguments, message, tmp_path):
    write(tmp_path, "input: {}\n  output: {rsa_socle: 0}")
    done = labacces("test", "case.yaml", *arguments, folder=tmp_path)
    assert done.returncode == 2 and message in done.stderr, done.stderr


def test_nesting_without_end_is_no_arithmetic(tmp_path):
    write(tmp_path, "input: {}\n  output: {rsa_socle: " + "(" * 5000 + "1" + ")" * 5000 + "}")
    assert labacces("test", "case.yaml", "--openfisca", folder=tmp_path).returncode == 1


def test_zones_of_communes_come_from_a_file(tmp_path):
    write(tmp_path, "input: {age: 30, depcom: {2023: '35238', 2024: '75107'}, statut_occupation_logement: locataire_vide, loyer: 400}\n"
                    "  output: {aide_logement_loyer_plafond: 319.3, aide_logement_loyer_retenu: 319.3}")
    (tmp_path / "zones.csv").write_text("CODGEO,LIBCOM_2014,Zonage\n35238,Rennes,2\n75056,Paris,1bis\n", encoding="utf-8")
    done = labacces("test", "case.yaml", "--openfisca", "--zones", "zones.csv", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    for content, message in (("CODGEO\n", "zones.csv:1: error: expected columns"), ("CODGEO,Zonage\n1,9\n", "zones.csv:2: error: expected a commune")):
        (tmp_path / "zones.csv").write_text(content, encoding="utf-8")
        done = labacces("test", "case.yaml", "--openfisca", "--zones", "zones.csv", folder=tmp_path)
        assert done.returncode == 2 and message in done.stderr, done.stderr
