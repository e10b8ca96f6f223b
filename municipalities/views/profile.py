"""One's own account."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..actions import people as actions
from ..forms.people import ProfileForm
from ..models import User
from ..queries import people as queries


def profile(request):
    # A copy, so that a name that is refused does not stand in the frame of the page.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        actions.change_profile(request.user, **form.cleaned_data)
        with override(request.user.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("people:profile")
    roles = queries.roles_of(request.user).valid_on(timezone.localdate())
    return render(request, "municipalities/profile.html", {"form": form, "roles": roles})
