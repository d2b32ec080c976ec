"""Who gets what at every address. ``test_addresses`` walks the URLconf and holds it to this.

Outcomes stand in the order of ``METHODS``: a status; ``in`` for the way to sign in and back;
``>/path`` for a redirect to somewhere else.
"""

from dataclasses import dataclass

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES = ("visitor", "owner", "stranger")


def always(outcome: str) -> str:
    """The same outcome for each method."""
    return " ".join([outcome] * len(METHODS))


READ = "200 200 405 405 405 405 405"
"""A page of ours to read."""
ASK = "200 200 200 405 405 405 405"
"""A page of ours that also takes a form."""
UNSURE = "200 200 422 405 405 405 405"
"""The same, which finds the form of this test wanting."""
SAVE = "405 405 200 405 405 405 405"
"""An address to which only a form is sent."""
NOT_SAVED = SAVE.replace("200", "404")
"""The same where there is nothing to send it to."""
SAVE_QUIETLY = "405 405 204 405 405 405 405"
SIGN_IN = always("in")
TYPED = always("401")
"""Signed out, but somebody may have typed something: no redirect, the text comes back."""
TYPED_IN_PAGE = "in in 401 401 401 401 401"
"""The same for a page that also shows the form: who only reads it is led to sign in."""
GONE = "404 404 405 405 405 405 405"
GONE_TOO = "404 404 404 405 405 405 405"
"""The same for a page that also takes a form."""
NOTHING = always("404")
NO_PAGE = {(False, True): GONE, (False, False): GONE_TOO, (True, False): NOT_SAVED}
"""What there is instead of a page that is asked for so: whether not looked at, whether not sent."""
JOINT = ("lesson=joint_lesson", "prompt=joint_prompt")
OURS = "/together/ours/<joint_lesson>/<joint_prompt>/"
SHOWN = "200 200 405 405 405 405 200"
"""A page of django-allauth to read."""
FORM = "200 200 200 200 405 405 200"
"""A page of django-allauth with a form, which finds the form of this test wanting."""
AWAY = ">/weather >/weather 405 405 405 405 405"
BACK = ">/together/ >/together/ >/together/ 405 405 405 405"
"""Where there is nothing to do for somebody who is alone, or for somebody who is not."""
LOGIN = ">/accounts/login/"
KEYS = ">/accounts/2fa/webauthn/"
INSIDE = always(">/workbook/")
OUTSIDE = always(LOGIN)
SIGN_OUT = "200 200 >/ 405 405 405 200"
NEW_PASSWORD = always(">/accounts/password/reset/key/<uidb36>-set-password/")
PROVE = always(">/accounts/reauthenticate/")


@dataclass(frozen=True)
class Row:
    """One address. ``names`` are its parts, ``part=thing`` where the two are called differently."""

    name: str
    visitor: str
    owner: str
    stranger: str
    names: tuple[str, ...] = ()
    public: bool = False
    """The same for everybody; whoever asks is not looked at."""
    by_mail: bool = False
    """Its address is itself the secret: who has it may see what it is about."""
    paired: str = ""
    """For whoever shares a workbook, where that makes a difference: of what is named, its owner."""


def public(name: str, *names: str) -> Row:
    """A page that is the same for everybody."""
    return Row(name, READ, READ, READ, names, public=True)


def own(name: str, outcomes: str, paired: str = "") -> Row:
    """A page on which each person finds their own; nothing in the address names whose."""
    return Row(name, SIGN_IN, outcomes, outcomes, paired=paired)


def for_two(name: str, outcomes: str, *names: str, signed_out: str = SIGN_IN) -> Row:
    """What there is for two people only: nothing for anybody else, whatever they had before."""
    gone = NO_PAGE[outcomes.split()[0] == "405", outcomes.split()[2] == "405"]
    return Row(name, signed_out, gone, gone, names, paired=outcomes)


def sends(path: str) -> str:
    """A page with a form, which then leads to ``path``."""
    return ASK.replace("200 405", f">{path} 405")


def sent(path: str) -> str:
    """An address to which only a form is sent, and which leads to ``path``."""
    return SAVE.replace("200", f">{path}")


