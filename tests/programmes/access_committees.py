"""Who gets in where among committees, meetings and the secretariat's books (see ``tests/access_table.py``).

The steering member has a seat in a committee of the hidden programme, and none in that of the public one («stranger»).
"""

TABLE = """
                                              anonymous public project network steering adviser administrator
GET  programmes:committees                    in        403    403     403     yes      yes     yes
GET  programmes:committees/hidden             in        403    403     403     yes      yes     yes
GET  programmes:new_committee                 in        403    403     403     403      yes     yes
GET  programmes:committee                     in        403    403     403     yes      yes     yes
GET  programmes:committee/stranger            in        403    403     403     404      yes     yes
GET  programmes:change_committee              in        403    403     403     403      yes     yes
GET  programmes:meetings_export               in        403    403     403     yes      yes     yes
GET  programmes:meetings_export/stranger      in        403    403     403     404      yes     yes
GET  programmes:new_seat                      in        403    403     403     403      yes     yes
GET  programmes:change_seat                   in        403    403     403     403      yes     yes
GET  programmes:new_meeting                   in        403    403     403     403      yes     yes
GET  programmes:meeting                       in        403    403     403     yes      yes     yes
GET  programmes:meeting/stranger              in        403    403     403     404      yes     yes
GET  programmes:change_meeting                in        403    403     403     403      yes     yes
GET  programmes:write_minutes                 in        403    403     403     403      yes     yes
GET  programmes:add_paper                     in        403    403     403     403      yes     yes
POST programmes:make_papers                   in        403    403     403     403      yes     yes
GET  programmes:papers                        in        403    403     403     yes      yes     yes
GET  programmes:papers/stranger               in        403    403     403     404      yes     yes
GET  programmes:reading_copy                  in        403    403     403     yes      yes     yes
GET  programmes:reading_copy/stranger         in        403    403     403     404      yes     yes
GET  programmes:paper                         in        403    403     403     yes      yes     yes
GET  programmes:paper/stranger                in        403    403     403     404      yes     yes
POST programmes:remove_paper                  in        403    403     403     403      yes     yes
GET  programmes:new_item                      in        403    403     403     403      yes     yes
GET  programmes:change_item                   in        403    403     403     403      yes     yes
GET  programmes:decide_item                   in        403    403     403     403      yes     yes
GET  programmes:postpone_item                 in        403    403     403     403      yes     yes
POST programmes:remove_item                   in        403    403     403     403      yes     yes
POST programmes:move_item                     in        403    403     403     403      yes     yes
POST programmes:move_meeting                  in        403    403     403     403      yes     yes
GET  programmes:accounts                      in        403    403     403     403      yes     yes
GET  programmes:staffing_export               in        403    403     403     403      yes     yes
GET  programmes:lines_export                  in        403    403     403     403      yes     yes
GET  programmes:new_post                      in        403    403     403     403      yes     yes
GET  programmes:change_post                   in        403    403     403     403      yes     yes
POST programmes:remove_post                   in        403    403     403     403      yes     yes
GET  programmes:new_line                      in        403    403     403     403      yes     yes
GET  programmes:change_line                   in        403    403     403     403      yes     yes
POST programmes:remove_line                   in        403    403     403     403      yes     yes
"""


def _slug(world):
    return world.hidden_programme.slug


def _committee(world):
    return [_slug(world), world.books.committee.slug]


def _meeting(world):
    return [*_committee(world), world.books.meeting.pk]


def _item(world):
    return [*_meeting(world), world.books.item.pk]


def _strange(world):
    return [world.programme.slug, world.strange_books.committee.slug]


def _strange_meeting(world):
    return [*_strange(world), world.strange_books.meeting.pk]


ARGUMENTS = {
    "programmes:committees": lambda world: [world.programme.slug],
    "programmes:committees/hidden": lambda world: [_slug(world)],
    "programmes:new_committee": lambda world: [_slug(world)],
    "programmes:committee": _committee,
    "programmes:committee/stranger": _strange,
    "programmes:change_committee": _committee,
    "programmes:meetings_export": lambda world: [*_committee(world), "csv"],
    "programmes:meetings_export/stranger": lambda world: [*_strange(world), "csv"],
    "programmes:new_seat": _committee,
    "programmes:change_seat": lambda world: [*_committee(world), world.books.seat.pk],
    "programmes:new_meeting": _committee,
    "programmes:meeting": _meeting,
    "programmes:meeting/stranger": _strange_meeting,
    "programmes:change_meeting": _meeting,
    "programmes:write_minutes": _meeting,
    "programmes:add_paper": _meeting,
    "programmes:make_papers": _meeting,
    "programmes:papers": _meeting,
    "programmes:papers/stranger": _strange_meeting,
    "programmes:reading_copy": _meeting,
    "programmes:reading_copy/stranger": _strange_meeting,
    "programmes:paper": lambda world: [*_meeting(world), world.books.paper.pk],
    "programmes:paper/stranger": lambda world: [*_strange_meeting(world), world.strange_books.paper.pk],
    "programmes:remove_paper": lambda world: [*_meeting(world), world.books.paper.pk],
    "programmes:new_item": _meeting,
    "programmes:change_item": _item,
    "programmes:decide_item": _item,
    "programmes:postpone_item": _item,
    "programmes:remove_item": _item,
    "programmes:move_item": lambda world: [*_item(world), "up"],
    "programmes:move_meeting": lambda world: [*_meeting(world), "call"],
    "programmes:accounts": lambda world: [_slug(world)],
    "programmes:staffing_export": lambda world: [_slug(world), "csv"],
    "programmes:lines_export": lambda world: [_slug(world), "csv"],
    "programmes:new_post": lambda world: [_slug(world)],
    "programmes:change_post": lambda world: [_slug(world), world.books.post.pk],
    "programmes:remove_post": lambda world: [_slug(world), world.books.post.pk],
    "programmes:new_line": lambda world: [_slug(world)],
    "programmes:change_line": lambda world: [_slug(world), world.books.line.pk],
    "programmes:remove_line": lambda world: [_slug(world), world.books.line.pk],
}
