"""The pages of a debit agreement for another account, under /my/<reference>/debit/."""

from django.urls import path

from loans.views.offer import my_debit

urlpatterns = [
    path("", my_debit.my_debit, name="my_debit"),
    path("code/", my_debit.my_debit_code, name="my_debit_code"),
    path("passkey/", my_debit.my_debit_passkey, name="my_debit_passkey"),
    path("signature/", my_debit.my_debit_signature, name="my_debit_signature"),
]
