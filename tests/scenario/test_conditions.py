"""Conditions: each term of the format, what each mistake says, and what they are in words."""

from __future__ import annotations

import pytest

from simulator.catalogue.loader import catalogue
from simulator.scenario import ConditionError, parse_condition
from simulator.scenario import expression as ex
from simulator.scenario.names import Names
from simulator.scenario.wording import describe, written

NAMES = Names(
    catalogue(),
    {
        kind: dict.fromkeys(names.split())
        for kind, names in {
            "cue": "scared out",
            "person": "mother son",
            "fact": "hours_cut",
            "state": "at_the_desk opens_up",
            "ending": "walks_out",
            "topic": "work money",
            "point": "court_order",
            "flag": "son_named",
            "promise": "call_back",
            "issue": "days",
            "meter": "trust agitation mother.trust",
            "counter": "dodges",
        }.items()
    },
)


def shows(name: str, cue: str | None = None, to: str | None = None) -> ex.Shows:
    return ex.Shows(name, catalogue().expand(name), cue, to)


TERMS: list[tuple[str, ex.Expression]] = [
    ("blame", shows("blame")),
    ("any_reflection", shows("any_reflection")),
    ("any_reflection of scared", shows("any_reflection", "scared")),
    ("any_empathy to mother", shows("any_empathy", None, "mother")),
    ("any_empathy of scared to son", shows("any_empathy", "scared", "son")),
    ("answered out", ex.Answered("out")),
    ("refused out", ex.Refused("out")),
    ("gave court_order", ex.Gave("court_order")),
    ("given court_order", ex.Given("court_order")),
    ("asked work", ex.Asked("work")),
    ("mentions money", ex.Mentions("money")),
    ("told hours_cut", ex.Told("hours_cut")),
    ("visited opens_up", ex.Visited("opens_up")),
    ("turn >= 4", ex.Compare("turn", "turn", ">=", 4)),
    ("turns_here < 3", ex.Compare("turns_here", "turns_here", "<", 3)),
    ("trust >= 45", ex.Compare("meter", "trust", ">=", 45)),
    ("dodges != 2", ex.Compare("counter", "dodges", "!=", 2)),
    ("mother.trust <= 10", ex.Compare("meter", "mother.trust", "<=", 10)),
    ("quality > -0.4", ex.Compare("quality", "quality", ">", -0.4)),
    ("said blame", ex.Said(shows("blame"))),
    ("said any_empathy of scared in last 3", ex.Said(shows("any_empathy", "scared"), 3)),
    ("count(blame) == 2", ex.Count(shows("blame"), "==", 2)),
    ("previous apologise_specific", ex.Previous(shows("apologise_specific"))),
    ("flag son_named", ex.Flag("son_named")),
    ("promised", ex.Promised("promised")),
    ("promised call_back", ex.Promised("promised", "call_back")),
    ("due call_back", ex.Promised("due", "call_back")),
    ("kept call_back", ex.Promised("kept", "call_back")),
    ("broken call_back", ex.Promised("broken", "call_back")),
    ("offer days >= 10", ex.Offer("days", ">=", 10)),
    ("standing days >= 7.5", ex.Standing("days", ">=", 7.5)),
    ("conceded days", ex.Conceded("days")),
    ("agreed days", ex.Agreed("days")),
    ("discrepancy of work", ex.Discrepancy("work")),
    ("always", ex.Always()),
]


@pytest.mark.parametrize(("text", "tree"), TERMS, ids=lambda value: value if isinstance(value, str) else "")
def test_each_term(text: str, tree: ex.Expression) -> None:
    condition = parse_condition(text, NAMES)
    assert condition.root == tree
    assert written(condition.root) == text
    assert describe(condition)
    assert len(describe(condition).split()) >= 1


def test_and_binds_closer_than_or_and_not_closest() -> None:
    condition = parse_condition("not blame and promised or (trust >= 1 or always) and not (blame or judge)", NAMES)
    trust, blame, judge = ex.Compare("meter", "trust", ">=", 1), shows("blame"), shows("judge")
    assert condition.root == ex.Or(
        (
            ex.And((ex.Not(blame), ex.Promised("promised"))),
            ex.And((ex.Or((trust, ex.Always())), ex.Not(ex.Or((blame, judge))))),
        )
    )
    assert written(condition.root) == ("(not blame and promised) or ((trust >= 1 or always) and not (blame or judge))")


def test_spaces_do_not_matter() -> None:
    one = parse_condition("count( blame )>=2 and\n trust<5", NAMES)
    assert one.root == parse_condition("count(blame) >= 2 and trust < 5", NAMES).root


def test_despite_harm() -> None:
    condition = parse_condition("any_reflection and trust >= 4 despite harm", NAMES)
    assert condition.despite_harm
    assert not parse_condition("any_reflection", NAMES).despite_harm
    assert describe(condition).endswith("even beside harm")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("any_reflection", True),
        ("simple_reflection of scared", True),
        ("trust >= 4 and (blame or any_reflection)", True),
        ("not any_reflection", False),
        ("not not any_reflection", True),
        ("any_roadblock", False),
        ("closed_question", False),  # neutral
        ("any_question", True),
        ("said any_empathy in last 3", True),
        ("previous any_empathy", False),  # not in this reply
        ("count(any_empathy) >= 2", True),
        ("count(any_empathy) < 2", False),
        ("not count(any_empathy) < 2", True),
        ("count(any_empathy) != 0", False),
        ("always", False),
    ],
)
def test_whether_it_asks_for_help(text: str, *, asks: bool) -> None:
    assert parse_condition(text, NAMES).asks_help is asks


