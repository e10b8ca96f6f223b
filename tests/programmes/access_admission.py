"""Who gets in where in admission: the round is public, an application is its applicants' own until it is sent in."""

TABLE = """
                                              anonymous public project network steering adviser administrator
GET  programmes:admission                     yes       yes    yes     yes     yes      yes     yes
GET  programmes:admission/hidden              404       404    404     404     yes      yes     yes
GET  programmes:new_admission_round           in        403    403     403     403      yes     yes
POST programmes:preview_invitation            in        403    403     403     403      yes     yes
GET  programmes:admission_round               yes       yes    yes     yes     yes      yes     yes
GET  programmes:admission_round/preparing     404       404    404     404     404      yes     yes
GET  programmes:change_admission_round        in        403    403     403     403      yes     yes
GET  programmes:criteria                      in        403    403     403     403      yes     yes
GET  programmes:announce_round                in        403    403     403     403      yes     yes
GET  programmes:close_round                   in        403    403     403     403      yes     yes
GET  programmes:extend_deadline               in        403    403     403     403      yes     yes
GET  programmes:copy_round                    in        403    403     403     403      yes     yes
GET  programmes:invited_to_apply              in        403    403     403     403      yes     yes
GET  programmes:choose_invited                in        403    403     403     403      yes     yes
POST programmes:send_round_invitations        in        403    403     403     403      yes     yes
GET  programmes:late_extensions               in        403    403     403     403      yes     yes
GET  programmes:ask_for_access                yes       yes    yes     yes     yes      yes     yes
GET  programmes:access_requests               in        403    403     403     403      yes     yes
POST programmes:approve_access                in        403    403     403     403      yes     yes
POST programmes:decline_access                in        403    403     403     403      yes     yes
POST programmes:apply                         in        403    404     403     403      403     403
GET  programmes:application                   in        404    yes     404     404      404     404
GET  programmes:application/stranger          in        404    404     404     404      404     404
GET  programmes:application/sent              in        404    yes     404     404      yes     yes
GET  programmes:application_step              in        403    yes     403     403      403     403
GET  programmes:application_step/stranger     in        403    404     403     403      403     403
GET  programmes:application_step/goal         in        403    yes     403     403      403     403
GET  programmes:application_step/decision     in        403    yes     403     403      403     403
GET  programmes:application_step/consents     in        403    yes     403     403      403     403
GET  programmes:application_step/summary      in        403    yes     403     403      403     403
POST programmes:autosave_step                 in        403    yes     403     403      403     403
POST programmes:autosave_step/stranger        in        403    404     403     403      403     403
GET  programmes:application_comparison        in        404    yes     404     404      yes     yes
GET  programmes:application_receipt           in        404    yes     404     404      yes     yes
GET  programmes:application_receipt/stranger  in        404    404     404     404      404     404
GET  programmes:decision_file                 in        404    yes     404     404      yes     yes
GET  programmes:decision_file/stranger        in        404    404     404     404      404     404
POST programmes:attach_decision               in        403    yes     403     403      403     403
POST programmes:attach_decision/stranger      in        403    404     403     403      403     403
POST programmes:remove_decision               in        403    yes     403     403      403     403
POST programmes:submit_application            in        403    yes     403     403      403     403
POST programmes:submit_application/stranger   in        403    404     403     403      403     403
GET  programmes:withdraw_application          in        403    yes     403     403      403     403
GET  programmes:withdraw_application/stranger in        403    404     403     403      403     403
POST programmes:delete_draft                  in        403    yes     403     403      403     403
POST programmes:delete_draft/stranger         in        403    404     403     403      403     403
POST programmes:restore_draft                 in        403    yes     403     403      403     403
POST programmes:restore_draft/stranger        in        403    404     403     403      403     403
POST programmes:add_applicant                 in        403    yes     403     403      403     403
POST programmes:remove_applicant              in        403    yes     403     403      403     403
POST programmes:confirm_applicant             in        403    yes     403     403      403     403
GET  programmes:record_confirmation           in        403    yes     403     403      403     403
GET  programmes:record_confirmation/stranger  in        403    404     403     403      403     403
POST programmes:carry_on_applicant            in        403    404     403     403      403     403
POST programmes:add_consent                   in        403    yes     403     403      403     403
POST programmes:add_consent/stranger          in        403    404     403     403      403     403
POST programmes:ask_consent_again             in        403    yes     403     403      403     403
GET  programmes:record_consent                in        403    yes     403     403      403     403
GET  programmes:record_consent/stranger       in        403    404     403     403      403     403
POST programmes:withdraw_consent              in        403    yes     403     403      403     403
GET  programmes:consent                       yes       yes    yes     yes     yes      yes     yes
GET  programmes:consent/guessed               404       404    404     404     404      404     404
GET  programmes:consent_decision_file         yes       yes    yes     yes     yes      yes     yes
GET  programmes:consent_decision_file/guessed 404       404    404     404     404      404     404
"""


