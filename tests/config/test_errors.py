"""A page that cannot be shown says so in the reader's language, and what to do."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories import person

pytestmark = pytest.mark.django_db

WORDS = {
    404: {"nb": "Vi finner ikke siden", "nn": "Vi finn ikkje sida", "en": "The page is not found"},
    403: {"nb": "Dette kan du ikke gjøre", "nn": "Dette kan du ikkje gjere", "en": "This is not yours to do"},
    500: {"nb": "Noe gikk galt", "nn": "Noko gjekk gale", "en": "Something went wrong"},
}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(("status", "url"), [(404, "/nothing/here/"), (403, "/people/")])
def test_a_refusal_is_in_the_readers_language(client, status, url, language):
    somebody = person()
    client.force_login(somebody)
    client.post(reverse("set_language"), {"language": language})
    response = client.get(url)
    assert response.status_code == status
    assert WORDS[status][language] in response.content.decode()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_fault_of_ours_has_a_page_that_needs_nothing(language):
    with translation.override(language):
        page = render_to_string("500.html")
    assert WORDS[500][language] in page


def test_a_form_from_before_signing_in_is_explained():
    response = Client(enforce_csrf_checks=True).post(reverse("set_language"), {"language": "nn"})
    assert response.status_code == 403
    assert "Siden var blitt for gammel" in response.content.decode()
