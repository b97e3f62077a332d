"""Households made up here with a seed, written in the layouts of EUROMOD, of laeken's eusilc and of the EU-SILC user database."""

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Person:
    age: int
    woman: bool
    status: str  # work, self, unemployed, student, retired, home, child
    mother: "Person | None" = None
    father: "Person | None" = None
    partner: "Person | None" = None
    married: bool = False
    month: float = 0.0  # gross income of the status, EUR a month
    id: int = 0


@dataclass
class Household:
    id: int
    weight: float
    persons: list[Person] = field(default_factory=list)
    rent: float = 0.0
    interest: float = 0.0


def adult(dice: random.Random, low: int, high: int) -> Person:
    age = dice.randint(low, high)
    status = "retired" if age >= 65 else dice.choices(["work", "self", "unemployed", "home"], [70, 8, 10, 12])[0]
    month = {"work": dice.lognormvariate(7.5, 0.5), "self": dice.lognormvariate(7.2, 0.8), "unemployed": dice.uniform(500, 1400), "retired": dice.lognormvariate(7.2, 0.4), "home": 0.0}[status]
    return Person(age, dice.random() < 0.5, status, month=round(month, 2))


def household(dice: random.Random, number: int) -> Household:
    made = Household(number, round(dice.uniform(50, 900), 3), rent=dice.choice([0, 0, 350, 520, 780]), interest=dice.choice([0, 0, 120.5, 2400]))
    first = adult(dice, 20, 88)
    made.persons.append(first)
    partner = None
    if dice.random() < 0.6:
        partner = adult(dice, max(18, first.age - 6), first.age + 6)
        partner.woman = not first.woman
        first.partner, partner.partner = partner, first
        first.married = partner.married = dice.random() < 0.6
        made.persons.append(partner)
    mother, father = (first, partner) if first.woman else (partner, first)
    youngest = min(person.age for person in made.persons)
    for _ in range(dice.choice([0, 0, 1, 2, 3]) if 22 <= youngest <= 60 else 0):
        age = dice.randint(0, max(0, youngest - 20))
        if age > 24:
            continue
        status = "child" if age < 16 else dice.choice(["student", "student", "work", "unemployed"])
        made.persons.append(Person(age, dice.random() < 0.5, status, mother, father, month=1300.0 if status == "work" else 0.0))
    for place, person in enumerate(made.persons, 1):
        person.id = 100 * number + place
    return made


def households(count: int, seed: int) -> list[Household]:
    dice = random.Random(seed)
    return [household(dice, number) for number in range(1, count + 1)]


def number(person: Person | None) -> int:
    return person.id if person else 0


def write(path: Path, rows: list[dict[str, object]], separator: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=separator, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


LES = {"work": 3, "self": 2, "unemployed": 5, "student": 6, "retired": 4, "home": 7}


def write_euromod(path: Path, count: int = 200, seed: int = 1) -> Path:
    rows = []
    for home in households(count, seed):
        for place, person in enumerate(home.persons):
            income = {name: round(person.month, 2) if person.status == status else 0 for name, status in (("yem", "work"), ("yse", "self"), ("bun", "unemployed"), ("poa", "retired"))}
            rows.append({
                "idhh": home.id, "idperson": person.id, "idmother": number(person.mother), "idfather": number(person.father), "idpartner": number(person.partner),
                "dwt": home.weight, "dct": 10, "drgn1": 1, "dag": person.age, "dgn": int(not person.woman), "dms": 2 if person.married else 1,
                "les": LES.get(person.status, 0 if person.age < 6 else 6), "ddi": 0, **income, "yiy": round(home.interest / 12, 2) if place == 0 else 0,
                "amrtn": 5 if home.rent == 350 else 3 if home.rent else 2, "xhcrt": home.rent if place == 0 else 0,
            })  # fmt: skip
    return write(path, rows, "\t")


PL030 = {"work": 1, "self": 1, "unemployed": 3, "student": 4, "retired": 5, "home": 7}


def write_eusilc(path: Path, count: int = 80, seed: int = 2) -> Path:
    rows = []
    for home in households(count, seed):
        for person in home.persons:
            own = person.age >= 16
            net = {name: round(10 * person.month, 2) if person.status == status else 0 for name, status in (("py010n", "work"), ("py050n", "self"), ("py090n", "unemployed"), ("py100n", "retired"))}
            rows.append({
                "db030": home.id, "hsize": len(home.persons), "db040": "Tyrol", "rb030": person.id, "age": person.age if person.age else -1,
                "rb090": "female" if person.woman else "male", "pl030": PL030[person.status] if own else "NA", "pb220a": "AT" if own else "NA",
                **{name: value if own else "NA" for name, value in net.items()}, **{name: 0 if own else "NA" for name in ("py110n", "py120n", "py130n", "py140n")},
                "hy040n": 0, "hy050n": 0, "hy070n": 0, "hy080n": 0, "hy090n": home.interest, "hy110n": 0, "hy130n": 0, "hy145n": 0,
                "eqSS": 1, "eqIncome": 1, "db090": home.weight, "rb050": home.weight,
            })  # fmt: skip
    return write(path, rows)


PL031 = {"work": 1, "self": 3, "unemployed": 5, "student": 6, "retired": 7, "home": 10}


def write_udb(folder: Path, count: int = 60, seed: int = 3) -> Path:
    folder.mkdir()
    homes = households(count, seed)
    write(folder / "UDB_cFR20D.csv", [{"DB010": 2020, "DB020": "FR", "DB030": home.id, "DB090": home.weight} for home in homes])
    write(folder / "UDB_cFR20H.csv", [{"HB010": 2020, "HB020": "FR", "HB030": home.id, "HH021": 3 if home.rent else 1, "HH060": home.rent or "", "HY040G": 0, "HY090G": home.interest} for home in homes])
    write(folder / "UDB_cFR20R.csv", [
        {"RB010": 2020, "RB020": "FR", "RB030": person.id, "RX030": home.id, "RX010": person.age, "RB090": 2 if person.woman else 1,
         "RB220": number(person.father) or "", "RB230": number(person.mother) or "", "RB240": number(person.partner) or "", "RB050": home.weight}
        for home in homes for person in home.persons
    ])  # fmt: skip
    write(folder / "UDB_cFR20P.csv", [
        {"PB030": person.id, "PX030": home.id, "PB190": 2 if person.married else 1, "PL031": PL031[person.status],
         **{name: round(12 * person.month, 2) if person.status == status else 0 for name, status in (("PY010G", "work"), ("PY050G", "self"), ("PY090G", "unemployed"), ("PY100G", "retired"))},
         "PY110G": 0, "PY120G": 0, "PY130G": 0}
        for home in homes for person in home.persons if person.age >= 16
    ])  # fmt: skip
    return folder
