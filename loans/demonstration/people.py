"""The invented people of the demo, with names as they are in the world: one word, many words, any script."""

from typing import NamedTuple

from accounts.models import Role

STAFF = (
    ("officer@tremplin.example", "Omar Diallo", Role.OFFICER, "en"),
    ("manager@tremplin.example", "Mariam Haddad", Role.MANAGER, "fr"),
    ("finance@tremplin.example", "Félix Tremblay", Role.FINANCE, "fr"),
    ("committee@tremplin.example", "Carl Nguyen", Role.COMMITTEE, "en"),
    ("auditor@tremplin.example", "Ada Lindqvist", Role.AUDITOR, "en"),
    ("officer2@tremplin.example", "Olga Petrenko", Role.OFFICER, "en"),
    ("committee2@tremplin.example", "Béatrice Lalonde", Role.COMMITTEE, "fr"),
)


class Someone(NamedTuple):
    """An applicant: the name, the occupation they were trained for, and the language they read."""

    name: str
    trained: str
    language: str = "en"


PEOPLE = (
    Someone("Amina El-Sayed", "pharmacist"),
    Someone("Jean-Baptiste Mukendi Wa Kalonji", "infirmier", "fr"),
    Someone("Suresh", "civil engineer"),
    Someone("王小明", "accountant"),
    Someone("أحمد الخطيب", "dentist"),
    Someone("ሰላም ተስፋዬ", "laboratory technologist"),
    Someone("María Fernanda Quiroga de la Torre", "architect"),
    Someone("Fatoumata Binta Sow", "sage-femme", "fr"),
    Someone("Olena Kovalchuk", "electrician"),
    Someone("Thanh Nguyễn", "teacher"),
    Someone("Nour Haddad", "physiothérapeute", "fr"),
    Someone("Ngozi Chukwuemeka Okonkwo-Adeyemi", "nurse"),
    Someone("李娜", "software tester"),
    Someone("Yusuf", "welder"),
    Someone("Ana Cristina dos Santos Oliveira", "veterinarian"),
    Someone("محمد رضا کریمی", "mechanical engineer"),
    Someone("Aïssatou Diop", "comptable", "fr"),
    Someone("Kwame Mensah", "plumber"),
    Someone("Sivakumar", "chartered accountant"),
    Someone("Ioana-Elena Popescu", "family doctor"),
    Someone("አበበ ቢቂላ ወልደ", "heavy equipment mechanic"),
    Someone("Marie-Ange Pierre-Louis", "enseignante", "fr"),
    Someone("Bayarmaa", "seamstress"),
    Someone("Zoë Ó Súilleabháin-Traoré", "translator"),
    Someone("陳大文", "dental technician"),
    Someone("Hamid Reza Mohammadi", "surveyor"),
    Someone("Rosalie Uwimana Nshimiyimana", "travailleuse sociale", "fr"),
    Someone("Dmytro Shevchenko", "crane operator"),
    Someone("Sitti Nurhaliza binti Abdullah", "midwife"),
    Someone("فاطمة الزهراء بن علي", "optician", "fr"),
    Someone("Josué Antonio Ramírez", "chef"),
    Someone("Gurpreet Kaur", "medical laboratory assistant"),
    Someone("Nirmala", "early childhood educator"),
    Someone("Étienne Kouassi Koffi", "ingénieur électricien", "fr"),
    Someone("Mehmet Öztürk", "carpenter"),
    Someone("Lucía Guadalupe Hernández y Mendoza", "psychologist"),
    Someone("ሄለን ገብረማርያም", "pharmacist"),
    Someone("Tenzin", "massage therapist"),
    Someone("Abdoulaye Sékou Camara", "agronome", "fr"),
    Someone("Priya Raghunathan", "occupational therapist"),
)


class Business(NamedTuple):
    """A small business: its name, what it sells, and a usual month in dollars as one types it."""

    name: str
    what: str
    sales: str
    goods: str
    rent: str
    other: str
    season: tuple[str, str] | None = None


BUSINESSES = (
    Business(
        "Nile Bakery", "Egyptian bread and sweets for cafés and homes.", "6,200", "38", "1,100", "420", ("12", "50")
    ),
    Business(
        "Teranga Traiteur", "Cuisine sénégalaise pour fêtes et bureaux.", "5,400", "42", "600", "380", ("12", "25")
    ),
    Business("Steppe Tailoring", "Alterations and traditional clothes.", "3,800", "12", "650", "260"),
    Business("Kumasi Home Repair", "Small repairs and plumbing for tenants.", "5,900", "25", "0", "900", ("1", "-25")),
    Business("Petits Pas", "Garde d’enfants en milieu familial.", "4,600", "15", "0", "520", ("7", "-50")),
    Business("Marigold Catering", "Vegetarian lunches delivered downtown.", "5,100", "40", "800", "450", ("7", "-25")),
)
