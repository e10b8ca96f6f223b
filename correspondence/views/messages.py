"""E-mails: the list, one of them, its attachments, and sending again what was not sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from municipalities.views.lists import headings, list_file

from .. import actions, queries, states
from ..errors import NotPossible
from ..forms import AddressForm, MessageFilterForm
from ..kinds import kind_in_words
from ..models import Message

A_PAGE = 50
SAFE_IN_BROWSER = {"application/pdf"}


def _found(request, form: MessageFilterForm):
    asked = form.asked()
    return queries.message_list(
        request.user,
        search=asked.get("q", ""),
        state=asked.get("state", ""),
        kind=asked.get("kind", ""),
        sort=asked.get("sort") or "-written",
    )


@requires("correspondence.view")
def message_list(request):
    form = MessageFilterForm(request.GET)
    labels = {"subject": _("Subject"), "to": _("To"), "state": _("State"), "written": _("Written")}
    context = {
        "form": form,
        "page": Paginator(_found(request, form), A_PAGE).get_page(request.GET.get("page")),
        "counts": queries.message_counts(request.user),
        "headings": headings(request, labels.items(), form.asked().get("sort") or "-written"),
        "filtered": any(request.GET.get(key) for key in ("q", "state", "kind")),
        "query": request.GET.urlencode(),
    }
    return render(request, "correspondence/messages.html", context)


@requires("correspondence.view")
def message_export(request, form: str):
    """The list as it is filtered."""
    heads = [_("Subject"), _("To"), _("E-mail address"), _("Kind"), _("State"), _("Written"), _("Sent"), _("Attempts")]
    rows = (
        (
            one.subject,
            one.to or "",
            one.to_email,
            kind_in_words(one.kind),
            one.get_state_display(),
            one.created_at,
            one.sent_at,
            one.attempts,
        )
        for one in _found(request, MessageFilterForm(request.GET))
    )
    return list_file("messages", form, heads, rows)


@requires("correspondence.view")
def message(request, pk: int):
    return _page(request, _visible(request, pk))


def _page(request, found: Message, form: AddressForm | None = None):
    subject = queries.subject_of(found.about)
    context = {
        "message": found,
        "papers": found.papers.all(),
        "events": found.events.select_related("by"),
        "subject": subject,
        "subject_url": subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else "",
        "may_send_again": found.state in (states.FAILED, states.UNSURE) or actions.is_left(found),
        "form": form or AddressForm(initial={"to_email": found.to_email}),
    }
    return render(request, "correspondence/message.html", context, status=400 if form else 200)


@requires("correspondence.send")
@require_POST
def send_again(request, pk: int):
    found = _editable(request, pk)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.send_again(found, to_email=form.cleaned_data["to_email"], by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The message is sent again."))
    return redirect(found)


@requires("correspondence.send")
@require_POST
def confirm_sent(request, pk: int):
    found = _editable(request, pk)
    try:
        actions.confirm_sent(found, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The message counts as sent."))
    return redirect(found)


@requires("correspondence.view")
def message_paper(request, pk: int, position: int):
    """A file that went with the message."""
    found = get_object_or_404(_visible(request, pk).papers.select_related("paper"), position=position)
    kind = found.mime if found.mime in SAFE_IN_BROWSER else "application/octet-stream"
    response = HttpResponse(bytes(found.paper.content), content_type=kind)
    return as_download(response, found.name)


def as_download(response: HttpResponse, name: str) -> HttpResponse:
    """Saved rather than shown, and harmless if it is shown after all."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _visible(request, pk: int) -> Message:
    visible = Message.objects.visible_to(request.user).select_related("to", "created_by", "mailing")
    return get_object_or_404(visible, pk=pk)


def _editable(request, pk: int) -> Message:
    found = _visible(request, pk)
    if not Message.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return found
