"""The picture code: four of 64 pictures, in no order. The pictures are drawn here, by hand. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

CHOSEN = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its number, its word, and the strokes of a 24 x 24 drawing (SVG path)."""

    number: int
    name_hi: str
    name_en: str
    path: str


_DRAWN = """
सूरज|sun|M8 12a4 4 0 108 0 4 4 0 00-8 0M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M5 19l2-2
चाँद|moon|M16 3a9 9 0 105 14A8 8 0 0116 3
तारा|star|M12 3l3 6 6 1-5 4 2 7-6-4-6 4 2-7-5-4 6-1z
बादल|cloud|M6 18a4 4 0 010-8 6 6 0 0111-1 4 4 0 011 9z
बारिश|rain|M6 13a3 3 0 010-7 6 6 0 0111 0 3 3 0 011 7zM8 16v4M12 16v5M16 16v4
पेड़|tree|M12 22v-8M5 14h14L12 2z
पत्ता|leaf|M4 20C4 9 10 4 20 4c0 10-5 16-16 16M4 20L14 10
फूल|flower|M9 9a3 3 0 106 0 3 3 0 00-6 0M12 6V2M12 12v10M9 9H5M15 9h4M12 18l4-3
पहाड़|hill|M2 20L9 6l4 7 3-4 6 11z
नदी|river|M3 8q4-4 9 0t9 0M3 13q4-4 9 0t9 0M3 18q4-4 9 0t9 0
घर|house|M3 11l9-7 9 7M5 10v10h14V10M10 20v-6h4v6
दरवाज़ा|door|M6 21V3h12v18zM14 12v1
खिड़की|window|M4 4h16v16H4zM12 4v16M4 12h16
चाबी|key|M3 8a4 4 0 108 0 4 4 0 00-8 0M11 8h10v4M17 8v3
ताला|lock|M5 11h14v10H5zM8 11V7a4 4 0 018 0v4M12 15v2
घंटी|bell|M6 17V11a6 6 0 0112 0v6l2 2H4zM11 21h2
लालटेन|lantern|M8 8h8l1 11H7zM9 8V5h6v3M12 2v3M12 12v4
दीया|lamp|M3 13h18a9 6 0 01-18 0M12 10c-3-3 0-5 0-7 0 2 3 4 0 7
मटका|pot|M8 4h8M9 4v3a8 8 0 00-4 8c0 4 3 6 7 6s7-2 7-6a8 8 0 00-4-8V4
कप|cup|M4 7h12v8a5 5 0 01-5 5H9a5 5 0 01-5-5zM16 9h3a2 2 0 010 5h-3
थाली|plate|M2 12a10 10 0 1020 0 10 10 0 00-20 0M6 12a6 6 0 1012 0 6 6 0 00-12 0
चम्मच|spoon|M12 12v10M8 7a4 5 0 108 0 4 5 0 00-8 0
अंडा|egg|M6 14c0-6 3-11 6-11s6 5 6 11a6 7 0 01-12 0
मछली|fish|M3 12c4-6 10-6 14 0-4 6-10 6-14 0M17 12l4-4v8zM7 11v1
चिड़िया|bird|M4 10h5a5 5 0 0110 0v3a6 6 0 01-12 0zM19 9l3 1-3 1M11 19v3
बिल्ली|cat|M5 20V4l4 4h6l4-4v16zM9 13v1M15 13v1M11 17h2
घोंघा|snail|M3 19h16l2-8M19 11V8M5 19a6 6 0 1111-4 3 3 0 11-6 0
तितली|butterfly|M12 7v12M12 9C8 2 2 5 5 11c-3 6 4 9 7 3M12 9c4-7 10-4 7 2 3 6-4 9-7 3
कछुआ|turtle|M3 16a8 8 0 0116 0zM19 14h3v2h-3M6 16v3M15 16v3
हाथी|elephant|M3 19v-7a6 6 0 016-6h6a5 5 0 015 5v8M20 14h-3v5M7 19v-4h5v4
गेंद|ball|M3 12a9 9 0 1018 0 9 9 0 00-18 0M5 6q7 6 14 0M5 18q7-6 14 0
पतंग|kite|M12 2l7 8-7 8-7-8zM12 2v16M5 10h14M12 18l3 4
ढोल|drum|M4 6h16v12H4zM4 6l5 12 6-12 5 12
बाँसुरी|flute|M2 17L20 5l2 3L4 20zM9 14v1M13 11v1M17 9v1
पहिया|wheel|M3 12a9 9 0 1018 0 9 9 0 00-18 0M12 3v18M3 12h18M6 6l12 12M18 6L6 18
नाव|boat|M3 15h18l-3 6H6zM12 15V3l7 9h-7
बस|bus|M3 6h18v11H3zM3 11h18M9 6v5M15 6v5M6 17v3M18 17v3
साइकिल|cycle|M2 16a4 4 0 108 0 4 4 0 00-8 0M14 16a4 4 0 108 0 4 4 0 00-8 0M6 16l4-8h6l2 8M9 8H7
किताब|book|M12 6C9 4 6 4 3 5v14c3-1 6-1 9 1 3-2 6-2 9-1V5c-3-1-6-1-9 1v14
पेंसिल|pencil|M4 20l1-5L16 4l4 4L9 19zM13 7l4 4
स्लेट|slate|M3 4h18v16H3zM6 7h12v10H6zM9 14l3-4 2 3
थैला|bag|M5 8h14l1 13H4zM8 8a4 4 0 018 0
घड़ी|clock|M3 12a9 9 0 1018 0 9 9 0 00-18 0M12 6v6l4 3
छाता|umbrella|M2 12a10 9 0 0120 0zM12 12v7a2 2 0 01-4 0
चप्पल|sandal|M8 3h6l2 9-2 9H9L6 12zM8 9h8
कमीज़|shirt|M8 3l4 3 4-3 6 4-3 5-2-1v10H7V11l-2 1-3-5z
टोपी|cap|M4 15a8 8 0 0116 0zM2 15h20v3H2z
अँगूठी|ring|M5 15a7 7 0 1014 0 7 7 0 00-14 0M9 8L8 4l4-2 4 2-1 4
आँख|eye|M2 12q10-12 20 0-10 12-20 0M9 12a3 3 0 106 0 3 3 0 00-6 0
कान|ear|M7 10a5 6 0 0110 0c0 5-4 5-4 9a3 3 0 01-6 0M10 11a2 2 0 014 0
पैर|foot|M8 8c0-4 8-4 8 0l-1 6 2 6H8l1-7zM9 4V2M13 3V2
दिल|heart|M12 20C2 13 3 5 8 5c3 0 4 3 4 3s1-3 4-3c5 0 6 8-4 15
सेब|apple|M12 8c-3-2-8-1-8 5s4 8 8 7c4 1 8-1 8-7s-5-7-8-5V4
आम|mango|M5 15c-3-7 4-11 9-9s7 8 3 12-10 2-12-3M14 6l2-4
केला|banana|M5 4c0 10 6 14 15 14-2 3-16 5-17-12z
गाजर|carrot|M8 9l7 2-11 11zM9 9c2-4 8-2 7 2M15 8l5-5M13 7V2
मिर्च|chilli|M17 7c3 8-6 14-13 13 7-2 7-7 8-12 1-3 4-3 5-1M15 6V2
सीढ़ी|ladder|M7 2v20M17 2v20M7 7h10M7 12h10M7 17h10
हथौड़ा|hammer|M4 4h11l4 4H4zM9 8v14h3V8
कंघी|comb|M3 6h18v5H3zM5 11v8M9 11v8M13 11v8M17 11v8
झंडा|flag|M5 22V3h14l-3 4 3 4H5
बाल्टी|bucket|M4 9h16l-2 12H6zM5 9a7 6 0 0114 0
पंखा|fan|M10 12a2 2 0 104 0 2 2 0 00-4 0M12 10C9 2 17 2 12 10M14 12c8-3 8 5 0 0M12 14c3 8-5 8 0 0M10 12c-8 3-8-5 0 0
कुआँ|well|M4 21V13h16v8zM6 13V6l6-4 6 4v7M12 6v4
"""


def _read() -> Iterator[Picture]:
    for number, line in enumerate(_DRAWN.strip().splitlines()):
        hindi, english, path = line.split("|")
        yield Picture(number, hindi, english, path)


PICTURES: tuple[Picture, ...] = tuple(_read())


def pictures_of(drawn: bytes) -> tuple[int, ...]:
    """Four different pictures out of 32 bytes by chance, in rising order.

    >>> pictures_of(bytes([0, 64, 1, 2, 3]) + bytes(27))
    (0, 1, 2, 3)
    """
    found: list[int] = []
    for byte in drawn:
        # 64 divides 256, so every picture is as likely as the next.
        number = byte % len(PICTURES)
        if number not in found:
            found.append(number)
        if len(found) == CHOSEN:
            break
    rest = (n for n in range(len(PICTURES)) if n not in found)
    found += [next(rest) for _ in range(CHOSEN - len(found))]
    return tuple(sorted(found))


def code_text(numbers: tuple[int, ...]) -> str:
    """A code as it is hashed: the order of tapping does not count.

    >>> code_text((7, 3, 60, 1))
    '1-3-7-60'
    """
    return "-".join(str(number) for number in sorted(set(numbers)))
