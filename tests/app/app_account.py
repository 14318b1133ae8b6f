"""What the tests of the account share: admins, what stands in chat, and what was said to whom directly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.inbound import Person
from core.app.ports import DIRECT
from core.domain.ids import ActorId
from core.domain.quota import Scope, ScopeKind
from tests.fakes.studio_world import ANN, CHANNEL, WORKSPACE

if TYPE_CHECKING:
    from core.domain.card import Card
    from tests.app.app_world import World

ANNS = Scope(ScopeKind.ACTOR, ANN.id)
CHANNELS = Scope(ScopeKind.CHANNEL, f"{WORKSPACE}/{CHANNEL}")
PAINTERS = Scope(ScopeKind.ROLE, f"{WORKSPACE}/painters")
TEAM = Scope(ScopeKind.WORKSPACE, WORKSPACE)
EVERYBODY = Scope(ScopeKind.INSTALLATION)

EMIL = Person(ActorId("web:test:emil"), WORKSPACE, "Emil", locale="de-DE", is_admin=True)


async def asked(of: World, words: str, *, by: Person = ANN) -> Card:
    """The private answer to words to the bot."""
    await of.ask(words, by=by)
    await of.settle()
    answer = of.standing[-1]
    assert answer.private_to == by.id
    return answer.card


async def seen(of: World, *people: Person) -> None:
    """Each of them has been here, and is known by name."""
    for person in people:
        await asked(of, "help", by=person)


def told(of: World, person: Person) -> list[str]:
    """What was said to this person alone, where a platform talks to one person."""
    return [
        one.card.text for one in of.standing if one.place.channel == DIRECT and one.private_to == person.id
    ]
