"""What a recording of a question must be: Ogg Opus, short, of a question and a language. Pure."""

from collections.abc import Iterator, Mapping

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say

QUESTIONS: Mapping[str, Said] = {"how": say("How is it?"), "what": say("What about?")}
LANGUAGES: Mapping[str, Said] = {"hi": say("Hindi"), "en": say("English")}
_PAGE, _CODEC = b"OggS", b"OpusHead"  # RFC 3533 section 6, RFC 7845 section 5.1
_HEAD = 64  # both stand in the first page


def refusals_to_keep(
    question: str, language: str, data: bytes, most_kilobytes: int
) -> Iterator[Refusal]:
    """Why a recording is not kept.

    >>> [one.code for one in refusals_to_keep("how", "hi", b"MP3 x", 1)]
    ['not_opus']
    """
    if question not in QUESTIONS:
        yield Refusal("question", say("Choose one of those shown."), "question")
    if language not in LANGUAGES:
        yield Refusal("language", say("Choose one of those shown."), "language")
    if not data:
        yield Refusal("missing", say("Choose a recording."), "file")
    elif not (data.startswith(_PAGE) and _CODEC in data[:_HEAD]):
        message = say("This is no Opus recording; save it as .opus or .ogg.")
        yield Refusal("not_opus", message, "file")
    elif len(data) > most_kilobytes * 1024:
        message = say("It is over %(most)s KB; speak shorter or save it smaller.", most=most_kilobytes)  # fmt: skip
        yield Refusal("too_large", message, "file")
