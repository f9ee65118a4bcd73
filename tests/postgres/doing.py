"""What somebody else does at the same time."""

from threading import Thread

from django.db import connection

PATIENCE_SECONDS = 30
A_WHILE_SECONDS = 1


class Doing(Thread):
    """Somebody else's deed, in a connection of its own."""

    def __init__(self, act):
        super().__init__(daemon=True)
        self.act = act
        self.start()

    def run(self):
        try:
            self.act()
        finally:
            connection.close()
