"""The package as it lies in the build folder, and small populations."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(os.environ.get("LABACCES_PYTHON", ROOT / "build" / "release" / "python"))
sys.path.insert(0, str(PACKAGE))
os.environ.setdefault("MPLBACKEND", "Agg")

import labacces as la  # noqa: E402

MONTH = "2025-06"


@pytest.fixture(scope="session")
def population() -> la.Population:
    return la.Population.builtin("bretagne", households=2000, seed=1, on=MONTH)


@pytest.fixture(scope="session")
def base() -> la.Scenario:
    return la.Scenario.base().replace(period=MONTH)


@pytest.fixture(scope="session")
def result(population: la.Population, base: la.Scenario) -> la.Result:
    return la.run(population, base)


@pytest.fixture
def family() -> dict:
    return {
        "individus": {
            "anna": {"date_naissance": {"ETERNITY": "1990-04-02"}, "salaire_net": {"2025": 6000}},
            "tom": {"date_naissance": {"ETERNITY": "2019-06-10"}},
        },
        "familles": {"famille": {"parents": ["anna"], "enfants": ["tom"]}},
        "foyers_fiscaux": {"foyer": {"declarants": ["anna"], "personnes_a_charge": ["tom"]}},
        "menages": {
            "menage": {
                "personne_de_reference": ["anna"], "enfants": ["tom"], "loyer": {"2025": 6600},
                "statut_occupation_logement": {"2025": "locataire_vide"},
            }
        },
    }


def message(call) -> str:
    """The text of the labacces.Error that a call raises."""
    with pytest.raises(la.Error) as caught:
        call()
    return str(caught.value)
