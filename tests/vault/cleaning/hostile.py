"""Files that somebody sends by mistake or out of malice, made here by the hundred: (name, bytes, what may come of it).

What may come of it is a set: codes of `vault.cleaning.cleaned.CODES`, or "clean".
"""

import io
import random
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from tests.vault.cleaning.heic import HEIC
from tests.vault.cleaning.pdf_attacks import attacks
from tests.vault.cleaning.whole import SCRIPT, WORKBOOK, photo, plain_pdf, saved, scan, whole_files, zipped
from vault.cleaning import MOST_BYTES, MOST_PHOTO_BYTES

BROKEN = {"broken_picture", "wrong_type", "too_many_pixels"}
BROKEN_PDF = {"broken_pdf", "too_hard", "wrong_type", "locked_pdf", "form_pdf", "pdf_of_files", "too_long_pdf"}
BROKEN_SHEET = {"broken_sheet", "wrong_type", "too_hard", "sheet_with_macros", "sheet_with_links"}
CLEAN = {"clean"}


def corpus(seed=1, cuts=12, flips=14):
    """Every kind of file; with `cuts` and `flips` of them cut off and changed at places drawn by `seed`."""
    chance = random.Random(seed)
    whole = whole_files()
    yield from ((name, data, CLEAN) for name, data in whole.items())
    for name, data in whole.items():
        may_be = BROKEN_PDF if name.endswith("pdf") else BROKEN_SHEET if "xlsx" in name else BROKEN
        for number in range(cuts):
            yield f"{name} cut {number}", data[: chance.randrange(len(data))], may_be | CLEAN | {"empty_file"}
        for number in range(flips):
            yield f"{name} flipped {number}", flipped(data, chance), may_be | CLEAN
    for name, data in attacks().items():
        yield name, data, CLEAN
    yield from odd_ones()


