"""The head of a catalogue of translations: what gettext asks for, and nothing that differs from run to run."""

from datetime import datetime

TEAMS = {"nb": "Norwegian Bokmål", "nn": "Norwegian Nynorsk"}


def settled(text: str, language: str, now: datetime) -> str:
    """The catalogue ``text`` with a whole head; when it was revised first stays, when it was gathered is left out."""
    head, gap, entries = text.partition("\n\n")
    before, msgstr, lines = head.partition('msgstr ""\n')
    stood = dict(line.strip('"').removesuffix("\\n").split(":", 1) for line in lines.splitlines() if ":" in line)
    revised = stood.get("PO-Revision-Date", "").strip()
    fields = {
        "Project-Id-Version": "Pulje",
        "Report-Msgid-Bugs-To": "",
        "PO-Revision-Date": revised if revised[:1].isdigit() else f"{now:%Y-%m-%d %H:%M%z}",
        "Last-Translator": "Pulje",
        "Language-Team": TEAMS.get(language, language),
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": stood.get("Plural-Forms", "nplurals=2; plural=(n != 1);").strip(),
    }
    written = "\n".join(f'"{name}: {value}\\n"' for name, value in fields.items())
    return f"{_without_fuzzy(before)}{msgstr}{written}{gap or chr(10)}{entries}"


def _without_fuzzy(comments: str) -> str:
    """A new catalogue is called a guess by its template."""
    return "".join(line for line in comments.splitlines(keepends=True) if line.strip() != "#, fuzzy")
