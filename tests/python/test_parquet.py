"""Parquet: populations go out and come back, in one file or many, with texts as dictionaries."""

import polars
import pyarrow
import pyarrow.parquet as parquet
import pytest

import labacces as la
from conftest import message


@pytest.fixture(scope="module")
def folder(population, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parquet") / "people"
    population.to_parquet(folder)
    return folder


def figures(population, base):
    return la.run(population, base).to_dict()["benefits"]


def test_a_population_goes_out_and_comes_back(folder, population, base, result):
    assert sorted(path.name for path in folder.iterdir()) == ["familles.parquet", "foyers_fiscaux.parquet", "individus.parquet", "menages.parquet"]
    again = la.Population.from_parquet(folder, synthetic=True)
    assert again.counts == population.counts and again.source == str(folder)
    assert figures(again, base) == result.to_dict()["benefits"]
    assert pyarrow.types.is_dictionary(parquet.read_schema(folder / "menages.parquet").field("departement").type)


def test_persons_may_stand_in_many_files_and_row_groups(folder, base, result, tmp_path):
    persons = parquet.read_table(folder / "individus.parquet")
    cuts = [0, 700, 701, persons.num_rows]
    (tmp_path / "individus").mkdir()
    for i, (first, end) in enumerate(zip(cuts, cuts[1:])):
        parquet.write_table(persons.slice(first, end - first), tmp_path / "individus" / f"part-{i}.parquet", row_group_size=113)
    others = {name: folder / f"{name}.parquet" for name in ("menages", "familles", "foyers_fiscaux")}
    one_folder = la.Population.from_parquet(tmp_path / "individus", **others, synthetic=True)
    listed = la.Population.from_parquet(sorted((tmp_path / "individus").iterdir(), reverse=True), **others, synthetic=True)
    assert figures(one_folder, base) == result.to_dict()["benefits"] == figures(listed, base)
    for name, path in others.items():
        (tmp_path / f"{name}.parquet").write_bytes(path.read_bytes())
    assert figures(la.Population.from_parquet(tmp_path, synthetic=True), base) == result.to_dict()["benefits"]


def test_one_file_of_persons_and_columns_that_are_picked(tmp_path):
    rows = {"idmen": [1, 1, 2], "quimen": [0, 1, 0], "idfam": [1, 1, 2], "quifam": [0, 1, 0], "idfoy": [1, 1, 2], "quifoy": [0, 1, 0],
            "activite": ["actif", "chomeur", None], "salaire_net": [1.0, None, 3.0], "note": ["x", "y", "z"]}
    parquet.write_table(pyarrow.table(rows), tmp_path / "people.parquet")
    assert "unknown column 'note'" in message(lambda: la.Population.from_parquet(tmp_path / "people.parquet"))
    people = la.Population.from_parquet(tmp_path / "people.parquet", columns=[name for name in rows if name != "note"])
    assert people.counts["menage"] == 2
    assert people.compute("activite", "2025-06")["activite"] == ["actif", "chomeur", "inactif"]
    assert "there is no column 'salair_net' (did you mean 'salaire_net'?)" in message(lambda: la.Population.from_parquet(tmp_path / "people.parquet", columns=["salair_net"]))


def test_files_that_cannot_be_read_are_told(folder, tmp_path):
    assert "nothing.parquet: error: there is no such file" in message(lambda: la.Population.from_parquet(tmp_path / "nothing.parquet"))
    (tmp_path / "bad.parquet").write_text("no parquet")
    assert "bad.parquet: error: the Parquet files could not be read" in message(lambda: la.Population.from_parquet(tmp_path / "bad.parquet"))
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "menages.parquet").write_bytes((folder / "menages.parquet").read_bytes())
    assert "there is no individus.parquet beside menages" in message(lambda: la.Population.from_parquet(tmp_path / "part"))


def test_categories_go_to_every_tool_as_they_are(population):
    table = population.tables()["menages"]
    column = table["departement"]
    assert isinstance(column, la.Categories) and column.codes.dtype == "int32" and column[0] in column.items
    arrow = table.to_arrow()["departement"]
    assert arrow.type == pyarrow.dictionary(pyarrow.int32(), pyarrow.large_string())
    assert arrow.chunk(0).indices.buffers()[1].address == column.codes.ctypes.data
    assert arrow.to_pylist() == column.tolist() == polars.DataFrame(table)["departement"].to_list() == table.to_pandas()["departement"].tolist()
    missing = la.Table({"x": la.Categories(column.codes[:3] * 0 - 1, ["a"])})
    assert missing.to_arrow()["x"].to_pylist() == [None] * 3 == missing["x"].tolist()
