"""Grants for the secretariat: the table, giving to many, one grant, letters, and the reports on their use."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from tablib import Dataset

from correspondence.actions.letters import make_letters
from municipalities.fragments import rows_html
from municipalities.markdown import safe_html
from municipalities.permissions import may, requires
from municipalities.queries.register import thousands
from municipalities.resources import NeutralText
from municipalities.views.lists import FORMS, file_of, headings

from ..actions import grants as actions
from ..actions.errors import NotPossible
from ..calculations.grants import APPROVED, DUE, HANDED_IN, NO_REPORT, OVERDUE
from ..forms.deciding import LetterTextsForm
from ..forms.grants import GiveGrantsForm, GrantFilterForm, GrantForm, ReturnForm, WithdrawForm
from ..letters import GRANT, LANGUAGES, grant_drafts, letter_language, standard_text
from ..models import Grant, Programme
from ..queries import grants as queries
from .asking import visible_programme

FILTERS = ("q", "year", "standing")
AMOUNTS = {"amount", "paid", "to_pay"}
ROW = (
    '<tr><th scope="row"><a href="%s">%s</a>%s</th><td>%s</td><td class="number">%s</td><td>%s</td>'
    '<td class="number">%s</td><td class="number">%s</td>'
    '<td><span class="ds-tag" data-color="%s">%s</span> %s</td></tr>'
)
COLOURS = {OVERDUE: "danger", HANDED_IN: "warning", APPROVED: "success"}


def report_words(state: str) -> str:
    return {
        NO_REPORT: _("not asked for"),
        DUE: _("not handed in"),
        OVERDUE: _("overdue"),
        HANDED_IN: _("to read"),
        APPROVED: _("approved"),
    }[state]


def money(amount) -> str:
    """«50 000», with øre only where there are any; None is «–»."""
    if amount is None:
        return "–"
    whole = thousands(int(abs(amount)))
    sign = "\u2212" if amount < 0 else ""
    cents = f"{abs(amount) % 1:.2f}"[1:].replace(".", ",")
    return sign + whole + ("" if cents == ",00" else cents)


def visible_grant(request, slug: str, pk: int) -> Grant:
    programme = visible_programme(request, slug)
    found = Grant.objects.visible_to(request.user).filter(participation__programme=programme)
    return get_object_or_404(found.select_related("participation__programme", "reported_by"), pk=pk)


def columns() -> list[tuple[str, str]]:
    return [
        ("name", _("Participant")),
        ("year", _("Year")),
        ("amount", _("Amount, NOK")),
        ("", _("Letter sent")),
        ("paid", _("Paid, NOK")),
        ("to_pay", _("To pay, NOK")),
        ("due", _("Report")),
    ]


def _asked_rows(request, programme: Programme) -> tuple[GrantFilterForm, list[queries.GrantRow]]:
    form = GrantFilterForm(request.GET, years=queries.years_with_grants(programme, request.user))
    return form, queries.grant_rows(programme, request.user, timezone.localdate(), **form.asked())


@requires("grants.view_all")
def grants(request, slug: str):
    programme = visible_programme(request, slug)
    form, rows = _asked_rows(request, programme)
    sums = queries.sums_of(rows)
    context = {
        "programme": programme,
        "form": form,
        "rows": rows,
        "body": rows_html(ROW, (_cells(slug, row) for row in rows)),
        "headings": headings(request, columns(), request.GET.get("sort") or "-year", numbers=AMOUNTS),
        "sums": {name: money(getattr(sums, name)) for name in ("amount", "paid", "to_pay", "to_pay_back")},
        "sum_back": sums.to_pay_back,
        "overdue": sum(row.balance.is_overdue for row in rows),
        "to_read": sum(row.balance.report == HANDED_IN for row in rows),
        "without_letter": sum(row.grant.letter_sent_at is None and not row.grant.withdrawn_at for row in rows),
        "filtered": any(request.GET.get(key) for key in FILTERS),
        "query": request.GET.urlencode(),
    }
    return render(request, "programmes/grants/grants.html", context)


def _cells(slug: str, row: queries.GrantRow) -> tuple:
    grant, balance = row.grant, row.balance
    back = _("%(amount)s to come back") % {"amount": money(balance.to_pay_back)} if balance.to_pay_back else ""
    due = balance.report in (DUE, OVERDUE)
    words = _("withdrawn") if grant.withdrawn_at else report_words(balance.report)
    return (
        reverse("programmes:grant", args=[slug, grant.pk]),
        row.name,
        f" ({grant.purpose})" if grant.purpose else "",
        grant.year,
        money(grant.amount_nok),
        date_format(timezone.localtime(grant.letter_sent_at), "SHORT_DATE_FORMAT") if grant.letter_sent_at else "–",
        money(balance.paid),
        money(balance.to_pay),
        COLOURS.get(balance.report, "neutral"),
        words,
        " ".join(filter(None, [date_format(grant.reporting_due_on, "SHORT_DATE_FORMAT") if due else "", back])),
    )


@requires("grants.view_all")
def export(request, slug: str, form: str):
    if form not in FORMS:
        raise Http404(form)
    programme = visible_programme(request, slug)
    _form, rows = _asked_rows(request, programme)
    heads = [_("Participant"), _("Year"), _("Purpose"), _("Reference in the accounts"), _("Amount, NOK")]
    heads += [_("Letter sent"), _("Paid, NOK"), _("To pay, NOK"), _("To come back, NOK"), _("Used, NOK")]
    table = Dataset(headers=[*heads, _("Report due"), _("Report")])
    clean = NeutralText().render
    for row in rows:
        grant, balance = row.grant, row.balance
        table.append(
            [
                *map(clean, (row.name, str(grant.year), grant.purpose, grant.account_reference)),
                str(grant.amount_nok),
                grant.letter_sent_at.date().isoformat() if grant.letter_sent_at else "",
                str(balance.paid),
                str(balance.to_pay),
                str(balance.to_pay_back),
                "" if grant.used_nok is None else str(grant.used_nok),
                grant.reporting_due_on.isoformat() if grant.reporting_due_on else "",
                _("withdrawn") if grant.withdrawn_at else report_words(balance.report),
            ]
        )
    return file_of(table, form, f"{slug}-grants")


@requires("grants.view_all")
def payments_due(request, slug: str, form: str):
    """For the accounts: one line for each payment due, of grants whose letter is sent."""
    if form not in FORMS:
        raise Http404(form)
    programme = visible_programme(request, slug)
    _form, rows = _asked_rows(request, programme)
    heads = [_("Reference in the accounts"), _("Participant"), _("Year"), _("Purpose"), _("To pay, NOK")]
    table = Dataset(headers=heads)
    clean = NeutralText().render
    for row in rows:
        if row.balance.to_pay > 0 and row.grant.letter_sent_at:
            one = row.grant
            table.append(
                [clean(one.account_reference), clean(row.name), one.year, clean(one.purpose), row.balance.to_pay]
            )
    return file_of(table, form, f"{slug}-payments-due")


@requires("grants.edit")
def give(request, slug: str):
    programme = visible_programme(request, slug)
    initial = {"year": min(timezone.localdate().year, programme.ends_on.year)}
    form = GiveGrantsForm(request.POST or None, programme=programme, initial=initial)
    if form.is_valid():
        fixed = ("year", "amount_nok", "purpose", "conditions", "reporting_due_on", "account_reference")
        terms = {name: form.cleaned_data[name] for name in fixed}
        given = actions.give_grants(programme, form.receivers(), by=request.user, **terms)
        text = ngettext("%(n)s grant is given.", "%(n)s grants are given.", len(given.made))
        messages.success(request, text % {"n": len(given.made)})
        if given.skipped:
            names = ", ".join(one.name for one in given.skipped[:10]) + ("…" if len(given.skipped) > 10 else "")
            messages.info(request, _("These had one already and were passed over: %(names)s.") % {"names": names})
        return redirect(reverse("programmes:grants", args=[slug]) + f"?year={terms['year']}")
    context = {"programme": programme, "form": form, "title": _("Give grants"), "act": _("Give the grants")}
    return render(request, "programmes/grants/form.html", context)


@requires("grants.edit")
def letters(request, slug: str):
    """Letters for all grants without one, in the filters of the list; then on to reading them through."""
    programme = visible_programme(request, slug)
    _form, rows = _asked_rows(request, programme)
    pks = [row.grant.pk for row in rows if row.grant.letter_sent_at is None and not row.grant.withdrawn_at]
    waiting = list(Grant.objects.filter(pk__in=pks).select_related("participation__programme"))
    waiting.sort(key=lambda one: one.participation.name)
    contacts = queries.contacts_of(one.participation for one in waiting)
    languages = {letter_language(contacts.get(one.participation_id, ("", "", "nb"))[2]) for one in waiting}
    keys = [("grant", one) for one in LANGUAGES if one in languages]
    names = {"nb": _("Letter of grant, bokmål"), "nn": _("Letter of grant, nynorsk")}
    titles = {key: names[key[1]] for key in keys}
    form = LetterTextsForm(request.POST or None, texts={key: standard_text(*key) for key in keys}, titles=titles)
    if request.method == "POST" and waiting and form.is_valid():
        title = _("Letters of grant, %(programme)s") % {"programme": programme.short_name}
        drafts = grant_drafts(waiting, form.texts(), contacts)
        try:
            batch = make_letters(GRANT, programme_slug=slug, title=title, drafts=drafts, by=request.user)
        except ValueError as strange:
            form.add_error(None, str(strange))
        else:
            return redirect(batch.get_absolute_url())
    without_leader = {one.participation_id for one in waiting} - contacts.keys()
    context = {"programme": programme, "form": form, "waiting": waiting, "on_paper": len(without_leader)}
    return render(request, "programmes/grants/letters.html", context)


@requires("grants.view")
def grant(request, slug: str, pk: int):
    """The letter, its conditions, what is paid and reported: to the secretariat and to the participant's own."""
    found = visible_grant(request, slug, pk)
    payments = list(found.payments.select_related("recorded_by"))
    balance = queries.balance_of(found, [one.amount_nok for one in payments], timezone.localdate())
    context = {
        "programme": found.participation.programme,
        "grant": found,
        "payments": [(one, money(one.amount_nok)) for one in payments],
        "balance": balance,
        "report_words": report_words(balance.report),
        "report_colour": COLOURS.get(balance.report, "neutral"),
        "money": {
            "amount": money(found.amount_nok),
            "paid": money(balance.paid),
            "to_pay": money(balance.to_pay),
            "to_pay_back": money(balance.to_pay_back),
            "used": money(found.used_nok),
        },
        "conditions": safe_html(found.conditions, top_level=3),
        "report": safe_html(found.report_text, top_level=3),
        "may_edit": may(request.user, "grants.edit"),
        "may_report": _may_report(request.user, found),
    }
    return render(request, "programmes/grants/grant.html", context)


