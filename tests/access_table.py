"""Who gets in where: the access specification of the portal, as a table to read.

    yes  is let in (the page, a download, or on to the next page)
    in   is asked to sign in
    403  may not do it
    404  is told that it does not exist: a stranger's object, or nothing there

The columns are the seven kinds of reader. A row names the method, the URL name, and after a slash a variant when one
address is tried with several objects. What an address is filled with stands in ``ARGUMENTS``, from ``access_world.py``.
"""

from tests.correspondence import access_letters
from tests.gatherings import access_evaluations, access_gatherings
from tests.programmes import access_admission, access_assessment, access_committees

ROLES = (
    "anonymous",
    "public",
    "project_leader",
    "network_leader",
    "steering_member",
    "adviser",
    "administrator",
)

FRONT = """
                                              anonymous public project network steering adviser administrator
GET  home                                     yes       yes    yes     yes     yes      yes     yes
GET  search                                   in        yes    yes     yes     yes      yes     yes
GET  search_suggestions                       in        yes    yes     yes     yes      yes     yes
GET  help                                     yes       yes    yes     yes     yes      yes     yes
GET  accessibility                            yes       yes    yes     yes     yes      yes     yes
POST set_language                             yes       yes    yes     yes     yes      yes     yes
POST set_appearance                           yes       yes    yes     yes     yes      yes     yes
GET  health                                   yes       yes    yes     yes     yes      yes     yes
"""

PEOPLE = """
                                              anonymous public project network steering adviser administrator
GET  people:profile                           in        yes    yes     yes     yes      yes     yes
GET  people:people                            in        403    403     403     403      403     yes
GET  people:person                            in        403    403     403     403      403     yes
GET  people:person/nobody                     in        403    403     403     403      403     404
GET  people:give_role                         in        403    403     403     403      403     yes
POST people:close_account                     in        403    403     403     403      403     yes
POST people:reopen_account                    in        403    403     403     403      403     yes
GET  people:end_role                          in        403    403     403     403      403     yes
GET  people:replace                           in        403    403     403     403      403     yes
GET  people:invite                            in        403    403     403     403      403     yes
POST people:resend_invitation                 in        403    403     403     403      403     yes
POST people:withdraw_invitation               in        403    403     403     403      403     yes
GET  people:accept_invitation                 yes       yes    yes     yes     yes      yes     yes
GET  people:accept_invitation/guessed         404       404    404     404     404      404     404
GET  people:audit_trail                       in        403    403     403     403      403     yes
"""

REGISTER = """
                                              anonymous public project network steering adviser administrator
GET  municipalities:municipalities            in        403    yes     yes     403      yes     yes
GET  municipalities:export                    in        403    yes     yes     403      yes     yes
GET  municipalities:import                    in        403    403     403     403      yes     yes
POST municipalities:confirm_import            in        403    403     403     403      yes     yes
GET  municipalities:municipality              in        403    yes     yes     403      yes     yes
GET  municipalities:municipality/stranger     in        403    404     404     403      yes     yes
GET  municipalities:municipality/nowhere      in        403    404     404     403      404     404
"""

PROGRAMMES = """
                                              anonymous public project network steering adviser administrator
GET  programmes:programmes                    yes       yes    yes     yes     yes      yes     yes
GET  programmes:programme                     yes       yes    yes     yes     yes      yes     yes
GET  programmes:programme/hidden              404       404    404     404     yes      yes     yes
GET  programmes:programme/nowhere             404       404    404     404     404      404     404
GET  programmes:participants                  yes       yes    yes     yes     yes      yes     yes
GET  programmes:participants/hidden           404       404    404     404     yes      yes     yes
GET  programmes:participants_export           yes       yes    yes     yes     yes      yes     yes
GET  programmes:participants_export/hidden    404       404    404     404     yes      yes     yes
GET  programmes:cohort                        yes       yes    yes     yes     yes      yes     yes
GET  programmes:cohort/hidden                 404       404    404     404     yes      yes     yes
GET  networks:networks                        in        403    yes     yes     403      yes     yes
GET  networks:networks_export                 in        403    yes     yes     403      yes     yes
GET  networks:network                         in        403    yes     yes     403      yes     yes
GET  networks:network/stranger                in        403    404     404     403      yes     yes
"""

