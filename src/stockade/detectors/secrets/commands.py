"""Credentials on command lines and in calls: where a position, not a name, says what they are."""

from __future__ import annotations

from stockade.core.finding import Rule, Severity
from stockade.detectors.engine.manual import rule_row
from stockade.detectors.engine.spec import Context, Spec
from stockade.detectors.secrets.keys import WORD
from stockade.detectors.secrets.plausible import is_pair, is_random, is_url_password

_VALUE = rb"[^ \t\r\n\"'\x60\x00\xe0-\xff]"
# What begins with one of these is another option or a reference.
_FIRST = rb"[^ \t\r\n\"'\x60\x00$%<{(\-\xe0-\xff]"
_GIVEN = _FIRST + _VALUE
# The rest of a command before the option.
_REST = rb"[^\r\n\x00\xe0-\xff]{0,160}[ ]"
_CURL = rb"(?:curl|wget)" + _REST + rb"(?:-u|--user|--proxy-user|-U)[ =]{0,3}[\"']?(" + _GIVEN + rb"{3,100})"
_OPTION_WORD = rb"(?:password|passwd|passphrase|pass|pwd|token|secret|api-?key|bearer|access-?key)"
_OPTION = (
    rb"(?:^|[ \t\"'\x60(\[,])--?[A-Za-z-]{0,24}"
    + _OPTION_WORD
    + rb"[ \t]{1,3}[\"']?("
    + _GIVEN
    + rb"{3,200})"
)
_PSEXEC = rb"psexec" + _REST + rb"-p[ ]{1,3}[\"']?(" + _GIVEN + rb"{3,60})"
_SSHPASS = rb"sshpass[ ]{1,3}-p[ ]{0,3}[\"']?(" + _GIVEN + rb"{3,60})"
_MYSQL_NAME = rb"(?:mysql|mysqldump|mysqladmin|mariadb)"
_MYSQL = _MYSQL_NAME + rb"[ ]{1,3}(?:-[^\r\n\x00\xe0-\xff]{0,160}[ ])?-p(" + _GIVEN + rb"{3,60})"
_CALL = (
    rb"(?:NetworkCredential|PSCredential|DirectoryEntry|UsernamePasswordCredentials|HTTPBasicAuth|BasicAuth)"
    rb"\([ \t\r\n]{0,8}[\"'][^\"'\r\n\x00]{1,80}[\"'],[ \t\r\n]{0,24}"
    rb"(?:[\"'][^\"'\r\n\x00]{1,60}[\"'],[ ]{0,4})?"
    rb"[\"'](" + _VALUE + rb"{4,100})[\"']"
)
_SECURE = (
    rb"ConvertTo-SecureString(?:[ ]-[A-Za-z]{1,12}){0,3}[ ]{1,3}"
    rb"(?:-String[ ]{1,3})?(?:-Force[ ]{1,3})?\\?[\"']?"
    rb"(" + _GIVEN + rb"{5,80})"
)
_KUBERNETES = (
    rb"data:[ \t\r\n\"']{1,40}[A-Za-z0-9_.\-]{1,40}[\"']?:[ ]{0,3}[\"']?([A-Za-z0-9+/]{8,800}={0,2})"
)
_KIND = Context("kubernetes_secret", ("kind: secret", "kind: 'secret'", 'kind: "secret"'), reach=200)
_SAMPLE = "k7Vq9zR2mW4x"


def _rule(label: str, title: str, probe: str) -> Rule:
    return rule_row("credentials", label, title, probe, severity=Severity.HIGH)


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return (*_options(), *_clients(), *_calls())


def _options() -> tuple[Spec, ...]:
    curl = _rule(
        "CURL_USER", "User and password of an HTTP client", f"curl -u app:{_SAMPLE} https://db.internal"
    )
    option = _rule("OPTION", "Password or token given as an option", f"deploy --api-key {_SAMPLE}")
    shapes = (rb"[A-Za-z\-]" + _OPTION_WORD + rb"[ \t]{1,3}[\"']?[^ \t\r\n\"'$%<{(\-]",)
    pair = rb" (?:-u|--user|--proxy-user)[ =]{0,3}[\"']?[^ \t\r\n\"'$%<{(:\-]{0,40}:[^ \t\r\n]"
    return (
        Spec(curl, _CURL, shapes=(pair,), check=is_pair, fold=True, alone=0.85),
        Spec(option, _OPTION, shapes=shapes, check=is_random, fold=True, alone=0.7),
    )


def _clients() -> tuple[Spec, ...]:
    psexec = _rule("PSEXEC_PASSWORD", "Password of a remote command", f"psexec -u app -p {_SAMPLE} cmd")
    sshpass = _rule("SSHPASS", "Password given to a login", f"sshpass -p {_SAMPLE} ssh db")
    mysql = _rule("MYSQL_PASSWORD", "Password of a database client", f"mysql -u app -p{_SAMPLE} shop")
    return (
        Spec(psexec, _PSEXEC, words=("psexec",), check=is_url_password, fold=True, alone=0.8),
        Spec(sshpass, _SSHPASS, words=("sshpass",), check=is_url_password, alone=0.8),
        Spec(
            mysql,
            _MYSQL,
            shapes=(_MYSQL_NAME + rb" {1,3}-",),
            check=is_random,
            alone=0.8,
        ),
    )


def _calls() -> tuple[Spec, ...]:
    call = _rule(
        "CREDENTIAL_CALL", "Password in a credential's constructor", f'HTTPBasicAuth("app", "{_SAMPLE}")'
    )
    secure = _rule(
        "SECURE_STRING", "Password of a PowerShell secure string", f'ConvertTo-SecureString "{_SAMPLE}"'
    )
    manifest = f"kind: Secret\ndata:\n  value: {'czNjcjN0' * 3}"
    kubernetes = _rule("KUBERNETES_SECRET", "Secret in a Kubernetes manifest", manifest)
    names = ("networkcredential", "pscredential", "directoryentry", "credentials(", "basicauth(")
    return (
        Spec(call, _CALL, words=names, check=is_url_password, fold=True, alone=0.8),
        Spec(secure, _SECURE, words=("convertto-securestring",), check=is_url_password, fold=True, alone=0.8),
        Spec(kubernetes, _KUBERNETES, near=_KIND, alone=0.0, strong=0.8, right=WORD, fold=True, digits=False),
    )
