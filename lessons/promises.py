"""What this program promises to whoever writes in it, and where each promise is tested.

The facts are those of ``content/legal/privacy.md``, in the same sentences. A deployment may replace
that text with its own; this page is about the program, which is the same everywhere.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tested:
    """``path`` is a file or folder of the repository; ``how`` says in plain words what it does."""

    path: str
    how: str


@dataclass(frozen=True)
class Promise:
    """One promise in whole sentences; ``lists`` are points under the first of them."""

    id: str
    title: str
    says: tuple[str, ...]
    tested: tuple[Tested, ...]
    lists: tuple[str, ...] = ()


PROMISES = (
    Promise(
        "stored",
        "What is stored",
        (
            "What you give, and what the program needs in order to find it again:",
            "Your password is kept only as a hash, from which it cannot be read back. The list "
            "of sessions holds no network address. To slow down password guessing, attempts may "
            "be counted for a short time by network address or e-mail address.",
            "The public lessons, the help page and this page set no cookie and do not look at "
            "who you are.",
        ),
        (
            Tested(
                "tests/privacy/test_register.py",
                "Each thing that is stored stands on a list that says what becomes of it. The "
                "test reads the database itself: something that is stored and not on the list "
                "makes it fail.",
            ),
            Tested(
                "tests/lessons/test_public.py",
                "Every public page is fetched by a visitor and by two people who are signed in. "
                "All three must get the same page, without a cookie, and without a look at who "
                "is asking.",
            ),
        ),
        lists=(
            "your e-mail address, display name and time zone, the name that you gave your private "
            "pages, after how long without use you are signed out, and when you agreed to the "
            "terms;",
            "what belongs to a passkey or an authenticator app, if you set one up; the secret of "
            "the app is encrypted with your own key;",
            "what you write, with its earlier versions, and the numbers and notes of your weeks;",
            "which lessons you opened or finished, where you stopped reading, and when;",
            "if you share a workbook: with whom and since which day, which version of which answer "
            "or week you show, to whom, and since which day, what you are ready to open together, "
            "and what the two of you write together;",
            "if you have a therapist here: with whom and since which day, which lessons you were "
            "given, with the days on which you began and finished them or put them aside, what the "
            "two of you write about what you shared, and each time that a therapist opened "
            "something of yours;",
            "if you are a therapist: your practice page, what you call each client, the days on "
            "which you met, your notes, and the lessons and pathways that you made;",
            "reminders, if you ask for them: which ones, the day and the time;",
            "in which browsers you are signed in: a short label for the device, whether you said "
            "that others use it too, and the time of last use, rounded to five minutes; and when "
            "you will be signed out there, if you chose that to be soon;",
            "a list of random numbers, one for each thing that was deleted, with the day; it says "
            "nothing about you.",
        ),
    ),
    Promise(
        "read",
        "Who can read what you write",
        (
            "You, after signing in. No page shows your answers to another person unless you have "
            "chosen that yourself, answer by answer.",
            "If you share a workbook, your partner sees the version that you chose and the day on "
            "which you chose it, until you take it back; not what you write later, not what else "
            "there is, and not whether you have written anything at all. What the two of you write "
            "together is seen by both.",
            "What you open together opens for both at the same moment, and can be closed again by "
            "either. Before that, neither can find out whether the other is ready.",
            "Each of you may leave at any time, without being asked why. What was shown ends at "
            "the very next page, for both. The other is not told, but may notice.",
            "If you have a therapist here, they see the days on which you press “begin” and “done” "
            "on a lesson that they gave you, and the version of an answer or week that you share "
            "with them, with the day, until you take it back. Not what else you read or write, not "
            "what you put aside, and not whether you have written anything at all. What you share "
            "with your partner is not shown to your therapist, nor the other way round.",
            "Each time that a therapist opens something you share, on a page, on a sheet or in a "
            "file, this is noted together with the reading, and you see when it was. The program "
            "and its database refuse to change that record, or to delete it as long as your "
            "account is here. It is tamper-resistant, not tamper-proof: whoever takes over the "
            "database can take that refusal away too.",
            "You may end the work with a therapist at any time, without being asked why, and so "
            "may they. What was shared ends at the very next page. You keep undated copies of what "
            "was said to you and of their own lessons that you opened. They keep the name by which "
            "they call you and their own notes, until their account is deleted. They may have "
            "copied before what you shared.",
            "Somebody who types an address that is yours sees the same page as for an address "
            "that never was. So nobody can find out by trying what you have written, or whether "
            "you have.",
            "No lesson and no number of your week is compared with anybody else’s. Nothing is "
            "added up to a score.",
        ),
        (
            Tested(
                "tests/access/",
                "One person writes an answer and a note, and shares a workbook with another. Then "
                "every address of the site is opened in seven ways by a visitor, by the writer, by "
                "the partner before, during and after, by another couple, by therapists, and by a "
                "stranger. On what each of them gets, not one word may stand that they were not "
                "shown. An address that somebody adds later without saying who may open it makes "
                "the test fail.",
            ),
            Tested(
                "tests/twins/",
                "The computer makes up two worlds that differ only in what one person keeps to "
                "themselves. Whatever the partner or the therapist gets in them, pages, mails and "
                "file, must be the same to the last letter.",
            ),
            Tested(
                "tests/exercises/test_immutable.py",
                "The record of what a therapist opened is changed and deleted, through the "
                "program and in the language of the database itself. Each try must be refused, "
                "until the account whose record it is goes.",
            ),
            Tested(
                "tests/durability/test_care_at_once.py",
                "A client takes something back, or ends it all, at the very moment when the "
                "therapist reads, in sixty orders of the single steps. Whatever was read must be "
                "in the record, and must have been read before the end.",
            ),
            Tested(
                "tests/exercises/test_care_keepsakes.py",
                "The work with a therapist is ended in every way that there is. The client must "
                "keep all that was said to them, and the therapist nothing of what was written to "
                "each other.",
            ),
            Tested(
                "tests/privacy/test_care.py",
                "A therapist takes along all that is theirs. Nothing that a client wrote may be "
                "in it, shared or not, nor anybody’s address.",
            ),
            Tested(
                "tests/exercises/pulse/test_page.py",
                "Weeks are noted whose sum and average are known; neither may stand on the page.",
            ),
        ),
    ),
    Promise(
        "saved",
        "“Saved” means saved",
        (
            "When the page says that something is saved, it is stored, and stays so even if the "
            "program or its database is stopped in that very moment. When something could not be "
            "saved, the page says so and your text stays in it.",
            "Two windows never write over each other. If you wrote in both, both texts are kept "
            "and you choose.",
            "Every earlier version is kept until you delete it. When a lesson is worded anew or "
            "taken away, your answer stays, with the question as you were asked it.",
        ),
        (
            Tested(
                "tests/durability/",
                "While several people write, the program and its database are stopped by force "
                "ten times, in the longer test a hundred times. Every text that was called "
                "saved must be found afterwards, unchanged. A full disk and a lost database have "
                "a test of their own.",
            ),
            Tested(
                "tests/exercises/test_properties.py",
                "The computer makes up what one person might do in several windows, step by "
                "step: save, send again, go back to an older text. In no order may a text be "
                "lost.",
            ),
            Tested(
                "tests/exercises/test_releases.py",
                "A course is changed at random 100 times while somebody writes in it. Every "
                "answer must stay readable with its question.",
            ),
        ),
    ),
    Promise(
        "stolen",
        "What a stolen disk or backup shows",
        (
            "Your answers are encrypted before they reach the database, together with the "
            "wording of the question. Each person has a key of their own. It is kept apart from "
            "the answers, locked by a master key that belongs to the operator, who is whoever "
            "runs this site. What two people write together has a key of the two, which is "
            "destroyed when one of them leaves. What a client and a therapist write to each other "
            "has one too, which is destroyed when either ends it. What a therapist notes is under "
            "the therapist’s own key. The texts are padded, so that their stored length "
            "does not give them away. Someone who steals only the database or its backup cannot "
            "read your answers.",
            "This much is not encrypted, and a thief would see it:",
            "Whoever gets hold of the database could therefore learn that you worked on a "
            "certain lesson on a certain evening, though not what you wrote.",
        ),
        (
            Tested(
                "tests/canary/",
                "A sentence that occurs nowhere else is written into every kind of question, "
                "saved, refused and searched for. Then every file of the site is searched for "
                "it, also in compressed form. It must not be found. The test then hides the "
                "sentence itself, to prove that the search would find it.",
            ),
            Tested(
                "tests/exercises/test_sealing.py",
                "Stored answers are changed in 10,000 places, swapped, and opened with another "
                "person’s key. None may open.",
            ),
            Tested(
                "tests/exercises/test_lengths.py",
                "Every possible answer to a question with choices is stored, and all must take "
                "up the same room. A text takes up whole half kilobytes, so short ones and none "
                "look the same.",
            ),
        ),
        lists=(
            "E-mail addresses, display names, the names you give to passkeys, and time zones.",
            "The kind of browser and device that you are signed in with.",
            "Which lesson and which question, or which week, an entry belongs to.",
            "The times at which entries were made, and which lessons were opened or finished.",
            "Who shares a workbook with whom, or did before, and which entries are shown to whom, "
            "since which day.",
            "Who is the client of which therapist, which lessons were given to whom, and the days "
            "on which each is due and was begun, put aside or done.",
            "Which entries a therapist opened, and when, also after the end.",
        ),
    ),
    Promise(
        "operator",
        "What the operator could do",
        (
            "The running server has to decrypt your answers in order to show them to you. An "
            "operator who set out to do so, or a person who took over the running server, could "
            "read them. This is not end-to-end encryption.",
            "What we do promise: the program has no page on which an operator reads answers by "
            "clicking, and it writes no answer into a log or a mail.",
        ),
        (
            Tested(
                "tests/access/test_addresses.py",
                "The list of all addresses of the site is compared with the site. There is no "
                "page for operators on it, and adding one would make the test fail.",
            ),
            Tested(
                "tests/canary/",
                "The search described above goes through the logs and the mails as well.",
            ),
        ),
    ),
    Promise(
        "deletion",
        "What deletion means",
        (
            "When an account is deleted, its sessions end and its key is destroyed before its "
            "answers are touched. From then on nobody can read what was encrypted with it, not "
            "even the operator. Then all of it is deleted. If the machine stops in between, the "
            "rest is done later, and in the meantime nothing can be read.",
            "A single answer, or all answers of a course, can be deleted too. From then on no "
            "page shows them. A single answer can be taken back for 30 seconds; then it is gone "
            "with all its versions.",
            "Backups that the program makes are kept for 30 days at most. Should a backup be "
            "restored earlier, what was deleted is removed from it again. Copies of the whole "
            "machine are made by the operator, not by the program: ask how long they are kept.",
        ),
        (
            Tested(
                "tests/exercises/answering/test_deleting.py",
                "An answer is deleted, then every page and the search are read. None may show a "
                "word of it. After 30 seconds nothing of it may be left in the database.",
            ),
            Tested(
                "tests/durability/test_backups.py",
                "A backup is made, then an answer and an account are deleted. The backup is "
                "restored on an empty machine, where neither may be found. Without the list of "
                "what was deleted both are found, which shows that the test looks rightly.",
            ),
            Tested(
                "tests/accounts/test_erasure.py",
                "An account with answers is deleted. Nothing of it may be left in any table, and "
                "everything of everybody else must be.",
            ),
            Tested(
                "tests/durability/test_kills_between_steps.py",
                "The program is stopped by force between any two steps of the deletion. What is "
                "left must be unreadable, and gone after the command that completes it.",
            ),
        ),
    ),
    Promise(
        "leaving",
        "Leaving quickly",
        (
            "At the top of every page is the link “Leave quickly”. It empties the page, signs "
            "you out in this browser, and shows an ordinary site in its place. Back then shows "
            "no answer of yours.",
            "The last seconds may be lost: whatever the page shows as saved is saved, and of "
            "what you typed after that, nothing is promised. The history of the browser is not "
            "erased. No site can erase that.",
        ),
        (
            Tested(
                "tests/browser/test_exit.py",
                "A real browser leaves by the link and by the keys, with scripts and without, "
                "and then goes back. No answer may come into view again.",
            ),
            Tested(
                "tests/accounts/test_leaving.py",
                "After leaving, the session of that browser must have ended, and those of others "
                "go on. Every page of the site is read for the link.",
            ),
        ),
    ),
    Promise(
        "tracking",
        "Nobody looks over your shoulder",
        (
            "There is no tracking, no advertising and no request to any other site. Opening the "
            "help page is not recorded by the program, and the settings that come with it for "
            "the web server leave that page out of its log as well.",
        ),
        (
            Tested(
                "tests/access/test_pages.py",
                "Every page is read for anything that would be loaded from elsewhere. There must "
                "be nothing, and the browser is told to refuse it besides.",
            ),
            Tested(
                "tests/test_deploy.py",
                "The settings for the web server are read: the help page has to be left out of "
                "its log.",
            ),
        ),
    ),
    Promise(
        "mails",
        "What a mail gives away",
        (
            "Reminders are off until you turn them on. They all say the same few words, with "
            "your address and a link to stop them, and nothing of what they are about. No mail "
            "quotes what you wrote.",
        ),
        (
            Tested(
                "tests/reminders/test_golden.py",
                "Every reminder is compared, letter by letter, with the one that was read and "
                "approved, whatever it is about.",
            ),
            Tested(
                "tests/canary/",
                "The sentence that occurs nowhere else is looked for in every mail.",
            ),
        ),
    ),
    Promise(
        "limits",
        "What nobody can promise",
        (
            "No program can protect a page that is open on a screen from the person who looks at "
            "it. Nor can any program stop somebody who stands beside you from pressing you to "
            "show your page. If that could happen, think about what you write here. The help "
            "page has people you can talk to.",
            "This workbook is not therapy and no emergency service, and it does not promise to "
            "mend a relationship.",
            "A test can fail to think of something. Those named here run whenever the program is "
            "changed, and anybody may read them and look for the gap.",
        ),
        (
            Tested(
                "tests/lessons/test_help_lines.py",
                "The telephone numbers of the help page are compared with the list that was "
                "checked by hand.",
            ),
        ),
    ),
)
