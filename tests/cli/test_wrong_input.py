"""Wrong input of every kind: one clear line on stderr, exit 2, nothing printed as a result, nothing half-written."""

from pathlib import Path

import pytest

from program import files_in, labacces

HEADER = "id,idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,salaire_net\n"
ANNA = "anna,1,0,1,0,1,0,10,1990-04-02,1200\n"
TOM = "tom,2,0,2,0,2,0,10,1985-01-01,900\n"
LAW = """program p "P"
param a "A" : EUR/month
  2020-01-01  10
input aide of famille monthly : EUR/month default 0
input revenu of foyer_fiscal yearly : EUR/year default 0
"""
PERSON = '{"individus": {"a": {"date_naissance": {"ETERNITY": "1990-01-01"}, %s}}}'

POPULATIONS = {
    "text in a number column": (HEADER + ANNA + TOM.replace("900", "douze"), "bad.csv:3:31: error: column 'salaire_net': expected a number, found 'douze'"),
    "person without household": (HEADER + ANNA + TOM.replace("tom,2", "tom,"), "bad.csv:3:5: error: column 'idmen' is empty: the person is in no menage"),
    "two reference persons": (HEADER + ANNA + TOM.replace("tom,2", "tom,1"), "menage '1' has two persons with quimen 0 (personne_de_reference)"),
    "duplicated id": (HEADER + ANNA + TOM.replace("tom", "anna"), "'anna'"),
    "a needed column is missing": (HEADER.replace("quifoy,", "") + ANNA.replace("1,0,10,", "1,10,"), "bad.csv:1: error: a needed column is missing: quifoy"),
    "a needed input is missing": (HEADER.replace("date_naissance,", "") + ANNA.replace("1990-04-02,", ""), "date_naissance"),
    "truncated file": (HEADER + ANNA + "tom,2,0,2", "bad.csv:3: error: this row has 4 fields, the header has 10: is the file truncated?"),
    "empty file": ("", "bad.csv"),
    "header only": (HEADER, "bad.csv"),
    "invalid UTF-8": (HEADER.encode() + ANNA.encode().replace(b"anna", b"ann\xe9"), "UTF-8"),
    "unknown column": (HEADER.replace("salaire_net", "salaire_nte") + ANNA, "salaire_net"),
}

SITUATIONS = {
    "unknown variable": (PERSON % '"salaire_nte": {"2025-06": 1}', "individus/a/salaire_nte: error: unknown variable 'salaire_nte' (did you mean 'salaire_net'?)"),
    "wrong period": (PERSON % '"salaire_net": {"2025-6": 1}', "individus/a/salaire_net/2025-6: error: '2025-6' is not a period"),
    "thirteenth month": (PERSON % '"salaire_net": {"2025-13": 1}', "'2025-13' is not a period"),
    "a text for an amount": (PERSON % '"salaire_net": {"2025-06": "mille"}', "individus/a/salaire_net/2025-06: error:"),
    "an unknown code": ('{"individus": {"a": {}}, "menages": {"m": {"personne_de_reference": ["a"], "statut_occupation_logement": {"2025-06": "locataire_vid"}}}}', "did you mean 'locataire_vide'?"),
    "person in two families": ('{"individus": {"a": {}, "b": {}}, "familles": {"f": {"parents": ["a"]}, "g": {"parents": ["b"], "enfants": ["a"]}}}', "'a' is already in famille 'f'"),
    "syntax error": ('{\n  "individus": {\n    "a": {"salaire_net": {"2025-06": 12,}}\n  }\n}\n', "bad.json:3:41: error: JSON syntax error"),
    "repeated key": ('{"individus": {"a": {}, "a": {}}}', "individus/a: error: the key 'a' stands twice in one object"),
    "empty file": ("", "bad.json"),
    "truncated file": ('{"individus": {"a": {', "bad.json:1:"),
    "invalid UTF-8": (b'{"individus": {"\xe9": {}}}', "UTF-8"),
    "a list": ("[1, 2]", "expected an object"),
    "nested ten thousand deep": ("[" * 10_000, "nested deeper than 200 levels"),
    "binary": (bytes(range(256)) * 8, "bad.json"),
}

