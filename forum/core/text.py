import re
import unicodedata
from itertools import dropwhile
from typing import Final

from forum.core.marks import N_

SHORTEST_NAME: Final = 2
LONGEST_NAME: Final = 30

# Stacked marks ("zalgo") climb out of their line and cover what stands above and below. Four on one letter is
# more than living scripts use: Vietnamese two, Devanagari three, Hebrew with points and cantillation four.
_MOST_MARKS: Final = 4

_LINE_END: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Controls, lone surrogates, the byte order mark and noncharacters; then the bidi embeddings, overrides and
# isolates (and their deprecated kin), which can reverse what follows them on the page. The left-to-right,
# right-to-left and Arabic letter marks stay: they only settle the punctuation beside them.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "\u202a-\u202e\u2066-\u2069\u206a-\u206f]"
)

# No combining mark stands below U+0300: most text in Latin letters passes without a look at each character.
_PERHAPS_MARKED: Final = re.compile("[\xad\u0300-\U0010ffff]+")

# Soft hyphen, grapheme joiner, Hangul and Khmer fillers, Mongolian selectors, zero-width space, word joiner,
# invisible operators, annotation, shorthand and musical format controls, tags.
_INVISIBLE: Final = re.compile(
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u3164\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)

# Persian and the scripts of India spell with joiners, emoji are built with them; elsewhere they only hide.
_JOINED: Final = (
    "[\u0590-\u10ff\u1700-\u1cff\ua800-\uabff\u2190-\u2bff\ufe0f\U00010a00-\U00011fff\U0001f000-\U0001faff]"
)
_LOOSE_JOINER: Final = re.compile(f"(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})")

# The Braille blank is drawn as nothing.
_SPACES: Final = re.compile(r"[\s\u2800]+")
_EDGE: Final = " \u061c\u200e\u200f"


def clean(text: str) -> str:
    """Return text of many lines in NFC: LF line ends, nothing that acts on the page around it."""
    return legible(text).rstrip()


def legible(text: str) -> str:
    """The same as `clean`, for a piece of a text, whose last space counts."""
    text = _UNWANTED.sub("", _LINE_END.sub("\n", text))
    if text.isascii():
        return text
    # The first cap keeps normalize() linear, for it sorts long runs of marks pair by pair; the second is for
    # letters that normalize() takes apart.
    text = _capped(text)
    return text if unicodedata.is_normalized("NFC", text) else _capped(unicodedata.normalize("NFC", text))


def _capped(text: str) -> str:
    return _PERHAPS_MARKED.sub(_cap, text)


def _cap(run: re.Match[str]) -> str:
    text, start = run.string, run.start()
    # At the start of a line no letter carries a mark: it would sit on whatever the page shows before it.
    marks = _MOST_MARKS if start == 0 or text[start - 1] == "\n" else 0
    kept = []
    for character in run[0]:
        category = unicodedata.category(character)
        if category.startswith("M"):
            marks += 1
        elif category != "Cf":  # which has no width: the next mark would land on the same letter
            marks = 0
        if marks <= _MOST_MARKS or category == "Cf":
            kept.append(character)
    return "".join(kept)


def one_line(text: str) -> str:
    """Return a title or a name on one line; empty when nothing of it can be seen."""
    text = _INVISIBLE.sub("", _UNWANTED.sub("", _LINE_END.sub("\n", text)))
    text = _LOOSE_JOINER.sub("", legible(_SPACES.sub(" ", text)))
    # A joiner that went may leave a letter beside a mark that composes with it.
    return "".join(dropwhile(_unseen, legible(text))).rstrip(_EDGE)


def _unseen(character: str) -> bool:
    return character in _EDGE or _is_mark(character)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


