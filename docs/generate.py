"""Writes docs/behaviours.md, docs/codes.md and docs/rubrics.md from the data, so that they never differ from what runs.

python docs/generate.py            writes all
python docs/generate.py --check    exits with 1 where a page differs
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent
CATALOGUE = ROOT / "simulator" / "catalogue"


def behaviours() -> str:
    """The page of all behaviours, by family, with examples and near-misses."""
    return "\n".join(_behaviours()) + "\n"


def rubrics() -> str:
    """The page of all rubrics, with descriptors by level and sources."""
    return "\n".join(_rubrics()) + "\n"


def codes() -> str:
    """The page of everything `roleplay check` finds, with what triggers it."""
    return "\n".join(_codes()) + "\n"


FOUND = {
    "loading": "Found while loading. An error keeps the scenario from being played, and cannot be silenced.",
    "exploring": "Found by exploring what can happen: states, meters and replies together.",
    "playing": "Found by playing: the tests, the model replies, the rubrics, the attempts that were saved.",
    "looking": "Found by looking at the words and parts.",
}


def _codes() -> Iterator[str]:
    yield "# What `roleplay check` finds"
    yield ""
    yield "Made from `simulator/scenario/diagnostics/`, one file each, by `python docs/generate.py`. Errors and"
    yield "warnings make a check fail; notes are advice. In the examples `¦` stands where the problem is shown."
    known = [(path.stem, _load(path)) for path in sorted((ROOT / "simulator/scenario/diagnostics").glob("*.yaml"))]
    for found, said in FOUND.items():
        yield f"\n## {found.capitalize()}\n"
        yield said
        for code, one in known:
            if one["found"] != found:
                continue
            yield f"\n### {code}\n"
            yield f"*{one['title']}* ({one['severity']}). {one['why']} {one['mend']}"
            for example in one.get("examples", [])[:1]:
                yield from _shown(example)


def _shown(example: dict) -> Iterator[str]:
    """An example as it stands in a file, and how it should be."""
    yield ""
    if not example["wrong"].strip():
        yield "Where this is left out:"
        yield ""
        yield from _block(example["replace"])
        return
    yield from _block(example["wrong"])
    right = example.get("right", example.get("replace"))
    if right:
        yield ""
        yield "instead of"
        yield ""
        yield from _block(right)


def _block(text: str) -> Iterator[str]:
    lines = text.strip("\n").expandtabs(4).split("\n")
    shown = [line if len(line) <= 110 else f"{line[:107]}..." for line in lines[:12]]
    yield from (f"    {line}".rstrip() for line in shown)
    if len(lines) > len(shown):
        yield "    ..."


def _behaviours() -> Iterator[str]:
    yield "# Behaviours"
    yield ""
    yield "What a reply can do, by the codes of the field. The unit is the clause: one reply may hold several."
    yield "Made from `simulator/catalogue/behaviours/` by `python docs/generate.py`; all examples are our own."
    for path in _in_order():
        family = _load(path)
        yield f"\n## {family['family'].capitalize()}\n"
        yield family["about"]
        for name, one in family["behaviours"].items():
            yield f"\n### {one['name']} (`{name}`)\n"
            yield f"{one['definition']} *Not:* {one['is_not']}"
            yield ""
            yield f"- {_valence(one)}. {one['effect_on_client']}"
            yield f"- Try: {one['try']}"
            for example in one["examples"]:
                yield f"- Example: {_heard(example)}*{example['reply']}*"
            for miss in one["near_misses"]:
                instead = miss["instead"] if isinstance(miss["instead"], list) else [miss["instead"]]
                right = ", ".join(f"`{code}`" for code in instead)
                yield f"- Near miss: {_heard(miss)}*{miss['reply']}* is {right}."
            yield f"- Source: {one['source']}"
    yield "\n## Groups\n"
    yield "What conditions and rubrics name when any of several behaviours will do. None mixes help and harm."
    yield ""
    for name, group in _load(CATALOGUE / "groups.yaml")["groups"].items():
        members = ", ".join(f"`{member}`" for member in group["members"])
        yield f"- `{name}` ({group['name'].lower()}; {group['valence']}): {members}"


def _rubrics() -> Iterator[str]:
    yield "# Rubrics"
    yield ""
    yield "How a talk is scored. Made from `rubrics/` by `python docs/generate.py`."
    yield "A total is the weighted mean level times 25; a hard fail caps it at 25."
    for path in sorted((ROOT / "rubrics").glob("*.yaml")):
        rubric = _load(path)
        yield f"\n## {rubric['title']} (`{rubric['id']}`)\n"
        yield str(rubric["about"]).strip()
        for criterion in rubric["criteria"].values():
            yield f"\n### {criterion['title']}\n"
            yield str(criterion["why"]).strip()
            yield ""
            for level, anchor in criterion["levels"].items():
                yield f"- **{level}** {str(anchor['descriptor']).strip()}"
            yield f"- Source: {criterion['source']}"
        yield "\nSources: " + "; ".join(map(str, rubric["sources"]))


def _in_order() -> list[Path]:
    return sorted((CATALOGUE / "behaviours").glob("*.yaml"))


def _load(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _valence(one: dict) -> str:
    words = {
        "helps": "Helps",
        "harms": "Harms",
        "neutral": "Neither helps nor harms",
        "depends": "Depends on the moment",
    }
    return words[one["valence"]]


def _heard(example: dict) -> str:
    last = example["context"][-1]["text"] if "context" in example else example["line"]
    return f'after "{last}" ' if last else ""


def main() -> int:
    """Writes or checks the pages."""
    pages = {HERE / "behaviours.md": behaviours(), HERE / "codes.md": codes(), HERE / "rubrics.md": rubrics()}
    if "--check" in sys.argv[1:]:
        old = [path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        if old:
            print(f"out of date: {', '.join(old)}. Run: python docs/generate.py")
        return 1 if old else 0
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
