"""Files in pieces, for the script of the page of papers: announce one, ask where it stands, send the next bytes.

The answers are JSON: `url`, `arrived` and `size` in bytes, `over`, and `error`, a sentence for people. It is a small
relative of the tus protocol: POST makes an upload, PATCH with `Upload-Offset` appends, GET tells how far it is. An
upload is found only by its unguessable code, within the case, by the person who announced it.
"""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from loans.lifecycle.applying import uploads as verbs
from loans.lifecycle.refusal import Refused
from loans.models import Upload
from loans.refusals import sentence
from loans.views.applicant.mine import filled_in_or_404
from loans.views.applicant.papers import open_papers_or_404
from loans.views.deeds import UNPROCESSABLE

CONFLICT = 409


@require_POST
def uploads(request, reference):
    """Announce a file: its kind, name, size in bytes and SHA-256."""
    case, elsewhere = open_papers_or_404(request, reference)
    if elsewhere:
        return _told(error=sentence(Refused("not_open")))
    said = request.POST
    try:
        verbs.forget_refused(case, said.get("kind", ""), by=request.user)
        upload = verbs.begin(
            case,
            said.get("kind", ""),
            name=said.get("name", ""),
            size=_whole(said.get("size", "")),
            sha256=said.get("sha256", ""),
            by=request.user,
        )
    except Refused as refused:
        return _told(error=sentence(refused))
    return _state(upload)


@require_http_methods(["GET", "HEAD", "PATCH"])
def upload(request, reference, code):
    """How far a file is; the next bytes of it. With the last of them it is cleaned and kept."""
    found = _own_or_404(request, reference, code)
    if request.method != "PATCH":
        return _state(found)
    if _whole(request.headers.get("Content-Length", "")) > verbs.MOST_PIECE_BYTES:
        return _told(error=sentence(Refused("too_big")), status=413)
    try:
        found = verbs.append(found, _whole(request.headers.get("Upload-Offset", "")), request.body, by=request.user)
    except Refused as refused:
        if refused.code == "other_place":
            return _state(_own_or_404(request, reference, code), status=CONFLICT)
        return _told(error=sentence(refused))
    return _state(verbs.finish(found, by=request.user))


@require_POST
def upload_removal(request, reference, code):
    """Forget a file that has not wholly arrived."""
    verbs.forget(_own_or_404(request, reference, code))
    return redirect("papers", reference)


def _own_or_404(request, reference, code):
    own = Upload.objects.filter(by=request.user).select_related("application")
    return get_object_or_404(own, application=filled_in_or_404(request, reference), code=code)


def _whole(raw):
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else -1


def _state(upload, status=200):
    code = upload.outcome
    return JsonResponse(
        {
            "url": reverse("upload", args=[upload.application.reference, upload.code]),
            "arrived": upload.arrived,
            "size": upload.size,
            "over": bool(code),
            "error": "" if code in ("", verbs.KEPT) else sentence(Refused(code)),
        },
        status=status,
    )


def _told(*, error, status=UNPROCESSABLE):
    return JsonResponse({"error": error}, status=status)