FOLLOW_UP = """
                                              anonymous public project network steering adviser administrator
GET  networks:visits                          in        403    yes     yes     403      yes     yes
GET  networks:visits_export                   in        403    yes     yes     403      yes     yes
GET  networks:plan_visit                      in        403    403     yes     403      yes     yes
GET  networks:visit                           in        403    yes     yes     403      yes     yes
GET  networks:visit/unshared                  in        403    404     yes     403      yes     yes
GET  networks:visit/stranger                  in        403    404     404     403      yes     yes
GET  networks:change_visit                    in        403    403     yes     403      yes     yes
GET  networks:change_visit/stranger           in        403    403     404     403      yes     yes
GET  networks:make_visit                      in        403    403     yes     403      yes     yes
GET  networks:cancel_visit                    in        403    403     yes     403      yes     yes
POST networks:move_visit                      in        403    403     yes     403      yes     yes
POST networks:share_visit                     in        403    403     yes     403      yes     yes
POST networks:share_visit/stranger            in        403    403     404     403      yes     yes
GET  networks:write_up                        in        403    403     yes     403      yes     yes
GET  networks:write_up/stranger               in        403    403     404     403      yes     yes
POST networks:autosave_note                   in        403    403     yes     403      yes     yes
POST networks:drop_draft                      in        403    403     yes     403      yes     yes
GET  networks:tasks                           in        403    yes     yes     403      yes     yes
GET  networks:tasks_export                    in        403    yes     yes     403      yes     yes
GET  networks:task_done                       in        403    yes     yes     403      yes     yes
GET  networks:task_done/secretariat           in        403    403     yes     403      yes     yes
GET  networks:task_done/stranger              in        403    404     404     403      yes     yes
POST networks:reopen_task                     in        403    yes     yes     403      yes     yes
POST networks:reopen_task/stranger            in        403    404     404     403      yes     yes
GET  networks:make_network                    in        403    403     403     403      yes     yes
GET  networks:change_network                  in        403    403     403     403      yes     yes
GET  networks:add_member                      in        403    403     403     403      yes     yes
GET  networks:end_membership                  in        403    403     403     403      yes     yes
GET  networks:move_member                     in        403    403     403     403      yes     yes
POST networks:stay                            in        403    403     403     403      yes     yes
GET  networks:appoint                         in        403    403     403     403      yes     yes
GET  networks:hand_over                       in        403    403     403     403      yes     yes
GET  networks:handover                        in        403    404     yes     403      yes     yes
GET  networks:handover/stranger               in        403    404     404     403      yes     yes
POST networks:mark_read                       in        403    404     yes     403      yes     yes
POST networks:undo_handover                   in        403    403     403     403      yes     yes
GET  networks:contacts                        in        403    403     yes     403      yes     yes
GET  networks:contacts_export                 in        403    403     yes     403      yes     yes
GET  networks:add_contact                     in        403    403     yes     403      yes     yes
GET  networks:add_contact/stranger            in        403    403     404     403      yes     yes
POST networks:remove_contact                  in        403    403     404     403      yes     404
GET  networks:coverage                        in        403    403     yes     403      yes     yes
GET  networks:coverage_export                 in        403    403     yes     403      yes     yes
GET  networks:follow_up                       in        403    yes     yes     403      yes     yes
GET  networks:follow_up/stranger              in        403    404     404     403      yes     yes
GET  networks:municipality_follow_up          in        403    yes     yes     403      yes     yes
GET  networks:municipality_follow_up/stranger in        403    404     404     403      yes     yes
GET  networks:alike                           in        403    403     yes     403      yes     yes
GET  networks:alike/stranger                  in        403    403     404     403      yes     yes
"""

JOBS = """
                                              anonymous public project network steering adviser administrator
GET  jobs:jobs                                in        yes    yes     yes     yes      yes     yes
GET  jobs:list                                in        yes    yes     yes     yes      yes     yes
GET  jobs:job                                 in        404    404     404     404      yes     yes
GET  jobs:progress                            in        404    404     404     404      yes     yes
POST jobs:retry                               in        404    404     404     404      yes     yes
POST jobs:cancel                              in        404    404     404     404      yes     yes
"""

