"""A mail server that does what a test tells it to."""

from typing import ClassVar

from django.core.mail.backends.base import BaseEmailBackend


class PowerCut(BaseException):
    """The worker dies: nothing after this line of its program runs."""


class Server(BaseEmailBackend):
    at_connect: ClassVar[BaseException | None] = None
    at_hand_over: ClassVar[BaseException | None] = None
    at_hanging_up: ClassVar[BaseException | None] = None
    answer: ClassVar[int] = 1
    taken: ClassVar[list] = []
    # What happens in the house while the server has the letter in its hands.
    meanwhile: ClassVar = staticmethod(lambda: None)

    @classmethod
    def start(cls):
        cls.at_connect = cls.at_hand_over = cls.at_hanging_up = None
        cls.answer, cls.taken, cls.meanwhile = 1, [], staticmethod(lambda: None)

    def open(self):
        if self.at_connect:
            raise self.at_connect

    def close(self):
        if self.at_hanging_up:
            raise self.at_hanging_up

    def send_messages(self, messages):
        self.meanwhile()
        if self.at_hand_over:
            raise self.at_hand_over
        self.taken.extend(messages)
        return self.answer
