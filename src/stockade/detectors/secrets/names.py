"""What a variable's name says about its value: a password, a secret, a key, or nothing of the kind.

A name is cut into words at its underscores, hyphens, dots and changes of case. The last word that means
something is what the thing is: a `password_file` is a file, a `file_password` a password.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\x00-\x7f]+")


class Kind(Enum):
    """What a name promises."""

    PASSWORD = "password"  # noqa: S105 - a kind, not a password
    SECRET = "secret"  # noqa: S105 - same
    KEY = "key"
    NOTHING = ""


_PASSWORDS = frozenset(
    "password passwd passwrd psword paswd pasword pass pwd pw psw pswd passphrase passcode passwort "
    "kennwort contrasena senha mdp motdepasse wachtwoord haslo parola sifre losenord losen salasana "
    "heslo jelszo userpwd dbpass dbpwd identifiedby rootpw adminpw requirepass mypass userpass "
    "pgpassword mysqlpwd proxypassword".split()
)
_SECRETS = frozenset(
    "secret secrets token apikey apitoken accesskey secretkey privatekey authkey credential "
    "credentials creds cred auth authorization clientsecret accesstoken authtoken bearer masterkey "
    "signingkey encryptionkey cookie sessionid sessionkey sessiontoken licensekey jwtsecret appsecret "
    "userkeyword apisecret salt nonce otp pin hmac signature accountkey subscriptionkey xoauth pat".split()
)
# "key" says little alone; after one of these it is a secret.
_KEY_QUALIFIERS = frozenset(
    "api access secret private auth encryption signing master client account service app application "
    "session license activation storage shared admin deploy ssh aes des hmac jwt crypto cipher "
    "security subscription instrumentation webhook consumer user root server primary secondary bot".split()
)
# Words that follow the one that counts.
_TRAILING = frozenset(
    "value str string text prod production dev development test testing staging stage base b64 base64 "
    "hex raw plain cleartext clear main default local live sandbox enc encoded data env literal multi "
    "here v".split()
)


# A token after one of these marks a place or a request: it lets nobody in.
_PLACES = frozenset(
    "next request continuation page sync cancellation cancel design pad eos bos unk stop".split()
)
# What begins so asks about the thing instead of being it.
_ASKING = frozenset("is has needs requires check validate".split())
_PASSWORD_ENDS = ("password", "passwd", "passphrase", "pwd")
_SECRET_ENDS = ("secret", "token", "apikey", "credential")


def words_of(name: str) -> list[str]:
    """Return the words of *name*, in lower case."""
    return [word.lower() for word in _WORDS.findall(name)]


@lru_cache(maxsize=8192)
def kind_of(name: str) -> Kind:
    """Return what *name* promises about its value."""
    words = words_of(name)
    while words and (words[-1] in _TRAILING or words[-1].isdigit()):
        words.pop()
    if not words or words[0] in _ASKING:
        return Kind.NOTHING
    return _promised(words[-1], words[-2] if len(words) > 1 else "")


def _promised(head: str, before: str) -> Kind:
    """Return what a name promises whose last word is *head*, with *before* in front of it."""
    if head == "token" and before in _PLACES:
        return Kind.NOTHING
    if head in _PASSWORDS or before + head in _PASSWORDS:
        return Kind.PASSWORD
    if head in _SECRETS or before + head in _SECRETS:
        return Kind.SECRET
    if head in {"key", "keys"}:
        return Kind.SECRET if before in _KEY_QUALIFIERS else Kind.KEY
    # dbpassword, mytoken: written together.
    if head.endswith(_PASSWORD_ENDS):
        return Kind.PASSWORD
    return Kind.SECRET if head.endswith(_SECRET_ENDS) else Kind.NOTHING