ABSENCE = """
                                              anonymous public project network steering adviser administrator
GET  absence:overview                         in        403    yes     yes     403      yes     yes
GET  absence:overview/hidden                  in        403    404     404     403      yes     yes
GET  absence:municipality                     in        403    yes     yes     403      yes     yes
GET  absence:municipality/stranger            in        403    404     404     403      yes     yes
GET  absence:municipality_series              in        403    yes     yes     403      yes     yes
GET  absence:municipality_series/stranger     in        403    404     404     403      yes     yes
GET  absence:figure                           in        403    yes     yes     403      yes     yes
GET  absence:figure/stranger                  in        403    404     404     403      yes     yes
GET  absence:imports                          in        403    403     403     403      yes     yes
GET  absence:imports_export                   in        403    403     403     403      yes     yes
GET  absence:upload                           in        403    403     403     403      yes     yes
GET  absence:import                           in        404    404     404     404      yes     yes
GET  absence:import_file                      in        404    404     404     404      yes     yes
GET  absence:import_marked                    in        404    404     404     404      yes     yes
POST absence:release                          in        403    403     403     403      yes     yes
POST absence:withdraw                         in        403    403     403     403      yes     yes
POST absence:write_note                       in        403    403     403     403      yes     yes
GET  absence:desk                             in        403    403     403     403      yes     yes
POST absence:decide                           in        403    403     403     403      yes     yes
POST absence:undo                             in        403    403     403     403      yes     yes
"""

# A published edition that is open to the public, one for the steering group alone, and a draft.
REPORTS = """
                                              anonymous public project network steering adviser administrator
GET  reporting:editions                       yes       yes    yes     yes     yes      yes     yes
GET  reporting:editions_export                yes       yes    yes     yes     yes      yes     yes
GET  reporting:edition                        yes       yes    yes     yes     yes      yes     yes
GET  reporting:edition/steering               404       404    404     404     yes      yes     yes
GET  reporting:edition/draft                  404       404    404     404     404      yes     yes
GET  reporting:life                           in        yes    yes     yes     yes      yes     yes
GET  reporting:life/draft                     in        404    404     404     404      yes     yes
GET  reporting:changes                        in        404    404     404     404      yes     yes
GET  reporting:against                        in        404    404     404     404      yes     yes
GET  reporting:pdf                            yes       yes    yes     yes     yes      yes     yes
GET  reporting:pdf/steering                   404       404    404     404     yes      yes     yes
GET  reporting:table_csv                      404       404    404     404     404      404     404
GET  reporting:section                        in        yes    yes     yes     yes      yes     yes
GET  reporting:section/steering               in        404    404     404     yes      yes     yes
GET  reporting:section/draft                  in        404    404     404     404      yes     yes
GET  reporting:new                            in        403    403     403     403      yes     yes
GET  reporting:prose                          in        403    403     403     403      yes     yes
POST reporting:answer                         in        403    403     403     403      yes     yes
GET  reporting:findings                       in        403    403     403     403      yes     yes
POST reporting:reckon                         in        403    403     403     403      yes     yes
POST reporting:renew                          in        403    403     403     403      yes     yes
POST reporting:print                          in        403    403     403     403      yes     yes
POST reporting:move                           in        403    403     403     403      yes     yes
"""

