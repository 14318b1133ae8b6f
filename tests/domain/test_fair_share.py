"""Fair share: workspaces get equal service, then people within one, and nobody saves up."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.fair_share import Flow, Tags, charge, choose
from core.domain.ids import ActorId, TurnId, WorkspaceId

START = datetime(2026, 11, 18, 9, tzinfo=UTC)
Key = tuple[str, str]


@dataclass(frozen=True)
class Waiting:
    """A turn in the queue."""

    turn: TurnId
    queued_at: datetime
    cost: int


@dataclass
class Line:
    """A queue of turns, served one at a time as the fair share says."""

    queues: dict[Key, deque[Waiting]] = field(default_factory=dict)
    tags: Tags = field(default_factory=Tags)
    served: list[tuple[Key, int]] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    def ask(self, workspace: str, actor: str, *, times: int = 1, cost: int = 1) -> None:
        """Queue turns, each a second after the one before."""
        for _ in range(times):
            number = next(self.numbers)
            turn = Waiting(TurnId(f"{number:06}"), START + timedelta(seconds=number), cost)
            self.queues.setdefault((workspace, actor), deque()).append(turn)

    def flows(self) -> list[Flow]:
        """Who waits."""
        return [
            Flow(WorkspaceId(workspace), ActorId(actor), queue[0].turn, queue[0].queued_at)
            for (workspace, actor), queue in self.queues.items()
            if queue
        ]

    def serve(self, times: int = 1) -> list[Key]:
        """Carry out so many turns, and say whose they were."""
        return [self.serve_one() for _ in range(times)]

    def serve_one(self) -> Key:
        """Carry out the turn that goes next."""
        chosen = choose(self.flows(), self.tags)
        assert chosen is not None
        key = (chosen.workspace, chosen.actor)
        turn = self.queues[key].popleft()
        assert turn.turn == chosen.oldest_turn
        self.tags = charge(self.tags, chosen, turn.cost)
        self.served.append((key, turn.cost))
        return key


def test_nothing_waits_nothing_is_chosen() -> None:
    """An empty queue has no next."""
    assert choose([], Tags()) is None


def test_a_workspace_with_4_turns_does_not_wait_behind_one_with_40() -> None:
    """The late and small workspace gets every other turn until it is done."""
    line = Line()
    line.ask("big", "ann", times=40)
    line.ask("small", "ben", times=4)
    order = [workspace for workspace, _ in line.serve(44)]
    assert order[:8] == ["big", "small"] * 4
    assert order[8:] == ["big"] * 36


def test_two_people_in_one_workspace_take_turns() -> None:
    """Whoever asked ten times first does not hold up the one who asked twice."""
    line = Line()
    line.ask("team", "ann", times=10)
    line.ask("team", "ben", times=2)
    assert [actor for _, actor in line.serve(12)] == ["ann", "ben"] * 2 + ["ann"] * 8


def test_a_crowd_gives_its_workspace_no_larger_share() -> None:
    """Ten people here and one there: each workspace still gets half."""
    line = Line()
    for person in range(10):
        line.ask("crowd", f"p{person}", times=5)
    line.ask("single", "eva", times=20)
    assert Counter(workspace for workspace, _ in line.serve(40)) == {"crowd": 20, "single": 20}


def test_several_pictures_weigh_as_many_turns() -> None:
    """Who asks for eight at a time is served an eighth as often."""
    line = Line()
    line.ask("team", "eight", times=4, cost=8)
    line.ask("team", "one", times=32)
    assert Counter(actor for _, actor in line.serve(27)) == {"eight": 3, "one": 24}


def test_who_was_away_has_saved_up_nothing() -> None:
    """After a hundred turns of the other, the one who comes back gets half, not everything."""
    line = Line()
    line.ask("idle", "ann")
    line.ask("busy", "ben", times=200)
    line.serve(102)
    line.ask("idle", "ann", times=50)
    assert Counter(workspace for workspace, _ in line.serve(40)) == {"idle": 20, "busy": 20}


def test_a_newcomer_goes_soon_and_owes_nothing() -> None:
    """Somebody who was never here is served next but one at the latest, then shares equally."""
    line = Line()
    line.ask("old", "ann", times=100)
    line.serve(50)
    line.ask("new", "ben", times=20)
    order = [workspace for workspace, _ in line.serve(40)]
    assert "new" in order[:2]
    assert Counter(order) == {"old": 20, "new": 20}


def test_fairness_within_a_workspace_survives_sharing_with_others() -> None:
    """While two workspaces alternate, the people of each still take turns."""
    line = Line()
    line.ask("one", "ann", times=20)
    line.ask("one", "ben", times=20)
    line.ask("two", "eva", times=20)
    line.ask("two", "jun", times=20)
    served = Counter(line.serve(40))
    assert served == {("one", "ann"): 10, ("one", "ben"): 10, ("two", "eva"): 10, ("two", "jun"): 10}


def test_between_equals_the_first_queued_goes_first_whatever_the_order_of_rows() -> None:
    """Every worker picks the same flow."""
    flows = [
        Flow(WorkspaceId(name), ActorId("a"), TurnId(name), START + timedelta(seconds=late))
        for name, late in (("b", 5), ("a", 9), ("d", 3), ("c", 3))
    ]
    assert choose(flows, Tags()) == choose(flows[::-1], Tags()) == flows[3]


def test_charging_changes_nothing_that_was_handed_in() -> None:
    """The tags before are still the tags before."""
    before = Tags()
    flow = Flow(WorkspaceId("team"), ActorId("ann"), TurnId("t"), START)
    after = charge(before, flow, 3)
    assert before == Tags()
    assert after.workspaces.finish == {"team": 3}
    assert after.actors[WorkspaceId("team")].finish == {"ann": 3}


@pytest.mark.parametrize("cost", [0, -1])
def test_a_turn_for_nothing_is_refused(cost: int) -> None:
    """A turn that moved no tag would go first for ever."""
    flow = Flow(WorkspaceId("team"), ActorId("ann"), TurnId("t"), START)
    with pytest.raises(ValueError, match="at least one"):
        charge(Tags(), flow, cost)


def test_the_tags_do_not_grow_with_everybody_who_was_ever_here() -> None:
    """A thousand workspaces that came and went leave no more than a few tags."""
    line = Line()
    for number in range(1_000):
        line.ask(f"w{number}", "ann")
        line.ask("regular", "eva")
        line.serve(2)
    assert len(line.tags.workspaces.finish) < 5
    assert len(line.tags.actors) < 5


pairs = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 8)), min_size=40, max_size=40)


@settings(max_examples=60, deadline=None)
@given(costs=pairs, level=st.sampled_from(["workspaces", "actors"]))
def test_two_that_always_wait_are_never_more_than_one_turn_apart(
    costs: list[tuple[str, int]], level: str
) -> None:
    """At every moment the pictures given to two backlogged flows differ by at most the largest cost."""
    line = Line()
    for name, cost in [*costs, ("a", 8), ("b", 8)]:
        line.ask(*((name, "ann") if level == "workspaces" else ("team", name)), cost=cost)
    given_to: Counter[Key] = Counter()
    while all(line.queues.values()):
        key = line.serve_one()
        given_to[key] += line.served[-1][1]
        first, second = line.queues
        assert abs(given_to[first] - given_to[second]) <= 8


moves = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["w1", "w2", "w3"]), st.sampled_from("abc"), st.integers(1, 8)),
        st.just(None),
    ),
    max_size=80,
)


@settings(max_examples=80, deadline=None)
@given(moves)
def test_whoever_comes_and_goes_every_turn_is_served_and_time_never_runs_back(
    moves: list[tuple[str, str, int] | None],
) -> None:
    """Arrivals and services in any order: virtual time only grows, and in the end nobody waits."""
    line = Line()
    asked = 0
    for move in moves:
        before = line.tags.workspaces.virtual_time
        if move is None:
            if line.flows():
                line.serve_one()
        else:
            line.ask(move[0], move[1], cost=move[2])
            asked += 1
        assert line.tags.workspaces.virtual_time >= before
        assert all(tag >= line.tags.workspaces.virtual_time for tag in line.tags.workspaces.finish.values())
    line.serve(asked - len(line.served))
    assert not line.flows()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 8), min_size=1, max_size=20), st.integers(1, 8))
def test_a_newcomers_wait_is_bounded(costs: list[int], others: int) -> None:
    """However much the others have had or want, a newcomer is served within one turn of each."""
    line = Line()
    for number in range(others):
        for cost in costs:
            line.ask(f"w{number}", "ann", cost=cost)
        line.ask(f"w{number}", "ann", times=5, cost=8)
    line.serve(others * len(costs) // 2)
    line.ask("new", "eva")
    assert ("new", "eva") in line.serve(others + 1)


def test_two_workers_in_a_row_do_not_pick_the_same_workspace() -> None:
    """Charged when it starts, a turn counts before it is finished."""
    line = Line()
    line.ask("one", "ann", times=2, cost=4)
    line.ask("two", "eva", times=2, cost=4)
    first = choose(line.flows(), line.tags)
    assert first is not None
    second = choose(line.flows(), charge(line.tags, first, 4))
    assert second is not None
    assert {first.workspace, second.workspace} == {"one", "two"}
    assert replace(first, workspace=second.workspace) != second
