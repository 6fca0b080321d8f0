from __future__ import annotations

import pytest
from tests.detectors.secrets.tables import check_table, found

from stockade.detectors.secrets import commands

PW = "k7Vq9z" + "R2mW4x"


def test_every_rule_finds_its_own_probe():
    check_table(commands.specs())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"curl -s -u app:{PW} https://x", "curl_user"),
        (f"curl --user 'app:{PW}' https://x", "curl_user"),
        (f'curl -u ":{PW}" https://x', "curl_user"),
        (f"deploy --token {PW} now", "option"),
        (f"gpg --passphrase '{PW}'", "option"),
        (f"psexec \\\\host -u app -p {PW} cmd", "psexec_password"),
        (f"sshpass -p{PW} ssh db", "sshpass"),
        (f"mysqldump -h db -u app -p{PW} shop", "mysql_password"),
        (f'new NetworkCredential("app", "{PW}")', "credential_call"),
        (f'DirectoryEntry("ldap", "app", "{PW}")', "credential_call"),
        (f"ConvertTo-SecureString -String '{PW}' -AsPlainText", "secure_string"),
        ("kind: Secret\nmetadata: {}\ndata:\n  a: czNjcjN0czNjcjN0", "kubernetes_secret"),
    ],
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
)
def test_references_and_words_are_clean(text):
    assert found(commands.specs(), text) == set()
