"""Scenarios: one question, with its law, its benefits and how they are claimed."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._arguments import thread_count
from ._errors import Error
from ._law import Changes, Law

if TYPE_CHECKING:
    from ._population import Population

#: How a benefit is claimed: a block as scenario files hold it (docs/methods/take-up.md), or the probability alone.
TakeUp = Mapping[str, Any] | float
UnderReform = Literal["redraw", "persist", "newly_eligible", "automatic"]


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One question as plain data. Immutable: :meth:`replace`, :meth:`reform` and :meth:`with_take_up` give other scenarios.

    ``take_up`` has a block for each benefit, such as ``{"rate": 0.66, "source": "DREES"}`` or ``{"model": "logit", "intercept": -3, ...}``;
    ``under_reform`` says how decisions meet this scenario in a comparison. ``order`` lists benefits whose payment counts in the rights after them
    (none: all rights as if all were claimed), ``mapping`` how the files of ``population`` are read ("mapping:euromod", or a path).

    >>> import labacces as la
    >>> base = la.Scenario.base()
    >>> plus = base.reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name="RSA à 700 €")
    >>> plus.name, plus.benefits[0]
    ('RSA à 700 €', 'rsa')
    """

    name: str
    benefits: tuple[str, ...]
    take_up: Mapping[str, Any]
    law: Law = dataclasses.field(default_factory=Law.load)
    description: str = ""
    period: str | None = None
    groups: tuple[str, ...] = ()
    seed: int = 1
    population: str = "builtin:bretagne"
    correlations: tuple[tuple[str, str, float], ...] = ()
    under_reform: UnderReform = "redraw"
    income: bool = False
    order: tuple[str, ...] = ()
    mapping: str = ""
    file: str = dataclasses.field(default="", compare=False)

    @classmethod
    def base(cls) -> Scenario:
        """The law in force on the built-in Brittany: what ``labacces run`` does without a scenario."""
        return cls._read("", _core.base_scenario_text(), None)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, law: Law | None = None) -> Scenario:
        """A scenario file, with its own law and reforms unless ``law`` is given.

        Raises Error with the file and the path in it: an unknown key (nearest name), a rate outside 0 to 1, a benefit without a rate.
        """
        return cls._read(os.fspath(path), _core.read_file(os.fspath(path)).decode("utf-8", "surrogateescape"), law)

    @classmethod
    def _read(cls, file: str, text: str, law: Law | None) -> Scenario:
        parts = _core.read_scenario(file, text)
        own = law if law is not None else Law.load(parts["law"] or None)
        for name, reform in parts["reforms"] if law is None else ():
            own = own.with_text(name, reform or _core.read_file(name).decode("utf-8", "surrogateescape"))
        return cls(
            name=parts["name"], benefits=parts["benefits"], take_up={name: json.loads(block) for name, block in parts["take_up"].items()},
            law=own, description=parts["description"], period=parts["period"], groups=parts["groups"], seed=parts["seed"],
            population=parts["population"], correlations=parts["correlations"], under_reform=parts["under_reform"], income=parts["income"],
            order=parts["order"], mapping=parts["mapping"], file=file,
        )

    def __post_init__(self) -> None:
        blocks: dict[str, Any] = {name: block if isinstance(block, Mapping) else {"rate": block, "source": "assumption"} for name, block in dict(self.take_up).items()}
        object.__setattr__(self, "take_up", blocks)
        object.__setattr__(self, "benefits", _names("benefits", self.benefits))
        object.__setattr__(self, "groups", _names("groups", self.groups))
        object.__setattr__(self, "order", _names("order", self.order))
        object.__setattr__(self, "correlations", tuple(tuple(item) for item in self.correlations))
        _core.read_scenario(*self.as_text())

    def replace(self, **changes: Any) -> Scenario:
        """The scenario with some fields changed. With other ``benefits``, behaviours and order of those no longer asked are left out.

        >>> import labacces as la
        >>> la.Scenario.base().replace(period="2025-06", groups=()).period
        '2025-06'
        """
        known = [field.name for field in dataclasses.fields(self)]
        for name in changes:
            if name not in known:
                raise Error(f"error: a scenario has no field '{name}'" + _hint(name, known))
        if "benefits" in changes and "take_up" not in changes:
            asked = _names("benefits", changes["benefits"])
            changes["take_up"] = {name: block for name, block in self.take_up.items() if name in asked}
        if "benefits" in changes and "order" not in changes:
            changes["order"] = tuple(name for name in self.order if name in _names("benefits", changes["benefits"]))
        return dataclasses.replace(self, **changes)

    def reform(self, changes: Changes | str | os.PathLike[str], *, name: str | None = None) -> Scenario:
        """The scenario under a reformed law (see :meth:`Law.reform`), called ``name``."""
        law = self.law.reform(changes, name=name)
        return dataclasses.replace(self, law=law, name=name or f"{self.name}, réforme")

    def with_take_up(self, blocks: Mapping[str, TakeUp], *, name: str | None = None) -> Scenario:
        """The scenario with other behaviours for some benefits: blocks, or rates.

        >>> import labacces as la
        >>> la.Scenario.base().with_take_up({"rsa": 0.8}).take_up["rsa"]
        {'rate': 0.8, 'source': 'assumption'}
        """
        for benefit in blocks:
            if benefit not in self.benefits:
                raise Error(f"error: '{benefit}' is not among the benefits of the scenario" + _hint(benefit, list(self.benefits)))
        return dataclasses.replace(self, take_up={**self.take_up, **blocks}, name=name or self.name)

    def calibrate(self, population: Population | None, targets: Mapping[str, Any] | str | os.PathLike[str], *, design: Any = None, stratum: str = "",
                  cluster: str = "", replicates: str = "", replicate_method: str = "bootstrap", weights: Any = None, weights_prefix: str = "w",
                  threads: int = 0) -> tuple[Scenario, dict[str, Any]]:
        """The scenario with behaviours set so that take-up in a population meets targets, and a report (format "labacces-calibration/1").

        ``targets`` is a targets file or its content: rates, numbers of takers or euros by cell, each with what it sets, others held out and only
        compared (``docs/cli/takeup.md``). The report has every target with the figure before and after, the parameters that were set, and for
        each benefit the rate its behaviour was given against the one that comes out. ``design`` is that of :func:`labacces.measure_take_up`;
        ``weights`` has a row a dwelling, its id in ``idmen``, and other weights under which the rates are looked at again, in columns whose names
        begin with ``weights_prefix``.

        Raises Error with the path in the targets: a benefit that the scenario lacks, an unknown variable or item (nearest name), a value that no
        behaviour reaches.

        >>> import labacces as la
        >>> base = la.Scenario.base().replace(period="2025-06", benefits=["rsa"])
        >>> wanted = {"targets": [{"benefit": "rsa", "non_take_up": 0.4, "source": "an assumption"}]}
        >>> scenario, report = base.calibrate(la.Population.builtin(households=300), wanted)
        >>> round(report["effective"]["rsa"]["expected"], 3)
        0.6
        """
        from ._measure import units_text
        from ._run import made_for

        if isinstance(targets, Mapping):
            file, text = "targets", json.dumps(targets, ensure_ascii=False)
        else:
            file = os.fspath(targets)
            text = _core.read_file(file).decode("utf-8", "surrogateescape")
        options = {
            "design": None if design is None else units_text(design)[1],
            "design_columns": {"stratum": stratum, "cluster": cluster, "replicates": replicates, "replicate_method": replicate_method},
            "weights": None if weights is None else units_text(weights)[1], "weights_prefix": weights_prefix,
        }
        core = made_for(population, self)
        calibrated, report = _core.calibrate_take_up(self.as_text(), self.law._core, core, (file, text), options, thread_count(threads))
        parts = json.loads(calibrated)
        return dataclasses.replace(self, take_up=parts["take_up"], period=parts["period"]), json.loads(report)

    def to_json(self) -> str:
        """The scenario as a file holds it, without its law: reforms made in Python have no file."""
        parts: dict[str, Any] = {"name": self.name, "description": self.description, "population": self.population}
        if self.period is not None:
            parts["period"] = self.period
        if self.mapping:
            parts["mapping"] = self.mapping
        parts["benefits"] = list(self.benefits)
        parts["take_up"] = dict(self.take_up)
        parts["correlations"] = [list(item) for item in self.correlations]
        if self.order:
            parts["order"] = list(self.order)
        parts["under_reform"] = self.under_reform
        parts["groups"] = list(self.groups)
        parts["seed"] = self.seed
        parts["income"] = self.income
        return json.dumps(parts, ensure_ascii=False, indent=1)

    def as_text(self) -> tuple[str, str]:
        """What messages call the scenario, and its JSON text."""
        return self.file or "scenario", self.to_json()

    def __repr__(self) -> str:
        when = self.period or f"latest month ({self.law.latest_month})"
        return f"<Scenario '{self.name}', {when}: {', '.join(self.benefits)}; {self.law!r}>"


def _names(field: str, names: Sequence[str]) -> tuple[str, ...]:
    if isinstance(names, str):
        raise Error(f"error: {field}: a list of names was expected, found the text '{names}': write ['{names}']")
    return tuple(names)


def _hint(name: str, candidates: list[str]) -> str:
    hint = _core.nearest(name, candidates)
    return f" ({hint})" if hint else "; there are: " + ", ".join(candidates)