LAWS = {
    "unknown name": (LAW + "rule x of famille monthly : EUR/month\n  from 2020-01-01 = aides\n", "bad.law:7:21: error: unknown name 'aides'"),
    "a month and a year": (LAW + "rule x of famille monthly : EUR/month\n  from 2020-01-01 = aide + demandeur.foyer_fiscal.revenu at year -2\n", "'+' mixes EUR/month and EUR/year"),
    "cycle": (LAW + "rule x of famille monthly : EUR/month\n  from 2020-01-01 = y\nrule y of famille monthly : EUR/month\n  from 2020-01-01 = x\n", "needs itself in the same month (2020-01): x -> y -> x"),
    "gap in dates": (LAW + "rule x of famille monthly : EUR/month\n  from 2015-01-01 = a\n", "param 'p.a' is not in force from 2015-01 to 2019-12"),
    "syntax": (LAW + "rule x of famille monthly EUR\n", "bad.law:6:"),
    "invalid UTF-8": (LAW.encode() + b"# \xe9\n", "UTF-8"),
    "a million brackets": ("program p " + "(" * 1_000_000, "bad.law:1:"),
}


def refused(result, folder: Path, before: set[str], message: str) -> None:
    assert result.returncode == 2, (result.stdout, result.stderr)
    assert message in result.stderr.splitlines()[0], result.stderr
    assert result.stdout == ""
    assert files_in(folder) == before


def write(path: Path, content: str | bytes) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("name", POPULATIONS)
def test_a_bad_population_is_refused(name, tmp_path):
    content, message = POPULATIONS[name]
    write(tmp_path / "bad.csv", content)
    before = files_in(tmp_path)
    result = labacces("run", "--population", "bad.csv", "--period", "2025-06", "--output", "out", folder=tmp_path)
    refused(result, tmp_path, before, message)


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize("verb", ["calculate", "explain"])
def test_a_bad_situation_is_refused(name, verb, tmp_path):
    content, message = SITUATIONS[name]
    write(tmp_path / "bad.json", content)
    before = files_in(tmp_path)
    options = ["--output", "out.json"] if verb == "calculate" else ["--variable", "rsa", "--period", "2025-06"]
    result = labacces(verb, "bad.json", *options, folder=tmp_path)
    refused(result, tmp_path, before, message)
    assert len(result.stderr.splitlines()) <= 2


@pytest.mark.parametrize("name", LAWS)
def test_a_bad_law_is_refused(name, tmp_path):
    content, message = LAWS[name]
    write(tmp_path / "bad.law", content)
    before = files_in(tmp_path)
    refused(labacces("law", "check", "--law", "bad.law", folder=tmp_path), tmp_path, before, message)
    refused(labacces("run", "--law", "bad.law", "--output", "out", folder=tmp_path), tmp_path, before, message)


BAD_SCENARIOS = {
    "unknown key": ('{"perod": "2025-06"}', "period"),
    "rate above one": ('{"benefits": ["rsa"], "take_up": {"rsa": {"rate": 1.5}}}', "bad.json"),
    "syntax error": ('{"period": ', "bad.json:1:"),
}


@pytest.mark.parametrize("name", BAD_SCENARIOS)
def test_a_bad_scenario_is_refused(name, tmp_path):
    content, message = BAD_SCENARIOS[name]
    write(tmp_path / "bad.json", content)
    before = files_in(tmp_path)
    refused(labacces("run", "bad.json", "--output", "out", folder=tmp_path), tmp_path, before, message)


BAD_CASES = {
    "not YAML": ("- name: [\n", "bad.yaml"),
    "unknown key": ("- name: x\n  perod: 2025-06\n  input: {}\n  output: {rsa: 0}\n", "did you mean 'period'?"),
    "a case that is a text": ("- hello\n", "bad.yaml:1"),
    "no output": ("- name: x\n  period: 2025-06\n  input: {}\n", "bad.yaml:1"),
    "no period": ("- name: x\n  period: juin\n  input: {}\n  output: {rsa: 0}\n", "bad.yaml:2:11: error: 'juin' is not a period"),
    "margin": ("- period: 2025-06\n  input: {}\n  output: {rsa: 0}\n  absolute_error_margin: abc\n", "expected a margin"),
    "unknown unit": (
        "- period: 2025-06\n  input: {individus: {a: {}}, familles: {f: {parents: [a]}}}\n  output: {familles: {g: {rsa: 0}}}\n",
        "there is no 'g' among the familles",
    ),
    "empty key": ("- ? [a]\n  : b\n", "bad.yaml"),
}


