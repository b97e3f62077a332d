"""Who claims, for every model and every dependence, through the program: the order of rows, threads and a subsample (and with it the chunks) change no decision."""

import json
import random

import pytest

from program import labacces

COLUMNS = "id,idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,salaire_net,rsa_vu\n"
HOUSEHOLDS = 240
LAW = 'input rsa_vu of famille monthly : EUR/month "RSA seen" default 0\n'

MODELS = {
    "rate by cell": {"take_up": {"rsa": {"rate": 0.5}, "ppa": {"rate": 0.6, "cells": [{"variable": "salaire_net", "item": "yes", "rate": 0.3}]}}},
    "logit": {"take_up": {"rsa": {"model": "logit", "intercept": -3, "amount": {"form": "log", "coefficient": 0.6}, "duration": 0.05}, "ppa": {"rate": 0.6}}},
    "probit": {"take_up": {"rsa": {"model": "probit", "intercept": -0.5, "amount": {"form": "level", "coefficient": 0.2}}, "ppa": {"rate": 0.6}}},
    "threshold": {"take_up": {"rsa": {"model": "threshold", "cost": 2500, "spread": 1.2}, "ppa": {"model": "threshold", "cost": 1200, "spread": 1}}},
    "observed": {"take_up": {"rsa": {"model": "observed", "receipt": "rsa_vu", "rate": 0.4}, "ppa": {"rate": 0.6}}},
    "gateways": {"take_up": {"rsa": {"rate": 0.5}, "ppa": {"rate": 0.4, "gateways": {"rsa": 1.5}}}},
    "copula": {"take_up": {"rsa": {"rate": 0.5}, "ppa": {"rate": 0.6}}, "correlations": [["rsa", "ppa", 0.6]]},
    "persistence": {"take_up": {"rsa": {"rate": 0.5, "persistence": 0.8}, "ppa": {"rate": 0.6, "persistence": 0.95}}},
    "all at once": {
        "take_up": {"rsa": {"model": "logit", "intercept": -3, "amount": {"form": "log", "coefficient": 0.6}, "persistence": 0.8}, "ppa": {"rate": 0.4, "gateways": {"rsa": 1}, "persistence": 0.9}},
        "correlations": [["rsa", "ppa", 0.5]],
    },
}
MODELS["rate by cell"]["take_up"]["ppa"]["cells"] = [{"variable": "statut_occupation_logement", "item": "locataire_hlm", "rate": 0.3}]


def people(households) -> str:
    """Single persons: half without income, half with a small wage; every third of the first is seen to receive."""
    lines = []
    for h in households:
        wage = 0 if h % 2 else 500 + 4 * h
        lines.append(f"p{h},m{h},0,f{h},0,d{h},0,1,19{60 + h % 30}-01-01,{wage},{550 if h % 6 == 1 else 0}\n")
    return COLUMNS + "".join(lines)


def run(folder, scenario, population, *options):
    (folder / "s.json").write_text(json.dumps({"extends": "builtin:base", "period": "2025-06", "benefits": ["rsa", "ppa"], "groups": [], **scenario}), encoding="utf-8")
    (folder / "seen.law").write_text(LAW, encoding="utf-8")
    (folder / "p.csv").write_text(population, encoding="utf-8")
    out = folder / "out"
    done = labacces("run", "s.json", "--population", "p.csv", "--add-law", "seen.law", "--no-suppression", "--output", out, *options, folder=folder)
    assert done.returncode == 0, done.stderr
    text = (out / "results.json").read_text(encoding="utf-8")
    for path in sorted(out.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    out.rmdir()
    return text


def counts(text):
    """Eligible and paid units of each benefit in the month, the quarter and the three quarters."""
    return [
        benefit["groups"]["all"]["all"][window][figure]["value"]
        for benefit in json.loads(text)["benefits"].values()
        for window in ("month", "quarter", "durable")
        for figure in ("eligible_units", "paid_units")
    ]


@pytest.mark.parametrize("name", MODELS)
def test_order_threads_and_subsamples_change_no_decision(tmp_path, name):
    scenario = MODELS[name]
    everyone = list(range(1, HOUSEHOLDS + 1))
    whole = run(tmp_path, scenario, people(everyone))
    assert counts(whole)[0] > 60
    assert run(tmp_path, scenario, people(everyone), "--threads", "3") == whole
    shuffled = everyone.copy()
    random.Random(1).shuffle(shuffled)
    assert counts(run(tmp_path, scenario, people(shuffled))) == counts(whole)
    halves = [counts(run(tmp_path, scenario, people(part))) for part in (shuffled[:100], shuffled[100:])]
    assert [a + b for a, b in zip(*halves)] == pytest.approx(counts(whole), abs=1e-9)


@pytest.mark.parametrize(
    ("take_up", "message"),
    [
        ({"rsa": {"rate": 1.2}}, "take_up/rsa/rate: error: a probability lies between 0 and 1, found 1.2"),
        ({"rsa": {"rate": 0.5, "cells": [{"variable": "departement", "item": "d29", "rate": -0.1}]}}, "a probability lies between 0 and 1, found -0.1"),
        ({"rsa": {"rate": 0.5, "persistence": 2}}, "take_up/rsa/persistence: error: a probability lies between 0 and 1, found 2"),
    ],
)
def test_probabilities_out_of_range_are_refused(tmp_path, take_up, message):
    (tmp_path / "s.json").write_text(json.dumps({"extends": "builtin:base", "take_up": take_up}), encoding="utf-8")
    done = labacces("run", "s.json", "--output", "out", folder=tmp_path)
    assert done.returncode == 2 and message in done.stderr, done.stderr
    assert not (tmp_path / "out").exists()
