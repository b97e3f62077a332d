"""The estimators behind TakeUpModel, as scikit-learn would call them."""

import json

import numpy as np
import pandas as pd
import polars
import pytest

import labacces as la
from conftest import ROOT, message

DATA = pd.read_csv(ROOT / "docs" / "cli" / "examples" / "units.csv")


def covariates() -> pd.DataFrame:
    return DATA.assign(log_right=np.log(DATA["right"]))[["log_right", "age", "tenure"]]


def test_the_fit_is_the_one_of_the_command_line(tmp_path):
    import subprocess

    from test_run import PROGRAM

    subprocess.run([PROGRAM, "takeup", "fit", ROOT / "docs/cli/examples/units.csv", "--receipt", "receives", "--covariates", "log(right),age,tenure",
                    "--weight", "weight", "--cluster", "dwelling", "--output", "fit"], cwd=tmp_path, check=True, capture_output=True)
    told = json.loads((tmp_path / "fit" / "fit.json").read_text())
    model = la.TakeUpModel().fit(covariates(), DATA["receives"], sample_weight=DATA["weight"], clusters=DATA["dwelling"])
    text = json.dumps(told)
    assert repr(float(model.coef_[0, 0])) in text and repr(float(model.table["se"][1])) in text
    assert list(model.feature_names_in_) == ["log_right", "age", "tenure=private"]


def test_frames_tables_dicts_and_matrices_give_one_fit():
    frame = covariates()
    ways = [frame, polars.DataFrame(frame.to_dict("list")), la.Table({name: frame[name].to_numpy() for name in frame}), frame.to_dict("list")]
    fits = [la.TakeUpModel("probit").fit(X, DATA["receives"]).coef_ for X in ways]
    assert all((other == fits[0]).all() for other in fits)
    matrix = np.column_stack([frame["log_right"], frame["age"], frame["tenure"] == "private"])
    assert (la.TakeUpModel("probit").fit(matrix, DATA["receives"]).coef_ == fits[0]).all()


def test_predictions_are_probabilities_and_average_to_the_share():
    model = la.TakeUpModel().fit(covariates(), DATA["receives"], sample_weight=DATA["weight"])
    proba = model.predict_proba(covariates())
    assert proba.shape == (len(DATA), 2) and proba.sum(axis=1) == pytest.approx(1.0)
    assert np.average(proba[:, 1], weights=DATA["weight"]) == pytest.approx(np.average(DATA["receives"], weights=DATA["weight"]), abs=1e-8)
    assert model.score(covariates(), DATA["receives"]) == pytest.approx((model.predict(covariates()) == DATA["receives"]).mean())


def test_a_fitted_model_goes_into_a_scenario(population, base):
    model = la.TakeUpModel().fit(covariates()[["log_right", "tenure"]], DATA["receives"])
    block = model.block(amount="log_right", traits={"tenure=private": ("statut_occupation_logement", "locataire_vide")})
    assert block["amount"]["form"] == "log" and block["traits"][0]["item"] == "locataire_vide"
    rates = la.run(population, base.with_take_up({"rsa": block})).table()["non_take_up_rate_heads"]
    assert 0 < rates[0] < 1


def test_what_no_model_fits_is_told():
    X, y = covariates(), DATA["receives"]
    assert "age" in message(lambda: la.TakeUpModel().fit(X.assign(age=1.0), y))
    assert "separates" in message(lambda: la.TakeUpModel().fit({"x": y.to_numpy() * 1.0}, y))
    assert "did you mean 'logit'?" in message(lambda: la.TakeUpModel("logitt").fit(X, y))
    assert "not fitted yet" in message(lambda: la.TakeUpModel().predict(X))
    assert "clustered errors need clusters" in message(lambda: la.TakeUpModel(errors="clustered").fit(X, y))
    model = la.TakeUpModel().fit(X, y)
    assert "'castle' was not among the values" in message(lambda: model.predict(X.assign(tenure="castle")))
    assert "covariate 'age' is missing" in message(lambda: model.predict(X[["log_right", "tenure"]]))
    assert "no parameter 'links'" in message(lambda: model.set_params(links="probit"))
    assert la.TakeUpModel(**model.get_params()).get_params() == model.get_params()
