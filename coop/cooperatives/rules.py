"""What makes a cooperative, a collection centre and its devices fit to be recorded. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coop.kernel.refusal import Refusal
from coop.kernel.words import say


@dataclass(frozen=True, slots=True)
class District:
    """A district by its code in the Local Government Directory."""

    code: int
    name_hi: str
    name_en: str


# Districts that cooperatives and dumps stand in, and those across the border.
_DISTRICTS = {
    334: ("कोडरमा", "Koderma"),
    329: ("गिरिडीह", "Giridih"),
    332: ("हजारीबाग", "Hazaribagh"),
    210: ("नवादा", "Nawada"),
    198: ("जमुई", "Jamui"),
    196: ("गया", "Gaya"),
}


def district(code: int) -> District:
    """Name a district; one that is not listed is named by its code.

    >>> district(334).name_en
    'Koderma'
    """
    hindi, english = _DISTRICTS.get(code, (str(code), str(code)))
    return District(code, hindi, english)


# States by their codes in the same directory.
_STATES = {20: ("झारखंड", "Jharkhand"), 10: ("बिहार", "Bihar")}


def known_districts() -> tuple[District, ...]:
    """Every district that has a name here, to choose from."""
    return tuple(district(code) for code in _DISTRICTS)


def known_states() -> tuple[District, ...]:
    """The States that sites lie in, named as districts are."""
    return tuple(District(code, *names) for code, names in _STATES.items())


@dataclass(frozen=True, slots=True)
class Cooperative:
    """A multi-purpose cooperative of pickers; district and State by their LGD codes."""

    code: str
    name_en: str
    name_hi: str
    block: str
    district_lgd: int
    state_lgd: int


@dataclass(frozen=True, slots=True)
class Centre:
    """A collection centre with the codes of its devices (phones or laptops at the scale).

    ``name`` is in Latin letters, ``name_hi`` in Hindi where somebody gave it.
    """

    code: str
    cooperative: str
    name: str
    village: str
    block: str
    district_lgd: int
    devices: tuple[str, ...]
    name_hi: str = ""


def refusals_to_record_centre(
    centre: Centre, cooperatives: Collection[str], devices_elsewhere: Collection[str]
) -> tuple[Refusal, ...]:
    """Return why a centre cannot be recorded.

    ``cooperatives`` are the codes that are recorded, ``devices_elsewhere`` the devices that
    stand at other centres: a device counts its entries at one scale only.
    """
    return tuple(_centre_refusals(centre, cooperatives, devices_elsewhere))


def _centre_refusals(
    centre: Centre, cooperatives: Collection[str], devices_elsewhere: Collection[str]
) -> Iterator[Refusal]:
    if centre.cooperative not in cooperatives:
        yield Refusal(
            "unknown_cooperative",
            say("Cooperative %(code)s is not recorded; load it first.", code=centre.cooperative),
            "cooperative",
        )
    for device in sorted(set(centre.devices)):
        if centre.devices.count(device) > 1:
            yield Refusal(
                "device_twice",
                say("Device %(code)s is named twice; name it once.", code=device),
                "devices",
            )
        if device in devices_elsewhere:
            yield Refusal(
                "device_elsewhere",
                say(
                    "Device %(code)s belongs to another centre; revoke it there first.", code=device
                ),
                "devices",
            )
