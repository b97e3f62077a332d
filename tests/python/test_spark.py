"""The recipe of docs/python/clusters.md on a local Spark: parts of a population as partitions, one machine's answer to the last bit."""

import os
import pickle
import re
import shutil
import sys

import pytest

import labacces as la
from conftest import MONTH, PACKAGE, ROOT

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed (pip install pyspark)")


@pytest.fixture(scope="module")
def spark():
    if shutil.which("java") is None:
        pytest.skip("Spark wants Java 17 or later, and there is no java here")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (SparkSession.builder.master("local[2]").appName("labacces").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "3")
               .config("spark.executorEnv.PYTHONPATH", str(PACKAGE)).config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate())
    yield session
    session.stop()


def test_the_recipes_of_the_page_give_one_machines_answer(spark, population, base, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE))
    blocks = re.findall(r"^```python spark\n(.*?)^```", (ROOT / "docs" / "python" / "clusters.md").read_text(), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    base = base.replace(income=False)
    persons = population.tables()["individus"].to_pandas()
    needed = ["id", "idmen", "quimen", "idfam", "quifam", "idfoy", "quifoy", "date_naissance"]
    wages = [name for name in persons.columns if name.startswith("salaire_net@2025") or name.startswith("salaire_net@2024")]
    persons = persons[[*needed, *wages]]
    whole = la.run(la.Population.from_pandas(persons), base, period=MONTH)
    persons["date_naissance"] = persons["date_naissance"].dt.date
    blocks_of = population.blocks().to_pandas().set_index("id")["block"]  # a student's dwelling goes with that of her parents
    persons["part"] = persons["idmen"].map(blocks_of) % 5
    people = spark.createDataFrame(persons)
    for block in blocks:
        scope = {"people": people, "base": base, "la": la, "pickle": pickle}
        exec(compile(block, "clusters.md", "exec"), scope)
        assert scope["whole"].to_dict()["benefits"] == whole.to_dict()["benefits"]