def of_round(world, *more) -> list:
    return [world.programme.slug, world.admission.round.slug, *more]


OF_PROGRAMME = ("admission", "new_admission_round", "preview_invitation")
OF_ROUND = (
    "admission_round",
    "change_admission_round",
    "criteria",
    "announce_round",
    "close_round",
    "extend_deadline",
    "copy_round",
    "invited_to_apply",
    "choose_invited",
    "send_round_invitations",
    "late_extensions",
    "ask_for_access",
    "access_requests",
    "apply",
)
OF_DRAFT = (
    "application",
    "remove_decision",
    "attach_decision",
    "submit_application",
    "delete_draft",
    "add_applicant",
    "add_consent",
)
ARGUMENTS = (
    {f"programmes:{name}": lambda world: [world.programme.slug] for name in OF_PROGRAMME}
    | {f"programmes:{name}": of_round for name in OF_ROUND}
    | {f"programmes:{name}": lambda world: of_round(world, world.admission.draft.pk) for name in OF_DRAFT}
    | {
        f"programmes:{name}/stranger": lambda world: of_round(world, world.admission.strange.pk)
        for name in (*OF_DRAFT, "withdraw_application", "restore_draft", "decision_file")
    }
    | {
        f"programmes:application_step/{step}": lambda world, step=step: of_round(world, world.admission.draft.pk, step)
        for step in ("goal", "decision", "consents", "summary")
    }
    | {
        "programmes:admission/hidden": lambda world: [world.hidden_programme.slug],
        "programmes:admission_round/preparing": lambda world: [world.programme.slug, world.admission.preparing.slug],
        "programmes:approve_access": lambda world: of_round(world, world.admission.asked.pk),
        "programmes:decline_access": lambda world: of_round(world, world.admission.asked.pk),
        "programmes:application/sent": lambda world: world.admission.sent_arguments(),
        "programmes:application_comparison": lambda world: world.admission.sent_arguments(),
        "programmes:application_receipt": lambda world: world.admission.sent_arguments(1),
        "programmes:application_receipt/stranger": lambda world: of_round(world, world.admission.strange.pk, 1),
        "programmes:decision_file": lambda world: world.admission.sent_arguments(),
        "programmes:withdraw_application": lambda world: world.admission.sent_arguments(),
        "programmes:restore_draft": lambda world: of_round(world, world.admission.deleted.pk),
        "programmes:application_step": lambda world: of_round(world, world.admission.draft.pk, "applicants"),
        "programmes:application_step/stranger": lambda world: of_round(world, world.admission.strange.pk, "goal"),
        "programmes:autosave_step": lambda world: of_round(world, world.admission.draft.pk, "work"),
        "programmes:autosave_step/stranger": lambda world: of_round(world, world.admission.strange.pk, "work"),
        "programmes:remove_applicant": lambda world: world.admission.applicant_arguments(),
        "programmes:confirm_applicant": lambda world: world.admission.applicant_arguments(),
        "programmes:record_confirmation": lambda world: world.admission.applicant_arguments(),
        "programmes:record_confirmation/stranger": lambda world: world.admission.strange_applicant_arguments(),
        "programmes:carry_on_applicant": lambda world: world.admission.applicant_arguments(),
        "programmes:ask_consent_again": lambda world: world.admission.consent_arguments(),
        "programmes:record_consent": lambda world: world.admission.consent_arguments(),
        "programmes:record_consent/stranger": lambda world: of_round(world, world.admission.strange.pk, 1),
        "programmes:withdraw_consent": lambda world: world.admission.consent_arguments(),
        "programmes:consent": lambda world: [world.admission.consent.token],
        "programmes:consent/guessed": lambda world: ["guessed"],
        "programmes:consent_decision_file": lambda world: world.admission.consent_file_arguments(),
        "programmes:consent_decision_file/guessed": lambda world: ["guessed"],
    }
)
