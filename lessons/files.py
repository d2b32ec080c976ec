"""Reading a content file: only a small, plain UTF-8 file that lies inside the content folder."""

import stat
from pathlib import Path

from lessons.faults import Code, Faults

MOST_BYTES = 256 * 1024


def read_bytes(path: Path, root: Path, faults: Faults) -> bytes | None:
    """The bytes of ``path``; None, with a fault noted, if it may not or cannot be read."""
    try:
        real = path.resolve(strict=True)
        about = real.stat()
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        broken = "Put the file there, or mend the link."
        faults.add(1, "The file cannot be read: it is missing.", broken, Code.FILE)
        return None
    if not real.is_relative_to(root.resolve()):
        faults.add(
            1,
            "This is a link to a place outside the content folder.",
            f"Copy the file into {root.name}/ instead.",
            Code.FILE,
        )
    elif not stat.S_ISREG(about.st_mode):
        faults.add(1, "This is not a file.", "Give the folder a name without a dot.", Code.FILE)
    elif about.st_size > MOST_BYTES:
        faults.add(
            1,
            f"The file is {about.st_size / 1024:,.0f} KB large; at most 256 KB are read.",
            "Divide it into several lessons.",
            Code.FILE,
        )
    else:
        try:
            return real.read_bytes()
        except OSError as error:
            hint = "Make the file readable for the user that runs trustbook."
            faults.add(1, f"The file cannot be read: {error.strerror}.", hint, Code.FILE)
    return None


def decode(raw: bytes, faults: Faults) -> str | None:
    r"""``raw`` as text without a byte order mark, lines ending in ``\n``.

    None, with a fault noted, if it is not UTF-8.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        faults.add(
            before.count(b"\n") + 1,
            f"The file is not UTF-8: the byte 0x{error.object[error.start]:02x} has no meaning.",
            'Save it again with the encoding "UTF-8".',
            Code.FILE,
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
