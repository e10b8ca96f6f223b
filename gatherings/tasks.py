"""The jobs of this room: thin, they fetch, call and store."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from correspondence.printing import print_pdf
from gatherings.actions.gatherings import DAYS_KEPT, ask_for_cleaning
from gatherings.actions.papers import keep_paper
from gatherings.actions.registrations import clean_personal_data
from gatherings.models import Gathering
from gatherings.queries.printed import badges_of, list_of
from jobs.registry import handler

PAPERS = {"list": list_of, "badges": badges_of}


@handler("gatherings.make_paper", title=_("Print a list or badges of a gathering"))
def make_paper(run, *, gathering_id: int, paper: str):
    """Set the paper in the language of the one who asked for it, and keep it with the gathering."""
    gathering = Gathering.objects.select_related("programme").get(pk=gathering_id)
    language = run.job.asked_by.language if run.job.asked_by else "nb"
    run.progress(0, None, _("Sets the pages"))
    with override(language):
        context = PAPERS[paper](gathering)
        content = print_pdf(f"gatherings/print/{paper}.html", context, title=context["title"], language=language)
    with run.finish() as result:
        keep_paper(gathering, paper, content)
        result["bytes"] = len(content)


@handler("gatherings.clean", title=_("Delete personal data of a gathering that is over"))
def clean(run, *, gathering_id: int):
    """What is known of food and needs; later when the gathering has been moved meanwhile."""
    with run.finish() as result:
        gathering = Gathering.objects.get(pk=gathering_id)
        due = gathering.ends_by + timedelta(days=DAYS_KEPT) <= timezone.now()
        if due:
            result["cleaned"] = clean_personal_data(gathering)
        else:
            ask_for_cleaning(gathering)
