"""Which CSS declarations keep an element from being seen. It judges one style at a time, not a page."""

from __future__ import annotations

import re

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]{1,200})")
_SIZE = re.compile(r"(-?[0-9]*\.?[0-9]+)\s*(px|pt|em|rem|%|vw|vh)?\s*(?:!important)?\Z")
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"\s*[a-z0-9]*([.#])([a-zA-Z_][\w-]*)\s*\Z")
_WHITE = frozenset(
    {
        "white",
        "#fff",
        "#ffff",
        "#ffffff",
        "#ffffffff",
        "#fefefe",
        "snow",
        "rgb(255,255,255)",
        "rgba(255,255,255,1)",
    }
)
_CLEAR = frozenset({"transparent", "#0000", "#00000000", "rgba(0,0,0,0)", "rgba(255,255,255,0)"})
# Smaller than this nobody reads it, in the units given.
_READABLE = {"px": 3.0, "pt": 2.5, "em": 0.2, "rem": 0.2, "%": 20.0, "vw": 0.2, "vh": 0.2, "": 1.0}
# Farther off than this it is off any screen.
_OFF_SCREEN = 500.0


def hides(style: str) -> bool:
    """Say whether an element with the inline *style* is not seen."""
    rules = _declarations(style)
    if _gone(rules) or _tiny(rules) or _off_screen(rules):
        return True
    ink = rules.get("color", "").replace(" ", "")
    paper = rules.get("background-color", rules.get("background", "")).replace(" ", "")
    return ink in _CLEAR or (bool(ink) and ink == paper) or (ink in _WHITE and (not paper or paper in _WHITE))


def hidden_names(sheet: str) -> frozenset[str]:
    """Return the classes (``.name``) and ids (``#name``) that a style sheet keeps from being seen."""
    names: set[str] = set()
    for found in _RULE.finditer(sheet):
        rules = _declarations(found[2])
        # Colors in a sheet depend on the background of other rules: only what is gone for sure counts.
        if _gone(rules) or _tiny(rules) or _off_screen(rules):
            for selector in found[1].split(","):
                simple = _SIMPLE.match(selector)
                if simple:
                    names.add(simple[1] + simple[2])
    return frozenset(names)


def _declarations(style: str) -> dict[str, str]:
    return {
        found[1]: found[2].replace("!important", "").strip() for found in _DECLARATION.finditer(style.lower())
    }


def _gone(rules: dict[str, str]) -> bool:
    if rules.get("display") == "none" or rules.get("visibility") in {"hidden", "collapse"}:
        return True
    if _number(rules.get("opacity", "1")) < 0.1:
        return True
    clip = rules.get("clip", "") + rules.get("clip-path", "")
    return (
        "rect(0" in clip
        or "inset(100%" in clip
        or "inset(50%" in clip
        or "scale(0" in rules.get("transform", "")
    )


def _tiny(rules: dict[str, str]) -> bool:
    size = _SIZE.match(rules.get("font-size", ""))
    if size and float(size[1]) < _READABLE[size[2] or ""]:
        return True
    box = [_number(rules[side]) for side in ("width", "height", "max-width", "max-height") if side in rules]
    return "hidden" in rules.get("overflow", "") and any(side <= 1 for side in box)


def _off_screen(rules: dict[str, str]) -> bool:
    if _number(rules.get("text-indent", "0")) < -_OFF_SCREEN:
        return True
    if rules.get("position") not in {"absolute", "fixed"}:
        return False
    return any(
        abs(_number(rules.get(side, "0"))) > _OFF_SCREEN for side in ("left", "top", "right", "bottom")
    )


def _number(value: str) -> float:
    found = _SIZE.match(value)
    return float(found[1]) if found else 1.0
