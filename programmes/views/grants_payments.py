"""Payments of grants: one, many at once, and one that was recorded by mistake."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from municipalities.permissions import requires

from ..actions import grants as actions
from ..actions.errors import NotPossible
from ..forms.grants import PaymentForm, PaymentsForm
from ..queries import grants as queries
from .asking import visible_programme
from .grants import money, visible_grant


@requires("grants.edit")
def payments(request, slug: str):
    """All that is due of those chosen, on one day; or lines pasted from the accounts."""
    programme = visible_programme(request, slug)
    today = timezone.localdate()
    rows = queries.grant_rows(programme, request.user, today, year=request.GET.get("year", ""), sort="name")
    standing = [row for row in rows if row.grant.letter_sent_at and not row.grant.withdrawn_at]
    form = PaymentsForm(request.POST or None, standing=standing, initial={"paid_on": today})
    if form.is_valid():
        try:
            made = actions.record_payments(form.payments, by=request.user)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            text = ngettext("%(n)s payment is recorded.", "%(n)s payments are recorded.", len(made))
            messages.success(request, text % {"n": len(made)})
            if known := len(form.payments) - len(made):
                text = ngettext("%(n)s line was recorded before.", "%(n)s lines were recorded before.", known)
                messages.info(request, text % {"n": known})
            return redirect("programmes:grants", slug)
    chosen = set(request.POST.getlist("grants"))
    due = [(row, money(row.balance.to_pay), str(row.grant.pk) in chosen) for row in standing if row.balance.to_pay > 0]
    context = {"programme": programme, "form": form, "due": due}
    return render(request, "programmes/grants/payments.html", context)


@requires("grants.edit")
def pay(request, slug: str, pk: int):
    found = visible_grant(request, slug, pk)
    balance = queries.balance_of(found, found.payments.values_list("amount_nok", flat=True), timezone.localdate())
    initial = {"paid_on": timezone.localdate(), "amount_nok": balance.to_pay or -balance.to_pay_back or None}
    form = PaymentForm(request.POST or None, initial=initial)
    if form.is_valid():
        line = actions.PaymentLine(found, **form.cleaned_data)
        try:
            made = actions.record_payments([line], by=request.user)
        except NotPossible as reason:
            form.add_error("amount_nok", str(reason))
        else:
            text = _("The payment is recorded.") if made else _("This payment was recorded before.")
            messages.success(request, text)
            return redirect("programmes:grant", slug, pk)
    context = {"programme": found.participation.programme, "grant": found, "form": form}
    context |= {"title": _("Record a payment"), "act": _("Record the payment")}
    return render(request, "programmes/grants/form.html", context)


@require_POST
@requires("grants.edit")
def remove(request, slug: str, pk: int, payment: int):
    found = visible_grant(request, slug, pk)
    one = get_object_or_404(found.payments, pk=payment)
    actions.remove_payment(one, by=request.user)
    messages.success(request, _("The payment is taken out. The audit trail keeps what it was."))
    return redirect("programmes:grant", slug, pk)
