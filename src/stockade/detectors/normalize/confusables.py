"""Characters that look like plain ones and that compatibility decomposition leaves alone.

The frequent half of Unicode's confusables (UTS #39) for the letters, digits and signs that identifiers and
secrets are made of, plus Latin letters without a decomposition. Not the whole table: what looks alike only
in some font would turn ordinary words of other scripts into noise.
"""

from __future__ import annotations

from types import MappingProxyType

# Pairs: the plain characters, then their look-alikes, position by position.
_PAIRS = (
    # Cyrillic
    ("AaBEeKMHOoPpCcTyXxSsIiJjhdqwVvr", "АаВЕеКМНОоРрСсТуХхЅѕІіЈјһԁԛԝѴѵг"),
    ("GlUYF", "ԌӏՍҮҒ"),
    ("kb", "кь"),
    # Greek
    ("ABEZHIKMNOPTYXovpxuiaey", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρχυιαεγ"),
    ("kn", "κη"),
    # Armenian, Cherokee, Lisu
    ("honugqO", "հօոսցզՕ"),
    ("DRTiAJEWMHGhZSVLCPK", "ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᏀᏂᏃᏚᏙᏞᏟᏢᏦ"),
    ("BPDTGKJCZFMNLSRVHWXYAEIOU", "ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ"),
    # Small capitals and Latin letters without a decomposition
    ("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"),
    ("idDlLoObhtTagiI", "ıđĐłŁøØƀħŧŦɑɡɩƖ"),
    # Signs
    ("-/|:.,;'''\"\"\"<>@*", "−∕ǀ։ꓸ‚\u037e‘’ʼ“”„‹›＠∗"),
    ("''`\"~_", "′ʹˋ″∼ˍ"),
    ("l1", "ⵏⅼ"),
)
_LONGER = (
    ("ß", "ss"),
    ("æ", "ae"),
    ("Æ", "AE"),
    ("œ", "oe"),
    ("Œ", "OE"),
    ("þ", "th"),
    ("ð", "d"),
    ("Ð", "D"),
    # Letters nobody sees: Hangul fillers; and a blank of Braille, which is seen as a space.
    ("\u115f", ""),
    ("\u1160", ""),
    ("\u3164", ""),
    ("\uffa0", ""),
    ("\u2800", " "),
)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Negative circled and squared letters, regional indicators: no decomposition, and read as letters.
_ALPHABETS_FROM = (0x1F150, 0x1F170, 0x1F1E6)


def _build() -> dict[str, str]:
    table = {like: plain for plains, likes in _PAIRS for plain, like in zip(plains, likes, strict=True)}
    table.update(_LONGER)
    for first in _ALPHABETS_FROM:
        table.update({chr(first + offset): letter for offset, letter in enumerate(_ALPHABET)})
    return table


CONFUSABLES = MappingProxyType(_build())
