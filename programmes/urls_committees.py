"""Addresses of committees, meetings and the secretariat's books; included under one programme."""

from django.urls import path

from programmes.views import accounts, committees, meetings

urlpatterns = [
    path("committees/", committees.committees, name="committees"),
    path("committees/new/", committees.new_committee, name="new_committee"),
    path("committees/<slug:committee>/", committees.committee, name="committee"),
    path("committees/<slug:committee>/change/", committees.change_committee, name="change_committee"),
    path("committees/<slug:committee>/export.<str:form>", committees.meetings_export, name="meetings_export"),
    path("committees/<slug:committee>/seats/new/", committees.new_seat, name="new_seat"),
    path("committees/<slug:committee>/seats/<int:pk>/change/", committees.change_seat, name="change_seat"),
    path("committees/<slug:committee>/meetings/new/", committees.new_meeting, name="new_meeting"),
    path("committees/<slug:committee>/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("committees/<slug:committee>/meetings/<int:pk>/change/", meetings.change_meeting, name="change_meeting"),
    path("committees/<slug:committee>/meetings/<int:pk>/minutes/write/", meetings.minutes, name="write_minutes"),
    path("committees/<slug:committee>/meetings/<int:pk>/papers/add/", meetings.add_paper, name="add_paper"),
    path("committees/<slug:committee>/meetings/<int:pk>/papers/make/", meetings.make_papers, name="make_papers"),
    path("committees/<slug:committee>/meetings/<int:pk>/papers.pdf", meetings.papers, name="papers"),
    path(
        "committees/<slug:committee>/meetings/<int:pk>/papers/reading-copy.pdf",
        meetings.reading_copy,
        name="reading_copy",
    ),
    path("committees/<slug:committee>/meetings/<int:pk>/papers/<int:paper>/", meetings.paper, name="paper"),
    path(
        "committees/<slug:committee>/meetings/<int:pk>/papers/<int:paper>/remove/",
        meetings.remove_paper,
        name="remove_paper",
    ),
    path("committees/<slug:committee>/meetings/<int:pk>/items/new/", meetings.new_item, name="new_item"),
    path(
        "committees/<slug:committee>/meetings/<int:pk>/items/<int:item>/change/",
        meetings.change_item,
        name="change_item",
    ),
    path("committees/<slug:committee>/meetings/<int:pk>/items/<int:item>/decide/", meetings.decide, name="decide_item"),
    path(
        "committees/<slug:committee>/meetings/<int:pk>/items/<int:item>/postpone/",
        meetings.postpone,
        name="postpone_item",
    ),
    path(
        "committees/<slug:committee>/meetings/<int:pk>/items/<int:item>/remove/",
        meetings.remove_item,
        name="remove_item",
    ),
    path(
        "committees/<slug:committee>/meetings/<int:pk>/items/<int:item>/move/<str:direction>/",
        meetings.move_item,
        name="move_item",
    ),
    path("committees/<slug:committee>/meetings/<int:pk>/<slug:act>/", meetings.move, name="move_meeting"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/staffing.<str:form>", accounts.staffing_export, name="staffing_export"),
    path("accounts/lines.<str:form>", accounts.lines_export, name="lines_export"),
    path("accounts/posts/new/", accounts.new_post, name="new_post"),
    path("accounts/posts/<int:pk>/change/", accounts.change_post, name="change_post"),
    path("accounts/posts/<int:pk>/remove/", accounts.remove_post, name="remove_post"),
    path("accounts/lines/new/", accounts.new_line, name="new_line"),
    path("accounts/lines/<int:pk>/change/", accounts.change_line, name="change_line"),
    path("accounts/lines/<int:pk>/remove/", accounts.remove_line, name="remove_line"),
]