# Signing in and one's own account are allauth's: one's own things only, and a stranger's has no address.
ACCOUNT = """
                                              anonymous public project network steering adviser administrator
GET  account_login                            yes       yes    yes     yes     yes      yes     yes
GET  account_logout                           yes       yes    yes     yes     yes      yes     yes
GET  account_inactive                         yes       yes    yes     yes     yes      yes     yes
GET  account_signup                           yes       yes    yes     yes     yes      yes     yes
GET  account_reauthenticate                   in        yes    yes     yes     yes      yes     yes
GET  account_email                            in        yes    yes     yes     yes      yes     yes
GET  account_email_verification_sent          yes       yes    yes     yes     yes      yes     yes
GET  account_change_password                  in        yes    yes     yes     yes      yes     yes
GET  account_set_password                     in        yes    yes     yes     yes      yes     yes
GET  account_reset_password                   yes       yes    yes     yes     yes      yes     yes
GET  account_reset_password_done              yes       yes    yes     yes     yes      yes     yes
GET  account_reset_password_from_key          yes       yes    yes     yes     yes      yes     yes
GET  account_reset_password_from_key_done     yes       yes    yes     yes     yes      yes     yes
GET  account_confirm_email                    yes       yes    yes     yes     yes      yes     yes
GET  account_confirm_login_code               in        yes    yes     yes     yes      yes     yes
GET  mfa_index                                in        yes    yes     yes     yes      yes     yes
GET  mfa_authenticate                         in        yes    yes     yes     yes      yes     yes
GET  mfa_reauthenticate                       in        yes    yes     yes     yes      yes     yes
GET  mfa_activate_totp                        in        yes    yes     yes     yes      yes     yes
GET  mfa_deactivate_totp                      in        404    404     404     404      404     404
GET  mfa_view_recovery_codes                  in        404    404     404     404      404     404
GET  mfa_generate_recovery_codes              in        yes    yes     yes     yes      yes     yes
GET  mfa_download_recovery_codes              in        404    404     404     404      404     404
GET  mfa_list_webauthn                        in        yes    yes     yes     yes      yes     yes
GET  mfa_add_webauthn                         in        yes    yes     yes     yes      yes     yes
GET  mfa_reauthenticate_webauthn              in        yes    yes     yes     yes      yes     yes
GET  mfa_remove_webauthn                      in        yes    yes     yes     yes      yes     yes
GET  mfa_edit_webauthn                        in        yes    yes     yes     yes      yes     yes
GET  mfa_login_webauthn                       in        yes    yes     yes     yes      yes     yes
"""

TABLES = (
    FRONT,
    PEOPLE,
    REGISTER,
    PROGRAMMES,
    FOLLOW_UP,
    ABSENCE,
    REPORTS,
    JOBS,
    ACCOUNT,
    access_committees.TABLE,
    access_assessment.TABLE,
    access_admission.TABLE,
    access_gatherings.TABLE,
    access_evaluations.TABLE,
    access_letters.MAIL,
    access_letters.LETTERS,
)

