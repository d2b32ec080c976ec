"""The therapist looks: what the author does alone, or with their partner, makes no difference.

The partner is a client of the same therapist.
"""

from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.twins import in_care, known, partner, therapist, unseen
from tests.twins.machine import LONG, NUMBERS, PAGES, TEXTS, Alone, Deed, Pages, Twins, acts_of

ALONE = acts_of(*therapist.ALONE)


class TwinDesks(Twins):
    """The steps of a therapist and a client."""

    observer: ClassVar[str] = "therapist"

    @rule(one=ALONE, other=ALONE, pages=PAGES)
    def author_alone(self, one: Alone, other: Alone, pages: Pages) -> None:
        """What no therapist may ever know of."""
        self.alone(one, other, pages)

    @precondition(lambda self: self.together)
    @rule(act=st.sampled_from(in_care.KNOWN), number=NUMBERS, text=TEXTS, pages=PAGES)
    def author_known(self, act: unseen.Act, number: int, text: str, pages: Pages) -> None:
        """The author shows something, presses begin or done, or answers."""
        self.both(act, number, text)
        self.look(pages)

    @rule(deed=st.sampled_from(therapist.DEEDS), number=NUMBERS, text=TEXTS, pages=PAGES)
    def therapist_acts(self, deed: Deed, number: int, text: str, pages: Pages) -> None:
        """The therapist does something themselves."""
        self.see(deed, number, text)
        self.look(pages)

    @rule(number=NUMBERS, text=TEXTS)
    def therapist_tries_the_door(self, number: int, text: str) -> None:
        """The therapist has the id of something that they are not shown."""
        self.see(partner.tries_the_door, number, text)

    @precondition(lambda self: self.together and self.steps > LONG)
    @rule(one=st.sampled_from(therapist.WAYS), other=st.sampled_from(therapist.WAYS), pages=PAGES)
    def part(self, one: known.Way, other: known.Way, pages: Pages) -> None:
        """The author ends it: in each world in a way of its own, which is not told."""
        for world, way in zip(self.worlds, (one, other), strict=True):
            way(world)
        self.together = False
        self.look(pages)

    @precondition(lambda self: not self.together and all(w.author.is_active for w in self.worlds))
    @rule()
    def join(self) -> None:
        """The two begin, or begin anew; the partner is a client already."""
        for world in self.worlds:
            known.takes_the_first_address(world)
            in_care.has_a_therapist(world, world.partner)
            in_care.has_a_therapist(world, world.author)
        self.together = True

    def show(self, number: int) -> None:
        """An answer."""
        self.both(in_care.shows_the_therapist, number, "at first")
