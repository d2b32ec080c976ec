"""Mail on its way: written in the transaction that causes it, sent after the commit.

Two sorts, with two promises:

- **account mails** (confirm an address, choose a new password): at least once, every time with the
  same Message-ID, tried again with growing pauses;
- **notices** (reminders and events): at most once, claimed before they are sent, and all of them
  the same mail, whatever they are about.

A room that has something to tell registers a kind (``kinds``) when it starts, and calls
``posting.notify(person, kind)`` in the transaction in which it happens. Nobody gets a notice who
did not ask for its kind (``choosing``). ``sending.send_due`` carries out what is due.
"""
