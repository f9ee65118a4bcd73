"""What the address of the desk asks for: which list, which filters, which words, in which order."""

from dataclasses import dataclass, field

from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from loans.models import Application, Product
from loans.purposes import PURPOSES
from loans.views.desk.desk_lists import EVERYTHING, LISTS, MOST, landing, listed
from loans.views.desk.desk_search import LONGEST, searched

BY_WAIT, BY_PROMISE = "wait", "promise"
ORDERS = {
    BY_WAIT: (_("the longest wait first"), ("submitted_at", "pk")),
    "newest": (_("the newest first"), ("-submitted_at", "-pk")),
    BY_PROMISE: (_("the nearest promise first"), (F("promised_by").asc(nulls_last=True), "pk")),
    "amount": (_("the largest amount first"), ("-asked_cents", "-pk")),
    "name": (_("by name"), ("applicant__full_name", "pk")),
}
FILTERS = {  # name in the address → its label, and what it says when nothing is chosen
    "officer": (_("Officer"), _("Any officer")),
    "purpose": (_("Purpose"), _("Any purpose")),
    "product": (_("Loan"), _("Any loan")),
    "state": (_("State"), _("Any state")),
}


@dataclass(frozen=True)
class Options:
    """What may be chosen in the filters: officers and products, read in one query."""

    officers: dict[str, str]  # key of a user → name
    products: dict[str, list[Product]]  # code → its versions, the newest last

    @classmethod
    def read(cls):
        """Officers by name, and every product there ever was by its newest name."""
        blank = Value("")
        officers = User.objects.holding(Role.OFFICER).order_by()
        found = officers.values_list(Value("officer"), "pk", "name", blank, blank, blank).union(
            Product.objects.order_by().values_list(Value("product"), "pk", "name_en", "name_fr", "code", "purpose"),
            all=True,
        )
        names, products = {}, {}
        for kind, key, name, french, code, purpose in sorted(found):
            if kind == "officer":
                names[str(key)] = name
            else:
                version = Product(pk=key, name_en=name, name_fr=french, code=code, purpose=purpose)
                products.setdefault(code, []).append(version)
        return cls(dict(sorted(names.items(), key=lambda each: (each[1], each[0]))), products)

    def of(self, name):
        """{what stands in the address: what the reader reads} of one filter."""
        if name == "officer":
            return self.officers
        if name == "purpose":
            return {key: purpose.title for key, purpose in PURPOSES.items()}
        if name == "product":
            return {code: versions[-1].name for code, versions in self.products.items()}
        return {state.value: state.label for state in Application.SENT}


@dataclass(frozen=True)
class Asked:
    """What is asked. What the address says that is not among the choices is not asked."""

    reader: User
    show: str
    is_chosen: bool  # whether the address names the list
    words: str
    order: str
    options: Options
    filters: dict[str, str] = field(default_factory=dict)
    most: int = MOST  # so many cases are wanted at most

    @classmethod
    def of(cls, request, most=MOST):
        """What this request asks: a search or a filter without a list goes over everything."""
        said, options = request.GET, Options.read()
        words = said.get("q", "").strip()[:LONGEST]
        filters = {name: said[name] for name in FILTERS if said.get(name) in options.of(name)}
        is_chosen = said.get("show") in LISTS
        usual = EVERYTHING if words or filters else landing(request.user)
        show = said["show"] if is_chosen else usual
        order = said["sort"] if said.get("sort") in ORDERS else BY_PROMISE if show == "promises" else BY_WAIT
        return cls(request.user, show, is_chosen, words, order, options, filters, most)

    @property
    def narrows(self):
        """Whether it asks for less than the whole list."""
        return bool(self.words or self.filters)

    def known(self):
        """Every case that the reader may see on the desk."""
        return Application.objects.open_to_staff(self.reader)

    def found(self):
        """The cases asked for, in no order."""
        cases = searched(self._filtered(self.known()), self.words, self.by, self.most)
        return listed(cases, self.show, self.reader, self.by, self.most)

    @property
    def by(self):
        """The order asked for, for `order_by`."""
        return ORDERS[self.order][1]

    def _filtered(self, cases):
        chosen = self.filters
        if officer := chosen.get("officer"):
            cases = cases.filter(reviewer=int(officer))
        if state := chosen.get("state"):
            cases = cases.filter(state=state)
        if "product" in chosen or "purpose" in chosen:
            cases = cases.filter(product__in=list(self._products()))
        return cases

    def _products(self):
        code, purpose = self.filters.get("product"), self.filters.get("purpose")
        for versions in self.options.products.values():
            for each in versions:
                if code in (None, each.code) and purpose in (None, each.purpose):
                    yield each.pk
