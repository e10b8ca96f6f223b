"""What Django and allauth say to people is in their language too."""

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from municipalities.models import User
from tests.factories import person


class Question(forms.Form):
    answer = forms.ChoiceField(choices=[("yes", "yes")])
    somebody = forms.ModelChoiceField(User.objects.none())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Passordet er for kort. Det må ha minst 12 tegn."),
        ("nn", "Passordet er for kort. Det må ha minst 12 teikn."),
    ],
)
def test_a_short_password_is_refused_in_norwegian(language, words):
    with translation.override(language), pytest.raises(ValidationError) as refusal:
        validate_password("sørvestlig")
    assert refusal.value.messages == [words]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", ["ikke blant dem du kan velge"] * 2), ("nn", ["ikkje blant dei du kan velje"] * 2)],
)
def test_a_choice_that_is_none_is_refused_in_norwegian(language, words):
    with translation.override(language):
        errors = Question({"answer": "no", "somebody": "1"}).errors
        said = [str(errors[field][0]) for field in ("answer", "somebody")]
    assert all(word in text for word, text in zip(words, said, strict=True))


@pytest.mark.django_db
def test_signing_in_is_not_announced_in_the_language_of_the_browser(client):
    reader = person("adviser")
    EmailAddress.objects.create(user=reader, email=reader.email, primary=True, verified=True)
    answers = {"login": reader.email, "password": "a long enough password"}
    page = client.post(reverse("account_login"), answers, follow=True, headers={"accept-language": "en"})
    assert page.wsgi_request.user == reader
    assert list(page.context["messages"]) == []