def flipped(data, chance):
    """Up to twenty bits of it changed."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


# --- Files that are only good for mischief ---------------------------------------------------------


def odd_ones():
    for name, data in pages_and_programs().items():
        yield name, data, {"wrong_type"}
    for name, data in bad_pdfs().items():
        yield name, data, BROKEN_PDF | (CLEAN if name == "pages that are no pages.pdf" else set())
    for name, data in bad_pictures().items():
        yield name, data, BROKEN
    for name, (data, code) in bad_sheets().items():
        yield name, data, {code}
    yield "nothing.jpg", b"", {"empty_file"}
    yield "huge.jpg", photo("JPEG") + b"\0" * MOST_PHOTO_BYTES, {"too_big"}
    yield "huge.pdf", plain_pdf() + b"\0" * MOST_BYTES, {"too_big"}
    yield "huge.xlsx", zipped(WORKBOOK) + b"\0" * MOST_BYTES, {"too_big"}


def pages_and_programs():
    """What calls itself a photo and is none."""
    heads = {
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "xml svg": b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
        "html": b"<!doctype html><html>" + SCRIPT,
        "html with bom": b"\xef\xbb\xbf<html>" + SCRIPT,
        "html in utf-16": ("<html>" + SCRIPT.decode()).encode("utf-16"),
        "html of a pdf": b"<html>" + SCRIPT + plain_pdf(),
        "xhtml": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>" + SCRIPT,
        "javascript": b"alert(1)//" + b"GIF89a",
        "gif": b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)",
        "bmp": photo("BMP"),
        "tiff": photo("TIFF"),
        "webp": photo("WEBP"),
        "ico": photo("ICO"),
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (w) file",
        "postscript": b"%!PS\n/x (%pipe%id) (r) file def",
        "exe": b"MZ\x90\0" + b"\0" * 200,
        "elf": b"\x7fELF\2\1\1" + b"\0" * 200,
        "shell": b"#!/bin/sh\nrm -rf ~\n",
        "php": b"<?php system('id'); ?>",
        "zip": zipped({"a.txt": b"a"}),
        "rar": b"Rar!\x1a\x07\x01\0" + b"\0" * 100,
        "7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 100,
        "gzip": b"\x1f\x8b\x08" + b"\0" * 50,
        "docx": zipped({"[Content_Types].xml": b"", "word/document.xml": b""}),
        "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "rtf": rb"{\rtf1 {\object\objdata 0105}}",
        "mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 100,
        "swf": b"FWS\x09" + b"\0" * 100,
        "jar": zipped({"META-INF/MANIFEST.MF": b"Main-Class: X"}),
        "lnk": b"L\0\0\0\x01\x14\x02\0" + b"\0" * 80,
        "mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n" + SCRIPT,
        "eicar": rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR",
        "url": b"[InternetShortcut]\nURL=file:///c:/x.exe",
        "csv": b"=cmd|' /C calc'!A0,1\n",
        "late pdf": b"a" * 2000 + plain_pdf(),
        "text": "Bonjour, voici ma pièce d’identité.".encode(),
        "zeros": b"\0" * 5000,
        "ones": b"\xff" * 5000,
    }
    return {f"{name}.jpg": data for name, data in heads.items()} | noise()


def noise():
    return {f"noise {number}.jpg": random.Random(number).randbytes(50 + 97 * number) for number in range(25)}


def bad_pdfs():
    return {
        "password.pdf": locked(user="secret"),
        "password and owner.pdf": locked(user="a", owner="b"),
        "old password.pdf": locked(user="secret", R=3),
        "no pages.pdf": pages_of(Array([])),
        "pages that are no pages.pdf": pages_of(Array([Dictionary(Type=Name.Font)]), count=1),
        "too many pages.pdf": plain_pdf(61),
        "a million pages.pdf": plain_pdf().replace(b"/Count 1", b"/Count 9999999")[:-7],
        "portfolio.pdf": with_root("Collection", Dictionary(View=Name.D)),
        "dynamic form.pdf": with_root("NeedsRendering", True),
        "flate bomb.pdf": bomb(),
        "flate in flate bomb.pdf": bomb(twice=True),
        "a sea of pixels.pdf": sea(),
        "head only.pdf": b"%PDF-1.7\n%%EOF",
        "no xref.pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n",
        "root of itself.pdf": b"%PDF-1.4\n1 0 obj\n1 0 R\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n",
        "deep.pdf": b"%PDF-1.4\n1 0 obj\n" + b"[" * 50_000 + b"]" * 50_000 + b"\nendobj\n%%EOF\n",
        "deep dictionaries.pdf": b"%PDF-1.4\n1 0 obj\n" + b"<</A" * 20_000 + b">>" * 20_000 + b"\nendobj\n%%EOF\n",
        "xref loop.pdf": b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer <</Prev 9>>\nstartxref\n9\n%%EOF\n",
    }


def locked(**how):
    with Pdf.open(io.BytesIO(plain_pdf())) as pdf:
        how = {"owner": "owner", **how}
        if how.get("R") == 3:
            how |= {"aes": False, "metadata": False}
        return saved(pdf, encryption=pikepdf.Encryption(**how))


def pages_of(kids, count=0):
    with Pdf.new() as pdf:
        pdf.Root.Pages = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=kids, Count=count))
        return saved(pdf)


def with_root(key, value):
    with Pdf.open(io.BytesIO(plain_pdf())) as pdf:
        pdf.Root[f"/{key}"] = value
        return saved(pdf)


def bomb(twice=False):
    """A page whose drawing unpacks from a few hundred kilobytes to 300 MB."""
    packing, packed = zlib.compressobj(9), b""
    for _ in range(300):
        packed += packing.compress(b" " * (1 << 20))
    packed += packing.flush()
    with Pdf.new() as pdf:
        page = pdf.add_blank_page()
        filters = Array([Name.FlateDecode, Name.FlateDecode]) if twice else Name.FlateDecode
        page.Contents = pdf.make_stream(b"")
        page.Contents.write(zlib.compress(packed) if twice else packed, filter=filters)
        return saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def sea():
    with Pdf.open(io.BytesIO(scan())) as pdf:
        image = pdf.pages[0].Resources.XObject.Scan
        image.Width = image.Height = 2_000_000
        return saved(pdf)


def bad_pictures():
    return {
        **{f"{name}.png": png_of(*size) for name, size in SIZES.items()},
        "bomb.png": flat("PNG", (20_000, 20_000)),
        "bomb.jpg": flat("JPEG", (20_000, 20_000)),
        "wide.png": flat("PNG", (65_000, 1_000)),
        "no end.jpg": photo("JPEG")[:-300],
        "only a head.jpg": photo("JPEG")[:20],
        "only a head.heic": HEIC[:40],
        "no picture.heic": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0" * 100,
        "text chunks.png": text_chunks(),
    }


SIZES = {
    "none wide": (0, 10),
    "none high": (10, 0),
    "endless": (2**31 - 1, 2**31 - 1),
    "wide as the sea": (2**31 - 1, 1),
    "a claim of 60000 x 60000": (60_000, 60_000),
}


def png_of(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def text_chunks():
    """A small picture that carries 400 MB of words, packed."""
    words = b"Comment\0\0" + zlib.compress(b"a" * (100 << 20), 9)
    head, end = photo("PNG")[:33], photo("PNG")[33:]
    return head + chunk(b"zTXt", words) * 4 + end


def flat(kind, size):
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, kind)
    return out.getvalue()


def bad_sheets():
    sheet, rels = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"

    def book(parts, code):
        return zipped({**WORKBOOK, **parts}), code

    outside = b'<Relationships><Relationship Id="1" Type="x/%s" Target="https://x.example/" TargetMode="External"/>'
    macros, links, broken = "sheet_with_macros", "sheet_with_links", "broken_sheet"
    return {
        "macros.xlsx": book({"xl/vbaProject.bin": b"Sub Auto_Open()"}, macros),
        "macro sheet.xlsx": book({"xl/macrosheets/sheet1.xml": b"<f>EXEC</f>"}, macros),
        "dialog sheet.xlsx": book({"xl/dialogsheets/sheet1.xml": b""}, macros),
        "activex.xlsx": book({"xl/activeX/activeX1.xml": b""}, macros),
        "ribbon.xlsx": book({"customUI/customUI14.xml": b""}, macros),
        "program.xlsx": book({"xl/media/run.EXE": b"MZ"}, macros),
        "macro type.xlsx": book({"[Content_Types].xml": b"sheet.macroEnabled.main+xml"}, macros),
        "external.xlsx": book({"xl/externalLinks/externalLink1.xml": b""}, links),
        "ole.xlsx": book({"xl/embeddings/oleObject1.obj": b""}, links),
        "connection.xlsx": book({"xl/connections.xml": b""}, links),
        "query.xlsx": book({"xl/queryTables/queryTable1.xml": b""}, links),
        "web extension.xlsx": book({"xl/webextensions/taskpanes.xml": b""}, links),
        "dde.xlsx": book({sheet: b"<c><f>cmd|' /C calc'!A0</f></c>"}, links),
        "dde in a namespace.xlsx": book({sheet: b"<x:c><x:f>cmd|' /C calc'!A0</x:f></x:c>"}, links),
        "webservice.xlsx": book({sheet: b"<f>WEBSERVICE(A1)</f>"}, links),
        "template.xlsx": book({rels: outside % b"attachedTemplate"}, links),
        "image from elsewhere.xlsx": book({"xl/drawings/_rels/d.xml.rels": outside % b"image"}, links),
        "doctype.xlsx": book({sheet: b"<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>"}, broken),
        "billion laughs.xlsx": book({"xl/sharedStrings.xml": b"<?xml?><!DOCTYPE l [<!ENTITY a '&b;&b;'>]>"}, broken),
        "utf-16.xlsx": book({sheet: "<f>cmd|' /C calc'!A0</f>".encode("utf-16")}, broken),
        "up and away.xlsx": book({"../../etc/cron.d/x": b""}, broken),
        "from the root.xlsx": book({"/etc/passwd": b""}, broken),
        "twice.xlsx": book({"XL/Workbook.xml": b""}, broken),
        "a thousand parts.xlsx": book({f"xl/part{n}.xml": b"" for n in range(1100)}, broken),
        "zip bomb.xlsx": book({sheet: b" " * (51 << 20)}, "too_hard"),
        "lzma.xlsx": (zipped(WORKBOOK, zipfile.ZIP_LZMA), broken),
        "liar.xlsx": (lies(), broken),
        "no workbook.xlsx": (zipped({"[Content_Types].xml": b""}), "wrong_type"),
    }


def lies():
    """An archive whose list of contents says that a part is smaller than it is."""
    data = zipped({**WORKBOOK, "xl/big.xml": b" " * (1 << 20)})
    return data.replace(struct.pack("<I", 1 << 20), struct.pack("<I", 100))