def test_the_names_it_uses() -> None:
    text = "any_empathy of scared to son and not told hours_cut or dodges > 1 or promised"
    condition = parse_condition(text, NAMES)
    assert condition.uses == {
        ("behaviour", "any_empathy"), ("cue", "scared"), ("person", "son"), ("fact", "hours_cut"),
        ("counter", "dodges"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, ["no condition", "`always`"]),
        ("   ", 4, ["no condition"]),
        ("any_reflektion", 1, ["no behaviour or group", "`any_reflection`"]),
        ("reflection", 1, ["`simple_reflection`"]),
        ("trust >= 4 and told hour_cut", 21, ["no fact", "`hours_cut`"]),
        ("any_empathy of scard", 16, ["no cue", "`scared`"]),
        ("any_empathy to mum", 16, ["no person", "`mother`"]),
        ("visited walks_out", 9, ["no state"]),
        ("gave cort_order", 6, ["no point", "`court_order`"]),
        ("asked wrk", 7, ["no topic", "`work`"]),
        ("kept callback", 6, ["no promise", "`call_back`"]),
        ("agreed day", 8, ["no issue", "`days`"]),
        ("trst >= 4", 1, ["no meter or counter", "`trust`"]),
        ("father.trust >= 4", 1, ["`mother.trust`"]),
        ("blame >= 2", 1, ["`count(blame)`"]),
        ("days >= 2", 1, ["`offer days` or `standing days`"]),
        ("son_named", 1, ["is a flag", "`flag son_named`"]),
        ("hours_cut", 1, ["is a fact", "`told hours_cut`"]),
        ("scared", 1, ["is a cue", "`any_reflection of scared`"]),
        ("opens_up", 1, ["is a state", "`visited opens_up`"]),
        ("walks_out", 1, ["is an ending."]),
        ("court_order", 1, ["is a point", "`gave court_order`"]),
        ("call_back", 1, ["is a promise", "`promised call_back`"]),
        ("work", 1, ["is a topic", "`asked work`"]),
        ("trust", 1, ["is a meter", "`trust >= 50`"]),
        ("mother", 1, ["is a person", "`any_empathy to mother`"]),
        ("Always", 1, ["`always` in lower case"]),
        ("blame AND judge", 7, ["`AND` cannot follow", "`and`"]),
        ("blame judge", 7, ["cannot follow", "`and` or `or`"]),
        ("blame and", 10, ["not the end of the line"]),
        ("blame and or judge", 11, ["not `or`"]),
        ("(blame", 1, ["never closed"]),
        ("blame)", 6, ["never opened"]),
        ("trust = 4", 7, ["`==`"]),
        ("trust => 4", 7, ["`>=`"]),
        ("trust >=", 9, ["plain number"]),
        ("trust >= 40%", 10, ["plain number"]),
        ("turn", 5, ["needs a comparison", "`turn >= 2`"]),
        ("count blame", 7, ["in parentheses"]),
        ("count(blame", 12, ["not closed"]),
        ("count(blame)", 13, ["needs a comparison"]),
        ("said blame in 3", 15, ["`in last 3`"]),
        ("said blame in last", 19, ["whole number"]),
        ("said blame in last 0", 20, ["whole number"]),
        ("said blame in last 1.5", 20, ["whole number"]),
        ("discrepancy work", 13, ["`of`"]),
        ("offer days", 11, ["needs a comparison"]),
        ("told", 5, ["name of a fact", "`hours_cut`"]),
        ("blame despite", 14, ["`despite harm`"]),
        ("blame despite harm and judge", 20, ["cannot follow"]),
        ("blame & judge", 7, ["no meaning"]),
        ("trust >= ٤٥", 10, ["no meaning"]),
        ("(" * 60 + "blame" + ")" * 60, 41, ["too many levels"]),
        ("not " * 5000 + "blame", 161, ["too many levels"]),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_mistake_is_placed_and_explained(text: str, column: int, words: list[str]) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(text, NAMES)
    fault = caught.value.faults[0]
    assert fault.offset + 1 == column, caught.value
    for word in words:
        assert word in f"{fault.message} {fault.mend}"


def test_every_unknown_name_is_told_at_once() -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition("told x and visited y or any_z of q and trst >= 3", NAMES)
    assert [fault.offset for fault in caught.value.faults] == [5, 19, 24, 33, 39]


def test_without_names_any_name_will_do() -> None:
    condition = parse_condition("told anything and hope >= 3 and any_reflection of someone")
    assert ("meter", "hope") in condition.uses
    with pytest.raises(ConditionError, match="any_reflektion"):
        parse_condition("any_reflektion")


def test_conditions_in_words() -> None:
    text = "(any_reflection of scared or said blame in last 1) and not told hours_cut and count(any_trade) >= 2"
    assert describe(parse_condition(text, NAMES)) == (
        "(the reply shows any reflection of scared or blame was said in this reply) and it is not so that the "
        "client has told hours cut and the number of replies with any trade is at least 2"
    )