@pytest.mark.parametrize("name", BAD_CASES)
def test_bad_cases_are_refused(name, tmp_path):
    content, message = BAD_CASES[name]
    write(tmp_path / "bad.yaml", content)
    refused(labacces("test", "bad.yaml", folder=tmp_path), tmp_path, {"bad.yaml"}, message)


COMMANDS = {
    "unknown verb": (["calculat"], "unknown verb 'calculat'; did you mean 'calculate'?"),
    "unknown option": (["run", "--ouput", "x"], "unknown option '--ouput'; did you mean '--output'?"),
    "unknown word of law": (["law", "shw"], "did you mean 'show'?"),
    "unknown name of the law": (["law", "show", "rsaa"], "rsa"),
    "unknown program": (["law", "list", "--program", "rssa"], "rsa"),
    "no situation": (["calculate"], "one situation file was expected"),
    "two situations": (["calculate", "a.json", "b.json"], "one situation file was expected"),
    "missing file": (["calculate", "nowhere.json"], "nowhere.json"),
    "a folder for a file": (["calculate", "."], "."),
    "missing population": (["run", "--population", "nowhere.csv"], "nowhere.csv"),
    "unknown built-in population": (["run", "--population", "builtin:bretange"], "bretagne"),
    "bad size of the population": (["run", "--population", "builtin:bretagne?households=many"], "households"),
    "missing law": (["run", "--law", "nowhere"], "nowhere"),
    "missing reform": (["run", "--reform", "nowhere.law"], "nowhere.law"),
    "bad month": (["run", "--period", "2025-13"], "a month was expected, such as 2025-06, found '2025-13'"),
    "bad number": (["run", "--threads", "two"], "two"),
    "no cases": (["test"], "files"),
    "no files to format": (["law", "format"], "which files?"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_wrong_command_is_refused_in_one_line(name, tmp_path):
    arguments, message = COMMANDS[name]
    result = labacces(*arguments, folder=tmp_path)
    refused(result, tmp_path, set(), message)
    assert len(result.stderr.splitlines()) == 1


SMALL = ["--population", "builtin:bretagne?households=50"]


def test_a_month_before_the_law_names_each_rule_with_its_first_version(tmp_path):
    result = labacces("run", *SMALL, "--period", "1950-01", "--output", "out", folder=tmp_path)
    refused(result, tmp_path, set(), "rule 'rsa' is not in force on 1950-01-01: its first version starts on")


def test_an_output_folder_below_a_file_is_refused(tmp_path):
    write(tmp_path / "file", "x")
    result = labacces("run", *SMALL, "--output", "file/out", folder=tmp_path)
    refused(result, tmp_path, {"file"}, "file/out")


def test_an_output_folder_that_cannot_be_made_is_refused(tmp_path):
    result = labacces("run", *SMALL, "--output", "/proc/labacces_out", folder=tmp_path)
    refused(result, tmp_path, set(), "/proc/labacces_out")


def test_an_output_file_that_cannot_be_written_is_refused(tmp_path):
    write(tmp_path / "ok.json", PERSON % '"salaire_net": {"2025-06": null}')
    result = labacces("calculate", "ok.json", "--output", "nowhere/out.json", folder=tmp_path)
    refused(result, tmp_path, {"ok.json"}, "nowhere/out.json")


def test_results_that_are_there_stay_when_the_next_run_is_refused(tmp_path):
    write(tmp_path / "ok.json", PERSON % '"salaire_net": {"2025-06": 1}')
    write(tmp_path / "bad.json", "{")
    assert labacces("calculate", "ok.json", "--output", "out.json", folder=tmp_path).returncode == 0
    first = (tmp_path / "out.json").read_text()
    assert labacces("calculate", "bad.json", "--output", "out.json", folder=tmp_path).returncode == 2
    assert (tmp_path / "out.json").read_text() == first
