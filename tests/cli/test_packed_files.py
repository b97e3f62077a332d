"""Populations packed with gzip: the same results, the hash of the file itself, damage told in one line."""

import gzip
import hashlib
import json

import pytest

from program import labacces

HEADER = "id,idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,salaire_net\n"
PEOPLE = HEADER + "anna,1,0,1,0,1,0,10,1990-04-02,1200\ntom,2,0,2,0,2,0,10,1985-01-01,900\n"
RUN = ("run", "--period", "2025-06", "--no-suppression", "--output", "out")


def results(folder, population):
    done = labacces(*RUN, "--population", population, folder=folder)
    assert done.returncode == 0, done.stderr
    record = json.loads((folder / "out/record.json").read_text(encoding="utf-8"))
    return json.loads((folder / "out/results.json").read_text(encoding="utf-8"))["benefits"], record["population"]["sha256"]


def test_a_packed_file_gives_the_results_of_the_plain_one_and_its_own_hash(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "people.csv.gz").write_bytes(gzip.compress(PEOPLE.encode(), mtime=0))
    plain, plain_hash = results(tmp_path, "people.csv")
    packed, packed_hash = results(tmp_path, "people.csv.gz")
    assert plain == packed
    assert plain_hash == hashlib.sha256(PEOPLE.encode()).hexdigest()
    assert packed_hash == hashlib.sha256((tmp_path / "people.csv.gz").read_bytes()).hexdigest()


def test_files_of_a_folder_may_each_be_packed(tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "individus.csv.gz").write_bytes(gzip.compress(PEOPLE.replace(",wprm", "").replace(",10,", ",").encode(), mtime=0))
    (folder / "menages.csv").write_text("id,wprm\n1,10\n2,10\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert results(tmp_path, "people")[0] == results(tmp_path, "people.csv")[0]
    (folder / "menages.csv.gz").write_bytes(gzip.compress(b"id,wprm\n1,10\n2,10\n"))
    done = labacces(*RUN, "--population", "people", folder=tmp_path)
    assert done.returncode == 2 and done.stderr == "people/menages.csv.gz: error: 'menages.csv' is there too: keep one of the two\n"


@pytest.mark.parametrize(
    "damage, message",
    [
        (lambda data: data[:-9], "the gzip data end in the middle, after"),
        (lambda data: data[:40] + bytes([data[40] ^ 255]) + data[41:], "the gzip data are damaged near byte"),
        (lambda data: gzip.decompress(data), "this is no gzip file: it does not begin as one"),
        (lambda data: data + b"more", "stands behind the end of the gzip data"),
    ],
)
def test_damaged_gzip_is_one_line_and_nothing_is_written(tmp_path, damage, message):
    (tmp_path / "people.csv.gz").write_bytes(damage(gzip.compress(PEOPLE.encode(), mtime=0)))
    done = labacces(*RUN, "--population", "people.csv.gz", folder=tmp_path)
    assert done.returncode == 2 and not (tmp_path / "out").exists()
    assert done.stderr.startswith("people.csv.gz: error: ") and message in done.stderr and done.stderr.count("\n") == 1
