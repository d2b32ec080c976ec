"""Who gets what at the addresses of therapists and their clients, besides what ``table`` says.

There stands what visitors and everybody without a therapist or the role get. Here stands, for each
address, what its therapist (``care:``) or client (``client:``) gets: while the two are linked, and
after, or before. Whatever an address names must be theirs, else it is the one and same 404.
"""

from dataclasses import dataclass

from tests.access.table import ASK, GONE, NOT_SAVED, READ, SAVE, UNSURE, sends, sent

FILE = "/care/clients/<file>/"
NOT_HERE = ""
"""What there is instead of a page that is asked for so: 404, or 405 where nobody may ask so."""


@dataclass(frozen=True)
class Care:
    """One address: outcomes in the order of ``METHODS``."""

    linked: str
    apart: str = NOT_HERE

    @property
    def missing(self) -> str:
        """Where what is named is somebody else's, or nobody's."""
        return " ".join("405" if one == "405" else "404" for one in self.linked.split())


def of_ones_own(outcomes: str) -> Care:
    """The same whoever is linked."""
    return Care(outcomes, outcomes)


CARE = {
    "care:secure": of_ones_own(READ),
    "care:clients": of_ones_own(ASK),
    "care:clients_csv": of_ones_own(READ),
    "care:practice": of_ones_own(sends("/care/practice/")),
    "care:invite": of_ones_own(ASK),
    "care:invite_many": of_ones_own(ASK),
    "care:client": of_ones_own(READ),
    "care:label": of_ones_own(sends(FILE)),
    "care:invite_again": Care(f">{FILE} >{FILE} >{FILE} 405 405 405 405", ASK),
    "care:withdraw_invitation": of_ones_own(sent("/care/invite/")),
    "care:archive": of_ones_own(sent("/care/")),
    "care:end": Care(sends(FILE), f">{FILE} >{FILE} >{FILE} 405 405 405 405"),
    "care:delete_file": Care(UNSURE, sends("/care/")),
    "care:shared": Care(READ),
    "care:shared_lesson": Care(READ),
    "care:weeks": Care(READ),
    "care:beside": Care(sends(FILE)),
    "care:sheet": Care(READ),
    "care:sheet_pdf": Care(READ),
    "care:met": of_ones_own(sends(FILE)),
    "care:notes": of_ones_own(READ),
    "care:note": of_ones_own(READ),
    "care:save_note": of_ones_own(SAVE),
    "care:note_history": of_ones_own(READ),
    "care:bring_back_note": of_ones_own(SAVE),
    "care:delete_note": of_ones_own(sends(f"{FILE}notes/")),
    "care:fhir": Care(READ),
    "care:respond": Care(READ),
    "care:send_response": Care(sent(f"{FILE}respond/<row>/")),
    "care:edit_response": Care(READ),
    "care:save_response": Care(sent("/care/clients/<of>/respond/<about>/")),
    "care:withdraw_response": Care(sent("/care/clients/<of>/respond/<about>/")),
    "care:assign": Care(ASK, UNSURE),
    "care:assignment": Care(sends("/care/assignments/<assignment>/")),
    "care:withdraw_assignment": Care(sends("/care/assignments/<assignment>/")),
    "care:pathways": of_ones_own(READ),
    "care:new_pathway": of_ones_own(UNSURE),
    "care:pathway": of_ones_own(UNSURE),
    "care:delete_pathway": of_ones_own(sends("/care/pathways/")),
    "care:supplied_pathway": of_ones_own(GONE),
    "care:lessons": of_ones_own(READ),
    "care:new_lesson": of_ones_own(READ),
    "care:save_new": of_ones_own(SAVE.replace("200", "422")),
    "care:preview": of_ones_own(SAVE),
    "care:lesson": of_ones_own(READ),
    "care:save_lesson": of_ones_own(SAVE.replace("200", "422")),
    "care:versions": of_ones_own(READ),
    "care:bring_back_version": of_ones_own(sent("/care/lessons/<lesson>/versions/")),
    "care:give_newest": of_ones_own(NOT_SAVED),
    "care:withdraw_lesson": of_ones_own(sends("/care/lessons/")),
    "client:therapist": of_ones_own(READ),
    "client:accept": Care("200 200 409 405 405 405 405", UNSURE),
    "client:end": Care(
        sends("/therapist/"), ">/therapist/ >/therapist/ >/therapist/ 405 405 405 405"
    ),
    "client:opened": of_ones_own(READ),
    "client:assignment": Care(READ),
    "client:begin": Care(sent("/workbook/trial/every-kind/")),
    "client:done": Care(sent("/therapist/assignments/<assignment>/")),
    "client:aside": Care(sent("/therapist/assignments/<assignment>/")),
    "client:resume": Care(sent("/workbook/trial/every-kind/")),
    "client:written": Care(READ),
    "client:thread": Care(READ),
    "client:reply": Care(sent("/therapist/answers/<row>/")),
    "client:edit_response": Care(READ),
    "client:save_response": Care(sent("/therapist/answers/<about>/")),
    "client:withdraw_response": Care(sent("/therapist/answers/<about>/")),
    "client:lesson": Care(f"{' '.join(['>/workbook/own/<lesson>/'] * 2)} 405 405 405 405 405"),
    "client:fhir": Care(READ),
    "client:take_along": Care(READ),
}
DOOR, PROOF = "/care/secure/", "/accounts/2fa/reauthenticate/"
KEPT = "403"
"""Something was typed or chosen: it comes back in a form."""
