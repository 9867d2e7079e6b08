"""Words that somebody who guesses tries first: keyboards, passwords lists, and our own district.

A password is judged by what it holds besides these and digits. Lower case, Latin and Devanagari.
"""

_KEYBOARDS = """
qwertyuiop qwerty asdfghjkl asdfgh asdf zxcvbnm zxcvbn zxcv qazwsx azerty abcdefghij abcdef abcd abc
"""
_PASSWORDS = """
password passwort passw0rd pa55word pass word welcome admin administrator root user login letmein
change changeme default secret master monkey dragon sunshine princess football cricket iloveyou love
superman batman trustno1 hello test testing guest demo sample temp temporary computer internet
google facebook whatsapp samsung nokia jio airtel please enter system server manager office
"""
_COUNTRY = """
india indian bharat hindustan jaihind vandemataram jharkhand bihar ranchi koderma giridih hazaribagh
dhanbad tisri gawan domchanch markacho satgawan jhumri telaiya mica dhibra abhrak cooperative coop
samiti jsmdc clerk treasurer auditor inspector board member scale weigh
"""
_NAMES = """
krishna shiva shiv ganesh hanuman lakshmi laxmi durga saraswati sairam jaishriram jaimatadi ram sita
om namah bhagwan allah bismillah waheguru mata papa mummy beta rahul priya sunita anita sita gita
kumar kumari devi singh prasad yadav mahto murmu
"""
_HINDI = """
पासवर्ड गुप्त भारत हिंदुस्तान जयहिंद झारखंड झारखण्ड कोडरमा गिरिडीह रांची ढिबरा अभ्रक समिति
कृष्ण शिव गणेश हनुमान लक्ष्मी दुर्गा सरस्वती राम सीता जय श्री माता नमस्ते प्यार कुमार कुमारी देवी
"""
_ALL = " ".join((_KEYBOARDS, _PASSWORDS, _COUNTRY, _NAMES, _HINDI)).split()
# The longest first, so that a long word is not left in pieces by a short one.
COMMON_WORDS = tuple(sorted(set(_ALL), key=lambda word: (-len(word), word)))
