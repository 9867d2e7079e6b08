"""The States and Union Territories as GST numbers them: two digits, names in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """A State or a district by its number."""

    code: str
    name_hi: str
    name_en: str


_LINES = """
20 झारखंड Jharkhand
10 बिहार Bihar
19 पश्चिम बंगाल West Bengal
01 जम्मू और कश्मीर Jammu and Kashmir
02 हिमाचल प्रदेश Himachal Pradesh
03 पंजाब Punjab
04 चंडीगढ़ Chandigarh
05 उत्तराखंड Uttarakhand
06 हरियाणा Haryana
07 दिल्ली Delhi
08 राजस्थान Rajasthan
09 उत्तर प्रदेश Uttar Pradesh
11 सिक्किम Sikkim
12 अरुणाचल प्रदेश Arunachal Pradesh
13 नागालैंड Nagaland
14 मणिपुर Manipur
15 मिज़ोरम Mizoram
16 त्रिपुरा Tripura
17 मेघालय Meghalaya
18 असम Assam
21 ओडिशा Odisha
22 छत्तीसगढ़ Chhattisgarh
23 मध्य प्रदेश Madhya Pradesh
24 गुजरात Gujarat
26 दादरा और नगर हवेली, दमन और दीव Dadra and Nagar Haveli and Daman and Diu
27 महाराष्ट्र Maharashtra
29 कर्नाटक Karnataka
30 गोवा Goa
31 लक्षद्वीप Lakshadweep
32 केरल Kerala
33 तमिलनाडु Tamil Nadu
34 पुडुचेरी Puducherry
35 अंडमान और निकोबार Andaman and Nicobar Islands
36 तेलंगाना Telangana
37 आंध्र प्रदेश Andhra Pradesh
38 लद्दाख Ladakh
"""


def _state(line: str) -> State:
    code, names = line.split(" ", 1)
    border = next(place for place, sign in enumerate(names) if "A" <= sign <= "Z")
    return State(code, names[:border].strip(), names[border:])


STATES: Mapping[str, State] = {
    state.code: state for state in map(_state, _LINES.strip().splitlines())
}


# Names of the Local Government Directory for the districts that cooperatives stand in.
_DISTRICTS = {
    334: State("334", "कोडरमा", "Koderma"),
    329: State("329", "गिरिडीह", "Giridih"),
    332: State("332", "हजारीबाग", "Hazaribagh"),
}


def district(code: int) -> State:
    """A district by its LGD code; one that we have no name of is shown by its code."""
    return _DISTRICTS.get(code, State(str(code), str(code), str(code)))


def state(code: str) -> State:
    """A State by its GST number; one that is not in the list is shown by its number."""
    return STATES.get(code, State(code, code, code))
