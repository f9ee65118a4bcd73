"""Papers sent by the page of papers, as a browser without JavaScript sends them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cases import picture


def send(client, case, data, name="passport.jpg", kind="identity", content_type="image/jpeg"):
    file = SimpleUploadedFile(name, data, content_type=content_type)
    return client.post(reverse("papers", args=[case.reference]), {"kind": kind, "file": file})


def several(client, case, *names, kind="identity"):
    sent = [SimpleUploadedFile(name, picture("PNG" if name.endswith("png") else "JPEG")) for name in names]
    return client.post(reverse("papers", args=[case.reference]), {"kind": kind, "file": sent})


def names_of(case):
    return [page.file.name for page in case.documents.get().pages.all()]
