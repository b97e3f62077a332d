"""labacces population generate: files that read back to the same results, the same bytes on any threads, all or nothing."""

import json

import pytest

from program import labacces

NAME = "builtin:bretagne?households=200&seed=3"


def generate(folder, *options):
    return labacces("population", "generate", *options, "--period", "2025-06", folder=folder)


def results_of(folder, population):
    done = labacces("run", "--population", population, "--period", "2025-06", "--no-suppression", "--output", "out", folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))


def figures(results):
    return {name: part for name, part in results.items() if name not in ("population", "record", "synthetic", "suppression")}


def test_a_folder_reads_back_to_the_same_results_and_says_synthetic(tmp_path):
    assert generate(tmp_path, NAME, "--output", "b").returncode == 0
    about = json.loads((tmp_path / "b" / "population.json").read_text(encoding="utf-8"))
    assert about == {"synthetic": True, "source": NAME}
    assert figures(results_of(tmp_path, "b")) == figures(results_of(tmp_path, NAME))


@pytest.mark.parametrize("name", ["b.csv", "b.csv.gz"])
def test_a_file_of_persons_reads_back_to_the_same_figures(tmp_path, name):
    assert generate(tmp_path, NAME, "--output", name).returncode == 0
    back, known = results_of(tmp_path, name), results_of(tmp_path, NAME)
    assert back["benefits"] == known["benefits"]


def test_the_bytes_are_the_same_twice_and_on_one_thread_or_two(tmp_path):
    for threads, name in (("1", "one"), ("2", "two"), ("2", "again")):
        assert generate(tmp_path, "builtin:france?households=3000&seed=5", "--threads", threads, "--output", f"{name}.csv.gz").returncode == 0
    assert (tmp_path / "one.csv.gz").read_bytes() == (tmp_path / "two.csv.gz").read_bytes() == (tmp_path / "again.csv.gz").read_bytes()


def test_without_output_it_tells_the_size_and_writes_nothing(tmp_path):
    done = generate(tmp_path, NAME)
    assert done.returncode == 0 and "SYNTHETIC" in done.stdout and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options, said",
    [
        (("people.csv",), "'people.csv' is not a built-in population"),
        (("builtin:france?region=Bretange",), "unknown region 'Bretange'; did you mean 'Bretagne'?"),
        (("builtin:bretagne?region=53",), "unknown key 'region'"),
        ((NAME, "--output", "b.zip.gz"), "--output: a folder, or a file in .csv or .csv.gz was expected, found 'b.zip.gz'"),
        ((NAME, "--output", "/nowhere/b.csv"), "cannot write"),
        ((), "one population was expected"),
    ],
)
def test_what_is_wrong_is_said_in_a_line_and_nothing_is_written(tmp_path, options, said):
    done = generate(tmp_path, *options)
    assert done.returncode == 2 and said in done.stderr
    assert list(tmp_path.iterdir()) == []
