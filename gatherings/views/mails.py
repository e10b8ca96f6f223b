"""Letters to those of a gathering: write, look at it with the number of readers, send once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from gatherings.actions import mails as actions
from gatherings.actions.errors import NotPossible
from gatherings.forms.registration import MailForm
from gatherings.queries.audiences import readers_of
from municipalities.permissions import requires

from .access import editable_gathering, to_gathering


@requires("gatherings.edit")
def mails(request, slug: str, gathering: str):
    found = editable_gathering(request, slug, gathering)
    form = MailForm(request.POST or None, initial={"audience": "registered"})
    if request.method == "POST" and form.is_valid():
        mail = actions.write_mail(found, by=request.user, **form.cleaned_data)
        return to_gathering(found, "mail", mail.pk)
    context = {
        "programme": found.programme,
        "gathering": found,
        "form": form,
        "mails": found.mails.select_related("written_by"),
    }
    return render(request, "gatherings/mails.html", context)


@requires("gatherings.edit")
def mail(request, slug: str, gathering: str, mail: int):
    """The letter as it will be, with how many get it; or as it was sent."""
    found = editable_gathering(request, slug, gathering)
    one = get_object_or_404(found.mails.select_related("written_by"), pk=mail)
    context = {
        "programme": found.programme,
        "gathering": found,
        "mail": one,
        "readers": [] if one.sent_at else readers_of(found, one.audience),
    }
    return render(request, "gatherings/mail.html", context)


@requires("gatherings.edit")
@require_POST
def send_mail(request, slug: str, gathering: str, mail: int):
    found = editable_gathering(request, slug, gathering)
    one = get_object_or_404(found.mails, pk=mail)
    try:
        sent = actions.send_mail(one, by=request.user)
    except NotPossible:
        messages.info(request, _("The letter has been sent already."))
    else:
        count = sent.recipients_count
        text = ngettext("The letter is on its way to %(n)d person.", "The letter is on its way to %(n)d people.", count)
        messages.success(request, text % {"n": count})
    return to_gathering(found, "mails")


@requires("gatherings.edit")
@require_POST
def drop_mail(request, slug: str, gathering: str, mail: int):
    found = editable_gathering(request, slug, gathering)
    try:
        actions.drop_mail(get_object_or_404(found.mails, pk=mail), by=request.user)
    except NotPossible:
        messages.info(request, _("The letter has been sent already."))
    else:
        messages.success(request, _("The letter is thrown away."))
    return to_gathering(found, "mails")
