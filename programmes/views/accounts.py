"""The secretariat's own books: posts by month, budget and accounts by year."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from tablib import Dataset

from municipalities.permissions import requires
from municipalities.views.lists import FORMS, file_of

from ..actions import accounts as actions
from ..forms.accounts import LineForm, PeriodFormSet, PostForm
from ..models import AccountLine, StaffPost
from ..queries import accounts as queries
from .asking import visible_programme


@requires("accounts.view")
def accounts(request, slug: str):
    programme = visible_programme(request, slug)
    first, last = queries.programme_months(programme, timezone.localdate())
    staffing = queries.staffing(programme, first, last)
    context = {
        "programme": programme,
        "staffing": staffing,
        "staff_years": [(year, staffing.total(year), *staffing.months_registered(year)) for year in staffing.years],
        "years": [_with_totals(one) for one in queries.account_years(programme)],
    }
    return render(request, "programmes/accounts/accounts.html", context)


def _with_totals(one: queries.YearOfAccounts) -> dict:
    return {
        "year": one.year,
        "rows": one.rows,
        "totals": {kind: one.total(kind, income=False) for kind in ("budget", "accounts")},
        "is_partial": any(one.total(kind, income=False) is None for kind in ("budget", "accounts")),
    }


@requires("accounts.view")
def staffing_export(request, slug: str, form: str):
    programme = visible_programme(request, slug)
    found = queries.staffing(programme, *queries.programme_months(programme, timezone.localdate()))
    months = [f"{year}-{month:02d}" for year, month in found.months]
    table = Dataset(headers=[_("Post"), _("Office"), _("Employer"), *months])
    for row in found.posts:
        table.append([row.post.title, row.post.office, str(row.post.employer or ""), *map(str, row.percents)])
    return file_of(table, form if form in FORMS else "csv", f"{slug}-staffing")


@requires("accounts.view")
def lines_export(request, slug: str, form: str):
    programme = visible_programme(request, slug)
    columns = [_("Year"), _("Kind"), _("Key"), _("Line"), _("Income"), _("Amount, NOK"), _("At least, NOK")]
    table = Dataset(headers=[*columns, _("At most, NOK"), _("Qualifier"), _("Source")])
    for one in programme.account_lines.all():
        amounts = ["" if a is None else str(a) for a in (one.amount_nok, one.smallest_nok, one.largest_nok)]
        income = _("yes") if one.is_income else _("no")
        head = [one.year, one.kind, one.slug, one.name_text, income]
        table.append([*head, *amounts, one.get_qualifier_display(), one.source])
    return file_of(table, form if form in FORMS else "csv", f"{slug}-accounts")


@requires("accounts.edit")
def new_post(request, slug: str):
    programme = visible_programme(request, slug)
    return _post(request, programme, StaffPost(programme=programme), _("New post"))


@requires("accounts.edit")
def change_post(request, slug: str, pk: int):
    programme = visible_programme(request, slug)
    return _post(request, programme, get_object_or_404(programme.staff_posts, pk=pk), _("Change the post"))


def _post(request, programme, post: StaffPost, title: str):
    known = post.periods.order_by("starts_on") if post.pk else []
    initial = [{"first": one.starts_on, "last": one.ends_on, "percent": one.release_percent} for one in known]
    form = PostForm(request.POST or None, instance=post)
    periods = PeriodFormSet(request.POST or None, initial=initial, prefix="periods")
    # Both are looked through, so that all that must be mended is told at once.
    if request.method == "POST" and all([form.is_valid(), periods.is_valid()]):
        rows = [one for one in (each.period() for each in periods.forms) if one]
        try:
            actions.save_post(form.save(commit=False), periods=rows, by=request.user)
        except actions.OverlappingPeriods as overlap:
            form.add_error(None, str(overlap))
        else:
            messages.success(request, _("The post is saved."))
            return redirect("programmes:accounts", programme.slug)
    context = {"programme": programme, "form": form, "periods": periods, "title": title, "post": post}
    return render(request, "programmes/accounts/post.html", context)


@requires("accounts.edit")
@require_POST
def remove_post(request, slug: str, pk: int):
    programme = visible_programme(request, slug)
    actions.remove_post(get_object_or_404(programme.staff_posts, pk=pk), by=request.user)
    messages.success(request, _("The post is taken away."))
    return redirect("programmes:accounts", slug)


@requires("accounts.edit")
def new_line(request, slug: str):
    programme = visible_programme(request, slug)
    initial = {"year": request.GET.get("year") or timezone.localdate().year}
    return _line(request, programme, AccountLine(programme=programme), _("New line"), initial)


@requires("accounts.edit")
def change_line(request, slug: str, pk: int):
    programme = visible_programme(request, slug)
    return _line(request, programme, get_object_or_404(programme.account_lines, pk=pk), _("Change the line"))


def _line(request, programme, line: AccountLine, title: str, initial: dict | None = None):
    form = LineForm(request.POST or None, instance=line, initial=initial or {})
    if request.method == "POST" and form.is_valid():
        actions.save_line(form.save(commit=False), by=request.user)
        messages.success(request, _("The line is saved."))
        return redirect("programmes:accounts", programme.slug)
    context = {"programme": programme, "form": form, "title": title, "line": line}
    return render(request, "programmes/accounts/line.html", context)


@requires("accounts.edit")
@require_POST
def remove_line(request, slug: str, pk: int):
    programme = visible_programme(request, slug)
    actions.remove_line(get_object_or_404(programme.account_lines, pk=pk), by=request.user)
    messages.success(request, _("The line is taken away."))
    return redirect("programmes:accounts", slug)
