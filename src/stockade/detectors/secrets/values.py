"""Whether what is assigned can be a secret: not a reference, not code, not a word that names another thing.

Entropy and rarity only support: no value is a secret because it is random, only because of its name.
"""

from __future__ import annotations

import re

from stockade.detectors.secrets.names import Kind, kind_of, words_of
from stockade.detectors.secrets.plausible import entropy

PASSWORD_CHARS_MIN = 5
PASSWORD_CHARS_MAX = 128
SECRET_CHARS_MIN = 8
KEY_CHARS_MIN = 16
VALUE_CHARS_MAX = 512
# What has so many different signs needs no digit to be random.
SIGNS_MIN = 3

# A reference to where the value is kept, a template, or a stand-in.
_REFERENCE = re.compile(
    r"^\$[A-Za-z_({]|\$\{[\w.:?-]*\}|\$\([\w .-]*\)|\{\{[\w .|-]*\}\}|^\{\{|^\{[A-Za-z_]|"
    r"%\(|%[sdv@]\b|^%[A-Za-z_]+%$|#\{|<%|^<[^>]*>?$|^@[A-Za-z{]|^\[[a-z_ -]+\]$|^&lt;|^#[a-z-]+$|"
    r"^[.,:;)+&|]|"
    r"^!(?:vault|ref|sub|getatt|secret|env|env_var|include|join|importvalue|unsafe)\b|://|"
    r"(?:os|process|sys|import\.meta)\.env|getenv|environ|"
    r"^(?:env|file|vault|secrets?|op|ssm|aws-sm|keyring|azure-kv|gcp-sm|arn|sops|enc|vars|var|data|local|"
    r"self|this|config|settings|params|args|request|options|opts)[.:\[][A-Za-z/_]",
    re.IGNORECASE,
)
_STAND_IN = re.compile(
    r"example|placeholder|change[_-]?(?:me|it|this)|^your|[_<-]your|^my[_-]|^some[_-]|^the[_-]|xxx|\*\*\*|\.\.\.|"
    r"\u2026|redacted|to-?do\b|fixme|^insert|replace[_-]?(?:me|this|with)|dummy|^fake|[_-]here$|not[_-]?set|"
    r"not[_-]?a[_-]?real|^sample|^(.)\1+$|<.*>|_____|-----|^a?bcd?e?f?g?h?$|^(?:test|foo|bar|baz|qux)[_-]?"
    r"(?:test|foo|bar|baz|\d{0,3})$|deadbeef|^bogus|\\[dwsb]|\[(?:a-z|A-Z|0-9)|\.[*+]|^\*.*\*$",
    re.IGNORECASE,
)
_NOTHINGS = frozenset(
    "none null nil true false undefined empty string str text bool boolean int integer number object "
    "any void optional required hidden unset default disabled enabled yes no on off bytes list dict "
    "map array function class type self this new return password passwd pwd pass secret token "
    "username user admin root login key bearer basic digest oauth oauth2 apikey credentials "
    "credential email invalid incorrect wrong missing unknown private public internal nullable "
    "varchar char unicode utf8 input field value name label prompt submit confirm current old reset "
    "forgot change update create delete session cookie header query body path file auto manual static "
    "dynamic anonymous guest plain plaintext cleartext encrypted hashed never always typing literal "
    "final const let var async await not and or if else for while with from import application client "
    "server local global system service provider model vault env environment file_token access "
    "refresh id_token jwt saml ldap kerberos ntlm negotiate sha1 sha256 sha512 md5 bcrypt scrypt "
    "argon2 hmac rsa dsa ecdsa ed25519 aes des pem der pkcs8 pkcs12 base64 hex ascii".split()
)
_IDENTIFIER_PATH = re.compile(r"^[A-Za-z_]\w*(?:(?:\.|->|::|\?\.)[A-Za-z_]\w*)+[\])}]*$")
_CONSTANT = re.compile(r"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$")
_FILE = re.compile(
    r"^(?:[~.]{0,2}/|[A-Za-z]:\\)|\.(?:pem|key|json|ya?ml|txt|md|py|js|ts|go|rs|java|crt|cfg|ini|html?|"
    r"png|svg|jpg|sh|css|toml|lock|xml|sql|csv|com|org|net|io)$",
    re.IGNORECASE,
)
_WORDISH_PART = re.compile(
    r"^(?:[A-Za-z]+|\d{1,4}|[A-Za-z]{1,10}\d{1,3}|\d{1,2}[A-Za-z]{1,2}|v?\d+(?:\.\d+)*)$"
)
# Words are longer than the runs of letters in a random string.
_WORD_CHARS_MEAN = 4.5
_NUMBER_CHARS_MAX = 3
_LETTER = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"\d")
_SEPARATORS = re.compile(r"[-_./:@\s]+")
_SIGNS = re.compile(r"[!#$%^&*~?+=@|;<>(){}\[\]]")


