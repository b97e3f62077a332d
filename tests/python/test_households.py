"""Single households: calculate, fill, explain."""

import json

import pytest

import labacces as la
from conftest import MONTH, message


def test_calculate_gives_values_by_unit(family):
    assert la.calculate("rsa", family, MONTH) == {"famille": pytest.approx(207.88, abs=0.01)}
    both = la.calculate(["rsa", "loyer"], family, MONTH)
    assert both["loyer"] == {"menage": 550.0} and both["rsa"] == la.calculate("rsa", family, MONTH)
    assert la.calculate("rsa", family, "2025")["famille"] > both["rsa"]["famille"]
    assert la.calculate("statut_occupation_logement", family, MONTH) == {"menage": "locataire_vide"}


def test_situations_may_be_texts_and_files(family, tmp_path):
    (tmp_path / "situation.json").write_text(json.dumps(family))
    expected = la.calculate("rsa", family, MONTH)
    assert la.calculate("rsa", json.dumps(family), MONTH) == expected == la.calculate("rsa", tmp_path / "situation.json", MONTH)


def test_fill_computes_what_is_none_and_warns_of_what_the_law_lacks(family):
    family["familles"]["famille"]["rsa"] = {MONTH: None}
    family["familles"]["famille"]["no_such_benefit"] = {MONTH: None}
    with pytest.warns(UserWarning, match="no_such_benefit of famille, asked 1 times"):
        filled = la.fill(family)
    assert filled["familles"]["famille"]["rsa"][MONTH] == pytest.approx(207.88, abs=0.01)
    assert filled["familles"]["famille"]["no_such_benefit"][MONTH] is None
    assert family["familles"]["famille"]["rsa"][MONTH] is None


def test_explain_is_a_tree_with_articles(family):
    why = la.explain("rsa", family, MONTH, depth=1)
    assert why.values["famille"] == la.calculate("rsa", family, MONTH)["famille"]
    assert any("CASF" in reference for reference in why.references)
    assert repr(why).startswith(f"- rsa {MONTH} = 207.88 EUR/month") and why.because[0].to_dict()["variable"] == "rsa_montant"
    assert why._repr_html_().count("<details") > 3 and why.to_dict()["format"] == "labacces-explanation/1"


def test_what_is_wrong_is_told(family):
    assert "did you mean 'rsa'?" in message(lambda: la.calculate("rsaa", family, MONTH))
    assert "there is no famille 'x'" in message(lambda: la.explain("rsa", family, MONTH, entity="x"))
    assert "a month such as 2025-01 or a year" in message(lambda: la.calculate("rsa", family, "june"))
    assert "nothing.json" in message(lambda: la.calculate("rsa", "nothing.json", MONTH))
    family["individus"]["anna"]["salair_net"] = {MONTH: 5}
    text = message(lambda: la.calculate("rsa", family, MONTH))
    assert "individus/anna/salair_net" in text and "did you mean 'salaire_net'?" in text
    with pytest.raises(la.Error) as caught:
        la.calculate("rsa", family, MONTH)
    assert caught.value.findings[0].path == "individus/anna/salair_net"
