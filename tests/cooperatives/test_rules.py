from dataclasses import replace

from coop.cooperatives.rules import Centre, refusals_to_record_centre

CENTRE = Centre("KDM01-C1", "KDM01", "Khairatand", "", "", 334, ("KDM01-C1-D1", "KDM01-C1-D2"))


def codes(centre: Centre, elsewhere: tuple[str, ...] = ()) -> list[str]:
    return [refusal.code for refusal in refusals_to_record_centre(centre, {"KDM01"}, elsewhere)]


def test_a_sound_centre_is_recorded() -> None:
    assert codes(CENTRE) == []


def test_a_centre_needs_its_cooperative() -> None:
    assert codes(replace(CENTRE, cooperative="GRD01")) == ["unknown_cooperative"]


def test_a_device_stands_at_one_centre_once() -> None:
    assert codes(replace(CENTRE, devices=("D1", "D1"))) == ["device_twice"]
    assert codes(CENTRE, ("KDM01-C1-D2",)) == ["device_elsewhere"]