# What an address is filled with, by URL name and variant; ``world`` is an ``access_world.World``.
ARGUMENTS = {
    **dict.fromkeys(["absence:imports_export", "reporting:editions_export"], lambda world: ["csv"]),
    **access_committees.ARGUMENTS,
    **access_assessment.ARGUMENTS,
    **access_admission.ARGUMENTS,
    **access_gatherings.ARGUMENTS,
    **access_evaluations.ARGUMENTS,
    **access_letters.ARGUMENTS,
    "people:person": lambda world: [world.users["project_leader"].pk],
    "people:person/nobody": lambda world: [0],
    "people:give_role": lambda world: [world.users["project_leader"].pk],
    "people:close_account": lambda world: [world.users["project_leader"].pk],
    "people:reopen_account": lambda world: [world.users["project_leader"].pk],
    "people:end_role": lambda world: [world.users["project_leader"].role_assignments.get().pk],
    "people:replace": lambda world: [world.users["project_leader"].role_assignments.get().pk],
    "people:resend_invitation": lambda world: [world.invitation.pk],
    "people:withdraw_invitation": lambda world: [world.invitation.pk],
    "people:accept_invitation": lambda world: [world.invitation.token],
    "people:accept_invitation/guessed": lambda world: ["guessed"],
    "municipalities:export": lambda world: ["csv"],
    "municipalities:confirm_import": lambda world: ["guessed"],
    "municipalities:municipality": lambda world: [world.municipality.number],
    "municipalities:municipality/stranger": lambda world: [world.stranger.number],
    "municipalities:municipality/nowhere": lambda world: ["9999"],
    "programmes:programme": lambda world: [world.programme.slug],
    "programmes:programme/hidden": lambda world: [world.hidden_programme.slug],
    "programmes:programme/nowhere": lambda world: ["nowhere"],
    "programmes:participants": lambda world: [world.programme.slug],
    "programmes:participants/hidden": lambda world: [world.hidden_programme.slug],
    "programmes:participants_export": lambda world: [world.programme.slug, "csv"],
    "programmes:participants_export/hidden": lambda world: [world.hidden_programme.slug, "csv"],
    "programmes:cohort": lambda world: [world.programme.slug, world.cohort.slug],
    "programmes:cohort/hidden": lambda world: [world.hidden_programme.slug, world.hidden_cohort.slug],
    "networks:networks": lambda world: [world.programme.slug],
    "networks:networks_export": lambda world: [world.programme.slug, "csv"],
    "networks:network": lambda world: [world.programme.slug, world.network.slug],
    "networks:network/stranger": lambda world: [world.programme.slug, world.strange_network.slug],
    "networks:visits": lambda world: [world.programme.slug],
    "networks:visits_export": lambda world: [world.programme.slug, "csv"],
    "networks:plan_visit": lambda world: [world.programme.slug],
    "networks:visit": lambda world: [world.programme.slug, world.follow_up.visit.pk],
    "networks:visit/unshared": lambda world: [world.programme.slug, world.follow_up.unshared_visit.pk],
    "networks:visit/stranger": lambda world: [world.programme.slug, world.follow_up.strange_visit.pk],
    "networks:change_visit": lambda world: [world.programme.slug, world.follow_up.unshared_visit.pk],
    "networks:change_visit/stranger": lambda world: [world.programme.slug, world.follow_up.strange_visit.pk],
    "networks:make_visit": lambda world: [world.programme.slug, world.follow_up.unshared_visit.pk],
    "networks:cancel_visit": lambda world: [world.programme.slug, world.follow_up.unshared_visit.pk],
    "networks:move_visit": lambda world: [world.programme.slug, world.follow_up.visit.pk, "reopen"],
    "networks:share_visit": lambda world: [world.programme.slug, world.follow_up.visit.pk],
    "networks:share_visit/stranger": lambda world: [world.programme.slug, world.follow_up.strange_visit.pk],
    "networks:write_up": lambda world: [world.programme.slug, world.follow_up.made_visit.pk],
    "networks:write_up/stranger": lambda world: [world.programme.slug, world.follow_up.strange_visit.pk],
    "networks:autosave_note": lambda world: [world.programme.slug, world.follow_up.made_visit.pk],
    "networks:drop_draft": lambda world: [world.programme.slug, world.follow_up.made_visit.pk],
    "networks:tasks": lambda world: [world.programme.slug],
    "networks:tasks_export": lambda world: [world.programme.slug, "csv"],
    "networks:task_done": lambda world: [world.programme.slug, world.follow_up.task.pk],
    "networks:task_done/secretariat": lambda world: [world.programme.slug, world.follow_up.secretariat_task.pk],
    "networks:task_done/stranger": lambda world: [world.programme.slug, world.follow_up.strange_task.pk],
    "networks:reopen_task": lambda world: [world.programme.slug, world.follow_up.task.pk],
    "networks:reopen_task/stranger": lambda world: [world.programme.slug, world.follow_up.strange_task.pk],
    "networks:make_network": lambda world: [world.programme.slug],
    "networks:change_network": lambda world: [world.programme.slug, world.network.slug],
    "networks:add_member": lambda world: [world.programme.slug, world.network.slug],
    "networks:end_membership": lambda world: [world.programme.slug, world.network.slug, world.follow_up.membership.pk],
    "networks:move_member": lambda world: [world.programme.slug, world.network.slug, world.follow_up.membership.pk],
    "networks:stay": lambda world: [world.programme.slug, world.network.slug, world.follow_up.membership.pk],
    "networks:appoint": lambda world: [world.programme.slug, world.network.slug],
    "networks:hand_over": lambda world: [world.programme.slug, world.network.slug, world.network.posts.get().pk],
    "networks:handover": lambda world: [world.programme.slug, world.follow_up.handover.pk],
    "networks:handover/stranger": lambda world: [world.programme.slug, world.follow_up.strange_handover.pk],
    "networks:mark_read": lambda world: [world.programme.slug, world.follow_up.handover.pk],
    "networks:undo_handover": lambda world: [world.programme.slug, world.follow_up.handover.pk],
    "networks:contacts": lambda world: [world.programme.slug],
    "networks:contacts_export": lambda world: [world.programme.slug, "csv"],
    "networks:add_contact": lambda world: [world.programme.slug, world.follow_up.visit.participation.slug],
    "networks:add_contact/stranger": lambda world: [
        world.programme.slug,
        world.follow_up.strange_visit.participation.slug,
    ],
    "networks:remove_contact": lambda world: [world.programme.slug, world.follow_up.contact.pk],
    "networks:coverage": lambda world: [world.programme.slug],
    "networks:coverage_export": lambda world: [world.programme.slug, "csv"],
    "networks:follow_up": lambda world: [world.programme.slug, world.follow_up.visit.participation.slug],
    "networks:follow_up/stranger": lambda world: [
        world.programme.slug,
        world.follow_up.strange_visit.participation.slug,
    ],
    "networks:municipality_follow_up": lambda world: [world.municipality.number],
    "networks:municipality_follow_up/stranger": lambda world: [world.stranger.number],
    "networks:alike": lambda world: [world.programme.slug, world.follow_up.visit.participation.slug],
    "networks:alike/stranger": lambda world: [world.programme.slug, world.follow_up.strange_visit.participation.slug],
    "absence:overview": lambda world: [world.programme.slug],
    "absence:overview/hidden": lambda world: [world.hidden_programme.slug],
    "absence:municipality": lambda world: [world.municipality.number],
    "absence:municipality/stranger": lambda world: [world.stranger.number],
    "absence:municipality_series": lambda world: [world.municipality.number],
    "absence:municipality_series/stranger": lambda world: [world.stranger.number],
    "absence:figure": lambda world: [world.municipality.number, world.period],
    "absence:figure/stranger": lambda world: [world.stranger.number, world.period],
    "absence:import": lambda world: [world.batch.pk],
    "absence:import_file": lambda world: [world.batch.pk],
    "absence:import_marked": lambda world: [world.refused_batch.pk],
    "absence:release": lambda world: [world.batch.pk],
    "absence:write_note": lambda world: [world.batch.pk],
    "absence:withdraw": lambda world: [world.batch.pk],
    "absence:undo": lambda world: [world.suspicion.pk],
    "reporting:edition": lambda world: [world.public_edition.pk],
    "reporting:edition/steering": lambda world: [world.steering_edition.pk],
    "reporting:edition/draft": lambda world: [world.draft.pk],
    "reporting:life": lambda world: [world.public_edition.pk],
    "reporting:life/draft": lambda world: [world.draft.pk],
    "reporting:changes": lambda world: [world.draft.pk],
    "reporting:against": lambda world: [world.draft.pk, world.public_edition.pk],
    "reporting:pdf": lambda world: [world.public_edition.pk],
    "reporting:pdf/steering": lambda world: [world.steering_edition.pk],
    "reporting:table_csv": lambda world: [world.public_edition.pk, "participants", "nowhere"],
    "reporting:section": lambda world: [world.public_edition.pk, "participants"],
    "reporting:section/steering": lambda world: [world.steering_edition.pk, "participants"],
    "reporting:section/draft": lambda world: [world.draft.pk, "participants"],
    "reporting:prose": lambda world: [world.draft.pk, "participants"],
    "reporting:answer": lambda world: [world.draft.pk, "participants"],
    "reporting:findings": lambda world: [world.draft.pk],
    "reporting:reckon": lambda world: [world.draft.pk],
    "reporting:renew": lambda world: [world.draft.pk],
    "reporting:print": lambda world: [world.draft.pk],
    "reporting:move": lambda world: [world.draft.pk, "submit"],
    "jobs:job": lambda world: [world.job.pk],
    "jobs:progress": lambda world: [world.job.pk],
    "jobs:retry": lambda world: [world.job.pk],
    "jobs:cancel": lambda world: [world.job.pk],
    "account_confirm_email": lambda world: ["guessed"],
    "account_reset_password_from_key": lambda world: ["1", "guessed"],
    "mfa_remove_webauthn": lambda world: [0],
    "mfa_edit_webauthn": lambda world: [0],
}


def rows(*tables: str) -> list[tuple[str, str, dict[str, str]]]:
    """(method, URL name with variant, role → what happens) of every line of the tables named, else of all."""
    found = []
    for table in tables or TABLES:
        for line in table.strip().splitlines()[1:]:
            method, name, *answers = line.split()
            found.append((method, name, dict(zip(ROLES, answers, strict=True))))
    return found
