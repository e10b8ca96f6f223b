"""The people of the portal, for administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..actions import people as actions
from ..forms.people import LastDayForm, PeopleFilter, PlaceForm, SuccessorForm
from ..models import RoleAssignment, User
from ..permissions import requires
from ..queries import people as queries

A_PAGE = 50


@requires("people.view")
def people_list(request):
    chosen = PeopleFilter(request.GET)
    chosen.is_valid()
    text, role = chosen.cleaned_data.get("q", ""), chosen.cleaned_data.get("role", "")
    found = queries.people(text=text, role=role, with_closed=bool(text))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    values = {
        "page": page,
        "filter": chosen,
        "is_filtered": bool(text or role),
        "invitations": queries.pending_invitations(),
        "today": timezone.localdate(),
    }
    return render(request, "municipalities/people.html", values)


@requires("people.view")
def person(request, pk):
    somebody = get_object_or_404(User, pk=pk)
    values = {
        "person": somebody,
        "roles": queries.roles_of(somebody),
        "events": queries.events_of(somebody)[:20],
        "today": timezone.localdate(),
    }
    return render(request, "municipalities/person.html", values)


@requires("people.edit")
def give_role(request, pk):
    somebody = get_object_or_404(User, pk=pk)
    form = PlaceForm(request.POST or None)
    if form.is_valid():
        actions.give_role(somebody, **form.cleaned_data, by=request.user)
        messages.success(request, _("%(name)s has got the role.") % {"name": somebody})
        return redirect("people:person", pk)
    return render(request, "municipalities/person_role.html", {"person": somebody, "form": form})


@requires("people.edit")
def end_role(request, pk):
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=pk)
    form = LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        actions.end_role(assignment, **form.cleaned_data, by=request.user)
        messages.success(request, _("The role of %(name)s ends.") % {"name": assignment.user})
        return redirect("people:person", assignment.user_id)
    return render(request, "municipalities/person_end_role.html", {"assignment": assignment, "form": form})


@requires("people.edit")
def replace(request, pk):
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=pk)
    form = SuccessorForm(
        request.POST or None, initial={"last_day": timezone.localdate(), "language": assignment.user.language}
    )
    if form.is_valid():
        actions.replace(assignment, **form.cleaned_data, by=request.user)
        answers = {"name": form.cleaned_data["name"], "former": assignment.user}
        messages.success(request, _("%(name)s takes over after %(former)s.") % answers)
        return redirect("people:person", assignment.user_id)
    return render(request, "municipalities/person_replace.html", {"assignment": assignment, "form": form})


@require_POST
@requires("people.edit")
def close_account(request, pk):
    somebody = get_object_or_404(User.objects.exclude(pk=request.user.pk), pk=pk)
    actions.close_account(somebody, by=request.user)
    messages.success(request, _("The account of %(name)s is closed.") % {"name": somebody})
    return redirect("people:person", pk)


@require_POST
@requires("people.edit")
def reopen_account(request, pk):
    somebody = get_object_or_404(User, pk=pk)
    actions.reopen_account(somebody, by=request.user)
    messages.success(request, _("The account of %(name)s is open again.") % {"name": somebody})
    return redirect("people:person", pk)


@requires("audit.view")
def audit_trail(request):
    text = request.GET.get("q", "").strip()
    page = Paginator(queries.events(text=text), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "municipalities/audit_trail.html", {"page": page, "text": text})
