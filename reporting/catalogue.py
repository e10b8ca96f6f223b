"""Every report Pulje makes: its sections in the order and under the numbers the steering group knows."""

from django.utils.translation import gettext_lazy as _

from reporting.scope import Report, Section
from reporting.sections.absence import absence_by_group, comparison, size_and_absence
from reporting.sections.admission import admission, grants
from reporting.sections.data_notes import data_notes
from reporting.sections.evaluations import course_evaluations, evaluations
from reporting.sections.focus import focus_municipalities
from reporting.sections.follow_up import courses, visits
from reporting.sections.gatherings import all_gatherings, conferences, gatherings
from reporting.sections.governance import meetings, political_committee, steering_committee
from reporting.sections.networks import cohorts_and_networks
from reporting.sections.participants import participants
from reporting.sections.resources import accounts, posts

DEFINITIONS = "reporting/print/definitions.html"

ANNUAL = Report(
    "annual",
    _("Annual report"),
    (
        Section(
            "introduction", _("Introduction"), number="1", guidance=_("The aims of the programme and how it works.")
        ),
        Section(
            "participants",
            _("The participants"),
            participants,
            level=2,
            number="1.1",
            guidance=_("What happened with admission this year, and how much of the country takes part."),
        ),
        Section(
            "admission",
            _("Admission"),
            admission,
            level=2,
            number="1.2",
            guidance=_("Who applied, who was admitted, and why."),
        ),
        Section("support", _("Follow-up and networks"), number="2", guidance=_("How the secretariat followed up.")),
        Section(
            "networks",
            _("Cohorts and networks"),
            cohorts_and_networks,
            level=2,
            number="2.1",
            guidance=_("What the networks worked on, and what they learned from each other."),
        ),
        Section(
            "gatherings",
            _("Gatherings"),
            gatherings,
            level=2,
            number="2.2",
            guidance=_("What the gatherings were about, and what was learned from them."),
        ),
        Section(
            "conferences",
            _("The conferences"),
            conferences,
            level=2,
            number="2.3",
            guidance=_("What the conferences were about, and who won prizes."),
        ),
        Section(
            "evaluations",
            _("Evaluation of gatherings"),
            evaluations,
            level=2,
            number="2.4",
            guidance=_("What those who came thought, and what was changed because of it."),
        ),
        Section(
            "visits",
            _("Visits to municipalities"),
            visits,
            level=2,
            number="2.5",
            guidance=_("What the municipalities ask about."),
        ),
        Section(
            "courses",
            _("Courses"),
            courses,
            level=2,
            number="2.6",
            guidance=_("Which courses were offered, and to whom."),
        ),
        Section(
            "course-evaluations",
            _("Evaluation of courses"),
            course_evaluations,
            level=2,
            number="2.7",
            guidance=_("What those who took the courses thought."),
        ),
        Section(
            "organisation",
            _("Organisation and resources"),
            number="3",
            guidance=_("How the programme is led, and what it costs."),
        ),
        Section(
            "meetings",
            _("The governing bodies"),
            meetings,
            level=2,
            number="3.1",
            guidance=_("The most important cases of the year."),
        ),
        Section("staffing", _("Staffing"), posts, level=2, number="3.2", guidance=_("Changes during the year.")),
        Section(
            "accounts",
            _("Budget and accounts"),
            accounts,
            level=2,
            number="3.3",
            guidance=_("Explain the deviations that matter."),
        ),
        Section("grants", _("Grants"), grants, level=2, number="3.4", guidance=_("What the grants were used for.")),
        Section(
            "absence-work",
            _("Sickness absence"),
            number="4",
            guidance=_("What the municipalities do for lower absence, and what the figures can and cannot show."),
        ),
        Section(
            "groups",
            _("Absence in groups of municipalities"),
            absence_by_group,
            level=2,
            number="4.1",
            guidance=_("Describe the development. An association is not a cause."),
        ),
        Section(
            "comparison",
            _("The programme and the other municipalities"),
            comparison,
            level=2,
            number="4.2",
            guidance=_("Say how large the difference is, in percentage points."),
        ),
        Section("challenges", _("Summary and challenges"), number="5", guidance=_("What lies ahead next year.")),
        Section("data-notes", _("Notes on the quality of the data"), data_notes, number="6", template=DEFINITIONS),
    ),
)

