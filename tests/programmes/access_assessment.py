"""Who gets in where among applications, participants and grants (see ``tests/access_table.py``).

Of the grants the project leader's own is read, a stranger's does not exist. What a municipality applies with is read by
its own people on their own pages, not on the secretariat's.
"""

TABLE = """
                                              anonymous public project network steering adviser administrator
GET  programmes:applications                  in        403    403     403     403      yes     yes
GET  programmes:applications_export           in        403    403     403     403      yes     yes
GET  programmes:assessment                    in        404    404     404     404      yes     yes
GET  programmes:assess                        in        403    403     403     403      yes     yes
POST programmes:save_assessment               in        403    403     403     403      yes     yes
POST programmes:take_back_assessment          in        403    403     403     403      yes     yes
GET  programmes:ask_for_more                  in        403    403     403     403      yes     yes
POST programmes:mark_assessed                 in        403    403     403     403      yes     yes
GET  programmes:recommend                     in        403    403     403     403      yes     yes
GET  programmes:step_back                     in        403    403     403     403      yes     yes
GET  programmes:reverse_decision              in        403    403     403     403      yes     yes
GET  programmes:mark_told                     in        403    403     403     403      yes     yes
GET  programmes:decision                      in        403    403     403     403      yes     yes
GET  programmes:admission_letters             in        403    403     403     403      yes     yes
GET  programmes:late_entry                    in        403    403     403     403      yes     yes
GET  programmes:participant                   yes       yes    yes     yes     yes      yes     yes
GET  programmes:participant/hidden            404       404    404     404     yes      yes     yes
GET  programmes:move_participant              in        403    403     403     403      yes     yes
GET  programmes:withdraw_participant          in        403    403     403     403      yes     yes
GET  programmes:take_back_withdrawal          in        403    403     403     403      yes     yes
GET  programmes:carry_on_participant          in        403    403     403     403      404     404
POST programmes:undo_participation            in        403    403     403     403      404     404
GET  programmes:grants                        in        403    403     403     403      yes     yes
GET  programmes:grants_export                 in        403    403     403     403      yes     yes
GET  programmes:payments_due                  in        403    403     403     403      yes     yes
GET  programmes:give_grants                   in        403    403     403     403      yes     yes
GET  programmes:grant_letters                 in        403    403     403     403      yes     yes
GET  programmes:record_payments               in        403    403     403     403      yes     yes
GET  programmes:grant                         in        403    yes     403     403      yes     yes
GET  programmes:grant/stranger                in        403    404     403     403      yes     yes
GET  programmes:change_grant                  in        403    403     403     403      yes     yes
GET  programmes:withdraw_grant                in        403    403     403     403      yes     yes
POST programmes:restore_grant                 in        403    403     403     403      yes     yes
GET  programmes:pay_grant                     in        403    403     403     403      yes     yes
POST programmes:remove_payment                in        403    403     403     403      yes     yes
GET  programmes:grant_report                  in        403    yes     403     403      403     403
GET  programmes:grant_report/stranger         in        403    404     403     403      403     403
POST programmes:save_grant_report             in        403    yes     403     403      403     403
POST programmes:save_grant_report/stranger    in        403    404     403     403      403     403
POST programmes:approve_grant_report          in        403    403     403     403      yes     yes
POST programmes:take_back_approval            in        403    403     403     403      yes     yes
GET  programmes:return_grant_report           in        403    403     403     403      yes     yes
"""


def _round(world):
    return [world.programme.slug, world.work.round.slug]


def _application(world):
    return [*_round(world), world.work.application.pk]


def _participant(world):
    return [world.programme.slug, world.work.own.slug]


def _hidden_participant(world):
    one = world.hidden_participation
    return [one.programme.slug, one.slug]


def _grant(world):
    return [world.programme.slug, world.work.grant.pk]


def _strange_grant(world):
    return [world.programme.slug, world.work.strange_grant.pk]


def _programme(world):
    return [world.programme.slug]


ARGUMENTS = {
    **dict.fromkeys(
        [
            "programmes:applications",
            "programmes:decision",
            "programmes:admission_letters",
        ],
        _round,
    ),
    "programmes:applications_export": lambda world: [*_round(world), "csv"],
    **dict.fromkeys(
        [
            "programmes:assessment",
            "programmes:assess",
            "programmes:save_assessment",
            "programmes:take_back_assessment",
            "programmes:ask_for_more",
            "programmes:mark_assessed",
            "programmes:recommend",
            "programmes:step_back",
            "programmes:reverse_decision",
            "programmes:mark_told",
        ],
        _application,
    ),
    **dict.fromkeys(
        [
            "programmes:participant",
            "programmes:move_participant",
            "programmes:withdraw_participant",
            "programmes:take_back_withdrawal",
            "programmes:carry_on_participant",
        ],
        _participant,
    ),
    "programmes:participant/hidden": _hidden_participant,
    "programmes:undo_participation": lambda world: [*_participant(world), 0],
    **dict.fromkeys(
        [
            "programmes:late_entry",
            "programmes:grants",
            "programmes:give_grants",
            "programmes:grant_letters",
            "programmes:record_payments",
        ],
        _programme,
    ),
    **dict.fromkeys(
        ["programmes:grants_export", "programmes:payments_due"], lambda world: [world.programme.slug, "csv"]
    ),
    **dict.fromkeys(
        [
            "programmes:grant",
            "programmes:change_grant",
            "programmes:withdraw_grant",
            "programmes:restore_grant",
            "programmes:pay_grant",
            "programmes:grant_report",
            "programmes:save_grant_report",
            "programmes:approve_grant_report",
            "programmes:take_back_approval",
            "programmes:return_grant_report",
        ],
        _grant,
    ),
    **dict.fromkeys(
        ["programmes:grant/stranger", "programmes:grant_report/stranger", "programmes:save_grant_report/stranger"],
        _strange_grant,
    ),
    "programmes:remove_payment": lambda world: [*_grant(world), world.work.payment.pk],
}