ROWS = [
    public("lessons:landing"),
    public("lessons:courses"),
    public("lessons:search"),
    public("lessons:course", "course"),
    public("lessons:lesson", "course", "slug"),
    public("lessons:help"),
    public("lessons:leaving"),
    public("lessons:promises"),
    public("lessons:legal", "name"),
    public("lessons:sitemap"),
    public("lessons:robots"),
    public("healthz"),
    public("readyz"),
    # Away from here; only a GET ends anything
    Row("leave", AWAY, AWAY, AWAY),
    # The workbook
    own("workbook:today", READ),
    own("workbook:answers", ASK),
    Row("workbook:token", TYPED, READ, READ),
    Row("workbook:lesson", SIGN_IN, READ, READ, ("course", "slug")),
    Row("workbook:save_page", TYPED, SAVE, SAVE, ("lesson",)),
    Row("workbook:save_prompt", TYPED, SAVE, SAVE, ("lesson", "prompt")),
    Row("workbook:place", TYPED, SAVE_QUIETLY, SAVE_QUIETLY, ("lesson",)),
    Row("workbook:history", SIGN_IN, READ, GONE, ("row",)),
    Row("workbook:bring_back", TYPED, SAVE, NOT_SAVED, ("row=showable",)),
    Row(
        "workbook:delete",
        SIGN_IN,
        READ.replace("405", ">/workbook/deleted/<row>/", 1),
        GONE_TOO,
        ("row",),
    ),
    Row("workbook:deleted", SIGN_IN, READ, GONE, ("row=hidden",)),
    Row(
        "workbook:undo",
        *(SIGN_IN, SAVE.replace("200", ">/workbook/answers/<hidden>/"), NOT_SAVED),
        ("row=hidden",),
    ),
    Row(
        "workbook:purge",
        *(SIGN_IN, SAVE.replace("200", ">/workbook/answers/"), NOT_SAVED),
        ("row=hidden",),
    ),
    # The weekly pulse
    own("pulse:weeks", READ),
    Row("pulse:week", SIGN_IN, READ, GONE, ("week",)),
    Row("pulse:save_page", TYPED, SAVE, SAVE),
    Row("pulse:save_prompt", TYPED, SAVE, SAVE, ("prompt=asked",)),
    # Your data
    own("privacy:your_data", READ),
    own("privacy:export", ASK),
    own("privacy:import", ASK.replace("200 405", "422 405")),
    # Deleting more than one answer
    own("privacy:delete", READ),
    Row("privacy:delete_course", SIGN_IN, UNSURE, UNSURE, ("course",)),
    own("privacy:delete_account", UNSURE),
    public("privacy:ended"),
    # Who can see what
    own("sharing:who", READ),
    Row("sharing:weeks", SIGN_IN, GONE_TOO, GONE_TOO, paired=sends("/sharing/weeks/")),
    own("sharing:withdraw_weeks", SAVE.replace("200", ">/sharing/")),
    Row(
        "sharing:share",
        *(SIGN_IN, GONE_TOO, GONE_TOO),
        ("row=showable",),
        paired=sends("/sharing/<showable>/"),
    ),
    Row(
        "sharing:withdraw",
        *(SIGN_IN, SAVE.replace("200", ">/sharing/"), NOT_SAVED),
        ("row=showable",),
    ),
    # Coming together and parting
    public("together:welcome"),
    Row("together:never_write", ASK, ASK, ASK, ("token=never",), public=True),
    own("together:safety", READ),
    own("together:invite", ASK, paired=BACK),
    Row(
        "together:withdraw_invitation",
        SIGN_IN,
        SAVE.replace("200", ">/together/invite/"),
        NOT_SAVED,
        ("invitation",),
    ),
    own("together:join", UNSURE, paired=BACK),
    own("together:leave", BACK, paired=sends("/together/")),
    # What two people have
    own("together:together", READ),
    for_two("together:lesson", READ, "lesson=lesson_shown"),
    for_two("together:weeks", READ),
    for_two("together:reveal", sends("/together/reveal/<topic>/"), "topic"),
    for_two("together:close", sent("/together/reveal/<topic>/"), "topic"),
    for_two("together:ours", READ, *JOINT),
    for_two("together:save_ours", SAVE, *JOINT, signed_out=TYPED),
    for_two("together:history", READ, *JOINT),
    for_two("together:bring_back_ours", SAVE, *JOINT, signed_out=TYPED),
    for_two("together:copy_mine", sends(OURS), *JOINT),
    for_two("together:copy_ours", sends(OURS), *JOINT),
    for_two("together:delete_ours", sends(OURS), *JOINT),
    for_two("together:promises", READ),
    for_two("together:write_promise", sent("/together/promises/"), signed_out=TYPED),
    for_two("together:copy_promise", READ, "copy"),
    for_two("together:promise", READ, "promise"),
    for_two("together:say", sent("/together/promises/<promise>/"), "promise", signed_out=TYPED),
    for_two("together:write_anew", READ, "promise"),
    for_two("together:remove_promise", sends("/together/promises/"), "promise=written"),
    # Being a therapist's client
    public("client:welcome"),
    own("client:therapist", READ),
    own("client:accept", UNSURE),
    own("client:end", BACK.replace("together", "therapist")),
    # Inviting clients, and ending with them
    own("care:invite", NOTHING),
    own("care:invite_many", NOTHING),
    *(
        Row(f"care:{name}", SIGN_IN, NOTHING, NOTHING, ("file",))
        for name in ("invite_again", "withdraw_invitation", "label", "end", "delete_file")
    ),
    # A therapist's clients: the writer and the stranger are no therapists
    own("care:clients", NOTHING),
    own("care:clients_csv", NOTHING),
    Row("care:archive", SIGN_IN, NOTHING, NOTHING, ("file",)),
    Row("care:fhir", SIGN_IN, NOTHING, NOTHING, ("file", "lesson=lesson_shown")),
    own("client:take_along", GONE),
    Row("client:fhir", SIGN_IN, GONE, GONE, ("lesson=lesson_shown",)),
    # What a client was assigned
    Row("client:assignment", SIGN_IN, GONE, GONE, ("assignment",)),
    *(
        Row(f"client:{name}", SIGN_IN, NOT_SAVED, NOT_SAVED, ("assignment",))
        for name in ("begin", "done", "aside", "resume")
    ),
    # What a client and a therapist say to each other, and the access record
    own("client:opened", READ),
    Row("client:written", SIGN_IN, GONE, GONE),
    Row("client:thread", SIGN_IN, GONE, GONE, ("row=showable",)),
    Row("client:reply", TYPED, NOT_SAVED, NOT_SAVED, ("row=showable",)),
    Row("client:edit_response", SIGN_IN, GONE, GONE, ("response",)),
    Row("client:save_response", TYPED, NOT_SAVED, NOT_SAVED, ("response",)),
    Row("client:withdraw_response", SIGN_IN, NOT_SAVED, NOT_SAVED, ("response",)),
    Row("care:respond", SIGN_IN, NOTHING, NOTHING, ("file", "row=showable")),
    Row("care:send_response", TYPED, NOTHING, NOTHING, ("file", "row=showable")),
    Row("care:edit_response", SIGN_IN, NOTHING, NOTHING, ("response",)),
    Row("care:save_response", TYPED, NOTHING, NOTHING, ("response",)),
    Row("care:withdraw_response", SIGN_IN, NOTHING, NOTHING, ("response",)),
    # Lessons that a therapist wrote: for their own clients only
    own("care:lessons", NOTHING),
    own("care:new_lesson", NOTHING),
    Row("care:save_new", TYPED, NOTHING, NOTHING),
    Row("care:preview", TYPED, NOTHING, NOTHING),
    Row("care:lesson", SIGN_IN, NOTHING, NOTHING, ("lesson=own",)),
    Row("care:save_lesson", TYPED, NOTHING, NOTHING, ("lesson=own",)),
    Row("care:versions", SIGN_IN, NOTHING, NOTHING, ("lesson=own",)),
    Row("care:bring_back_version", TYPED, NOTHING, NOTHING, ("lesson=own", "number")),
    Row("care:give_newest", SIGN_IN, NOTHING, NOTHING, ("assignment",)),
    Row("care:withdraw_lesson", SIGN_IN, NOTHING, NOTHING, ("lesson=own",)),
    Row("workbook:own_lesson", SIGN_IN, GONE, GONE, ("lesson=own",)),
    Row("client:lesson", SIGN_IN, GONE, GONE, ("lesson=own",)),
    # The gate, the practice page
    own("care:secure", NOTHING),
    Row("care:practice", TYPED_IN_PAGE, NOTHING, NOTHING),
    # What a therapist assigns
    Row("care:assign", TYPED_IN_PAGE, NOTHING, NOTHING),
    Row("care:assignment", TYPED_IN_PAGE, NOTHING, NOTHING, ("assignment",)),
    Row("care:withdraw_assignment", SIGN_IN, NOTHING, NOTHING, ("assignment",)),
    own("care:pathways", NOTHING),
    Row("care:new_pathway", TYPED_IN_PAGE, NOTHING, NOTHING),
    Row("care:pathway", TYPED_IN_PAGE, NOTHING, NOTHING, ("pathway",)),
    Row("care:delete_pathway", SIGN_IN, NOTHING, NOTHING, ("pathway",)),
    Row("care:supplied_pathway", SIGN_IN, NOTHING, NOTHING, ("name=supplied",)),
    # Reading what a client shares, the session sheet, private notes
    *(
        Row(f"care:{name}", SIGN_IN, NOTHING, NOTHING, ("file",))
        for name in ("client", "shared", "weeks", "beside", "sheet", "sheet_pdf", "met", "notes")
    ),
    Row("care:shared_lesson", SIGN_IN, NOTHING, NOTHING, ("file", "lesson")),
    *(
        Row(f"care:{name}", SIGN_IN, NOTHING, NOTHING, ("file", "day"))
        for name in ("note", "note_history", "delete_note")
    ),
    *(
        Row(f"care:{name}", TYPED, NOTHING, NOTHING, ("file", "day"))
        for name in ("save_note", "bring_back_note")
    ),
    # Sessions and settings
    own("accounts:sessions", READ),
    own("accounts:settings", ASK.replace("200 405", "422 405")),
    own("accounts:end_other_sessions", SAVE.replace("200", ">/accounts/sessions/")),
    Row(
        "accounts:end_session",
        SIGN_IN,
        SAVE.replace("200", ">/accounts/sessions/"),
        NOT_SAVED,
        ("session",),
    ),
    own("accounts:rest", SAVE.replace("200", "422")),
    own("accounts:shared", SAVE.replace("200", ">/accounts/sessions/")),
    Row("accounts:idle", TYPED, READ, READ),
    Row("accounts:stay", TYPED, SAVE, SAVE),
    # Reminders
    own("reminders:reminders", ASK.replace("200 405", "422 405")),
    Row("reminders:stop", ASK, ASK, ASK, ("token=stop",), public=True),
    # Signing up, in and out
    Row("account_signup", FORM, INSIDE, INSIDE),
    Row("account_login", FORM, INSIDE, INSIDE),
    Row("account_logout", ">/ >/ >/ 405 405 405 200", SIGN_OUT, SIGN_OUT),
    Row("account_inactive", SHOWN, SHOWN, SHOWN),
    Row("account_confirm_login_code", OUTSIDE, INSIDE, INSIDE),
    own("account_reauthenticate", FORM),
    # Address and password
    own("account_email", "200 200 >/accounts/email/ >/accounts/email/ 405 405 200"),
    Row("account_email_verification_sent", SHOWN, SHOWN, SHOWN),
    Row(
        "account_confirm_email",
        "200 200 >/accounts/login/ 405 405 405 200",
        "200 200 >/workbook/ 405 405 405 200",
        "200 200 >/accounts/login/ 405 405 405 200",
        ("key=confirm",),
        by_mail=True,
    ),
    own("account_change_password", FORM),
    own("account_set_password", always(">/accounts/password/change/")),
    Row("account_reset_password", FORM, FORM, FORM),
    Row("account_reset_password_done", SHOWN, SHOWN, SHOWN),
    Row(
        "account_reset_password_from_key",
        NEW_PASSWORD,
        NEW_PASSWORD,
        NEW_PASSWORD,
        ("uidb36", "key"),
        by_mail=True,
    ),
    Row("account_reset_password_from_key_done", SHOWN, SHOWN, SHOWN),
    # The second step: the writer has all of them, the stranger none
    own("mfa_index", SHOWN),
    Row("mfa_authenticate", OUTSIDE, INSIDE, INSIDE),
    Row("mfa_reauthenticate", SIGN_IN, FORM, PROVE),
    Row("mfa_activate_totp", SIGN_IN, always(">/accounts/2fa/totp/deactivate/"), FORM),
    Row(
        "mfa_deactivate_totp",
        *(SIGN_IN, "200 200 >/accounts/2fa/ >/accounts/2fa/ 405 405 200", NOTHING),
    ),
    Row("mfa_view_recovery_codes", SIGN_IN, SHOWN, "404 404 405 405 405 405 200"),
    Row(
        "mfa_generate_recovery_codes",
        SIGN_IN,
        "200 200 >/accounts/2fa/recovery-codes/ >/accounts/2fa/recovery-codes/ 405 405 200",
        FORM,
    ),
    Row("mfa_download_recovery_codes", SIGN_IN, SHOWN, NOTHING),
    own("mfa_list_webauthn", SHOWN),
    own("mfa_add_webauthn", FORM),
    Row(
        "mfa_reauthenticate_webauthn",
        *(SIGN_IN, "200 200 >/accounts/login/ >/accounts/login/ 405 405 200", PROVE),
    ),
    Row("mfa_login_webauthn", f"{' '.join([LOGIN] * 4)} 405 405 200", INSIDE, INSIDE),
    Row(
        "mfa_remove_webauthn",
        SIGN_IN,
        f"200 200 {KEYS} 405 405 {KEYS} 200",
        "404 404 404 405 405 404 200",
        ("pk",),
    ),
    Row("mfa_edit_webauthn", SIGN_IN, FORM, "404 404 404 404 405 405 200", ("pk",)),
]