FINAL = Report(
    "final",
    _("Final report"),
    (
        Section("foreword", _("Foreword"), guidance=_("Who stands behind the programme, and thanks.")),
        Section("summary", _("Summary"), guidance=_("The main findings, with live figures.")),
        Section("introduction", _("Introduction"), number="1", guidance=_("What the programme was.")),
        Section(
            "participants",
            _("The participants"),
            participants,
            level=2,
            number="1.1",
            guidance=_("Who took part, how they were admitted, and who withdrew."),
        ),
        Section(
            "admission",
            _("Admission"),
            admission,
            level=2,
            number="1.2",
            guidance=_("Who applied, who was admitted, and why."),
        ),
        Section("execution", _("How it was carried out"), number="2", guidance=_("The course of the programme.")),
        Section("support", _("Support for the municipalities"), number="3", guidance=_("Gatherings, visits, courses.")),
        Section(
            "gatherings",
            _("Gatherings"),
            gatherings,
            level=2,
            number="3.1",
            guidance=_("What the gatherings were about, and what was learned from them."),
        ),
        Section(
            "evaluations",
            _("Evaluation of gatherings"),
            evaluations,
            level=2,
            number="3.2",
            guidance=_("What those who came thought, and what was changed because of it."),
        ),
        Section(
            "visits",
            _("Visits to municipalities"),
            visits,
            level=2,
            number="3.3",
            guidance=_("What the municipalities ask about."),
        ),
        Section(
            "courses",
            _("Courses"),
            courses,
            level=2,
            number="3.4",
            guidance=_("Which courses were offered, and to whom."),
        ),
        Section(
            "course-evaluations",
            _("Evaluation of courses"),
            course_evaluations,
            level=2,
            number="3.5",
            guidance=_("What those who took the courses thought."),
        ),
        Section("grants", _("Grants"), grants, level=2, number="3.6", guidance=_("What the grants were used for.")),
        Section(
            "conferences",
            _("The conferences"),
            conferences,
            level=2,
            number="3.7",
            guidance=_("What the conferences were about, and who won prizes."),
        ),
        Section("results", _("Results"), number="4", guidance=_("Aims, and what is hard to measure.")),
        Section(
            "comparison",
            _("The programme and the other municipalities"),
            comparison,
            level=2,
            number="4.1",
            guidance=_("Say how large the difference is, in percentage points. An association is not a cause."),
        ),
        Section(
            "size",
            _("Size and absence"),
            size_and_absence,
            level=2,
            number="4.2",
            guidance=_("Large and small participants. An association is not a cause."),
        ),
        Section("analysis", _("Summary and analysis"), number="5", guidance=_("What the programme achieved.")),
        Section("learning", _("Lessons and recommendations"), number="6", guidance=_("What others can learn.")),
        Section(
            "meetings",
            _("The governing bodies"),
            meetings,
            level=1,
            number=_("Appendix 1"),
            guidance=_("How the programme was led."),
        ),
        Section(
            "all-gatherings",
            _("All gatherings"),
            all_gatherings,
            number=_("Appendix 2"),
            guidance=_("A list without comment needs none."),
        ),
        Section(
            "political",
            _("The political contact meeting"),
            political_committee,
            number=_("Appendix 3"),
            guidance=_("Who met, and how often."),
        ),
        Section(
            "steering",
            _("The administrative steering group"),
            steering_committee,
            number=_("Appendix 4"),
            guidance=_("Who met, and how often."),
        ),
        Section(
            "staffing",
            _("The secretariat"),
            posts,
            number=_("Appendix 5"),
            guidance=_("Who worked in the secretariat, and when."),
        ),
        Section(
            "focus",
            _("Absence in the focus municipalities"),
            focus_municipalities,
            number=_("Appendix 6"),
            guidance=_("Say which figures are published and which are reckoned."),
        ),
        Section(
            "accounts",
            _("Budget and accounts"),
            accounts,
            number=_("Appendix 7"),
            guidance=_("Explain the deviations that matter."),
        ),
        Section(
            "networks", _("Participants by cohort and network"), cohorts_and_networks, number=_("Appendix 8"), level=1
        ),
        Section(
            "data-notes",
            _("Notes on the quality of the data"),
            data_notes,
            number=_("Appendix 10"),
            template=DEFINITIONS,
        ),
    ),
)

REPORTS = {report.slug: report for report in (ANNUAL, FINAL)}
