"""Which texts there are in a scene of therapists and clients, and who may see each of them.

``may_see`` is the whole truth: a role finds these texts somewhere, and no other text anywhere.
"""

from tests.access.care_scenes import (
    CLIENTS,
    LINKED,
    OF,
    THERAPISTS,
    CareScene,
    text,
)

OWN = ("private", "shared", "later", "week", "week note", "shared week", "shared week note")
"""What a client has written."""
PRACTICE = ("practice", "pathway", "lesson")
"""What a therapist has of their own; clients see the first, and a lesson that they were given."""
FILED = ("label of", "note on")
GIVEN = ("task for", "reading for")
MET = (("former", "client"), *((therapist, client) for client, therapist in OF.items()))
"""Who works with whom, or did."""
COUPLE = {"client": "partner", "partner": "client"}
"""Each is told the other's address where they would leave, and nowhere else."""


def needles(scene: CareScene) -> dict[str, str]:
    """Every text that is somebody's, with its name: of most texts, the text without its heron."""
    found: dict[str, str] = {}
    for who, person in scene.people.items():
        found |= {text(who, "name"): f"{who} name", person.email: f"{who} address"}
    for who in CLIENTS:
        found |= {text(who, what): f"{who} {what}" for what in OWN if not what.endswith("week")}
        found[f"{scene.week[who]:%-d %B %Y}"] = f"{who} shared week"
        found[f"{scene.unshared_week(who):%-d %B %Y}"] = f"{who} week"
    for who in THERAPISTS:
        found |= {text(who, what): f"{who} {what}" for what in PRACTICE}
    for therapist, client in MET:
        of = [f"{therapist} {what} {client}" for what in (*FILED, *GIVEN, "said to")]
        found |= {f"{name} heron": name for name in [*of, f"{client} said to {therapist}"]}
    return found


def may_see(scene: CareScene, role: str) -> set[str]:
    """The names of the texts that a role finds somewhere."""
    if not scene.signed_in(role):
        return set()
    who = "therapist" if role == "late" else role
    own = {f"{who} name", f"{who} address"}
    if who in CLIENTS:
        return own | _as_client(scene, who)
    return own | (_as_therapist(scene, who) if who in THERAPISTS else set())


def _as_client(scene: CareScene, who: str) -> set[str]:
    found = {f"{who} {what}" for what in OWN}
    for therapist, client in MET:
        rests = therapist == "therapist" and scene.state == "therapist disabled"
        if client != who or rests:  # nothing has ended, so there are no copies; nothing is shown
            continue
        live = scene.linked(therapist, client)
        met = therapist != "therapist" or who != "client" or scene.state != "never"
        said = therapist != "therapist" or who != "client" or _have_spoken(scene)
        if live:
            found |= {f"{therapist} {what}" for what in ("practice", "address", "lesson")}
        if met:
            found |= {f"{therapist} {what} {client}" for what in GIVEN}
        if said:
            found |= {f"{therapist} said to {client}", f"{client} said to {therapist}"}
    return found


def _have_spoken(scene: CareScene) -> bool:
    return scene.state not in ("never", *LINKED[:3])


def _as_therapist(scene: CareScene, who: str) -> set[str]:
    found = {f"{who} {what}" for what in PRACTICE}
    for therapist, client in MET:
        if therapist != who:
            continue
        found |= {f"{who} {what} {client}" for what in FILED}
        if not scene.linked(therapist, client):
            continue
        found |= {f"{who} {what} {client}" for what in GIVEN}
        if scene.shares(client):
            found |= {f"{client} shared", f"{client} shared week"}
        if client != "client" or scene.state == "responded":
            found |= {f"{who} said to {client}", f"{client} said to {who}"}
    return found


def may_see_at(scene: CareScene, role: str, address: str) -> set[str]:
    """Those of them that a role may find at one address."""
    if role in ("late", "unready") and address.startswith("care:"):
        return set()
    if address == "together:leave" and role in COUPLE:
        return may_see(scene, role) | {f"{COUPLE[role]} address"}
    return may_see(scene, role)
