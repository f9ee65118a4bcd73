"""Who borrows: invented people, with names as they are in the world, in shares as an office in Ottawa meets them."""

from typing import NamedTuple

from loans.demonstration.people import Someone


class Origin(NamedTuple):
    """Names of one part of the world. `form`: how given names and family names are put together; `french`: how many of
    a hundred read French rather than English.
    """

    weight: int
    given: tuple[str, ...]
    family: tuple[str, ...]
    form: str = "{given} {family}"
    french: int = 5


ORIGINS = (
    Origin(
        13,
        ("محمد", "أحمد", "فاطمة", "نور", "ليلى", "يوسف", "سارة", "خالد", "مريم", "عمر", "هدى", "رامي"),
        ("الخطيب", "حداد", "الشامي", "المصري", "بن علي", "النجار", "العبيدي", "قاسم", "سليمان", "منصور"),
        french=25,
    ),
    Origin(
        9,
        ("Amina", "Karim", "Samira", "Nadia", "Rachid", "Yasmine", "Hicham", "Leïla", "Mehdi", "Salma"),
        ("Benali", "El-Sayed", "Bouzid", "Haddad", "Cherkaoui", "Mansouri", "Ziani", "Trabelsi", "Khelifi"),
        french=60,
    ),
    Origin(
        12,
        ("Fatoumata", "Mamadou", "Aïssatou", "Ibrahima", "Marie-Ange", "Étienne", "Josué", "Rosalie", "Moussa", "Awa"),
        ("Diallo", "Sow", "Mukendi Wa Kalonji", "Traoré", "Kouassi", "Uwimana", "Nshimiyimana", "Bâ", "Pierre-Louis"),
        french=85,
    ),
    Origin(
        9,
        ("Ngozi", "Chinedu", "Kwame", "Abena", "Folake", "Emeka", "Akua", "Tunde", "Grace", "Kofi"),
        ("Okonkwo", "Adeyemi", "Mensah", "Boateng", "Okafor", "Balogun", "Owusu", "Okonkwo-Adeyemi", "Asante"),
    ),
    Origin(
        6,
        ("ሰላም", "አበበ", "ሄለን", "ዳዊት", "ሳራ", "ዮሐንስ", "ብርሃኔ", "ትዕግስት"),
        ("ተስፋዬ", "ገብረማርያም", "ወልደ", "ኃይሌ", "መኮንን", "በቀለ", "አለሙ"),
    ),
    Origin(
        12,
        ("Priya", "Gurpreet", "Suresh", "Anjali", "Harjit", "Lakshmi", "Imran", "Farzana", "Rohan", "Meera"),
        ("Kaur", "Singh", "Raghunathan", "Sharma", "Patel", "Rahman", "Hussain", "Iyer", "Fernando", "Chowdhury"),
    ),
    Origin(4, ("Sivakumar", "Nirmala", "Tenzin", "Yusuf", "Bayarmaa", "Suharto", "Karma", "Thida"), (), "{given}"),
    Origin(
        9,
        ("小明", "娜", "大文", "伟", "秀英", "志强", "丽华", "建国", "雪梅", "洋"),
        ("王", "李", "张", "刘", "陳", "杨", "黄", "吴"),
        "{family}{given}",
    ),
    Origin(
        5,
        ("Thanh", "Minh", "Linh", "Hương", "Đức", "Ngọc", "Tuấn"),
        ("Nguyễn", "Trần", "Lê", "Phạm", "Võ"),
        "{family} {given}",
    ),
    Origin(
        9,
        ("María Fernanda", "Josué Antonio", "Lucía", "Carlos", "Ana Cristina", "Diego", "Valentina", "Héctor"),
        ("Quiroga de la Torre", "Ramírez", "Hernández y Mendoza", "dos Santos Oliveira", "Vargas", "Rojas", "Castillo"),
        french=12,
    ),
    Origin(
        7,
        ("Olena", "Dmytro", "Ioana-Elena", "Andriy", "Natalia", "Oksana", "Bogdan", "Svitlana"),
        ("Kovalchuk", "Shevchenko", "Popescu", "Bondarenko", "Ionescu", "Melnyk", "Tkachenko"),
    ),
    Origin(
        5,
        ("محمد رضا", "زهرا", "حمید", "مریم", "نسرین", "علی"),
        ("کریمی", "محمدی", "احمدی", "رضایی", "نوری", "صادقی"),
    ),
)
WEIGHTS = tuple(origin.weight for origin in ORIGINS)
TRAINED = {
    "en": (
        "pharmacist", "civil engineer", "accountant", "dentist", "laboratory technologist", "architect", "electrician",
        "teacher", "nurse", "software tester", "welder", "veterinarian", "mechanical engineer", "plumber", "surveyor",
        "family doctor", "translator", "chef", "midwife", "psychologist", "early childhood educator", "carpenter",
    ),
    "fr": (
        "pharmacien", "infirmière", "sage-femme", "comptable", "ingénieur électricien", "enseignante", "agronome",
        "physiothérapeute", "travailleuse sociale", "architecte", "électricien", "technicien de laboratoire",
    ),
}  # fmt: skip


def somebody(chance):
    """A person: name, trade and the language they read. Nothing about how they pay follows from any of it."""
    (origin,) = chance.choices(ORIGINS, WEIGHTS)
    names = {"given": chance.choice(origin.given), "family": chance.choice(origin.family) if origin.family else ""}
    language = "fr" if chance.random() * 100 < origin.french else "en"
    return Someone(origin.form.format(**names), chance.choice(TRAINED[language]), language)
