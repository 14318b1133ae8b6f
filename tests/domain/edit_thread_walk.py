"""A walk through the small world: what happens next is a matter of dice, the same for the same seed.

Owns how likely things are: slow ledgers, workers thought dead, late and repeated facts, and nonsense.
"""

from __future__ import annotations

from random import Random

from core.domain.edit_thread import TABLE, Table, Ticket
from core.domain.effects import WriteOff
from core.domain.events import (
    CancelRequested,
    Delivered,
    DeliveryFailed,
    Event,
    GenerationFailed,
    GoToMove,
    HeadMoved,
    JobCancelled,
    Move,
    RedoMove,
    ReservationGranted,
    ReservationRefused,
    RevisionsForgotten,
    ThreadClosed,
    TurnRequested,
    UndoMove,
    UseMove,
)
from core.domain.ids import ActorId, AttemptId, Letter, Micros, TurnId
from core.domain.lineage import Head
from tests.domain.edit_thread_records import Attempt
from tests.domain.edit_thread_world import World

STRANGER = TurnId("somebody else's turn")
MOST_STEPS_TO_REST = 300
WHYS = ("moderated", "no_answer", "rejected")


class Walk:
    """One world and the dice that drive it.

    In half of the worlds the ledger answers within the same breath, as the real one does; in the others
    things can happen in between, which is harder than the truth and must hold all the same.
    """

    def __init__(self, seed: int, table: Table = TABLE) -> None:
        self.dice = Random(seed)
        self.world = World(table)
        self.has_prompt_ledger = self.dice.random() < 0.5
        self.in_flight: list[tuple[AttemptId, int]] = []
        self.count = 0

    def run(self, steps: int) -> None:
        """Let things happen, then let everything come to rest."""
        for _ in range(steps):
            self.happen()
        self.come_to_rest()

    def happen(self) -> None:
        """One thing happens."""
        likely = {
            self.ask: 5,
            self.go_on: 8,
            self.move_head: 3,
            self.cancel: 1.5,
            self.forget: 0.7,
            self.repeat: 3,
            self.talk_nonsense: 3,
            self.start_second_attempt: 1,
            self.bring_stray_bill: 0.5,
            self.close: 0.15,
        }
        (chosen,) = self.dice.choices(list(likely), list(likely.values()))
        chosen()
        while self.has_prompt_ledger and self.world.awaits_verdict:
            self.give_verdict()

    def come_to_rest(self) -> None:
        """Whatever is under way comes home, and so do late facts; nothing new begins."""
        for _ in range(MOST_STEPS_TO_REST):
            if self.world.is_quiet() and not self.in_flight:
                break
            self.go_on()
        self.world.check_quiet()

    def a_new_id(self, kind: str) -> str:
        """Make a name that was never used in this world."""
        self.count += 1
        return f"{kind}{self.count}"

    # People

    def ask(self) -> None:
        """Somebody asks for a picture: anew, from the head, or from a revision they name."""
        base = self.a_head() if self.dice.random() < 0.25 else None
        is_generate = base is None and self.dice.random() < 0.15
        turn = Ticket(TurnId(self.a_new_id("turn")), ActorId("maria"), base, is_generate)
        self.world.tell(TurnRequested(turn))

    def a_head(self) -> Head:
        """A head that exists, more often than not."""
        latest = len(self.world.places.revisions)
        return Head(self.dice.randint(0, latest + 1), Letter(self.dice.choice("aaabh")))

    def move_head(self) -> None:
        """Somebody says undo, redo, v2 or `use b`."""
        head = self.a_head()
        moves: list[Move] = [
            UndoMove(),
            UndoMove(),
            RedoMove(),
            GoToMove(head.revision),
            GoToMove(head.revision, head.letter),
            UseMove(head.letter),
        ]
        self.world.tell(HeadMoved(self.dice.choice(moves)))

    def cancel(self) -> None:
        """Somebody calls off some turns, whatever has become of them."""
        names = [*list(self.world.known)[-5:], STRANGER]
        self.world.tell(CancelRequested(frozenset(self.dice.sample(names, self.dice.randint(1, len(names))))))

    def forget(self) -> None:
        """Somebody has a revision or two forgotten, whatever is going on with them."""
        numbers = {self.a_head().revision for _ in range(self.dice.randint(1, 2))}
        self.world.tell(RevisionsForgotten(frozenset(numbers)))

    def close(self) -> None:
        """Somebody closes the thread."""
        self.world.tell(ThreadClosed())

    # What is under way goes on

    def go_on(self) -> None:
        """The ledger answers, a worker comes home, pictures arrive, or a late fact turns up."""
        active = self.world.active
        if self.in_flight and (active is None or self.dice.random() < 0.5):
            self.bring_success(*self.in_flight.pop(self.dice.randrange(len(self.in_flight))))
        elif active is None:
            return
        elif self.world.awaits_verdict:
            self.give_verdict()
        elif self.world.to_deliver:
            outcome = self.dice.choice((Delivered, Delivered, DeliveryFailed))
            self.world.tell(outcome(active.turn_id))
        else:
            self.bring_home(active.turn_id)

    def give_verdict(self) -> None:
        """The ledger says yes or no."""
        active = self.world.active
        assert active is not None
        if self.dice.random() < 0.8:
            hold = self.world.books.reservation_of(active.turn_id)
            self.world.tell(ReservationGranted(active.turn_id, hold))
        else:
            self.world.tell(ReservationRefused(active.turn_id))

    def bring_home(self, turn_id: TurnId) -> None:
        """The job of the active turn ends, one way or another."""
        attempts = self.world.books.attempts
        others = any(attempts[attempt_id].turn_id == turn_id for attempt_id, _ in self.in_flight)
        chance = self.dice.random()
        if chance < 0.6:
            self.bring_success(self.call_engine(turn_id), self.dice.randint(1, 8))
        elif chance < 0.75 and not others:
            self.world.tell(JobCancelled(turn_id))
        elif chance < 0.85:
            self.world.tell(GenerationFailed(turn_id, None, self.dice.choice(WHYS), Micros(0)))
        else:
            self.bring_failure(turn_id)

    def call_engine(self, turn_id: TurnId, *, is_free: bool = False) -> AttemptId:
        """Make an attempt; the engine writes its bill."""
        attempt_id = AttemptId(self.a_new_id("attempt"))
        billed = Micros(0 if is_free else self.dice.randint(1, 200_000))
        self.world.books.attempts[attempt_id] = Attempt(turn_id, billed)
        return attempt_id

    def bring_success(self, attempt_id: AttemptId, candidates: int) -> None:
        """Pictures come, in time or late."""
        self.world.tell(self.world.success(attempt_id, candidates))

    def bring_failure(self, turn_id: TurnId) -> None:
        """The engine answers without a picture, and may charge for it."""
        attempt_id = self.call_engine(turn_id, is_free=self.dice.random() < 0.4)
        billed = self.world.books.attempts[attempt_id].billed
        self.world.tell(GenerationFailed(turn_id, attempt_id, self.dice.choice(WHYS), billed))

    def start_second_attempt(self) -> None:
        """A worker is thought dead and its turn given to another; its pictures are still on their way."""
        active = self.world.active
        if active is not None and self.world.has_job(active.turn_id):
            self.in_flight.append((self.call_engine(active.turn_id), self.dice.randint(1, 8)))

    # Facts out of place

    def bring_stray_bill(self) -> None:
        """The engine bills pictures for a turn that nobody works on."""
        turn_id = self.dice.choice([*self.world.known, STRANGER])
        if not self.world.has_job(turn_id):
            self.world.tell_stray_bill(self.call_engine(turn_id))

    def repeat(self) -> None:
        """Something told before is told again."""
        if not self.world.told:
            return
        event = self.dice.choice(self.world.told[-12:])
        was_turned_away = isinstance(event, TurnRequested) and event.turn.turn_id not in self.world.known
        was_kept = isinstance(event, RevisionsForgotten) and not event.numbers <= self.world.places.forgotten
        if not (was_turned_away or was_kept or isinstance(event, HeadMoved)):
            self.world.play_again(event)

    def talk_nonsense(self) -> None:
        """Something is told that cannot be true of the turn it names."""
        active = self.world.active
        turn_id = self.dice.choice([*self.world.known, STRANGER])
        if active is not None and self.dice.random() < 0.7:
            turn_id = active.turn_id
        self.world.tell_nonsense(self.dice.choice(self.nonsense_about(turn_id)))
        if not (self.world.awaits_verdict and self.world.is_active(turn_id)):
            hold = self.world.books.reservation_of(turn_id)
            self.world.expect_fault(ReservationGranted(turn_id, hold))
            self.world.expect_fault(ReservationRefused(turn_id))

    def nonsense_about(self, turn_id: TurnId) -> list[Event]:
        """Facts about a turn that are certainly untrue now."""
        untrue: list[Event] = []
        if not (self.world.is_active(turn_id) and self.world.to_deliver):
            untrue += [Delivered(turn_id), DeliveryFailed(turn_id)]
        if not self.world.has_job(turn_id):
            untrue += [JobCancelled(turn_id), GenerationFailed(turn_id, None, "rejected", Micros(0))]
        return [*untrue, self.closed_success(turn_id)]

    def closed_success(self, turn_id: TurnId) -> Event:
        """A success whose attempt was written off long ago, by somebody who gave it up for lost."""
        attempt_id = self.call_engine(turn_id)
        attempt = self.world.books.attempts[attempt_id]
        self.world.books.write_off(WriteOff(turn_id, attempt_id, attempt.billed))
        attempt.is_told = True
        return self.world.success(attempt_id, 1)
