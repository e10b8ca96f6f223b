"""Who took part: admitted, active and withdrawn as of a date, by cohort, and the share of the population."""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import Municipality, Population
from municipalities.words import in_language
from programmes.queries import ParticipantCounts, participant_counts, participating_municipalities, reported_counts
from reporting.scope import Scope
from reporting.section_data import Contradiction, Fact, SectionData, key_of
from reporting.tables import Column, Table


def participants(scope: Scope) -> SectionData:
    counts = participant_counts(scope.programme, scope.counted_on)
    share = population_share(scope)
    facts = {
        "admitted": _fact(counts.admitted, scope, _("Admitted")),
        "active": _fact(counts.active, scope, _("Active")),
        "participants": _fact(counts.participants, scope, _("Different participants")),
        "withdrawn": _fact(counts.withdrawn + counts.unnamed, scope, _("Withdrawn")),
    }
    if share is not None:
        facts["population_share"] = Fact(share, "percent", as_of=str(scope.counted_on), label=_("Share of inhabitants"))
    return SectionData(
        tables=(cohort_table(counts, scope), agreement_table(counts, scope)),
        facts=facts,
        notes=tuple(_notes(counts, scope)),
        contradictions=tuple(contradictions(counts, scope)),
    )


def cohort_table(counts: ParticipantCounts, scope: Scope) -> Table:
    rows = [
        {
            "cohort": row.cohort.name,
            "starts_on": row.cohort.starts_on.isoformat() if row.cohort.starts_on else None,
            "places": row.places,
            "active": row.active,
        }
        for row in counts.cohorts
    ]
    rows.append({"cohort": _("Total"), "starts_on": None, "places": counts.places, "active": counts.active})
    return Table(
        slug="cohorts",
        title=_("Participants by cohort"),
        columns=(
            Column("cohort", _("Cohort")),
            Column("starts_on", _("Start"), "date"),
            Column("places", _("Named, number"), "count"),
            Column("active", _("Active, number"), "count"),
        ),
        rows=tuple(rows),
        emphasis=(len(rows) - 1,),
        source=_("Pulje’s register of participants"),
        vintage=scope.counted_on.isoformat(),
        summary=_("Number of participants in each cohort of the programme."),
    )


def agreement_table(counts: ParticipantCounts, scope: Scope) -> Table:
    """What sources state beside what the records give, each with its date."""
    rows = [
        {"what": _("Names in the cohorts"), "count": counts.places, "as_of": str(counts.counted_on), "source": "Pulje"},
        {
            "what": _("Different participants"),
            "count": counts.participants,
            "as_of": str(counts.counted_on),
            "source": "Pulje",
        },
    ]
    if counts.unnamed:
        rows.append(
            {
                "what": _("Withdrawn, neither name nor date known"),
                "count": counts.unnamed,
                "as_of": str(counts.counted_on),
                "source": ", ".join(one.source for one in scope.programme.unnamed_withdrawals.all()),
            }
        )
    for count in reported_counts(scope.programme).filter(cohort=None, counted_on__lte=scope.counted_on):
        rows.append(
            {
                "what": _("Stated: %(what)s") % {"what": count.get_measure_display()},
                "count": count.count,
                "as_of": count.counted_on.isoformat(),
                "source": count.source,
            }
        )
    return Table(
        slug="counts",
        title=_("How the counts of participants agree"),
        columns=(
            Column("what", _("Count")),
            Column("count", _("Number"), "count"),
            Column("as_of", _("As of"), "date"),
            Column("source", _("Source")),
        ),
        rows=tuple(rows),
        notes=tuple(one.note_text for one in scope.programme.unnamed_withdrawals.all() if one.note_text),
        source=_("Pulje’s register of participants, and the sources named"),
        summary=_("Counts of participants by source and date."),
    )


def contradictions(counts: ParticipantCounts, scope: Scope):
    """A stated count of active participants that the records do not give."""
    for count in reported_counts(scope.programme).filter(cohort=None, counted_on=counts.counted_on):
        computed = {"admitted": counts.admitted, "active": counts.active}.get(count.measure)
        if computed is not None and computed != count.count:
            yield Contradiction(
                key=key_of(f"{count.measure}-{count.counted_on}", count.source, str(count.count), str(computed)),
                text=_("%(source)s states %(stated)d %(what)s; the records give %(computed)d.")
                % {
                    "source": count.source,
                    "stated": count.count,
                    "what": count.get_measure_display(),
                    "computed": computed,
                },
                printed=str(count.count),
                computed=str(computed),
            )


def population_share(scope: Scope) -> str | None:
    """Inhabitants of the participating whole municipalities in percent of all, at the last count before the date."""
    counted = Population.objects.filter(municipality__isnull=False, counted_on__lte=scope.counted_on)
    day: date | None = counted.order_by("-counted_on").values_list("counted_on", flat=True).first()
    if day is None:
        return None
    on_day = counted.filter(counted_on=day, municipality__in=Municipality.objects.valid_on(day))
    total = on_day.aggregate(total=Sum("inhabitants_count"))["total"]
    members = participating_municipalities(scope.programme, scope.counted_on).values("pk")
    inside = on_day.filter(municipality__in=members).aggregate(total=Sum("inhabitants_count"))["total"] or 0
    return f"{100 * inside / total:.4f}"


def _notes(counts: ParticipantCounts, scope: Scope):
    if counts.twice:
        yield ngettext(
            "%(n)d participant stands in two cohorts and is counted in each.",
            "%(n)d participants stand in two cohorts and are counted in each.",
            counts.twice,
        ) % {"n": counts.twice}
    for cohort in scope.programme.cohorts.all():
        if in_language(cohort.note):
            yield f"{cohort.name}: {in_language(cohort.note)}"


def _fact(value: int, scope: Scope, label: str) -> Fact:
    return Fact(value, "count", as_of=scope.counted_on.isoformat(), label=label, source="Pulje")
