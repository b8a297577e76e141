"""Every kind of problem a scenario file can have: its code, how grave it is, and why it matters.

The code is what an author can look up; message and mend are made where the problem is found, because
only there it is known which words to name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem. An error keeps the scenario from loading; a warning does not."""

    code: str
    severity: Severity
    why: str


def _rules(severity: Severity, **whys: str) -> dict[str, Rule]:
    return {name.replace("_", "-"): Rule(name.replace("_", "-"), severity, why) for name, why in whys.items()}


RULES: dict[str, Rule] = {
    # The file and its YAML
    **_rules(
        "error",
        unreadable_file="A scenario is one text file in UTF-8.",
        too_large="A file this large is not a scenario, and reading it could stop the program.",
        control_character="Invisible characters can hide or reorder text on a screen.",
        yaml="YAML cannot read the file from here on.",
        text_needs_quotes="YAML gives some characters a meaning of their own where they stand in bare text.",
        text_cut="YAML takes a part of this text for something else, and the client would not say it.",
        anchor="One place in a scenario never stands for another, so that each line can be read where it is.",
        tag="A scenario holds only text, lists and mappings; text that begins with `!` needs quotes.",
        duplicate_key="YAML would keep only the last of the two, without a word.",
        too_deep="No scenario needs so many levels; most likely brackets were opened and never closed.",
        several_documents="A file holds one scenario.",
        not_a_mapping="A scenario is a mapping of keys such as `title:` and `states:`.",
    ),
    # Keys and values
    **_rules(
        "error",
        unknown_key="A key that is not read would be lost without a word.",
        missing_key="The scenario cannot be played without it.",
        wrong_kind="The value must have the shape this key asks for.",
        bad_name="Names are used in conditions, which know only lower case letters, digits and `_`.",
        reserved_name="This word has a meaning of its own in conditions.",
        not_a_choice="Only the listed values are known here.",
        not_a_number="This key takes a number.",
        out_of_range="The value must lie in the range this key allows.",
        empty_text="There is nothing here to say or to show.",
        unknown_placeholder="Only the placeholders listed can be filled in while the client speaks.",
        written_twice="The same thing is written both beside the line and inside it.",
        effect_sign="The sign shows at a glance whether a meter goes up or down.",
        cue_kind="A cue is one thing: a reply that takes up a worry is not a reply that takes up a strength.",
        answer_incomplete="An answer needs words for every level of trust, or the client would fall silent.",
        lie_without_fact="A lie is found out when the fact it hides is told, so it has to name one.",
        empty_turn="A turn in a test needs a reply, or behaviours that stand for one.",
    ),
    # Names and conditions
    **_rules(
        "error",
        unknown_name="Nothing in the scenario or in the catalogue has this name.",
        condition="A condition is one line such as `any_reflection of scared and trust >= 45`.",
        id_not_file_name="Attempts and rubrics find a scenario by its id, and people find it by its file.",
        duplicate_name="A name stands for one thing only.",
        no_people="Somebody has to speak.",
        topic_without_words="A question is matched to a topic by its words.",
        point_without_id="A point is named in conditions by its id.",
        no_way_out="The talk would never end from there.",
        no_ending="The talk would never end.",
        issue_limits="The client moves from `start` to `client_limit`, the way the learner wants.",
        renamed="`renamed` carries saved attempts from a state that is gone to one that exists.",
    ),
    # What can be played, and is most likely a slip
    **_rules(
        "warning",
        comment_in_text="YAML leaves out everything from a ` #` to the end of the line.",
        unreachable_state="No transition leads there, so nobody will ever see it.",
        unreachable_ending="No transition leads there, so no talk will ever end so.",
        fact_never_told="A fact that no line tells can never be earned.",
        flag_never_set="A condition that waits for it can never hold.",
        condition_never_holds="Nothing in the scenario can make it hold.",
    ),
}
