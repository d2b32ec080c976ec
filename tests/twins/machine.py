"""Two worlds that differ in nothing but what the author does alone, and a partner who looks.

After each step the partner asks for some pages, and at the end for all of them and for the export.
What comes back, and every mail, is the same in both worlds, byte for byte (``seen`` says what is
masked). The rules say which steps there are: what the author does alone, in each world something
else (``unseen``); what the partner may know of (``known``) and what the partner does (``partner``),
in both worlds alike; time, which passes in both.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar

import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from exercises.couples import make_couple
from tests.twins import known, partner, unseen
from tests.twins.pages import NOBODYS, OURS, addresses
from tests.twins.seen import difference
from tests.twins.world import BEGIN, READ, Pair, World
from trustbook.lib.outbox import choosing, kinds
from trustbook.lib.outbox.sending import send_due
from trustbook.reminders.quiet import look_due
from trustbook.reminders.weekly import remind_due

NUMBERS = st.integers(0, 99)
TEXTS = st.text("abc é🌱", max_size=9)
ALONE = st.lists(st.tuples(st.sampled_from(unseen.ACTS), NUMBERS, TEXTS), max_size=3)
PAGES = st.tuples(NUMBERS, NUMBERS)
"""Which pages the partner then asks for."""
PAUSES = st.sampled_from([timedelta(seconds=40), timedelta(minutes=7), timedelta(hours=5)])
ONLY_A_FORM = 405
"""What an address says at which there is nothing to read."""
LONG = 8
"""So many steps the two stay together at least; most of what there is to see is seen then."""

Alone = list[tuple[unseen.Act, int, str]]
Pages = tuple[int, ...]


class TwinWorlds(RuleBasedStateMachine):
    """Every rule does the same in both worlds, but for what the author does alone."""

    pairs: ClassVar[tuple[Pair, Pair]]
    """Made once, before all runs; what a run does to them is undone."""
    addresses: ClassVar[list[str]]
    """What the partner may ask for at any time."""
    at_the_end: ClassVar[set[str]]
    """Those of them for which the partner asks at the end of each run."""

    @classmethod
    def prepare(cls) -> None:
        """Before all runs."""
        with time_machine.travel(BEGIN, tick=False):
            cls.pairs = (Pair.new("one"), Pair.new("two"))
            with transaction.atomic():
                partner = World(cls.pairs[0]).beside
                cls.addresses = [
                    path for path in addresses() if partner.get(path).status_code != ONLY_A_FORM
                ]
                transaction.set_rollback(True)
        cls.at_the_end = {path for path in addresses(OURS) if NOBODYS not in path}

    @initialize(shared=st.integers(0, 3))
    def begin(self, shared: int) -> None:
        """The two share a workbook; the author has shown something already, or not."""
        self.atomic = [transaction.atomic(), transaction.atomic("keys")]
        for block in self.atomic:
            block.__enter__()
        cache.clear()
        mail.outbox.clear()
        self.travel = time_machine.travel(BEGIN - timedelta(days=1), tick=False)
        self.clock = self.travel.start()
        self.mails = self.steps = 0
        READ.clear()
        self.worlds = tuple(World(pair) for pair in self.pairs)
        for world in self.worlds:
            choosing.choose(world.partner.pk, [kind.name for kind in kinds.registered()])
        self.clock.move_to(BEGIN)
        self.same_so_far = True
        self.join()
        for number in range(shared):
            self.both(known.shares, number, "at first")

    def teardown(self) -> None:
        """As if it had never been, once the partner has looked at everything."""
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

    @rule(one=ALONE, other=ALONE, pages=PAGES)
    def author_alone(self, one: Alone, other: Alone, pages: Pages) -> None:
        """In each world the author does some things of their own, or nothing."""
        self.next_moment()
        for world, acts in zip(self.worlds, (one, other), strict=True):
            for act, number, text in acts if world.author.is_active else ():
                act(world, number, text)
        self.look(pages)

    @precondition(lambda self: self.together)
    @rule(act=st.sampled_from(known.ACTS), number=NUMBERS, text=TEXTS, pages=PAGES)
    def author_known(self, act: unseen.Act, number: int, text: str, pages: Pages) -> None:
        """The author does what the partner may know of."""
        self.both(act, number, text)
        self.look(pages)

    @rule(deed=st.sampled_from(partner.DEEDS), number=NUMBERS, text=TEXTS, pages=PAGES)
    def partner_acts(self, deed: partner.Deed, number: int, text: str, pages: Pages) -> None:
        """The partner does something themselves."""
        self.see(deed, number, text)
        self.look(pages)

    @rule(number=NUMBERS, text=TEXTS, pages=PAGES)
    def partner_is_ready(self, number: int, text: str, pages: Pages) -> None:
        """The partner is ready to open something, and the author is not."""
        self.both(known.is_not_ready, number, text)
        self.see(partner.is_ready, number, text)
        self.look(pages)

    @precondition(lambda self: self.together)
    @rule(number=NUMBERS, text=TEXTS, pages=PAGES)
    def both_are_ready(self, number: int, text: str, pages: Pages) -> None:
        """The two open something together; either comes last."""
        self.both(known.is_not_ready, number, text)
        self.see(partner.answers, number, text)
        if len(text) % 2:
            self.both(known.is_ready, number, text)
        self.see(partner.is_ready, number, text)
        self.both(known.is_ready, number, text)
        self.look(pages)

    @rule(number=NUMBERS, text=TEXTS)
    def partner_tries_the_door(self, number: int, text: str) -> None:
        """The partner has the id of something that is not theirs."""
        self.see(partner.tries_the_door, number, text)

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

    @precondition(lambda self: self.together and self.steps > LONG)
    @rule(one=st.sampled_from(known.WAYS), other=st.sampled_from(known.WAYS), pages=PAGES)
    def part(self, one: known.Way, other: known.Way, pages: Pages) -> None:
        """The author leaves: in each world in a way of its own, which the partner is not told."""
        for world, way in zip(self.worlds, (one, other), strict=True):
            way(world)
        self.together = False
        self.look(pages)

    @precondition(lambda self: self.together and self.steps > LONG)
    @rule(pages=PAGES)
    def partner_parts(self, pages: Pages) -> None:
        """The partner leaves."""
        self.see(partner.leaves, 0, "")
        self.together = False
        self.look(pages)

    @precondition(lambda self: not self.together and all(w.author.is_active for w in self.worlds))
    @rule()
    def join(self) -> None:
        """The two begin, or begin anew; each is told the address that the other has then."""
        for world in self.worlds:
            known.takes_the_first_address(world)
            world.couple = make_couple(world.author, world.partner)
        self.together = True

    # What the partner gets to see

    def both(self, act: unseen.Act, number: int, text: str) -> None:
        """The author does the same in both worlds, in words that are nowhere else."""
        self.next_moment()
        for world in self.worlds:
            if world.author.is_active:
                act(world, number, f"{text} {self.steps}")

    def see(self, deed: partner.Deed, number: int, text: str) -> None:
        """The partner does the same in both worlds, and is answered the same."""
        self.next_moment()
        self.same(lambda world: deed(world, number, f"{text} {self.steps}"))

    def next_moment(self) -> None:
        """No two saves at one moment, of which only chance would say which came first."""
        self.steps += 1
        self.clock.shift(1)
        READ.clear()

    def look(self, pages: Pages) -> None:
        """The partner asks for some pages."""
        for number in pages:
            self.ask(number % self.known_pages())

    def look_at_everything(self) -> None:
        """The partner asks for every page of ours, and for all that they have here.

        For those of django-allauth, and for what has an id of nothing, only now and then.
        """
        self.next_moment()
        page = 0
        while page < self.known_pages():
            if page >= len(self.addresses) or self.addresses[page] in self.at_the_end:
                self.ask(page)
            page += 1
        self.same(lambda world: partner.send(world, "/privacy/export/"))

    def known_pages(self) -> int:
        """How many addresses the partner knows, with those that they were given."""
        return len(self.addresses) + len(self.worlds[0].links)

    def ask(self, page: int) -> None:
        """The partner asks for one page."""
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
        """Fails, with what differs, where the partner is not given the same in both worlds."""
        self.same_so_far = False
        one, other = (seen(world) for world in self.worlds)
        assert one == other, difference(one, other)
        self.same_so_far = True
