"""Rows that hold secrets, and files kept sealed."""

import hashlib
import uuid

from django.db import models, transaction

from config import clock
from vault import files
from vault.errors import Damaged
from vault.fields import EncryptedTextField


class Sealed(models.Model):
    """A row with encrypted fields: its seal is how the ciphertext knows it, from before the first INSERT."""

    seal = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class StoredFileManager(models.Manager):
    def put(self, data: bytes, *, name: str, content_type: str) -> "StoredFile":
        """Keep `data` sealed under a random path and remember it; `name` is what the person called it."""
        file = self.model(name=name, content_type=content_type, size=len(data), sha256=hashlib.sha256(data).hexdigest())
        file.path, file.key_version = files.lay_down(data, place=file.place)
        file.save(force_insert=True, using=self._db)
        return file


class StoredFile(Sealed):
    """A file somebody gave us or we made: bytes encrypted in the storage, what it is in this row."""

    name = EncryptedTextField()
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=100, unique=True)
    key_version = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=clock.now)

    objects = StoredFileManager()

    def __str__(self):
        return f"file {self.pk}"

    @property
    def place(self) -> str:
        """Where the bytes belong: this row's file and no other."""
        return f"{self._meta.db_table}.bytes:{self.seal}"

    def read(self) -> bytes:
        """The bytes as they were given. Raises Damaged when they are gone or changed, WrongPlace when swapped."""
        data = files.take_up(self.path, place=self.place)
        if len(data) != self.size or hashlib.sha256(data).hexdigest() != self.sha256:
            raise Damaged(f"{self}: its bytes are not those its row describes")
        return data

    def discard(self) -> None:
        """Forget this file: the row now, the bytes once that is committed."""
        path = self.path
        self.delete()
        transaction.on_commit(lambda: files.remove(path))
