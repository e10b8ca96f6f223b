"""The register as a file: downloaded, looked through, read in again."""

import secrets

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from tablib import Dataset

from municipalities.actions.register import RegisterFileRefused, import_register, look_through
from municipalities.forms.register import MunicipalityFilterForm
from municipalities.forms.register_file import RegisterFileForm
from municipalities.permissions import requires
from municipalities.queries.register import counties_with_municipalities, municipalities_on
from municipalities.resources import MunicipalityResource

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
KEPT_SECONDS = 3600


@requires("municipalities.view")
def export(request, form: str):
    """The list as it is filtered (without a date: of all times), in the format that can be read in again."""
    if form not in TYPES:
        raise Http404(form)
    asked = MunicipalityFilterForm(request.GET, counties=counties_with_municipalities()).asked()
    found = municipalities_on(request.user, asked.get("on"), search=asked.get("q", ""), county=asked.get("county", ""))
    content = MunicipalityResource().export(found.select_related("county")).export(form)
    # Excel takes a CSV file without the mark for one of the Windows of old.
    body = "\ufeff" + content if form == "csv" else content
    response = HttpResponse(body, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="municipalities.{form}"'
    return response


@requires("municipalities.edit")
def import_file(request):
    """Show what a file would change; nothing changes before that is confirmed."""
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["file"]
        context["preview"] = preview = look_through(table)
        if preview.changes and not preview.faults:
            context["token"] = _kept(request.user, table)
    return render(request, "municipalities/import.html", context)


def _key(user, token: str) -> str:
    """Whoever guesses another's token finds nothing under it."""
    return f"register:{user.pk}:{token}"


def _kept(user, table: Dataset) -> str:
    """Keep the table for an hour; give the token that finds it again."""
    token = secrets.token_urlsafe(16)
    cache.set(_key(user, token), table.export("json"), KEPT_SECONDS)
    return token


@requires("municipalities.edit")
@require_POST
def confirm_import(request, token: str):
    kept = cache.get(_key(request.user, token))
    if kept is None:
        messages.error(request, _("The file is no longer kept, and nothing is changed. Choose it again."))
        return redirect("municipalities:import")
    try:
        result = import_register(Dataset().load(kept, format="json"), by=request.user)
    except RegisterFileRefused:
        messages.error(
            request, _("The register has changed since you looked, and the file no longer fits. Choose it again.")
        )
        return redirect("municipalities:import")
    cache.delete(_key(request.user, token))
    changed = result.totals["new"] + result.totals["update"]
    words = ngettext("%(n)d municipality is changed.", "%(n)d municipalities are changed.", changed)
    messages.success(request, words % {"n": changed})
    return redirect("municipalities:municipalities")
