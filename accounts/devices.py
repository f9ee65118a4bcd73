"""A browser in plain words: which program on which kind of device. Versions and all else it says are not kept."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

UNKNOWN = "other"
# The first sign found names it: Edge says that it is Chrome, Chrome that it is Safari, an iPad that it is a Mac.
PROGRAMS = (
    ("edge", "Edg", "Edge"),
    ("opera", "OPR/", "Opera"),
    ("samsung", "SamsungBrowser", "Samsung Internet"),
    ("firefox", "Firefox", "Firefox"),
    ("firefox", "FxiOS", "Firefox"),
    ("chrome", "CriOS", "Chrome"),
    ("chrome", "Chrome", "Chrome"),
    ("safari", "Safari", "Safari"),
)
THINGS = (
    ("iphone", "iPhone", gettext_lazy("iPhone")),
    ("ipad", "iPad", gettext_lazy("iPad")),
    ("android", "Android", gettext_lazy("Android device")),
    ("chromebook", "CrOS", gettext_lazy("Chromebook")),
    ("windows", "Windows", gettext_lazy("Windows computer")),
    ("mac", "Macintosh", gettext_lazy("Mac")),
    ("linux", "Linux", gettext_lazy("Linux computer")),
)


def device_of(user_agent: str) -> str:
    """ "chrome/android": the codes of what a User-Agent header says, at most 40 signs whatever it says."""
    return f"{_first(PROGRAMS, user_agent)}/{_first(THINGS, user_agent)}"


def in_words(device: str) -> str:
    """A device as its owner knows it: "Chrome, Android device". What says nothing is told as unknown."""
    program, _slash, thing = device.partition("/")
    names = [str(name) for table, code in ((PROGRAMS, program), (THINGS, thing)) for name in _name(table, code)]
    return ", ".join(names) or _("A device we do not know")


def _first(table, user_agent):
    return next((code for code, sign, _name in table if sign in user_agent), UNKNOWN)


def _name(table, code):
    return [name for known, _sign, name in table if known == code][:1]
