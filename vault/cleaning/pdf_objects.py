"""The objects of a PDF, walked one by one without recursion: whatever could act, point elsewhere or tell more goes."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from vault.cleaning.cleaned import Unclean

MOST_OBJECTS = 300_000
# Dictionaries whose keys are names that a page gives to its things: /AA may be a font there.
NAMINGS = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/CharProcs"}
NEVER = {
    *("/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"),
    *("/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF", "/Filespec", "/XFA", "/AcroForm", "/RichMedia", "/Rendition"),
    *("/Names", "/Annots", "/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Ref", "/Alternates", "/Properties"),
    *("/StructParent", "/StructParents", "/Thumb", "/Collection", "/Perms", "/URL", "/OC", "/Measure", "/PtData"),
}
MAY_BE_NAMES = {"/AA", "/JS", "/URI", "/Ref", "/EF", "/AF", "/OC"}
ELSEWHERE = {"/F", "/FFilter", "/FDecodeParms"}  # the bytes of a stream in a file outside (ISO 32000-1, 7.3.8.2)
ACTIONS = {
    *("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/ResetForm", "/GoTo", "/GoToR", "/GoToE"),
    *("/GoTo3DView", "/RichMediaExecute", "/Rendition", "/Movie", "/Sound", "/Thread", "/Named", "/Hide"),
    *("/SetOCGState", "/Trans"),
}


def scrub(pdf: Pdf) -> None:
    """Take every key and every action that does not help to show a page out of `pdf`. Raises Unclean("too_hard")."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Object, bool]] = [(page.obj, False) for page in pdf.pages]
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return
        thing, is_naming = waiting.pop()
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, Array):
            waiting += [(each, False) for each in thing if _holds(each)]
        else:
            waiting += _scrubbed(thing, is_naming=is_naming)
    raise Unclean("too_hard")


def _scrubbed(thing: Object, *, is_naming: bool) -> Iterator[tuple[Object, bool]]:
    """What hangs on a dictionary or stream, once it holds nothing that it should not; and whether it is a naming."""
    banned = NEVER - (MAY_BE_NAMES if is_naming else set()) | (ELSEWHERE if isinstance(thing, Stream) else set())
    for key in list(thing.keys()):
        value = thing.get(key)
        if key in banned or _acts(value):
            del thing[key]
        elif key != "/Parent" and _holds(value):
            yield value, not is_naming and key in NAMINGS


def _acts(value: object) -> bool:
    if isinstance(value, Stream) and value.get("/Subtype") == "/PS":
        return True  # a program for printers
    if not isinstance(value, Dictionary):
        return False
    return str(value.get("/S", "")) in ACTIONS or str(value.get("/Type", "")) in ("/Action", "/Filespec", "/Annot")


def _holds(value: object) -> bool:
    return isinstance(value, Array | Dictionary | Stream)
