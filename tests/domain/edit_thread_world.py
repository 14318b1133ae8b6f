"""The world around one edit thread, in small: a ledger, an engine, a surface, and people.

Owns the records that the real world would have, and checks after every fact that the machine's account of
things and the world's are the same. What to expect comes from these records alone, never from the state of
the thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from core.domain.edit_thread import MAX_WAITING, TABLE, ImpossibleMove, State, Table, new_thread, step
from core.domain.effects import (
    CancelJob,
    Deliver,
    DropTurn,
    Effect,
    KeepRevision,
    Release,
    Reserve,
    Say,
    Settle,
    StartJob,
    WriteOff,
)
from core.domain.events import (
    CancelRequested,
    Delivered,
    DeliveryFailed,
    Event,
    GenerationFailed,
    GenerationSucceeded,
    HeadMoved,
    JobCancelled,
    RedoMove,
    ReservationGranted,
    ReservationRefused,
    RevisionsForgotten,
    ThreadClosed,
    Ticket,
    TurnRequested,
    UndoMove,
)
from core.domain.lineage import Head
from tests.domain.edit_thread_places import Places
from tests.domain.edit_thread_records import Books

if TYPE_CHECKING:
    from core.domain.ids import AttemptId, TurnId

Verdict = ReservationGranted | ReservationRefused
HomeComing = GenerationSucceeded | GenerationFailed | JobCancelled


class World:
    """Everything outside the machine, and the machine."""

    def __init__(self, table: Table = TABLE) -> None:
        self.table = table
        self.thread = new_thread()
        self.books = Books()
        self.places = Places()
        self.known: dict[TurnId, Ticket] = {}
        self.queue: list[Ticket] = []
        self.active: Ticket | None = None
        self.is_called_off = False
        self.is_closing = False
        self.awaits_verdict = False
        self.job_base: tuple[Head | None] | None = None
        self.times_called_back = 0
        self.to_deliver: int | None = None
        self.said: list[Say] = []
        self.told: list[Event] = []

    # What the world knows

    def is_active(self, turn_id: TurnId) -> bool:
        """Whether the world thinks that this turn is the one being worked on."""
        return self.active is not None and self.active.turn_id == turn_id

    def has_job(self, turn_id: TurnId) -> bool:
        """Whether a worker has this turn in hand."""
        return self.is_active(turn_id) and self.job_base is not None

    def is_quiet(self) -> bool:
        """Whether nothing is under way anywhere."""
        return not (self.awaits_verdict or self.job_base or self.to_deliver)

    def revisions_in_use(self) -> set[int]:
        """The revisions that somebody works from or is about to, and the one on its way to people."""
        turns = [*self.queue, *([self.active] if self.active else [])]
        bases = [turn.base for turn in turns]
        if self.job_base:
            bases += self.job_base
        if self.to_deliver:
            bases += [Head(self.to_deliver), *(self.books.base or ())]
        return {base.revision for base in bases if base is not None}

    def success(self, attempt_id: AttemptId, candidates: int) -> GenerationSucceeded:
        """Make the fact that an attempt brought pictures, as it would be told now."""
        attempt = self.books.attempts[attempt_id]
        return GenerationSucceeded(
            attempt.turn_id, attempt_id, candidates, attempt_is_open=attempt.times_closed == 0
        )

    def as_told_now(self, event: Event) -> Event:
        """Make a fact look as it would if it were told again now."""
        if isinstance(event, GenerationSucceeded):
            return self.success(event.attempt_id, event.candidates)
        return event

    # Telling

    def tell(self, event: Event) -> None:
        """Tell the machine a fact, carry out the work, and check everything."""
        if isinstance(event, Verdict) and not (self.awaits_verdict and self.is_active(event.turn_id)):
            self.expect_fault(event)
            return
        expected = self.expected_notices(event)
        self.note(event)
        self.said = []
        self.thread, effects = step(self.thread, event, table=self.table)
        for effect in effects:
            self.carry_out(effect)
        assert [say.code for say in self.said] == expected, (event, self.said, expected)
        self.check()
        self.play_again(event)
        self.told.append(event)

    def expect_fault(self, event: Event) -> None:
        """A verdict that nobody waits for is a fault, and changes nothing."""
        try:
            step(self.thread, event, table=self.table)
        except ImpossibleMove:
            return
        message = f"{event} was taken in {self.thread.state}"
        raise AssertionError(message)

    def play_again(self, event: Event) -> None:
        """Invariant 6: the same fact again changes nothing; at most somebody is answered again."""
        if isinstance(event, Verdict):
            self.expect_fault(event)
            return
        if isinstance(event, HeadMoved) and isinstance(event.move, UndoMove | RedoMove):
            return
        again, effects = step(self.thread, self.as_told_now(event), table=self.table)
        assert again == self.thread, event
        assert all(isinstance(effect, Say) for effect in effects), (event, effects)

    def tell_nonsense(self, event: Event) -> None:
        """Tell what cannot be true, or what is long over; the machine must not stir."""
        thread, effects = step(self.thread, self.as_told_now(event), table=self.table)
        assert (thread, effects) == (self.thread, ()), event

    def tell_stray_bill(self, attempt_id: AttemptId) -> None:
        """Tell of pictures that came for a turn nobody works on: written off, once, and nothing else."""
        event = self.success(attempt_id, 1)
        thread, effects = step(self.thread, event, table=self.table)
        assert thread == self.thread
        assert effects == (WriteOff(event.turn_id, attempt_id, None),)
        self.books.write_off(effects[0])
        self.books.attempts[attempt_id].is_told = True
        self.check()
        self.tell_nonsense(event)

    # What each fact means to the world

    def note(self, event: Event) -> None:  # noqa: C901, PLR0912 - one case an event, as in a table
        """Write down what a fact means before the machine hears of it."""
        match event:
            case TurnRequested(turn):
                if self.turn_answer(turn) in {None, "queued"}:
                    self.known[turn.turn_id] = turn
            case ReservationGranted(turn_id):
                self.awaits_verdict = False
                self.books.take_hold(turn_id)
                self.end_active(when=self.is_called_off)
            case ReservationRefused():
                self.awaits_verdict = False
                self.end_active()
            case GenerationSucceeded() | GenerationFailed() | JobCancelled():
                self.note_home_coming(event)
            case Delivered(turn_id) | DeliveryFailed(turn_id):
                self.to_deliver = None
                self.end_active()
            case CancelRequested(turn_ids):
                if self.active is not None and self.active.turn_id in turn_ids and not self.to_deliver:
                    self.is_called_off = True
            case ThreadClosed():
                self.is_closing = True
                self.is_called_off |= self.active is not None and not self.to_deliver
            case RevisionsForgotten(numbers):
                if not numbers & self.revisions_in_use():
                    self.places.forget(numbers)
            case HeadMoved():
                pass
            case _:
                assert_never(event)

    def note_home_coming(self, event: HomeComing) -> None:
        """A worker brings an outcome; it ends the job unless another turn is active by now."""
        if isinstance(event, GenerationSucceeded | GenerationFailed) and event.attempt_id is not None:
            self.books.attempts[event.attempt_id].is_told = True
        if self.has_job(event.turn_id):
            self.books.base = self.job_base
            self.job_base = None
            self.end_active(when=self.is_called_off or not isinstance(event, GenerationSucceeded))

    def end_active(self, *, when: bool = True) -> None:
        """Let the active turn go."""
        if when:
            self.active, self.is_called_off, self.times_called_back = None, False, 0

    # What people must be told

    def expected_notices(self, event: Event) -> list[str]:  # noqa: PLR0911 - one case an event
        """The notices this fact must bring, in order; worked out before the machine hears of it."""
        match event:
            case TurnRequested(turn):
                answer = None if turn.turn_id in self.known else self.turn_answer(turn)
                return [answer] if answer else []
            case ReservationGranted():
                return ["cancelled"] if self.is_called_off else []
            case ReservationRefused():
                return ["cancelled" if self.is_called_off else "over_quota"]
            case GenerationSucceeded() | GenerationFailed() | JobCancelled():
                return self.ending_of(event) if self.has_job(event.turn_id) else []
            case Delivered() | DeliveryFailed():
                return []
            case HeadMoved(move):
                return [self.standstill() or self.places.move(move)]
            case CancelRequested(turn_ids):
                return self.cancel_answer(turn_ids)
            case ThreadClosed():
                return ["closed" for _ in self.queue]
            case RevisionsForgotten(numbers):
                return ["busy"] if numbers & self.revisions_in_use() else []
            case _:
                assert_never(event)

    def standstill(self) -> str | None:
        """Why the head cannot be moved now."""
        if self.active is not None:
            return "busy"
        return "closed" if self.is_closing else None

    def turn_answer(self, turn: Ticket) -> str | None:
        """What somebody who asks for a turn is told; None when it starts at once."""
        if self.is_closing:
            return "closed"
        problem = self.places.problem_with(turn.base) if turn.base else None
        if problem is not None or self.active is None:
            return problem
        return "busy" if len(self.queue) == MAX_WAITING else "queued"

    def ending_of(self, event: HomeComing) -> list[str]:
        """What is said when the active turn's job comes home."""
        match event:
            case GenerationSucceeded():
                return ["cancelled_late"] if self.is_called_off else []
            case GenerationFailed(why=why):
                return ["cancelled" if self.is_called_off else why]
            case JobCancelled():
                return ["cancelled"]
            case _:
                assert_never(event)

    def cancel_answer(self, turn_ids: frozenset[TurnId]) -> list[str]:
        """What is said to each turn that drops, or to somebody who named none that can be called off."""
        if self.active is None and self.is_closing:
            return []
        dropped = ["cancelled" for turn in self.queue if turn.turn_id in turn_ids]
        reaches_active = self.active is not None and self.active.turn_id in turn_ids and not self.to_deliver
        return dropped or ([] if reaches_active else ["nothing_to_cancel"])

    # Carrying out the work

    def carry_out(self, effect: Effect) -> None:  # noqa: C901 - one case an effect, as in a table
        """Do what the machine asks for, and object to what the world would not stand."""
        match effect:
            case Reserve(turn_id):
                self.reserve(turn_id)
            case StartJob(turn_id, base):
                self.start_job(turn_id, base)
            case Settle():
                self.books.settle(effect)
            case Release(turn_id):
                self.books.release(turn_id)
            case WriteOff():
                self.books.write_off(effect)
            case KeepRevision():
                self.keep(effect)
            case Deliver(turn_id, number):
                assert self.is_active(turn_id)
                self.to_deliver = number
                self.places.visit(Head(number))
            case CancelJob(turn_id):
                assert self.has_job(turn_id)
                self.times_called_back += 1
            case DropTurn(turn_id):
                assert turn_id in [turn.turn_id for turn in self.queue]
                self.queue = [turn for turn in self.queue if turn.turn_id != turn_id]
            case Say():
                self.say(effect)
            case _:
                assert_never(effect)

    def reserve(self, turn_id: TurnId) -> None:
        """The ledger is asked for a hold: for the turn that is first in line, when nobody else is active."""
        assert self.active is None
        assert not self.is_closing
        assert not self.books.had_hold(turn_id)
        if self.queue:
            assert self.queue.pop(0).turn_id == turn_id
        self.active = self.known[turn_id]
        self.awaits_verdict = True

    def start_job(self, turn_id: TurnId, base: Head | None) -> None:
        """Invariant 4: the base is the head now, unless the turn names its own or wants none."""
        assert self.is_active(turn_id)
        assert self.active is not None
        assert self.books.has_open_hold(turn_id)
        own = None if self.active.is_generate else self.active.base or self.places.head
        assert base == own
        self.job_base = (base,)

    def keep(self, effect: KeepRevision) -> None:
        """Invariant 3: numbers have no gaps, a parent is older, and is what the job started from."""
        revision = effect.revision
        assert revision.number == len(self.places.revisions) + 1
        assert revision.turn_id == effect.turn_id
        assert (revision.parent,) == self.books.base
        assert revision.parent is None or revision.parent.revision < revision.number
        self.places.revisions.append(revision)

    def say(self, say: Say) -> None:
        """Somebody is told; a queued turn is told how many are ahead, a moved head where it is."""
        self.said.append(say)
        if say.code == "queued" and say.turn_id is not None:
            self.queue.append(self.known[say.turn_id])
            assert say.ahead == len(self.queue)
        if say.code == "moved_to":
            assert say.at == self.places.head
        if say.code == "cancelled_late":
            assert say.at == Head(len(self.places.revisions))

    # What always holds

    def check(self) -> None:
        """Check all that can be seen at any moment."""
        thread = self.thread
        assert thread.state is self.expected_state()
        assert thread.active == self.active
        assert list(thread.waiting) == self.queue
        assert len(self.queue) <= MAX_WAITING
        assert list(thread.revisions) == self.places.revisions
        assert thread.head == self.places.head
        assert thread.head is None or thread.lineage.has(thread.head)
        assert set(thread.forgotten) == self.places.forgotten
        assert all(thread.lineage.has(place) for place in (*thread.undo_trail, *thread.redo_trail))
        called_back = self.is_called_off and self.job_base is not None
        assert self.times_called_back == int(called_back)
        assert thread.reservation_id == self.books.open_reservation()
        self.books.check(holder=self.active.turn_id if self.job_base and self.active else None)

    def expected_state(self) -> State:
        """The state that the world's own records amount to."""
        if self.active is None:
            return State.CLOSED if self.is_closing else State.IDLE
        if self.to_deliver:
            return State.DELIVERING
        if self.is_called_off:
            return State.CANCELLING
        return State.RESERVING if self.awaits_verdict else State.GENERATING

    def check_quiet(self) -> None:
        """Invariants 5 and 7: at rest nothing waits, no hold is open, and the bill is accounted for."""
        assert self.is_quiet()
        assert self.thread.state in {State.IDLE, State.CLOSED}
        assert self.thread.waiting == ()
        self.books.check_all_ended(self.known)
