"""Whole files of every kind, made here, each with something that must not stay in it."""

import io
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, PngImagePlugin

from tests.vault.cleaning.heic import HEIC

SCRIPT = b"<script>alert(document.cookie)</script>"
GPS = {1: "N", 2: (45.0, 25.0, 29.0), 3: "W", 4: (75.0, 41.0, 42.0)}


def whole_files():
    """{name: bytes}."""
    return {**pictures(), **pdfs(), **sheets()}


def photo(kind, mode="RGB", size=(90, 60), **said):
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind, **said)
    return out.getvalue()


def exif():
    said = Image.Exif()
    said[0x0112], said[0x010E], said[0x010F] = 6, "SECRET at home", "SECRET camera"
    said.get_ifd(0x8825).update(GPS)
    return said


def pictures():
    """Photos with place, comments, profiles, previews; some with a page or a program behind their end."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SECRET")
    text.add_itxt("XML:com.adobe.xmp", "SECRET <script>alert(1)</script>")
    jpeg = photo("JPEG", exif=exif(), comment=b"SECRET", icc_profile=b"SECRET" * 50, xmp=b"SECRET")
    return {
        "photo.jpg": jpeg,
        "grey.jpg": photo("JPEG", "L", exif=exif()),
        "print.jpg": photo("JPEG", "CMYK", exif=exif()),
        "progressive.jpg": photo("JPEG", progressive=True, exif=exif()),
        "photo.heic": HEIC,
        "two.mpo": two_in_one(),
        "screen.png": photo("PNG", pnginfo=text, exif=exif(), dpi=(72, 72)),
        "glass.png": photo("PNG", "RGBA", pnginfo=text),
        "palette.png": photo("PNG", "P", pnginfo=text),
        "deep.png": photo("PNG", "I;16"),
        "bits.png": photo("PNG", "1"),
        "moving.png": moving(),
        "page behind.jpg": jpeg + b"\n<html>SECRET" + SCRIPT,
        "archive behind.jpg": jpeg + zipped({"run.exe": b"MZ SECRET"}),
        "program behind.png": photo("PNG") + b"MZ SECRET" + SCRIPT,
        "php in comment.jpg": photo("JPEG", comment=b"<?php SECRET system($_GET[0]); ?>"),
        "page in comment.jpg": photo("JPEG", comment=b"SECRET" + SCRIPT),
        "pdf behind.jpg": jpeg + plain_pdf(),
    }


def two_in_one():
    out = io.BytesIO()
    frames = [Image.effect_noise((90, 60), 60).convert("RGB") for _ in range(2)]
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:], exif=exif())
    return out.getvalue()


def moving():
    out = io.BytesIO()
    frames = [Image.effect_noise((90, 60), 60).convert("L") for _ in range(3)]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def saved(pdf, **how):
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def plain_pdf(pages=1):
    with Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(612, 792))
        return saved(pdf)


def pdfs():
    """Sound PDFs of several makes; a scan holds a photo that tells its place."""
    return {
        "letter.pdf": plain_pdf(3),
        "scan.pdf": scan(exif=exif()),
        "packed scan.pdf": scan(packed=True, exif=exif()),
        "named.pdf": named(),
        "restricted.pdf": restricted(),
        "streams.pdf": compressed(),
    }


def scan(packed=False, **said):
    jpeg = photo("JPEG", comment=b"SECRET", **said)
    with Pdf.new() as pdf:
        image = Stream(pdf, zlib.compress(jpeg) if packed else jpeg)
        image.stream_dict = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=90,
            Height=60,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Array([Name.FlateDecode, Name.DCTDecode]) if packed else Name.DCTDecode,
        )
        page = pdf.add_blank_page(page_size=(90, 60))
        page.Resources = Dictionary(XObject=Dictionary(Scan=image))
        page.Contents = Stream(pdf, b"q 90 0 0 60 0 0 cm /Scan Do Q")
        return saved(pdf)


def named():
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        with pdf.open_metadata() as said:
            said["dc:title"] = "SECRET"
        pdf.docinfo["/Author"] = "SECRET"
        return saved(pdf)


def restricted():
    """One that everybody may read and nobody print, as banks make them: it opens without a password."""
    with Pdf.open(io.BytesIO(plain_pdf())) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="SECRET", user=""))


def compressed():
    with Pdf.open(io.BytesIO(plain_pdf(5))) as pdf:
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)


WORKBOOK = {
    "[Content_Types].xml": b"<Types/>",
    "xl/workbook.xml": b"<workbook/>",
    "xl/worksheets/sheet1.xml": b"<worksheet><f>SUM(A1:A3)</f></worksheet>",
}


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def sheets():
    linked = b'<Relationships><Relationship Id="1" Type="x/relationships/hyperlink" Target="mailto:a@b.c" TargetMode='
    rels = {"xl/worksheets/_rels/sheet1.xml.rels": linked + b'"External"/></Relationships>'}
    return {"plan.xlsx": zipped(WORKBOOK), "mailto.xlsx": zipped({**WORKBOOK, **rels})}
