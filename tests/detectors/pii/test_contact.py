from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, found, labels

from stockade.detectors.pii import contact


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(contact.specs)


@pytest.mark.parametrize(
    "text",
    [
        "write to jane.roe@example.org, please",
        "<mailto:j.o'neil+list@mail.example.co.uk>",
        "author='bob@corp.eu'",
        "x@y.io",
        "ＪＡＮＥ@example.org",
    ],
)
def test_an_address_for_mail_is_found(text):
    assert labels(contact.specs, text) == ["EMAIL_ADDRESS"]


@pytest.mark.parametrize(
    "text",
    [
        "git@github.com:a/b.git",
        "logo@2x.png",
        "@handle",
        "a@b",
        "user@host.internal",
        "pip install x @ https",
    ],
)
def test_what_only_has_an_at_sign_is_no_address(text):
    assert labels(contact.specs, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "see linkedin.com/in/jane-roe-2f12",
        "https://www.facebook.com/jane.roe.20",
        "github.com/janeroe",
        "my site: https://janeroe.dev",
        "Profil: https://example.org/~jane",
    ],
)
def test_a_personal_page_is_found(text):
    assert labels(contact.specs, text) == ["URL"]


@pytest.mark.parametrize(
    "text",
    [
        "https://docs.example.org/en/latest/",
        "https://github.com/janeroe/project/issues/12",
        "https://github.com/features",
        "https://x.com/search?q=cats",
        "see www.example.org for more",
    ],
)
def test_a_page_of_a_house_is_not(text):
    assert labels(contact.specs, text) == []


@pytest.mark.parametrize(
    "text", ["user jane_roe42 logged in", "Benutzer x_jane_x", "usuario @janeroe", "login: jroe1"]
)
def test_a_user_name_is_found_after_its_word(text):
    assert labels(contact.specs, text) == ["USERNAME"]


@pytest.mark.parametrize("text", ["the user wants to leave", "user-friendly", "jane_roe42", "user story 12"])
def test_a_plain_word_is_no_user_name(text):
    assert labels(contact.specs, text) == []


def test_the_place_is_that_of_the_text_as_given():
    assert found(contact.specs, "é😀 mail: jane@example.org!") == [("EMAIL_ADDRESS", "jane@example.org")]