# For each Latin letter what is drawn like it: phonetic letters and small capitals, then Greek, Coptic,
# Cyrillic, Armenian, Cherokee, Canadian syllabics, Lisu: as code points, for print cannot tell them apart.
# Greek follows its capitals, which are drawn as in Latin, so that both cases of one name share a skeleton.
_LOOKALIKES: Final = {
    "a": "4@\u0251\u0250\u1d00\u03b1\u2c81\u0430\u13aa\u15e9\ua4ee",
    "b": "\u0180\u0183\u0185\u0253\u0299\u03b2\u2c83\u0432\u044a\u044c\u13f4\u15f7\ua4d0",
    "c": "\u0188\u1d04\u03f2\u2ca5\u0441\u13df\u1455\ua4da",
    "d": "\xf0\u0111\u0256\u0257\u1d05\u0501\u13a0\u15ea\ua4d3",
    "e": "3\u0259\u025b\u1d07\u03b5\u2c89\u0435\u0454\u13ac\u15f4\ua4f0",
    "f": "\u0192\ua730\u03dd\u15b4\ua4dd",
    "g": "\u01e5\u0260\u0261\u0262\u0581\u050d\u13c0\ua4d6",
    "h": "\u0127\u0266\u029c\u03b7\u2c8f\u043d\u04bb\u0570\u13bb\u157c\ua4e7",
    "j": "\u0249\u029d\u1d0a\u03f3\u0458\u0575\u13ab\u148d\ua4d9",
    "k": "\u0199\u1d0b\u03ba\u2c95\u043a\u049b\u13e6\ua4d7",
    "l": "1|!i\u0131\u0142\u019a\u01c0\u0268\u0269\u026a\u026b\u026c\u029f\u03b9\u2c93\u0456\u04cf\u13a5"
    "\u13de\u14aa\u14f0\u2d4f\ua4e1\ua4f2",
    "m": "\u0271\u1d0d\u03bc\u2c99\u043c\u13b7\u15f0\ua4df",
    "n": "\u014b\u019e\u0272\u0273\u0274\u03bd\u2c9b\u043f\u0578\u144e\ua4e0",
    "o": "0\xf8\u0275\u1d0f\u03bf\u03c3\u2c9f\u043e\u0585\u2d54\ua4f3",
    "p": "\u01a5\u1d18\u03c1\u2ca3\u0440\u13e2\u146d\ua4d1",
    "q": "\u02a0\u051b\u0566",
    "r": "\u024d\u027c\u027d\u0280\u0433\u044f\u13a1\u1587\ua4e3",
    "s": "5$\u0282\ua731\u0455\u13da\u1515\ua4e2",
    "t": "\u0167\u01ab\u01ad\u1d1b\u03c4\u2ca7\u0442\u13a2\ua4d4",
    "u": "\u0289\u1d1c\u057d\u144c\ua4f4",
    "v": "\u028b\u1d20\u0475\u13d9\u142f\ua4e6",
    "w": "\u1d21\u03c9\u2cb1\u051d\u0461\u13b3\u15ef\ua4ea",
    "x": "\u03c7\u2cad\u0445\u04b3\u166d\ua4eb",
    "y": "\u01b4\u028f\u03b3\u03c5\u2ca9\u0443\u04af\u13cd\ua4ec",
    "z": "\u01b6\u0225\u0290\u1d22\u03b6\u2c8d\u13c3\ua4dc",
    # Katakana drawn like Han: one name may hold both.
    "\u4e00": "\u30fc",
    "\u4e8c": "\u30cb",
    "\u516b": "\u30cf",
    "\u529b": "\u30ab",
    "\u535c": "\u30c8",
    "\u53e3": "\u30ed",
    "\u5915": "\u30bf",
    "\u5de5": "\u30a8",
}
# Nukta, kana voicing, virama (canonical combining classes).
_SPELLING_ORDERS: Final = {7, 8, 9}
_DRAWN_AS: Final = {ord(like): letter for letter, likes in _LOOKALIKES.items() for like in likes}


