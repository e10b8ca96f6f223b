"""The pages that belong to no room: the front page, and the sign that the portal is up."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render


@login_not_required
def home(request):
    return render(request, "home.html")


@login_not_required
def health(request):
    """200 when the database answers; load balancers and docker compose ask here."""
    connection.ensure_connection()
    return HttpResponse("ok", content_type="text/plain")
