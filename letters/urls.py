from django.urls import path

from letters import views

urlpatterns = [
    path("mail-room/", views.mail_room, name="mail_room"),
    path("mail-room/<int:pk>/", views.mail_room_letter, name="mail_room_letter"),
]