def skeleton(name: str) -> str:
    """Return what two names that look alike share: compare it, never show it."""
    bare = _undecorated(name)
    for _ in range(2):  # folding the case can leave letters that still come apart
        bare = _undecorated(unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", bare).casefold()))
    bare = "".join(_drawn(character) for character in bare if character not in " ._-")
    return bare.replace("rn", "m").replace("vv", "w")


def _undecorated(name: str) -> str:
    return "".join(character for character in name if not _decorates(character))


def _decorates(character: str) -> bool:
    """Tell accents, points and strokes from marks that spell: vowel signs of India, voicing of kana."""
    if not _is_mark(character):
        return False
    if order := unicodedata.combining(character):
        return order not in _SPELLING_ORDERS
    return unicodedata.name(character, "").startswith(("COMBINING", "VARIATION"))


def _drawn(character: str) -> str:
    if character.isdecimal():
        character = str(unicodedata.decimal(character))
    return _DRAWN_AS.get(ord(character), character)


# Names that would speak for the place, for its programs or for nobody.
_OFFICES: Final = """
    admin admins administrator administrators administration webmaster sysadmin superuser moderator
    moderators moderation mod mods root system support staff team help helpdesk security forum facilitator
    facilitators host owner null none undefined deleted removed withdrawn anonymous guest visitor member user
    nobody everyone everybody noreply postmaster abuse
    amministratore amministratrice amministratori amministrazione moderatore moderatrice moderatori
    moderazione sistema supporto assistenza sicurezza facilitatore facilitatrice facilitatori ospite
    proprietario proprietaria nullo nessuno eliminato cancellato rimosso ritirato anonimo anonima visitatore
    visitatrice membro utente tutti chiunque redazione
"""
_RESERVED: Final = frozenset(map(skeleton, _OFFICES.split()))
# Words for calling people. Compared as written: by its skeleton "all" would take the name from every Ali.
_CALLS: Final = frozenset({"all", "here", "channel", "qui"})

_SIGN_MISPLACED: Final = re.compile(r"^[._-]|[._-]$|[._-]{2}")
_STACKED: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]{3}")
# How the Unicode database names the style in which a letter repeats a plain one.
_STYLES: Final = ("<font>", "<wide>", "<narrow>", "<super>", "<sub>", "<circle>", "<square>", "<small>")
_ONE_SCRIPT: Final = {
    "HIRAGANA": "CJK",
    "KATAKANA": "CJK",
    "KATAKANA-HIRAGANA": "CJK",
    "IDEOGRAPHIC": "CJK",
    "ARABIC-INDIC": "ARABIC",
    "EXTENDED": "ARABIC",
}


def name_fault(name: str) -> str | None:
    """Return the sentence that says why a member may not be called `name`, or None when all is well."""
    return next((sentence for is_wrong, sentence in _FAULTS if is_wrong(name)), None)


def _is_short_or_long(name: str) -> bool:
    return not SHORTEST_NAME <= len(name) <= LONGEST_NAME


def _holds_other_signs(name: str) -> bool:
    return (
        not name[0].isalnum()
        or not all(map(fits_in_name, name))
        or any(pattern.search(name) for pattern in (_SIGN_MISPLACED, _STACKED, _INVISIBLE))
    )


def fits_in_name(character: str) -> bool:
    if _is_mark(character):  # a stroke through a letter or a ring around it spells nothing
        return unicodedata.combining(character) != 1 and unicodedata.category(character) != "Me"
    return character.isalpha() or character.isdecimal() or character in "._-"


def _lacks_letters(name: str) -> bool:
    return not any(map(str.isalpha, name))


def _is_styled(name: str) -> bool:
    return any(unicodedata.decomposition(character).startswith(_STYLES) for character in name)


def _mixes_scripts(name: str) -> bool:
    return len(set(map(_script, name)) - {""}) > 1


def _script(character: str) -> str:
    """Return the first word of the character's Unicode name, which is its script; empty where any will do."""
    if character.isascii() and not character.isalpha():
        return ""
    word = unicodedata.name(character, "UNNAMED").split()[0]
    return "" if word == "COMBINING" else _ONE_SCRIPT.get(word, word)


def calls_everyone(word: str) -> bool:
    return word.casefold() in _CALLS


def _is_reserved(name: str) -> bool:
    # "admin2" speaks for the place as much as "admin" does.
    stems = (name, name.rstrip("0123456789._-"))
    return any(skeleton(stem) in _RESERVED or calls_everyone(stem) for stem in stems)


_FAULTS: Final = (
    (_is_short_or_long, N_("A name has 2 to 30 characters.")),
    (
        _holds_other_signs,
        N_("A name is made of letters and digits, with single dots, hyphens or underscores inside it."),
    ),
    (_lacks_letters, N_("A name has at least one letter.")),
    (_is_styled, N_("A name uses plain letters, not styled or full-width ones.")),
    (_mixes_scripts, N_("All the letters of a name come from one alphabet.")),
    (
        _is_reserved,
        N_("This name could be taken for somebody who runs this place. Please choose another."),
    ),
)
