"""Pages of one's account have one primary button each, as all pages have."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_email", "mfa_index"])
def test_a_page_of_the_account_has_one_primary_button(client, name):
    reader = person("adviser")
    EmailAddress.objects.create(user=reader, email=reader.email, primary=True, verified=True)
    client.force_login(reader)
    main = client.get(reverse(name)).content.decode().partition("<main")[2].partition("</main>")[0]
    buttons = re.findall(r'<(?:a|button)[^>]*class="ds-button"[^>]*>', main)
    assert len(buttons) > 1
    assert len([one for one in buttons if "data-variant" not in one]) == 1