def _may_report(user, found: Grant) -> bool:
    if found.reported_at or found.withdrawn_at:
        return False
    return Grant.objects.reportable_by(user).filter(pk=found.pk).exists()


@requires("grants.edit")
def change(request, slug: str, pk: int):
    found = visible_grant(request, slug, pk)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() else found.version
    form = GrantForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            actions.change_grant(form.save(commit=False), seen_version=version, by=request.user)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The grant is changed."))
            return redirect("programmes:grant", slug, pk)
    return _form_page(request, found, form, _("Change the grant"), _("Save the grant"), version=version)


@requires("grants.edit")
def withdraw(request, slug: str, pk: int):
    found = visible_grant(request, slug, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        actions.withdraw_grant(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The grant is withdrawn. It can be restored under «More»."))
        return redirect("programmes:grant", slug, pk)
    return _form_page(request, found, form, _("Withdraw the grant"), _("Withdraw the grant"))


@requires("grants.edit")
def return_report(request, slug: str, pk: int):
    found = visible_grant(request, slug, pk)
    form = ReturnForm(request.POST or None)
    if form.is_valid() and _done(request, actions.return_report, found, text=form.cleaned_data["text"]):
        messages.success(request, _("The report is returned."))
        return redirect("programmes:grant", slug, pk)
    return _form_page(request, found, form, _("Return the report"), _("Return the report"))


@require_POST
@requires("grants.edit")
def restore(request, slug: str, pk: int):
    if _done(request, actions.restore_grant, visible_grant(request, slug, pk)):
        messages.success(request, _("The grant stands again."))
    return redirect("programmes:grant", slug, pk)


@require_POST
@requires("grants.edit")
def approve(request, slug: str, pk: int):
    if _done(request, actions.approve_report, visible_grant(request, slug, pk)):
        messages.success(request, _("The report is approved."))
    return redirect("programmes:grant", slug, pk)


@require_POST
@requires("grants.edit")
def take_back_approval(request, slug: str, pk: int):
    if _done(request, actions.take_back_approval, visible_grant(request, slug, pk)):
        messages.success(request, _("The approval is taken back."))
    return redirect("programmes:grant", slug, pk)


def _done(request, action, found: Grant, **answers) -> bool:
    try:
        action(found, by=request.user, **answers)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return False
    return True


def _form_page(request, found: Grant, form, title: str, act: str, **more):
    context = {"programme": found.participation.programme, "grant": found, "form": form, "title": title, "act": act}
    return render(request, "programmes/grants/form.html", context | more)
