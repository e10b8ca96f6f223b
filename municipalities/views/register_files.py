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
from tablib.exceptions import TablibException

from municipalities.actions.register import RegisterFileRefused, import_register
from municipalities.forms.register import MunicipalityFilterForm, RegisterFileForm
from municipalities.permissions import requires
from municipalities.queries.register import municipalities_on
from municipalities.resources import MunicipalityResource

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
KEPT_SECONDS = 3600


@requires("municipalities.view")
def export(request, form: str):
    """The list as it is filtered, in the format that can be read in again."""
    if form not in TYPES:
        raise Http404(form)
    filters = MunicipalityFilterForm(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = municipalities_on(request.user, asked.get("on"), search=asked.get("q", ""), county=asked.get("county", ""))
    content = MunicipalityResource().export(found.select_related("county")).export(form)
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
        table = _table(form)
        if table is not None:
            context |= _preview(table)
            if not context["faults"]:
                token = secrets.token_urlsafe(16)
                cache.set(f"register:{request.user.pk}:{token}", table.export("json"), KEPT_SECONDS)
                context["token"] = token
    return render(request, "municipalities/import.html", context)


@requires("municipalities.edit")
@require_POST
def confirm_import(request, token: str):
    key = f"register:{request.user.pk}:{token}"
    kept = cache.get(key)
    if kept is None:
        messages.error(request, _("The file is no longer kept. Choose it again."))
        return redirect("municipalities:import")
    try:
        result = import_register(Dataset().load(kept, format="json"), by=request.user)
    except RegisterFileRefused:
        messages.error(request, _("The register has changed since you looked. Choose the file again."))
        return redirect("municipalities:import")
    cache.delete(key)
    changed = result.totals["new"] + result.totals["update"]
    words = ngettext("%(n)d municipality is changed.", "%(n)d municipalities are changed.", changed)
    messages.success(request, words % {"n": changed})
    return redirect("municipalities:municipalities")


def _table(form: RegisterFileForm) -> Dataset | None:
    """The file as a table, or None with the reason on the form."""
    file = form.cleaned_data["file"]
    kind = file.name.rsplit(".", 1)[-1].lower()
    content = file.read()
    try:
        if kind == "csv":
            text = content.decode("utf-8-sig")
            mark = ";" if text.split("\n", 1)[0].count(";") else ","
            table = Dataset().load(text, format="csv", delimiter=mark)
        else:
            table = Dataset().load(content, format=kind)
    except (UnicodeDecodeError, TablibException, ValueError, KeyError, OSError):
        form.add_error("file", _("The file cannot be read. Save it as CSV in UTF-8 or as Excel, and try again."))
        return None
    missing = [name for name in ("municipality_number", "name", "county_number") if name not in (table.headers or [])]
    if missing:
        words = _("The file lacks the columns %(names)s. Download the list to see how it must look.")
        form.add_error("file", words % {"names": ", ".join(missing)})
        return None
    return table


def _preview(table: Dataset) -> dict:
    """New and changed rows as they would be, and the faults with their rows."""
    result = MunicipalityResource().import_data(table, dry_run=True, raise_errors=False)
    faults = [(row.number + 1, "; ".join(_messages(row))) for row in result.invalid_rows]
    faults += [(number + 1, str(error.error)) for number, errors in result.row_errors() for error in errors]
    faults += [(1, str(error.error)) for error in result.base_errors]
    shown = [row for row in result.rows if row.import_type in {"new", "update"}]
    return {
        "headers": result.diff_headers,
        "changes": [(row.import_type, row.diff) for row in shown],
        "unchanged": result.totals["skip"],
        "faults": sorted(faults),
    }


def _messages(row) -> list[str]:
    found = [f"{name}: {text}" for name, texts in row.field_specific_errors.items() for text in texts]
    return found + list(row.non_field_specific_errors)
