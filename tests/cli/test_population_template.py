"""labacces population template: the header it writes is one that run takes, and the JSON says what the law says."""

import json

from program import labacces

VALUES = {"id": "1", "idmen": "1", "quimen": "0", "idfam": "1", "quifam": "0", "idfoy": "1", "quifoy": "0", "wprm": "10", "date_naissance": "1990-01-31"}


def template(folder, *options):
    done = labacces("population", "template", "--period", "2025-06", *options, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_file_under_the_header_with_only_what_is_needed_runs(tmp_path):
    for more in ((), ("--periods",)):
        template(tmp_path, "--outputs", "rsa,ppa", "--output", "people.csv", *more)
        header = (tmp_path / "people.csv").read_text(encoding="utf-8")
        names = header.strip().split(",")
        assert len(names) == len(set(names)) and set(VALUES) <= set(names)
        (tmp_path / "people.csv").write_text(header + ",".join(VALUES.get(name, "") for name in names) + "\n", encoding="utf-8")
        done = labacces("run", "--population", "people.csv", "--period", "2025-06", folder=tmp_path)
        assert done.returncode == 0, done.stderr


def test_a_needed_column_left_out_is_the_one_that_run_asks_for(tmp_path):
    row = {name: value for name, value in VALUES.items() if name != "date_naissance"}
    (tmp_path / "people.csv").write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    done = labacces("run", "--population", "people.csv", "--period", "2025-06", folder=tmp_path)
    missing = {line.split("missing input '")[1].split("'")[0] for line in done.stderr.splitlines() if "missing input" in line}
    template(tmp_path, "--outputs", "rsa,ppa", "--output", "t.json")
    told = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert missing == {variable["variable"] for variable in told["variables"] if variable["needed"]} == {"date_naissance"}


def test_json_has_codes_defaults_periods_and_readers(tmp_path):
    template(tmp_path, "--outputs", "rsa,aide_logement", "--output", "t.json")
    told = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert told["format"] == "labacces-template/1" and told["period"] == "2025-06" and told["outputs"] == ["rsa", "aide_logement"]
    by_name = {variable["variable"]: variable for variable in told["variables"]}
    assert {"code": "zone_2", "label": "Zone 2"} in by_name["zone_apl"]["codes"] and by_name["zone_apl"]["default"] == "zone_2"
    assert by_name["loyer"]["entity"] == "menage" and by_name["loyer"]["measure"] == "EUR/month" and "rsa" in by_name["loyer"]["read_by"]
    assert by_name["salaire_de_base"]["periods"]["first"] < "2025-03" <= by_name["salaire_de_base"]["periods"]["last"]


def test_given_rules_take_the_place_of_what_only_they_read(tmp_path):
    wide, narrow = (int(template(tmp_path, "--outputs", "revenu_disponible", *more).split(": ")[1].split(" ")[0]) for more in ((), ("--given", "rsa,ppa,aide_logement,aah,impots_directs")))
    assert narrow < wide
    done = labacces("population", "template", "--outputs", "rsa", "--given", "salaire_nte", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "error: unknown variable 'salaire_nte' (did you mean 'salaire_net'?)\n")


def test_outputs_are_asked_for_and_files_are_csv_or_json(tmp_path):
    assert labacces("population", "template", folder=tmp_path).stderr.startswith("error: --outputs: which variables of the law?")
    done = labacces("population", "template", "--outputs", "rsa", "--output", "t.txt", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "error: --output: a name in .csv or .json was expected, found 't.txt'\n")
