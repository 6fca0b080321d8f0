"""The house itself: sizes, mirror, names, state, import contracts, and what must never be in the tree.

Exemptions are written lists that may only shrink: an entry that is no longer needed fails.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "stockade"
TESTS = ROOT / "tests"

MODULE_LINES_MAX = 300
FUNCTION_LINES_MAX = 50
PARAMETERS_MAX = 5
ROOT_ENTRIES_MAX = 16

# Path from src/stockade -> why. Remove an entry as soon as it is not needed.
LONGER_MODULES: dict[str, str] = {}
# "path:function" -> why.
LONGER_FUNCTIONS: dict[str, str] = {
    "cli/scan.py:command": "nineteen options, a parameter each: click's own shape; the rest is short",
}
# "path:function" -> why.
MORE_PARAMETERS: dict[str, str] = {
    "core/screen.py:verdict_for": "one message and all that is known of it; keyword-only after the second",
}
# Modules without a test of their own.
UNTESTED: dict[str, str] = {}
# "path" -> why a file may hold a word from FORBIDDEN_TEXT.
FORBIDDEN_TEXT_EXEMPT: dict[str, str] = {}

HOMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
HOMELESS |= {"manager", "handler", "service", "processor"}

MODULES = sorted(SRC.rglob("*.py"))
NAMES = [m.relative_to(SRC).as_posix() for m in MODULES]
each_module = pytest.mark.parametrize("module", MODULES, ids=NAMES)


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def name_of(module: Path) -> str:
    return module.relative_to(SRC).as_posix()


def functions(module: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree_of(module)) if isinstance(node, kinds)]


def only_imports(module: Path) -> bool:
    """Say whether a package's file holds nothing that could be wrong: docstring, imports, ``__all__``."""
    for node in tree_of(module).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            continue
        return False
    return True


def test_of(module: Path) -> list[Path]:
    """Return where the test of *module* may live."""
    relative = module.relative_to(SRC)
    if relative.name != "__init__.py":
        return [TESTS / relative.parent / f"test_{relative.name}"]
    if relative.parent == Path():
        return [TESTS / "test_front_door.py"]
    return [
        TESTS / relative.parent / "test_init.py",
        TESTS / relative.parent / f"test_{relative.parent.name}.py",
    ]


test_of.__test__ = False  # a question about tests, not a test


# --- sizes -----------------------------------------------------------------------------------------------


@each_module
def test_a_module_is_short_enough_to_read_at_once(module):
    lines = len(module.read_text("utf-8").splitlines())
    if name_of(module) in LONGER_MODULES:
        assert lines > MODULE_LINES_MAX, "no longer needs its exemption: remove it from LONGER_MODULES"
    else:
        assert lines <= MODULE_LINES_MAX


@each_module
def test_a_function_is_short_enough_to_hold_in_mind(module):
    long = {
        f"{name_of(module)}:{f.name}"
        for f in functions(module)
        if f.end_lineno - f.lineno >= FUNCTION_LINES_MAX
    }
    exempt = {entry for entry in LONGER_FUNCTIONS if entry.startswith(f"{name_of(module)}:")}
    assert long == exempt


@each_module
def test_a_function_takes_few_parameters(module):
    if module.is_relative_to(SRC / "cli"):
        pytest.skip("a command has one parameter per option: click's own shape")
    many = {f"{name_of(module)}:{f.name}" for f in functions(module) if parameters(f) > PARAMETERS_MAX}
    exempt = {entry for entry in MORE_PARAMETERS if entry.startswith(f"{name_of(module)}:")}
    assert many == exempt


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    arguments = function.args
    named = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([a for a in named if a not in {"self", "cls"}])


def test_exemptions_name_things_that_exist():
    known = {f"{name_of(m)}:{f.name}" for m in MODULES for f in functions(m)}
    assert set(LONGER_FUNCTIONS) | set(MORE_PARAMETERS) <= known
    assert set(LONGER_MODULES) | set(UNTESTED) <= set(NAMES)
    assert set(FORBIDDEN_TEXT_EXEMPT) <= set(tracked())


# --- mirror, names, docstrings ---------------------------------------------------------------------------


@each_module
def test_a_module_has_its_own_test(module):
    if module.name == "__init__.py" and only_imports(module):
        return
    tested = any(path.is_file() for path in test_of(module))
    if name_of(module) in UNTESTED:
        assert not tested, "has a test now: remove it from UNTESTED"
    else:
        assert tested, f"expected {' or '.join(p.relative_to(ROOT).as_posix() for p in test_of(module))}"


@each_module
def test_a_module_says_what_it_is_for(module):
    assert ast.get_docstring(tree_of(module)), "the docstring says what it is for and what it does not do"


@each_module
def test_a_module_has_a_name_of_its_own(module):
    words = {module.stem, module.parent.name} | set(module.stem.split("_"))
    assert not words & HOMELESS


def test_test_names_are_sentences():
    short = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and node.name != "test_of"
        and node.name.count("_") < 3
    ]
    assert short == []


# --- state: importing does nothing -----------------------------------------------------------------------

CONTAINERS = {"list", "dict", "set", "bytearray", "defaultdict", "deque", "OrderedDict", "Counter"}
CONTAINERS |= {"local", "WeakKeyDictionary", "WeakValueDictionary"}
MUTATORS = {"append", "appendleft", "extend", "insert", "add", "update", "setdefault", "sort"}
MUTATORS |= {"pop", "popitem", "remove", "discard", "clear"}


