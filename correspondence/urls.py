"""Addresses of what leaves the house."""

from django.urls import path

from .views import letters, messages

app_name = "correspondence"

LETTER = "letters/<int:pk>/<int:letter>/"

urlpatterns = [
    path("", messages.message_list, name="messages"),
    path("export.<str:form>", messages.message_export, name="messages_export"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("messages/<int:pk>/papers/<int:position>/", messages.message_paper, name="paper"),
    path("messages/<int:pk>/send-again/", messages.send_again, name="send_again"),
    path("messages/<int:pk>/confirm-sent/", messages.confirm_sent, name="confirm_sent"),
    path("letters/", letters.batch_list, name="batches"),
    path("letters/<int:pk>/", letters.batch, name="batch"),
    path("letters/<int:pk>/date/", letters.date_batch, name="date_batch"),
    path("letters/<int:pk>/print/", letters.print_batch, name="print_batch"),
    path("letters/<int:pk>/pdf/", letters.batch_pdf, name="batch_pdf"),
    path("letters/<int:pk>/send/", letters.send_batch, name="send_batch"),
    path("letters/<int:pk>/post/", letters.post_batch, name="post_batch"),
    path(LETTER, letters.letter, name="letter"),
    path(LETTER + "edit/", letters.edit_letter, name="edit_letter"),
    path(LETTER + "read/", letters.read_letter, name="read_letter"),
    path(LETTER + "withdraw/", letters.withdraw_letter, name="withdraw_letter"),
    path(LETTER + "put-back/", letters.put_back_letter, name="put_back_letter"),
    path(LETTER + "post/", letters.post_letter, name="post_letter"),
    path(LETTER + "print/", letters.print_letter, name="print_letter"),
    path(LETTER + "pdf/", letters.letter_pdf, name="letter_pdf"),
]
