"""Who gets in where among e-mails and letters: nobody but the secretariat."""

from tests.correspondence.letters import a_batch, a_message

MAIL = """
                                              anonymous public project network steering adviser administrator
GET  correspondence:messages                  in        403    403     403     403      yes     yes
GET  correspondence:messages_export           in        403    403     403     403      yes     yes
GET  correspondence:messages_export/unknown   in        403    403     403     403      404     404
GET  correspondence:message                   in        403    403     403     403      yes     yes
GET  correspondence:message/nothing           in        403    403     403     403      404     404
GET  correspondence:paper                     in        403    403     403     403      yes     yes
GET  correspondence:paper/nothing             in        403    403     403     403      404     404
POST correspondence:send_again                in        403    403     403     403      yes     yes
POST correspondence:send_again/nothing        in        403    403     403     403      404     404
POST correspondence:confirm_sent              in        403    403     403     403      yes     yes
"""

LETTERS = """
                                              anonymous public project network steering adviser administrator
GET  correspondence:batches                   in        403    403     403     403      yes     yes
GET  correspondence:batch                     in        403    403     403     403      yes     yes
GET  correspondence:batch/nothing             in        403    403     403     403      404     404
POST correspondence:date_batch                in        403    403     403     403      yes     yes
POST correspondence:print_batch               in        403    403     403     403      yes     yes
GET  correspondence:batch_pdf                 in        403    403     403     403      404     404
POST correspondence:send_batch                in        403    403     403     403      yes     yes
POST correspondence:post_batch                in        403    403     403     403      yes     yes
GET  correspondence:letter                    in        403    403     403     403      yes     yes
GET  correspondence:letter/other_batch        in        403    403     403     403      404     404
GET  correspondence:edit_letter               in        403    403     403     403      yes     yes
POST correspondence:read_letter               in        403    403     403     403      yes     yes
POST correspondence:withdraw_letter           in        403    403     403     403      yes     yes
POST correspondence:put_back_letter           in        403    403     403     403      yes     yes
POST correspondence:post_letter               in        403    403     403     403      yes     yes
POST correspondence:print_letter              in        403    403     403     403      yes     yes
GET  correspondence:letter_pdf                in        403    403     403     403      404     404
"""


def message_of(world):
    return a_message(by=world.users["adviser"])


def letter_of(world) -> list[int]:
    letter = a_batch(by=world.users["adviser"]).letters.first()
    return [letter.batch_id, letter.pk]


ARGUMENTS = {
    "correspondence:messages_export": lambda world: ["csv"],
    "correspondence:messages_export/unknown": lambda world: ["exe"],
    "correspondence:message": lambda world: [message_of(world).pk],
    "correspondence:message/nothing": lambda world: [0],
    "correspondence:paper": lambda world: [message_of(world).pk, 0],
    "correspondence:paper/nothing": lambda world: [message_of(world).pk, 9],
    "correspondence:send_again": lambda world: [message_of(world).pk],
    "correspondence:send_again/nothing": lambda world: [0],
    "correspondence:confirm_sent": lambda world: [message_of(world).pk],
    "correspondence:batch/nothing": lambda world: [0],
    "correspondence:letter/other_batch": lambda world: [a_batch(by=None).pk, letter_of(world)[1]],
    **{
        f"correspondence:{name}": lambda world: letter_of(world)[:1]
        for name in ("batch", "date_batch", "print_batch", "batch_pdf", "send_batch", "post_batch")
    },
    **{
        f"correspondence:{name}": letter_of
        for name in (
            "letter",
            "edit_letter",
            "read_letter",
            "withdraw_letter",
            "put_back_letter",
            "post_letter",
            "print_letter",
            "letter_pdf",
        )
    },
}
