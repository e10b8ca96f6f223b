"""The addresses of people: who has an account, who is invited, who one is oneself."""

from django.urls import path

from .views import invitations, people, profile

app_name = "people"
urlpatterns = [
    path("people/", people.people_list, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/roles/give/", people.give_role, name="give_role"),
    path("people/<int:pk>/close/", people.close_account, name="close_account"),
    path("people/<int:pk>/reopen/", people.reopen_account, name="reopen_account"),
    path("people/roles/<int:pk>/end/", people.end_role, name="end_role"),
    path("people/roles/<int:pk>/replace/", people.replace, name="replace"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/invitations/<int:pk>/resend/", invitations.resend, name="resend_invitation"),
    path("people/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("invitation/<str:token>/", invitations.accept, name="accept_invitation"),
    path("profile/", profile.profile, name="profile"),
    path("audit/", people.audit_trail, name="audit_trail"),
]
