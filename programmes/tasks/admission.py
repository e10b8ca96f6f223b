"""The receipt of a submission: what was sent in, word for word, with who stands behind it."""

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.printing import print_pdf
from jobs.registry import handler
from programmes.models import LocalParty, Submission
from programmes.queries.application_text import parts_of


@handler("programmes.print_receipt", title=gettext_lazy("Print the receipt of an application"))
def print_receipt(run, *, submission: int):
    """The same submission gives the same receipt; a second worker's is not written."""
    made = Submission.objects.select_related("application__round__programme", "submitted_by").get(pk=submission)
    language = made.application.language
    with translation.override(language):
        title = _("Receipt: application from %(name)s") % {"name": made.content["name"]}
        content = print_pdf("programmes/print/receipt.html", context_of(made), title=title, language=language)
    with run.finish() as result:
        fresh = Submission.objects.select_for_update().get(pk=submission)
        fresh.receipt.save(f"receipt-{fresh.pk}.pdf", ContentFile(content), save=False)
        fresh.save(update_fields=["receipt"])
        result["bytes"] = len(content)


def context_of(made: Submission) -> dict:
    """What the template shows; call it in the language of the receipt."""
    round_ = made.application.round
    consents = [
        one | {"party_name": LocalParty(one["party"]).label, "at": parse_datetime(one["answered_at"])}
        for one in made.content["consents"]
    ]
    return {
        "sender": round_.programme.name,
        "reference": f"{round_.slug}-{made.application_id}-{made.number}",
        "date": made.submitted_at,
        "made_at": made.submitted_at,
        "submission": made,
        "round": round_,
        "parts": parts_of(made.content, round_),
        "confirmed": [one | {"at": parse_datetime(one["at"])} for one in made.content.get("confirmed", [])],
        "consents": consents,
    }
