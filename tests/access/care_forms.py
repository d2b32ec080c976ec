"""What a page of ours would send to an address of a therapist's or a client's."""

from typing import Any

from tests.access.care_scenes import NOTED, PRIVATE, CareScene
from tests.access.world import TOKEN
from trustbook.accounts.owner_mark import owner_mark

HANDLE = "a" * 32
"""What tells an invitation's form from another."""
WHOM = {
    "therapist": ("therapist", "partner"),
    "former": ("former", "client"),
    "other": ("other", "pupil"),
}
"""To whom something is assigned."""


def form(scene: CareScene, role: str, address: str, keys: dict[str, Any]) -> dict[str, str]:
    """Of somebody signed in, with the mark of their own pages."""
    person = scene.person(role)
    mark = {"owner": owner_mark(person or scene.people["client"])}
    return mark | _fields(scene, role, address, keys)


def _fields(scene: CareScene, role: str, address: str, keys: dict[str, Any]) -> dict[str, str]:
    said = {"text": "a reply", "text:token": TOKEN, "text:was": scene.stands(keys.get("response"))}
    if "row" in keys:
        said["text:revision"] = scene.shown_revision(keys["row"][0])
    note = scene.note_heads.get(keys.get("file", ("", "")), TOKEN)
    forms: dict[str, dict[str, str]] = {
        "care:clients": {"words": "label"},
        "care:practice": {"name": "A name", "save": "1"},
        "care:invite": {"label": "Somebody new", "token": HANDLE},
        "care:invite_again": {"token": HANDLE},
        "care:invite_many": {"lines": "Somebody new", "token": HANDLE},
        "care:label": {"label": "Another label"},
        "care:beside": {"apart": "yes"},
        "care:met": {"day": NOTED.isoformat()},
        "care:save_note": {"note": "a line", "note:token": TOKEN, "note:base": note},
        "care:bring_back_note": {"revision": note, "base": note, "token": TOKEN},
        "care:delete_note": {"seen": note},
        "care:assign": {
            "clients": str(scene.files[WHOM.get(role, WHOM["therapist"])].pk),
            "lessons": PRIVATE[0],
            "token": TOKEN,
        },
        "care:assignment": {"note": "Read it once"},
        "care:new_pathway": {"name": "", "token": TOKEN},
        "care:bring_back_version": {"lesson:base": scene.lesson_head(keys), "lesson:token": TOKEN},
        "client:begin": {"day": scene.today},
        "client:done": {"day": scene.today},
        "client:accept": {"invitation": "0000000000"},
    }
    for name in ("care:save_new", "care:save_lesson", "care:preview"):
        forms[name] = {"title": "A lesson", "lesson:token": TOKEN, "lesson:base": ""}
    for name in (
        "care:send_response",
        "care:save_response",
        "client:reply",
        "client:save_response",
    ):
        forms[name] = said
    return forms.get(address, {})