@each_module
def test_importing_a_module_runs_nothing(module):
    running = [
        f"line {node.lineno}: {ast.unparse(node).splitlines()[0]}"
        for node in tree_of(module).body
        if isinstance(node, ast.For | ast.While | ast.With)
        or (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant))
    ]
    assert module.name == "__main__.py" or running == []


@each_module
def test_a_module_keeps_no_state(module):
    tree = tree_of(module)
    owned = module_level_containers(tree)
    empty = [name for name, value in owned.items() if is_empty(value)]
    changed = [name for node in ast.walk(tree) if (name := mutated(node)) in owned]
    globals_ = [name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names]
    assert (empty, changed, globals_) == ([], [], [])


def module_level_containers(tree: ast.Module) -> dict[str, ast.expr]:
    owned: dict[str, ast.expr] = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and target.id != "__all__" and is_container(value):
                owned[target.id] = value
    return owned


def is_container(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2] in CONTAINERS
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def is_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return not value.args and not value.keywords
    return not (getattr(value, "elts", None) or getattr(value, "keys", None) or hasattr(value, "generators"))


def mutated(node: ast.AST) -> str:
    """Return the name that *node* changes in place, or an empty string."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
        return ast.unparse(node.func.value)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return ast.unparse(node.value)
    return ""


IMPORT_EVERYTHING = """
import importlib, os, pkgutil, sys

def watch(event, arguments):
    if event in {"socket.connect", "socket.bind", "subprocess.Popen", "os.system", "sqlite3.connect"}:
        raise SystemExit(f"importing caused {event} {arguments}")
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        raise SystemExit(f"importing opened {arguments[0]} for writing")

sys.dont_write_bytecode = True
import stockade
sys.addaudithook(watch)
for module in pkgutil.walk_packages(stockade.__path__, "stockade."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def test_importing_everything_opens_no_socket_and_writes_no_file(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


# --- the tree --------------------------------------------------------------------------------------------


@cache
def tracked() -> tuple[str, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(sorted(p for p in listed.stdout.split("\0") if p and (ROOT / p).is_file()))


def test_the_root_can_be_taken_in_at_a_glance():
    entries = sorted({path.partition("/")[0] for path in tracked()})
    assert len(entries) <= ROOT_ENTRIES_MAX, entries


# Assembled, so that this file does not hold what it forbids.
FORBIDDEN_TEXT = {
    "a path of a build machine": r"/(?:work|root)/(?:main|shared|\w+/stockade)|/opt/(?:wheels|pypi)",
    "the host of a package registry": r"(?:files\.python"
    r"hosted|(?<![\w.])py"
    r"pi)\.org|registry\.np"
    r"mjs\.org",
    "the number of an issue": r"(?i)\biss" r"ues? #?\d+\b",
    "a design page outside this tree": r"\b(?:hou"
    r"se|contr"
    r"act|measu"
    r"red|test"
    r"plan|anch"
    r"ors)\.md\b",
    "a word of the workplace": r"(?i)\b(?:this|last|previous|next|another) sess"
    r"ion\b|\bhelper sess"
    r"ion",
}


@pytest.mark.parametrize("what", FORBIDDEN_TEXT)
def test_no_file_mentions(what):
    pattern = re.compile(FORBIDDEN_TEXT[what].encode())
    holding = {path for path in tracked() if pattern.search((ROOT / path).read_bytes())}
    assert holding - set(FORBIDDEN_TEXT_EXEMPT) == set()


# Weights cannot be reviewed by reading; what they are is pinned by hash, and the pins are tested.
PINNED_WEIGHTS = {
    "src/stockade/detectors/injection/model/first.onnx",
    "src/stockade/detectors/injection/model/second.onnx",
}


def test_no_file_is_too_big_to_review():
    big = {path for path in tracked() if (ROOT / path).stat().st_size > 1_000_000}
    assert big == PINNED_WEIGHTS


def test_a_stale_lock_is_noticed(tmp_path):
    for name in (".ci/lock_fresh.py", "requirements/dev.lock", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    project = tmp_path / "pyproject.toml"
    project.write_text(project.read_text("utf-8").replace('"click>=8.1"', '"click>=99"'), "utf-8")
    lock = tmp_path / "requirements" / "dev.lock"
    lock.write_text(lock.read_text("utf-8") + "--index-url https://mirror.example/simple\n", "utf-8")
    done = subprocess.run(
        [sys.executable, ".ci/lock_fresh.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "click>=99 is not met" in done.stderr
    assert "names a host" in done.stderr


# --- the import contracts, shown to break ----------------------------------------------------------------

STAIRS = "Imports go down the stairs"
VIOLATIONS = {
    "the core imports a store": ("core/limits.py", "import stockade.storage", STAIRS),
    "a detector imports a wire": ("detectors/__init__.py", "import stockade.wires", STAIRS),
    "keys import the log": ("access/__init__.py", "import stockade.audit", STAIRS),
    "a new room has no floor": ("attic.py", "", STAIRS),
    "a detector reads the clock": (
        "detectors/__init__.py",
        "import time",
        "The ground floor touches nothing outside",
    ),
    "the log becomes async": ("audit/__init__.py", "import asyncio", "Only the gateway knows async"),
    "a command writes SQL": ("cli/__init__.py", "import sqlalchemy", "Only storage knows SQL"),
}


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_the_contracts_break_when(violation, tmp_path):
    where, line, contract = VIOLATIONS[violation]
    shutil.copytree(
        SRC, tmp_path / "stockade", ignore=shutil.ignore_patterns("__pycache__", "*.gguf", "*.onnx")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "stockade" / where).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path), "COLUMNS": "200"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout, done.stdout + done.stderr
