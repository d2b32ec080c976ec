"""Two worlds that differ in nothing but what the author does alone, and a partner who looks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from exercises.couples import leave, make_couple
from tests.exercises.two import joint
from tests.twins.pages import WITH_ID, addresses
from tests.twins.seen import difference
from tests.twins.unseen import ACTS, Act
from tests.twins.world import BEGIN, Pair, World
from trustbook.lib.outbox import choosing, kinds
from trustbook.lib.outbox.sending import send_due
from trustbook.reminders.quiet import look_due
from trustbook.reminders.weekly import remind_due

NUMBERS = st.integers(0, 99)
TEXTS = st.text("abc é🌱", max_size=9)
ALONE = st.none() | st.tuples(st.sampled_from(ACTS), NUMBERS, TEXTS)
"""What the author of one world does while nobody looks."""
PAGES = st.tuples(NUMBERS, NUMBERS)
"""Which pages the partner then asks for."""
PAUSES = st.sampled_from([timedelta(seconds=1), timedelta(minutes=7), timedelta(hours=5)])


class TwinWorlds(RuleBasedStateMachine):
    """Every rule does the same in both worlds, but for what the author does alone."""

    pairs: ClassVar[tuple[Pair, Pair]]
    """Made once, before all runs; what a run does to them is undone."""

    @initialize()
    def begin(self) -> None:
        self.atomic = [transaction.atomic(), transaction.atomic("keys")]
        for block in self.atomic:
            block.__enter__()
        cache.clear()
        mail.outbox.clear()
        self.travel = time_machine.travel(BEGIN, tick=False)
        self.clock = self.travel.start()
        self.worlds = tuple(World(pair) for pair in self.pairs)
        self.addresses = addresses()
        self.mails = 0
        wanted = [kind.name for kind in kinds.registered()]
        for world in self.worlds:
            choosing.choose(world.partner.pk, wanted)
            world.couple = make_couple(world.author, world.partner)
        self.together = self.same_so_far = True

    def teardown(self) -> None:
        """As if it had never been, once the partner has looked at everything."""
        if hasattr(self, "travel"):
            try:
                if self.same_so_far:
                    self._look_at_everything()
            finally:
                self.travel.stop()
                for name, block in zip(("default", "keys"), self.atomic, strict=True):
                    transaction.set_rollback(True, name)
                    block.__exit__(None, None, None)

    @rule(one=ALONE, other=ALONE, pages=PAGES)
    def alone(self, one: tuple[Any, ...] | None, other: tuple[Any, ...] | None, pages: Any) -> None:
        """In each world the author does something of their own, or nothing."""
        for world, act in zip(self.worlds, (one, other), strict=True):
            if act:
                do, number, text = act
                do(world, number, text)
        self.look(pages)

    @rule(pause=PAUSES, pages=PAGES)
    def later(self, pause: timedelta, pages: Any) -> None:
        """Some time passes."""
        self.clock.shift(pause)
        self.look(pages)

    @rule(pages=PAGES)
    def evening(self, pages: Any) -> None:
        """The evening's mails go out."""
        now = datetime.now(BEGIN.tzinfo)
        day = now if now.hour < 18 else now + timedelta(days=1)
        self.clock.move_to(day.replace(hour=18, minute=5, second=0, microsecond=0))
        self._send_mails()
        self.look(pages)

    @precondition(lambda self: self.together)
    @rule(text=TEXTS, pages=PAGES)
    def write_together(self, text: str, pages: Any) -> None:
        """The author writes into what belongs to both."""
        self.both(lambda world: joint(world.couple, world.author, text, "one", "ours"))
        self.look(pages)

    def both(self, do: Callable[[World], object]) -> None:
        """The same in both worlds."""
        for world in self.worlds:
            do(world)

    def look(self, pages: tuple[int, ...]) -> None:
        """The partner asks for some pages."""
        for number in pages:
            self.ask(number)

    def ask(self, number: int) -> None:
        """The partner asks for one page, and is given the same in both worlds."""
        page = number % (len(self.addresses) + len(self.worlds[0].links))
        self.same(lambda world: world.asks(page, self.addresses))

    def same(self, seen: Callable[[World], str]) -> None:
        """Fails, with what differs, where the partner is not given the same in both worlds."""
        self.same_so_far = False
        one, other = (seen(world) for world in self.worlds)
        assert one == other, difference(one, other)
        self.same_so_far = True

    def _look_at_everything(self) -> None:
        page = 0
        while page < len(self.addresses) + len(self.worlds[0].links):
            self.ask(page)
            page += 1
        self.same(lambda world: world.eyes.answer("", world.beside.post("/privacy/export/", {})))

    def _send_mails(self) -> None:
        now = datetime.now(BEGIN.tzinfo)
        remind_due(now)
        look_due(now)
        send_due()
        sent = mail.outbox[self.mails :]
        self.mails = len(mail.outbox)
        self.same(
            lambda world: "\n".join(
                world.eyes.mail(one) for one in sent if one.to == [world.partner.email]
            )
        )
