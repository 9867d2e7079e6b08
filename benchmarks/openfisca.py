"""The rules of ``benchmarks.beside.THREE`` as openfisca-core writes them, on numpy arrays."""

import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DAY
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from coop.schemes.rules.dates import Measure, Span, measured
from coop.schemes.rules.facts import Facts

PERSON = build_entity(key="person", plural="persons", label="", is_person=True)
BOOLS = ("female", "rural", "willing", "in_jharkhand")
NUMBERS = ("age", "ssy_accounts")


class System(TaxBenefitSystem):
    """Inputs and three results."""

    def __init__(self) -> None:
        super().__init__([PERSON])
        for name in BOOLS:
            self.add_variable(_variable(name, bool))
        for name in NUMBERS:
            self.add_variable(_variable(name, int))
        self.add_variable(
            _variable(
                "SSY",
                bool,
                lambda person, day: (
                    person("female", day)
                    * (person("age", day) < 10)
                    * (person("ssy_accounts", day) < 2)
                ),
            )
        )
        self.add_variable(
            _variable(
                "RURAL_WORK",
                bool,
                lambda person, day: (
                    person("rural", day) * (person("age", day) >= 18) * person("willing", day)
                ),
            )
        )
        self.add_variable(
            _variable(
                "PASHUDHAN",
                bool,
                lambda person, day: (
                    person("in_jharkhand", day) * person("rural", day) * (person("age", day) >= 18)
                ),
            )
        )


def _variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    content: dict[str, Any] = {
        "value_type": kind,
        "entity": PERSON,
        "definition_period": DAY,
        "label": name,
    }
    if formula is not None:
        content["formula"] = formula
    return type(name, (Variable,), content)


def screen(made: Sequence[Facts], on: date) -> tuple[list[tuple[bool, ...]], float, float]:
    """Verdicts by person in the schemes' code order, seconds to take in, seconds to calculate.

    Dates must be exact to give one age: of a span the youngest age is taken.
    """
    system, day = System(), on.isoformat()
    began = time.process_time()
    simulation = SimulationBuilder().build_default_simulation(system, count=len(made))
    rows = [(facts.household, facts.persons[0].answers) for facts in made]
    columns: dict[str, Any] = {
        "female": [person["p.sex"] == "F" for _, person in rows],
        "willing": [person["p.willing_manual"] for _, person in rows],
        "age": [_age(person["p.dob"], on) for _, person in rows],
        "rural": [household["h.rural"] for household, _ in rows],
        "in_jharkhand": [household["h.state"] == "JH" for household, _ in rows],
        "ssy_accounts": [household["h.ssy_accounts"] for household, _ in rows],
    }
    for name, column in columns.items():
        simulation.set_input(name, day, np.array(column))
    between = time.process_time()
    results = [simulation.calculate(code, day) for code in ("PASHUDHAN", "RURAL_WORK", "SSY")]
    ended = time.process_time()
    verdicts = [tuple(bool(result[row]) for result in results) for row in range(len(made))]
    return verdicts, between - began, ended - between


def _age(born: object, on: date) -> int:
    assert isinstance(born, Span)
    return measured(born, Measure.YEARS, on).low
