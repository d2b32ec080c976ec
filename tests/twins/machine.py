"""Two worlds that differ in nothing but what the author does alone, and somebody who looks.

After each step the observer asks for some pages, and at the end for all of them and for the export.
What comes back, and every mail, is the same in both worlds, byte for byte (``seen`` says what is
masked). ``couples`` and ``desks``, with a partner and with a therapist who looks, say which steps
there are: what the author does alone, in each world something else; what the observer may know of
and what the observer does, in both worlds alike. Time passes in both.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar

import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.twins import unseen
from tests.twins.pages import NOBODYS, OURS, addresses
from tests.twins.seen import difference
from tests.twins.world import BEGIN, READ, Cast, World
from trustbook.lib.outbox import choosing, kinds
from trustbook.lib.outbox.sending import send_due
from trustbook.reminders.quiet import look_due
from trustbook.reminders.weekly import remind_due

NUMBERS = st.integers(0, 99)
TEXTS = st.text("abc é🌱", max_size=9)
PAGES = st.tuples(NUMBERS, NUMBERS)
"""Which pages the observer then asks for."""
PAUSES = st.sampled_from([timedelta(seconds=40), timedelta(minutes=7), timedelta(hours=5)])
ONLY_A_FORM = 405
"""What an address says at which there is nothing to read."""
LONG = 8
"""So many steps nobody leaves at least; most of what there is to see is seen then."""

Alone = list[tuple[unseen.Act, int, str]]
Pages = tuple[int, ...]
Deed = Callable[[World, int, str], str]


def acts_of(*acts: unseen.Act) -> st.SearchStrategy[Alone]:
    """What the author does alone, of ``acts``."""
    return st.lists(st.tuples(st.sampled_from(acts), NUMBERS, TEXTS), max_size=3)


class Twins(RuleBasedStateMachine):
    """Every rule does the same in both worlds, but for what the author does alone."""

    observer: ClassVar[str]
    """Who looks."""
    casts: ClassVar[tuple[Cast, Cast]]
    """Made once, before all runs; what a run does to them is undone."""
    addresses: ClassVar[list[str]]
    """What the observer may ask for at any time."""
    at_the_end: ClassVar[set[str]]
    """Those of them for which the observer asks at the end of each run."""

    @classmethod
    def prepare(cls) -> None:
        """Before all runs."""
        with time_machine.travel(BEGIN, tick=False):
            cls.casts = (Cast.new("one"), Cast.new("two"))
            with transaction.atomic():
                looking = World(cls.casts[0], cls.observer).looking
                cls.addresses = [
                    path for path in addresses() if looking.get(path).status_code != ONLY_A_FORM
                ]
                transaction.set_rollback(True)
        cls.at_the_end = {path for path in addresses(OURS) if NOBODYS not in path}

    @initialize(shared=st.integers(0, 3))
    def begin(self, shared: int) -> None:
        """They come together; the author has shown something already, or not."""
        self.atomic = [transaction.atomic(), transaction.atomic("keys")]
        for block in self.atomic:
            block.__enter__()
        cache.clear()
        mail.outbox.clear()
        self.travel = time_machine.travel(BEGIN - timedelta(days=1), tick=False)
        self.clock = self.travel.start()
        self.mails = self.steps = 0
        READ.clear()
        self.worlds = tuple(World(cast, self.observer) for cast in self.casts)
        for world in self.worlds:
            choosing.choose(world.observer.pk, [kind.name for kind in kinds.registered()])
        self.clock.move_to(BEGIN)
        self.same_so_far = True
        self.join()
        for number in range(shared):
            self.show(number)

    def join(self) -> None:
        """The author and the observer begin, or begin anew."""
        raise NotImplementedError

    def show(self, number: int) -> None:
        """The author shows the observer something."""
        raise NotImplementedError

    def teardown(self) -> None:
        """As if it had never been, once the observer has looked at everything."""
        if not hasattr(self, "travel"):
            return
        try:
            if self.same_so_far:
                self.look_at_everything()
        finally:
            self.travel.stop()
            for name, block in zip(("default", "keys"), self.atomic, strict=True):
                transaction.set_rollback(True, name)
                block.__exit__(None, None, None)

    # What happens

    @rule(pause=PAUSES, pages=PAGES)
    def later(self, pause: timedelta, pages: Pages) -> None:
        """Some time passes."""
        self.next_moment()
        self.clock.shift(pause)
        self.look(pages)

    @rule(pages=PAGES)
    def evening(self, pages: Pages) -> None:
        """The next evening comes, and with it its mails."""
        self.next_moment()
        now = datetime.now(BEGIN.tzinfo)
        day = now if now.hour < 18 else now + timedelta(days=1)
        self.clock.move_to(day.replace(hour=18, minute=5, second=0, microsecond=0))
        self.send_mails()
        self.look(pages)

    # What the observer gets to see

    def alone(self, one: Alone, other: Alone, pages: Pages) -> None:
        """In each world the author does some things of their own, or nothing."""
        self.next_moment()
        for world, acts in zip(self.worlds, (one, other), strict=True):
            for act, number, text in acts if world.author.is_active else ():
                act(world, number, text)
        self.look(pages)

    def both(self, act: unseen.Act, number: int, text: str) -> None:
        """The author does the same in both worlds, in words that are nowhere else."""
        self.next_moment()
        for world in self.worlds:
            if world.author.is_active:
                act(world, number, f"{text} {self.steps}")

    def see(self, deed: Deed, number: int, text: str) -> None:
        """The observer does the same in both worlds, and is answered the same."""
        self.next_moment()
        self.same(lambda world: deed(world, number, f"{text} {self.steps}"))

    def next_moment(self) -> None:
        """No two saves at one moment, of which only chance would say which came first."""
        self.steps += 1
        self.clock.shift(1)
        READ.clear()

    def look(self, pages: Pages) -> None:
        """The observer asks for some pages."""
        for number in pages:
            self.ask(number % self.known_pages())

    def look_at_everything(self) -> None:
        """The observer asks for every page of ours, and for all that they have here.

        For those of django-allauth, and for what has an id of nothing, only now and then.
        """
        self.next_moment()
        page = 0
        while page < self.known_pages():
            if page >= len(self.addresses) or self.addresses[page] in self.at_the_end:
                self.ask(page)
            page += 1
        self.same(lambda world: world.sends("/privacy/export/"))

    def known_pages(self) -> int:
        """How many addresses the observer knows, with those that they were given."""
        return len(self.addresses) + len(self.worlds[0].links)

    def ask(self, page: int) -> None:
        """The observer asks for one page."""
        self.same(lambda world: world.asks(page, self.addresses))

    def send_mails(self) -> None:
        """All mails that are due, as ``send_mail_due`` sends them."""
        now = datetime.now(BEGIN.tzinfo)
        remind_due(now)
        look_due(now)
        send_due()
        sent = mail.outbox[self.mails :]
        self.mails = len(mail.outbox)
        self.same(lambda world: world.reads_mail(sent))

    def same(self, seen: Callable[[World], str]) -> None:
        """Fails, with what differs, where the observer is not given the same in both worlds."""
        self.same_so_far = False
        one, other = (seen(world) for world in self.worlds)
        assert one == other, difference(one, other)
        self.same_so_far = True
