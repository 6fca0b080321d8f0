"""Ways to reach a person: e-mail, telephone and fax, pages of their own, user names.

Not every URL is somebody's: only profiles on well-known sites, and URLs after a word for a personal page.
"""

from __future__ import annotations

from stockade.core.finding import Severity
from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import telephone, words, words_people
from stockade.detectors.pii.rows import pii

# What follows a dot in the name of a file, and is no top-level domain that people have mail under.
_FILE_ENDINGS = frozenset(
    "png jpg jpeg gif svg webp ico bmp js jsx ts tsx css scss html htm json yaml yml toml xml py rb go rs "
    "java class jar c h cpp hpp sh txt log md pdf zip gz tar exe dll so internal lan svc".split()
)
_PROFILES = (
    rb"(?:linkedin\.com/in/|(?:facebook|fb|instagram|twitter|x|tiktok|pinterest|snapchat|vk|ok|weibo|threads)\."
    rb"(?:com|net|ru)/@?|github\.com/|gitlab\.com/|t\.me/|wa\.me/|medium\.com/@|youtube\.com/@|xing\.com/profile/"
    rb"|orcid\.org/|keybase\.io/|about\.me/|mastodon\.[a-z]{2,8}/@|bsky\.app/profile/|reddit\.com/u(?:ser)?/)"
)
# First parts of a path that are the site's own, not a person's.
_NOT_PEOPLE = frozenset(
    "about account actions apps business careers company contact docs download events explore features "
    "groups "
    "hashtag help home i intent jobs legal login marketplace news orgs p pages policies pricing privacy reel "
    "search security settings share sharer shop signup sponsors status stories support terms topics trending "
    "watch".split()
)
# What follows "username is" and is none.
_NOT_NAMES = frozenset(
    "the a an not and or is required missing invalid empty none null true false string text str admin "
    "root user username password test optional unique taken already too must already case your their "
    "that this".split()
)
# Longer URLs are not typed: they carry state.
URL_CHARS_MAX = 200
_NAME = rb"[A-Za-z0-9_.%\-]{2,64}"
# Words for a user name, and what may stand between one and the name.
_USER_TRIGGERS = (
    "user login handle screen nickname logged benutzer nutzer anmeldename utilisateur identifiant pseudo "
    "usuari utilizador utente gebruiker anvandar bruger bruker kayttaja uzytkownik uzivatel pouzivatel "
    "felhasznalo utilizator korisni kullanici"
)
_USER_WORDS = (
    rb"\b(?:user(?:[ _-]?(?:name|id|handle))?|login(?:[ _-]?name)?|handle|screen[ _-]?name|nickname"
    rb"|logged in as"
    rb"|benutzer(?:name)?|nutzer(?:name)?|anmeldename|(?:nom d'|l')?utilisateur|identifiant|pseudo"
    rb"|usuari[oa]"
    rb"|utilizador|(?:nome )?utente|gebruiker(?:snaam)?|anvandar(?:e|namn)|bru[gk]er(?:navn)?"
    rb"|kayttaja(?:tunnus)?|uzytkownik|uzivatel|pouzivatel|felhasznalo(?:nev)?|utilizator"
    rb"|korisni[ck](?:ko ime)?|kullanici(?: adi)?)"
)
_IS = rb"(?: is| ist| est| es| e| to)?[\"'\x60]?(?: ?[:=]>? ?|[ \t]{1,3})[\"'\x60(]?"


def email(value: str) -> bool:
    """Check that the part after the last dot can be a domain and the address a person's."""
    local, _, domain = value.rpartition("@")
    ending = domain.rpartition(".")[2].lower()
    return ending not in _FILE_ENDINGS and ".." not in value and local.lower() != "git"


def profile(value: str) -> bool:
    """Check that the address is that of a person's page, not of the site's own pages."""
    name = value.rstrip("/").rpartition("/")[2].lower().lstrip("@")
    return len(name) > 1 and name not in _NOT_PEOPLE


