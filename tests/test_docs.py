"""The documentation against the program: rules, settings, commands, dependencies, and the README's words."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
README_LINES_MAX = 120
NAME = re.compile(r"[A-Za-z0-9._-]+")
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")


@cache
def generate():
    """Return the module that makes the generated pages."""
    path = str(DOCS / ".site")
    sys.path.insert(0, path)
    try:
        import generate as module
    finally:
        sys.path.remove(path)
    return module


@cache
def generated() -> dict[str, str]:
    return generate().pages()


# --- dependencies ----------------------------------------------------------------------------------------


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = list(project["project"]["dependencies"])
    for group in project["project"]["optional-dependencies"].values():
        lines += group
    lines += project["dependency-groups"]["dev"]
    return {NAME.match(line)[0].lower() for line in lines} - {project["project"]["name"]}


def test_every_dependency_has_its_reason_and_no_reason_lacks_a_dependency():
    page = (DOCS / "dependencies.md").read_text("utf-8")
    explained = re.findall(r"(?m)^\| `([^`]+)` \| \S", page)
    assert sorted(explained) == sorted(declared())


# --- the program's own pages -----------------------------------------------------------------------------


def test_every_command_and_option_is_documented():
    page = generated()["reference/cli.md"]
    for path, command in generate().commands():
        assert f"## `{path}`" in page
        assert command.help, f"{path} has no help"
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option in page
            assert parameter.param_type_name == "argument" or parameter.help, (
                f"{path} {parameter.name}: no help"
            )


def test_every_rule_has_a_section_with_its_own_anchor():
    for family, rules in generate().families().items():
        page = generated()[f"reference/rules/{family}.md"]
        for rule in rules:
            assert f"{{ #{rule.id} }}" in page


def test_every_rule_is_explained_or_sits_in_a_family_that_is():
    from stockade import detectors

    unexplained = [rule.id for rule in detectors.all_rules() if not rule.title]
    assert unexplained == []


def test_every_setting_is_documented_and_described():
    page = generated()["reference/settings.md"]
    undescribed = []
    for path, node in generate().settings():
        assert f"| `{path}` |" in page
        if not node.get("description"):
            undescribed.append(path)
    assert undescribed == []


def test_generated_pages_are_not_committed():
    assert [path for path in generated() if (DOCS / path).exists()] == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="other.html#there">', ""),
        ('<a href="other.html#gone">', "no such anchor"),
        ('<a href="gone.html">', "no such page"),
        ('<script src="https://elsewhere.example/x.js"></script>', "loads from another host"),
    ],
)
def test_the_link_check_finds(tmp_path, body, fault):
    (tmp_path / "index.html").write_text(body, "utf-8")
    (tmp_path / "other.html").write_text('<p id="there">', "utf-8")
    check = [sys.executable, DOCS / ".site" / "links.py", tmp_path]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == bool(fault)
    assert fault in done.stdout


# --- the README and its neighbours -----------------------------------------------------------------------


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= README_LINES_MAX


def readme_example() -> str:
    text = (ROOT / "README.md").read_text("utf-8")
    return re.search(r"<!-- run by tests/test_docs\.py -->\n```python\n(.*?)```", text, re.DOTALL)[1]


def test_the_readme_example_runs_and_does_what_the_readme_says(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", readme_example()],
        cwd=tmp_path,
        env={"STOCKADE_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    replaced, restored, verdict = done.stdout.splitlines()
    assert "jane.doe" not in replaced
    assert "[EMAIL_ADDRESS_" in replaced
    assert restored == "Understood: Write to jane.doe@corp.example about invoice 4711."
    assert verdict.startswith(("transform ['injection.", "block ['injection."))


MARKDOWN = sorted(ROOT.glob("*.md"))


@pytest.mark.parametrize("page", MARKDOWN, ids=[p.name for p in MARKDOWN])
def test_links_of_pages_at_the_root_lead_to_files(page):
    targets = [t.partition("#")[0] for t in LINK.findall(page.read_text("utf-8")) if "://" not in t]
    assert [t for t in targets if t and not (ROOT / t).exists()] == []


PAGES = sorted(DOCS.rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=[p.relative_to(DOCS).as_posix() for p in PAGES])
def test_python_in_the_documentation_compiles(page):
    for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        compile(block, str(page), "exec")


YAML_PAGES = [
    p for p in PAGES if "```yaml\nlisten" in p.read_text("utf-8") or "```yaml\n" in p.read_text("utf-8")
]


@pytest.mark.parametrize("page", YAML_PAGES, ids=[p.relative_to(DOCS).as_posix() for p in YAML_PAGES])
def test_configuration_in_the_documentation_is_accepted(page, tmp_path):
    from stockade import config

    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)):
        file = tmp_path / f"{number}.yaml"
        file.write_text(block, "utf-8")
        config.load_settings(file, environment={"STOCKADE_HOME": str(tmp_path)})


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_make_targets_that_are_spoken_of_exist(name):
    known = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    spoken = set(re.findall(r"`make ([a-z]+)|^make ([a-z]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
    assert {a or b for a, b in spoken} <= known


def test_the_changelog_has_a_place_for_what_is_not_released():
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_commands_in_the_documentation_exist():
    known = {path for path, _ in generate().commands()}
    for page in (*MARKDOWN, *PAGES):
        for command in re.findall(r"(?:`|^|bin/)stockade ([a-z]+)", page.read_text("utf-8"), re.MULTILINE):
            assert f"stockade {command}" in known, f"{page.relative_to(ROOT)} speaks of stockade {command}"


def test_the_commit_hook_calls_a_command_that_exists():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    known = {path for path, _ in generate().commands()}
    assert [" ".join(hook["entry"].split()[:2]) for hook in hooks if hook["language"] == "python"] != []
    assert {" ".join(hook["entry"].split()[:2]) for hook in hooks} <= known


def test_the_licence_is_the_whole_text():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
