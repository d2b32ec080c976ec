"""Which texts there are in a scene, and who may see each of them.

``may_see`` is the whole truth: a role finds these texts somewhere, and no other text anywhere.
"""

from tests.access.scenes import WRITERS, Scene, text
from tests.access.world import CANARY, KEY_NAME, LONG_AGO, NEW, NOTE

WORLD = {
    CANARY: "author first",
    NOTE: "author old note",
    KEY_NAME: "author key",
    NEW: "author new address",
    f"{LONG_AGO:%-d %B %Y}": "author old week",
}
"""What the author has besides; ``author first`` is what stood where ``author private`` stands."""
SHARED = ("shared", "later")
"""An answer as it was shared, and as it is since."""
REVEALED = ("ready", "guess", "after")
"""The same of an answer that may be opened together."""
OWN = (
    *("name", "address", "private", "beside", "own promise"),
    *("week", "week note", "shared week", "shared week note"),
    *(*SHARED, *REVEALED),
)
"""What everybody has."""
WITH = {"author": "partner", "partner": "author", "other": "fourth"}
MET = (("former", "author"), ("other", "fourth"), ("author", "partner"))
"""Who has written something with whom; the last of them only once they share a workbook."""
WRITTEN = ("with", "promise to")
NEVER_MET = ("none", "invited")
NAMED_AT = ("together:join", "together:leave")
"""Where one is told the address of the other one, and nowhere else."""


def needles(scene: Scene) -> dict[str, str]:
    """Every text that is somebody's, with its name: of most texts, the text without its heron."""
    found = dict(WORLD)
    for who in WRITERS:
        found |= {text(who, what): f"{who} {what}" for what in OWN}
        found[f"{scene.week[who]:%-d %B %Y}"] = f"{who} shared week"
        found[f"{scene.unshared_week(who):%-d %B %Y}"] = f"{who} week"
        found[scene.people[who].email] = f"{who} address"
    for one, two in MET:
        for what in WRITTEN:
            found[text(one, f"{what} {two}")] = f"{one} {what} {two}"
    return found


def may_see(scene: Scene, role: str) -> set[str]:
    """The names of the texts that a role finds somewhere."""
    if not scene.signed_in(role):
        return set()
    return _own(scene, role) | _of_partner(scene, role) | _written_together(scene, role)


def may_see_at(scene: Scene, role: str, address: str) -> set[str]:
    """Those of them that a role may find at one address."""
    elsewhere = set() if address in NAMED_AT else {f"{WITH.get(role)} address"}
    return may_see(scene, role) - elsewhere


def _own(scene: Scene, role: str) -> set[str]:
    deleted = {*SHARED, *REVEALED} if (role, scene.state) == ("author", "answer deleted") else set()
    own = {f"{role} {what}" for what in OWN if what not in deleted}
    return own | set(WORLD.values()) if role == "author" else own


def _of_partner(scene: Scene, role: str) -> set[str]:
    """What the other one shows, and their address, where one leaves or is about to join."""
    if not scene.paired(role):
        invited = role == "partner" and scene.state == "invited"
        return {"author address"} if invited else set()
    two = WITH[role]
    shown = {"address"}
    if not (two == "author" and scene.state in ("withdrawn", "answer deleted")):
        shown |= {"shared", "shared week"}
    # Where one is ready, it opens once the other presses, and only then
    if role == "other" or scene.state in ("revealed", f"{two} ready"):
        shown |= {"ready", "guess"}
    return {f"{two} {what}" for what in shown}


def _written_together(scene: Scene, role: str) -> set[str]:
    """A joint answer and a promise; after parting, one's own copies of them."""
    met = MET if scene.state not in NEVER_MET else MET[:-1]
    return {f"{one} {what} {two}" for one, two in met for what in WRITTEN if role in (one, two)}
