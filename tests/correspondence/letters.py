"""Messages and letters for tests."""

from itertools import count

from correspondence.actions import make_letters, write
from correspondence.letters import LetterDraft, LetterKind, register
from correspondence.models import LetterBatch, Message
from municipalities.models import User

_numbers = count(1)
SENT: list[int] = []
GRANT = register(
    LetterKind("test.grant", "Tilsagn", {"grant": "Tilskudd", "name": "Navn"}, on_sent=lambda one: SENT.append(one.pk))
)
NB = "Vi har gleden av å gi [[name]] **[[grant]]** i tilskudd.\n\n## Vilkår\n\n- Bruk pengene i år.\n- Rapporter."
NN = "Vi har gleda av å gje [[name]] **[[grant]]** i tilskot.\n\n## Vilkår\n\n- Bruk pengane i år.\n- Rapporter."


def draft(number: int = 1, **values) -> LetterDraft:
    """A letter to «Kommune 1»; every third is in nynorsk."""
    nynorsk = number % 3 == 0
    usual = {
        "about": None,
        "addressee": f"Kommune {number}\nv/ rådmannen\n0{number:03d} Sted",
        "email": f"post@kommune{number}.no",
        "language": "nn" if nynorsk else "nb",
        "subject": "Tilsegn om tilskot" if nynorsk else "Tilsagn om tilskudd",
        "body_markdown": NN if nynorsk else NB,
        "fields": {"grant": "100 000 kroner", "name": f"Kommune {number}"},
    }
    return LetterDraft(**(usual | values))


def a_batch(*drafts: LetterDraft, by: User | None, letters: int = 2, title: str = "Tilsagn 2008") -> LetterBatch:
    made = drafts or [draft(number) for number in range(1, letters + 1)]
    return make_letters(GRANT, programme_slug="", title=title, drafts=made, by=by)


def read_all(batch: LetterBatch, by: User) -> None:
    """As if each had been read through and found right."""
    batch.letters.update(read_at="2026-11-01T12:00Z", read_by=by)


def a_message(by: User | None = None, to="kari@kommune.no", key: str = "", **values) -> Message:
    """A letter by e-mail with one attachment, written and not sent."""
    letter = {"subject_text": "Tilsagn på æ, ø og å", "text": "Hei.\n.prikk", "batch": {"sender": "Programmet"}}
    usual = {
        "template": "correspondence/email/letter.txt",
        "context": {"letter": letter},
        "papers": [("brev på nynorsk.pdf", b"%PDF-1.7", "application/pdf")],
        "by": by,
    }
    return write(key or f"test:{next(_numbers)}", to=to, **(usual | values))