def is_stand_in(value: str) -> bool:
    """Say whether *value* stands for a secret instead of being one."""
    return (
        value.lower() in _NOTHINGS
        or len(set(value)) < 3
        or _REFERENCE.search(value) is not None
        or _STAND_IN.search(value) is not None
    )


def is_wordish(value: str) -> bool:
    """Say whether *value* is words, with or without small numbers, as identifiers and model names are."""
    if value.isalnum() and value[0].isalpha():
        words = words_of(value)
        letters = [len(word) for word in words if word.isalpha()]
        numbers = [len(word) for word in words if word.isdigit()]
        if sum(letters) >= _WORD_CHARS_MEAN * len(letters) and max(numbers, default=0) <= _NUMBER_CHARS_MAX:
            return 4 * sum(numbers) <= len(value)
    return all(_WORDISH_PART.match(part) for part in _SEPARATORS.split(value) if part)


def is_code(value: str) -> bool:
    """Say whether an unquoted *value* is an expression."""
    return (
        _IDENTIFIER_PATH.match(value) is not None
        or _CONSTANT.match(value) is not None
        or any(char in value for char in "()[]{}")
    )


def password_confidence(value: str, *, quoted: bool, literal: bool) -> float:
    """Return how sure it is that *value*, assigned to a password's name, is one; 0 if it is not.

    Args:
        value: what is assigned.
        quoted: whether quotes stand around it.
        literal: whether it stands in a place where only values can (a shell's or an INI file's assignment).
    """
    if not PASSWORD_CHARS_MIN <= len(value) <= PASSWORD_CHARS_MAX or is_stand_in(value):
        return 0.0
    if _names_itself(value) or _FILE.search(value):
        return 0.0
    mixed = _DIGIT.search(value) is not None and _LETTER.search(value) is not None
    signed = _SIGNS.search(value) is not None
    if not quoted:
        if is_code(value) or value.isdigit():
            return 0.0
        if not literal and not (mixed and not is_wordish(value)) and not signed:
            return 0.0
    if mixed or signed:
        return 0.75
    return 0.55 if len(value) > PASSWORD_CHARS_MIN else 0.0


def secret_confidence(value: str, kind: Kind, *, quoted: bool) -> float:
    """Return how sure it is that *value*, assigned to a secret's name, is one; 0 if it is not."""
    least = KEY_CHARS_MIN if kind is Kind.KEY else SECRET_CHARS_MIN
    if not least <= len(value) <= VALUE_CHARS_MAX or not _is_mixed(value, quoted=quoted):
        return 0.0
    if is_stand_in(value) or _FILE.search(value) or (not quoted and is_code(value)):
        return 0.0
    if is_wordish(value) or _names_itself(value):
        return 0.0
    bits = entropy(value)
    if bits < (3.3 if kind is Kind.KEY else 2.8):
        return 0.0
    return 0.75 if len(value) >= KEY_CHARS_MIN and bits >= 3.3 else 0.6


def _is_mixed(value: str, *, quoted: bool) -> bool:
    """Say whether *value* has letters, and digits or (in quotes) many signs; what has quotes is JSON."""
    if _LETTER.search(value) is None or '"' in value:
        return False
    return _DIGIT.search(value) is not None or (quoted and len(set(_SIGNS.findall(value))) >= SIGNS_MIN)


def _names_itself(value: str) -> bool:
    """Say whether *value* is a name of the same kind: ``new_password``, ``PASSWORD_FIELD``."""
    words = words_of(value)
    words = [word for word in words if word.isalpha()]
    return (
        len(words) > 1
        and len(value) < 40
        and is_wordish(value)
        and any(kind_of(word) is not Kind.NOTHING for word in words)
    )
