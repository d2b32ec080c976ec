"""The partner looks: what the author does alone, or with a therapist, makes no difference.

The partner has the same therapist, so that nothing of the one may come to the other that way.
"""

from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from exercises.couples import make_couple
from tests.twins import in_care, known, partner, unseen
from tests.twins.machine import LONG, NUMBERS, PAGES, TEXTS, Alone, Pages, Twins, acts_of

ALONE = acts_of(*unseen.ACTS, *in_care.ACTS)


class TwinCouples(Twins):
    """The steps of two who share a workbook."""

    observer: ClassVar[str] = "partner"

    @rule(one=ALONE, other=ALONE, pages=PAGES)
    def author_alone(self, one: Alone, other: Alone, pages: Pages) -> None:
        """What no partner may ever know of."""
        self.alone(one, other, pages)

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
            in_care.has_a_therapist(world, world.partner)
        self.together = True

    def show(self, number: int) -> None:
        """An answer."""
        self.both(known.shares, number, "at first")