def page_address(value: str) -> bool:
    """Check that a URL is of a length that people write."""
    return 8 <= len(value) <= URL_CHARS_MAX


def user_name(value: str) -> bool:
    """Check that a word can be a user name: a digit, a joint or an at sign tells it from plain words."""
    if len(value) > 1 and value[0] == "@":
        return True
    return any(char.isdigit() or char in "_." for char in value[1:-1]) or value[-1].isdigit()


def given_name(value: str) -> bool:
    """Check that what follows "username is" or "username:" is a name, not a sentence or a placeholder."""
    return value.lower().strip("._-") not in _NOT_NAMES


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return (*mail_specs(), *telephone.specs(), *page_specs(), *user_specs())


def mail_specs() -> tuple[Spec, ...]:
    """Return the pattern of addresses for mail."""
    mail = pii(
        "EMAIL_ADDRESS",
        "E-mail address",
        "write to jane.roe@example.org",
        "An e-mail address (RFC 5321), in text, markup or code.",
        Severity.MEDIUM,
    )
    return (
        Spec(
            mail,
            rb"[A-Za-z0-9_](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+-])?"
            rb"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}\b",
            words=("@",),
            check=email,
        ),
    )


def page_specs() -> tuple[Spec, ...]:
    """Return the patterns of personal pages."""
    page = pii(
        "URL",
        "Personal page",
        "see linkedin.com/in/jane-roe-2f12",
        "A person's page on a well-known site, or a URL after a word for a personal page. Other URLs are not "
        "found: most are nobody's.",
        Severity.LOW,
    )
    near = words.context("site", words_people.SITE, 24)
    return (
        Spec(
            page,
            rb"(?:https?://)?(?:[a-z]{2,3}\.|mobile\.)?" + _PROFILES + _NAME + rb"/?",
            words=tuple(
                "linkedin.com/in/ facebook.com/ fb.com/ instagram.com/ twitter.com/ x.com/ tiktok.com/ "
                "pinterest.com/ snapchat.com/ vk.com/ ok.ru/ weibo.com/ threads.net/ github.com/ gitlab.com/ "
                "t.me/ wa.me/ medium.com/@ youtube.com/@ xing.com/profile/ orcid.org/ keybase.io/ about.me/ "
                "mastodon. bsky.app/profile/ reddit.com/u".split()
            ),
            check=profile,
            near=near,
            left=b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./@",
            right=b"/?=&ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            alone=0.7,
            fold=True,
        ),
        Spec(
            page,
            rb"(?:^|[^A-Za-z0-9@/.])((?:https?://|www\.)[^\s\x00<>\"'\x60()\[\]{}\x80-\xff]+[A-Za-z0-9/])",
            words=("http://", "https://", "www."),
            check=page_address,
            near=near,
            alone=0.0,
            strong=0.7,
            fold=True,
        ),
    )


def user_specs() -> tuple[Spec, ...]:
    """Return the patterns of user names."""
    user = pii(
        "USERNAME",
        "User name",
        "user jane_roe42",
        "A user name after a word for it, if a digit, a joint or an at sign tells it from a plain word.",
        Severity.LOW,
    )
    return (
        Spec(
            user,
            rb"\buser[ _-]?(?:name|id)[\"'\x60]?(?: is | ?[:=]>? ?)[\"'\x60]?"
            rb"(@?[A-Za-z][A-Za-z0-9_.\-]{2,31})(?:[^A-Za-z0-9@_-]|$)",
            shapes=(rb"\buser[ _-]?(?:name|id)",),
            check=given_name,
            alone=0.7,
            fold=True,
        ),
        Spec(
            user,
            _USER_WORDS + _IS + rb"(@?[A-Za-z][A-Za-z0-9_.\-]{1,30}[A-Za-z0-9_])(?:[^A-Za-z0-9@_-]|$)",
            words=tuple(_USER_TRIGGERS.split()),
            check=user_name,
            alone=0.65,
            fold=True,
        ),
    )
