"""The law in Python: what it declares, its history, reforms."""

import pickle

import labacces as la
from conftest import MONTH, message


def test_the_built_in_law_is_read_once_and_has_rules_inputs_and_parameters():
    law = la.Law.load()
    assert law is la.Law.load()
    assert law.rules["rsa"].level == "famille" and law.rules["rsa"].unit == "EUR/month"
    assert law.inputs["boursier"].default is False
    assert "CASF" in law["rsa"].references[0]


def test_history_has_the_decrees():
    history = la.Law.load().history("rsa.montant_de_base")
    since = history["since"]
    assert since == sorted(since) and "2025-04-01" in since
    assert history["value"][since.index("2024-04-01")] == 635.71
    assert all(history["references"])


def test_a_reform_changes_amounts_from_its_date_on(family):
    plus = la.Law.load().reform({"rsa.montant_de_base": {"2025-05-01": "before * 2"}}, name="Doublement")
    before, after = (la.calculate("rsa", family, MONTH, law=law)["famille"] for law in (la.Law.load(), plus))
    assert after > before + 500
    earlier = [la.calculate("rsa", family, "2025-04", law=law)["famille"] for law in (la.Law.load(), plus)]
    assert earlier[0] == earlier[1]
    assert plus.changes == ("set rsa.montant_de_base from 2025-05-01 = before * 2",)


def test_a_reform_for_a_time_ends():
    law = la.Law.load().reform({"rsa.montant_de_base": {("2025-05-01", "2025-07-01"): 1}})
    values = dict(zip(law.history("rsa.montant_de_base")["since"], law.history("rsa.montant_de_base")["value"]))
    assert values["2025-05-01"] == 1.0 and values["2025-07-01"] > 600


def test_reforms_add_up_and_may_be_texts_or_files(tmp_path):
    text = 'reform une "Une"\n  set rsa.montant_de_base from 2025-05-01 = 700\n'
    (tmp_path / "deux.law").write_text('reform deux "Deux"\n  set rsa.montant_de_base from 2025-06-01 = before + 1\n')
    law = la.Law.load().reform(text).reform(tmp_path / "deux.law").reform({"rsa.montant_de_base": {"2025-07-01": 5}}, name="une")
    values = dict(zip(law.history("rsa.montant_de_base")["since"], law.history("rsa.montant_de_base")["value"]))
    assert (values["2025-05-01"], values["2025-06-01"], values["2025-07-01"]) == (700, 701, 5)
    assert len(law.changes) == 3


def test_small_and_large_numbers_are_written_as_the_language_reads_them():
    law = la.Law.load().reform({"rsa.montant_de_base": {"2025-05-01": 1e-7, "2025-06-01": 1e12}})
    values = dict(zip(law.history("rsa.montant_de_base")["since"], law.history("rsa.montant_de_base")["value"]))
    assert (values["2025-05-01"], values["2025-06-01"]) == (1e-7, 1e12)


def test_what_is_wrong_with_a_reform_is_told_with_the_nearest_name():
    law = la.Law.load()
    assert "did you mean 'rsa.montant_de_base'?" in message(lambda: law.reform({"rsa.montant_de_bas": {"2025-01-01": 700}}, name="typo"))
    assert "reform 'typo':2:7" in message(lambda: law.reform({"rsa.montant_de_bas": {"2025-01-01": 700}}, name="typo"))
    assert "not a date of the calendar" in message(lambda: law.reform({"rsa.montant_de_base": {"2025-13-01": 700}}))
    assert "a value with its date was expected" in message(lambda: law.reform({"rsa.montant_de_base": 700}))
    assert "a finite number was expected" in message(lambda: law.reform({"rsa.montant_de_base": {"2025-01-01": float("nan")}}))
    assert "dotted path" in message(lambda: law.reform({"rsa = 1 \n drop x": {"2025-01-01": 1}}))
    assert "changes something" in message(lambda: law.reform({}))
    assert "did you mean 'rsa.montant_de_base'?" in message(lambda: law.history("rsa.montant_de_bas"))


def test_a_law_of_ones_own(tmp_path):
    (tmp_path / "bonus.law").write_text(
        'program bonus "Bonus"\nparam bonus.montant "Montant" : EUR/month\n  2020-01-01  12 ref "x"\n'
        'rule bonus of famille monthly : EUR/month "Bonus"\n  ref "x"\n  from 2020-01-01 = bonus.montant\n'.replace("bonus.montant \"", "montant \"")
    )
    law = la.Law.load(add=[tmp_path / "bonus.law"])
    alone = {"individus": {"a": {"date_naissance": {"ETERNITY": "1990-01-01"}}}}
    assert la.calculate("bonus", alone, MONTH, law=law) == {"a": 12.0}
    (tmp_path / "wrong.law").write_text("rule x of famille monthly : EUR/month\n  from 2020-01-01 = nothing\n")
    assert "wrong.law:2:" in message(lambda: la.Law.load(add=[tmp_path / "wrong.law"]))
    assert "no_such_file.law" in message(lambda: la.Law.load(reforms=["no_such_file.law"]))


def test_laws_and_scenarios_are_pickled(family):
    scenario = la.Scenario.base().reform({"rsa.montant_de_base": {"2025-05-01": 900}}, name="900 €")
    again = pickle.loads(pickle.dumps(scenario))
    assert again.name == "900 €" and again.law.changes == scenario.law.changes
    assert la.calculate("rsa", family, MONTH, law=again.law) == la.calculate("rsa", family, MONTH, law=scenario.law)
    assert pickle.loads(pickle.dumps(la.Law.load())) is la.Law.load()
