"""Records for tests: the least that makes sense, the rest by name."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from municipalities.models import County, Municipality, RoleAssignment, User
from programmes.models import Cohort, CohortMembership, Committee, CommitteeSeat, Participation, Programme


class CountyFactory(DjangoModelFactory):
    class Meta:
        model = County
        django_get_or_create = ("number", "name")

    number = "01"
    name = "Østfold"


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    number = factory.Sequence(lambda n: f"{100 + n:04d}")
    name = factory.Sequence(lambda n: f"Kommune {n}")
    norwegian_name = factory.SelfAttribute("name")
    distinct_name = factory.SelfAttribute("name")
    county = factory.SubFactory(CountyFactory)
    valid_from = date(1994, 1, 1)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.no")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password("a long enough password")


def person(role: str | None = None, **scope) -> User:
    """A user with one role, valid since long ago; ``scope`` may name a municipality or an organisation."""
    user = UserFactory()
    if role:
        RoleAssignment.objects.create(user=user, role=role, starts_on=date(2005, 1, 1), **scope)
    return user


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"program-{n}")
    name = factory.Sequence(lambda n: f"Program {n}")
    short_name = factory.SelfAttribute("name")
    starts_on = date(2007, 1, 1)
    ends_on = date(2010, 6, 30)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"pulje-{n}")
    name = factory.Sequence(lambda n: f"Pulje {n}")
    position = factory.Sequence(lambda n: n)
    starts_on = date(2007, 4, 19)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    programme = factory.SubFactory(ProgrammeFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Deltaker {n}")
    slug = factory.Sequence(lambda n: f"deltaker-{n}")
    starts_on = date(2007, 4, 19)


class CohortMembershipFactory(DjangoModelFactory):
    class Meta:
        model = CohortMembership

    cohort = factory.SubFactory(CohortFactory)
    participation = factory.SubFactory(ParticipationFactory, programme=factory.SelfAttribute("..cohort.programme"))
    starts_on = date(2007, 4, 19)


def steering_group(programme: Programme) -> Committee:
    names = {"nb": "Administrativ styringsgruppe", "nn": "Administrativ styringsgruppe"}
    return Committee.objects.get_or_create(programme=programme, slug="steering", kind="steering", name=names)[0]


def steering_member(programme: Programme) -> User:
    """A member of the programme's steering group."""
    user = person("steering_member")
    committee = steering_group(programme)
    CommitteeSeat.objects.create(committee=committee, user=user, starts_on=date(2007, 1, 1))
    return user
