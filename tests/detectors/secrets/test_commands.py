from __future__ import annotations

from itertools import count

import pytest
from tests.detectors.secrets.tables import check_table, found

from stockade.detectors.secrets import commands

LONG = "k7Vq9z" + "R2mW4x"


def test_every_rule_finds_its_own_probe():
    check_table(commands.specs())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"curl -s -u app:{LONG} https://x", "curl_user"),
        (f"curl --user 'app:{LONG}' https://x", "curl_user"),
        (f'curl -u ":{LONG}" https://x', "curl_user"),
        (f"deploy --token {LONG} now", "option"),
        (f"gpg --passphrase '{LONG}'", "option"),
        (f"psexec \\\\host -u app -p {LONG} cmd", "psexec_password"),
        (f"sshpass -p{LONG} ssh db", "sshpass"),
        (f"mysqldump -h db -u app -p{LONG} shop", "mysql_password"),
        (f'new NetworkCredential("app", "{LONG}")', "credential_call"),
        (f'DirectoryEntry("ldap", "app", "{LONG}")', "credential_call"),
        (f"ConvertTo-SecureString -String '{LONG}' -AsPlainText", "secure_string"),
        ("kind: Secret\nmetadata: {}\ndata:\n  a: czNjcjN0czNjcjN0", "kubernetes_secret"),
    ],
    ids=count(),
)
def test_a_position_gives_a_credential_away(text, rule):
    assert rule in found(commands.specs(), text)


@pytest.mark.parametrize(
    "text",
    [
        "curl -u $USER:$PASS https://x",
        'curl -u "${USER}":"${PASS}" https://x',
        "curl -u test:test https://x",
        "curl https://x -o file",
        "deploy --token $TOKEN",
        "deploy --token file",
        "psexec -p %PASS% cmd",
        "mysql -proot shop",
        "kind: ConfigMap\ndata:\n  a: czNjcjN0czNjcjN0",
    ],
    ids=count(),
)
def test_references_and_words_are_clean(text):
    assert found(commands.specs(), text) == set()
