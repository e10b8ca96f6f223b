"""Programmes for tests, with so many of everything that their pages show."""

from datetime import date

from municipalities.models import Organisation
from networks.models import Network, NetworkMembership
from programmes.models import Agreement, DataNote, Party, ReportedCount, UnnamedWithdrawal
from tests.factories import CohortFactory, CohortMembershipFactory, ParticipationFactory, ProgrammeFactory


def full_programme(times: int = 1, **values):
    """A programme with so many of everything that its pages show."""
    programme = ProgrammeFactory(**values)
    for at in range(times):
        cohort = CohortFactory(programme=programme)
        one = ParticipationFactory(programme=programme, name=f"Kommune {at}")
        CohortMembershipFactory(cohort=cohort, participation=one)
        joint = Organisation.objects.create(slug=f"{programme.slug}-{at}", name="Felles", kind="joint_entry")
        CohortMembershipFactory(
            cohort=cohort,
            participation=ParticipationFactory(programme=programme, municipality=None, organisation=joint),
        )
        ParticipationFactory(programme=programme)
        network = Network.objects.create(programme=programme, cohort=cohort, slug=f"n{at}", name=f"Nettverk {at}")
        NetworkMembership.objects.create(network=network, participation=one)
        facts = {"programme": programme, "count": 1, "source": "Rapport"}
        UnnamedWithdrawal.objects.create(**facts, known_on=date(2010, 6, 1), note={"nb": "Ingen vet hvem."})
        for place in (None, cohort):
            ReportedCount.objects.create(**facts, measure="active", counted_on=date(2009, 1, 31), cohort=place)
        agreement = Agreement.objects.create(programme=programme, signed_on=date(2006, 10, 23))
        agreement.parties.add(Party.objects.create(slug=f"{programme.slug}-{at}", name=f"Part {at}"))
        DataNote.objects.create(programme=programme, slug=f"{at}", title={"nb": "Et notat"}, text={"nb": "Om data."})
    return programme
