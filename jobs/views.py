"""Pages of the jobs. Signing in is asked for by the middleware; which jobs one meets, by the QuerySet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jobs import actions, queries
from jobs.errors import NotPossible
from jobs.forms import JobFilterForm
from jobs.models import Job


def jobs(request: HttpRequest) -> HttpResponse:
    """All jobs one may see, with filters in the address."""
    context = _list_context(request)
    context["counts"] = queries.job_counts(request.user)
    return render(request, "jobs/jobs.html", context)


@never_cache
def job_list(request: HttpRequest) -> HttpResponse:
    """The list of that page, which asks for itself again while something in it moves."""
    return render(request, "jobs/_list.html", _list_context(request))


def _list_context(request: HttpRequest) -> dict:
    sees_all = request.user.may("jobs.view_all")
    form = JobFilterForm(request.GET, sees_all=sees_all)
    page = queries.job_page(request.user, request.GET.get("page", "1"), **form.wanted)
    paces = [job.look_again_seconds for job in page if not job.is_finished]
    return {
        "form": form,
        "page": page,
        "address": request.GET.urlencode(),
        "reset_url": reverse("jobs:jobs") if form.wanted else "",
        "look_again_seconds": min(paces, default=None),
        "may_retry": request.user.may("jobs.retry"),
        "sees_all": sees_all,
    }


def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job with its history."""
    found = _visible(request, pk)
    return render(
        request,
        "jobs/job.html",
        {
            "job": found,
            "events": found.events.select_related("by"),
            "may_change": request.user.may("jobs.retry") or found.asked_by_id == request.user.pk,
            "may_see_detail": request.user.may("jobs.view_all"),
        },
    )


@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one job is; any page may include it, and it asks for itself again until the job is finished."""
    found = _visible(request, pk)
    response = render(request, "jobs/_progress.html", {"job": found})
    if found.is_finished:
        response["HX-Trigger"] = "job-finished"
    return response


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed or cancelled job again."""
    return _change(request, pk, actions.retry, _("The work waits to be tried again."))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a job, or take it off the list before it begins."""
    return _change(request, pk, actions.cancel, _("The work is cancelled. You can try it again."))


def _change(request: HttpRequest, pk: int, action, success: str) -> HttpResponse:
    found = _visible(request, pk)
    if not Job.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    try:
        action(found, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, success)
    return redirect(_back(request) or found.get_absolute_url())


def _back(request: HttpRequest) -> str:
    """The page one came from, when it is one of ours."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""


def _visible(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.user).select_related("asked_by"), pk=pk)
