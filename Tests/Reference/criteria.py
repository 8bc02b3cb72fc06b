"""What criteria come to: true, false or unknown, and what an unknown answer hangs on.

An independent reading of docs/criteria-language.md. A truth is a pair: True, False or None, and the
set of what would settle it, which is empty unless the truth is None: variables, and LEFT_OPEN for
what no variable settles but a person. It is empty of an unknown that nothing settles, such as a
score that there is not for a child.
"""

import calendar
import datetime
import re

from decimal_rules import INFINITY, exact
from kidney import ICA
from scores import SCORES
from units import VARIABLES, Choice

WORDS = {"years": "a", "year": "a", "months": "mo", "month": "mo", "weeks": "wk", "week": "wk", "days": "d", "day": "d",
         "hours": "h", "hour": "h"}
TOKEN = re.compile(r"\s*(?:(//[^\n]*|/\*.*?\*/)|(\d+\.?\d*|\.\d+)|'([^']*)'|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|!=|!~|[-+*/^<>=~(){}\[\],.]))",
                   re.S)


def tokens(text):
    place, found = 0, []
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if not match:
            raise ValueError(f"cannot read {text[place:]!r}")
        place = match.end()
        remark, number, quoted, word, sign = match.groups()
        if number is not None:
            found.append(("number", number))
        elif quoted is not None:
            found.append(("text", quoted))
        elif word is not None:
            found.append(("word", word))
        elif sign is not None:
            found.append(("sign", sign))
    return [*found, ("end", "")]


class Parser:
    """A tree of tuples, by descent from the loosest operator to the tightest."""

    def __init__(self, text):
        self.tokens, self.place = tokens(text), 0

    def parsed(self):
        tree = self.implication()
        if self.tokens[self.place][0] != "end":
            raise ValueError(f"did not expect {self.tokens[self.place]}")
        return tree

    def at(self, *words):
        kind, text = self.tokens[self.place]
        return kind in ("word", "sign") and text in words

    def take(self, *words):
        if words and not self.at(*words):
            raise ValueError(f"expected {words}, found {self.tokens[self.place]}")
        self.place += 1
        return self.tokens[self.place - 1][1]

    def implication(self):
        left = self.disjunction()
        while self.at("implies"):
            self.take()
            left = ("implies", left, self.disjunction())
        return left

    def disjunction(self):
        left = self.conjunction()
        while self.at("or", "xor"):
            left = (self.take(), left, self.conjunction())
        return left

    def conjunction(self):
        left = self.membership()
        while self.at("and"):
            self.take()
            left = ("and", left, self.membership())
        return left

    def membership(self):
        left = self.equality()
        while self.at("in"):
            self.take()
            if self.at("Interval"):
                self.take()
                opening = self.take("[", "(")
                low = self.sum()
                self.take(",")
                high = self.sum()
                closing = self.take("]", ")")
                left = ("within bounds", left, low, high, opening == "[", closing == "]")
            elif self.at("{"):
                left = ("one of", left, self.braces())
            else:
                left = ("member", left, self.postfix())
        return left

    def braces(self):
        self.take("{")
        items = []
        while not self.at("}"):
            items.append(self.implication())
            if not self.at("}"):
                self.take(",")
        self.take("}")
        return items

    def equality(self):
        left = self.comparison()
        while self.at("=", "!="):
            left = (self.take(), left, self.comparison())
        return left

    def comparison(self):
        left = self.range()
        while self.at("<", "<=", ">", ">="):
            left = (self.take(), left, self.range())
        return left

    def range(self):
        left = self.negation()
        properly = self.at("properly")
        if properly:
            self.take()
        if self.at("between"):
            self.take()
            low = self.sum()
            self.take("and")
            return ("within bounds", left, low, self.sum(), not properly, not properly)
        return left

    def negation(self):
        if self.at("not"):
            self.take()
            return ("not", self.negation())
        return self.sum()

    def sum(self):
        left = self.product()
        while self.at("+", "-"):
            left = (self.take(), left, self.product())
        return left

    def product(self):
        left = self.postfix()
        while self.at("*", "/"):
            left = (self.take(), left, self.postfix())
        return left

    def postfix(self):
        tree = self.primary()
        while self.at("is", "within", "ever", "ongoing"):
            word = self.take()
            if word == "is":
                negated = self.at("not")
                if negated:
                    self.take()
                what = self.take("null", "true", "false")
                tree = ("is", tree, what)
                tree = ("not", tree) if negated else tree
            elif word == "within":
                tree = ("within", tree, int(self.tokens[self.place][1]), WORDS[self.tokens[self.place + 1][1]])
                self.place += 2
            else:
                tree = (word, tree)
        return tree

    def primary(self):
        kind, text = self.tokens[self.place]
        if kind == "number":
            self.place += 1
            after, word = self.tokens[self.place]
            if after == "text":
                self.place += 1
                return ("quantity", exact(text), word)
            if after == "word" and word in WORDS:
                self.place += 1
                return ("quantity", exact(text), WORDS[word])
            return ("quantity", exact(text), "")
        if kind == "text":
            self.place += 1
            return ("text", text)
        if self.at("("):
            self.take()
            tree = self.implication()
            self.take(")")
            return tree
        if self.at("-"):
            self.take()
            return ("-", ("quantity", exact(0), ""), self.primary())
        if self.at("exists"):
            self.take()
            self.take("(")
            name = ("name", self.take())
            self.take("intersect")
            answers = self.braces()
            self.take(")")
            return ("any of", name, answers)
        if self.at("at"):
            self.take()
            self.take("least")
            count = int(self.take())
            self.take("of")
            return ("at least", count, self.braces())
        if self.at("if"):
            self.take()
            condition = self.implication()
            self.take("then")
            yes = self.implication()
            self.take("else")
            return ("if", condition, yes, self.implication())
        if self.at("true", "false", "null"):
            return ("truth", {"true": True, "false": False, "null": None}[self.take()])
        if kind == "word":
            self.place += 1
            if self.at("."):
                self.take()
                return ("part", text, self.take())
            return ("name", text)
        raise ValueError(f"did not expect {self.tokens[self.place]}")


NOTHING = frozenset()
# What stands for a person among variables: a `null` that an author has written, or a score that two
# published forms answer differently.
LEFT_OPEN = "null"


def unknown(*needs):
    return None, NOTHING.union(*needs)


def conjunction(a, b):
    if a[0] is False or b[0] is False:
        return False, NOTHING
    if a[0] is None or b[0] is None:
        return unknown(a[1], b[1])
    return True, NOTHING


def negation(a):
    return (None if a[0] is None else not a[0]), a[1]


def disjunction(a, b):
    return negation(conjunction(negation(a), negation(b)))


class Number:
    """An interval, what it hangs on, and the variable whose units it has."""

    def __init__(self, low, high, needs=NOTHING, of=None, unit=None):
        self.low, self.high, self.needs, self.of, self.unit = low, high, needs, of, unit


class Criteria:
    """The expressions of one patient on one day.

    reading: which coding COSSH-ACLF II has, where its source leaves it open.
    """

    def __init__(self, patient, day, reading="value"):
        self.patient, self.day, self.reading = dict(patient), day, reading
        self.implied()
        self.scored = {}

    def implied(self):
        """Cirrhosis is a chronic liver disease."""
        if self.patient.get("cirrhosis") is True:
            self.patient.setdefault("chronicLiverDisease", True)

    def truth(self, tree):
        operator = tree[0]
        if operator == "and":
            return conjunction(self.truth(tree[1]), self.truth(tree[2]))
        if operator == "or":
            return disjunction(self.truth(tree[1]), self.truth(tree[2]))
        if operator == "implies":
            return disjunction(negation(self.truth(tree[1])), self.truth(tree[2]))
        if operator == "xor":
            a, b = self.truth(tree[1]), self.truth(tree[2])
            if None not in (a[0], b[0]):
                return a[0] != b[0], NOTHING
            needs = a[1] | b[1]
            # Both must be known: where no variable settles one, none settles the whole.
            is_settled_by_none = any(holds is None and not some - {LEFT_OPEN} for holds, some in (a, b))
            return unknown(needs & {LEFT_OPEN} if is_settled_by_none else needs)
        if operator == "not":
            return negation(self.truth(tree[1]))
        if operator == "truth":
            return (tree[1], NOTHING) if tree[1] is not None else unknown({LEFT_OPEN})
        if operator == "is":
            return self.asked(tree[1], tree[2]), NOTHING
        if operator == "at least":
            found = [self.truth(item) for item in tree[2]]
            sure, open_ones = sum(t is True for t, _ in found), [n for t, n in found if t is None]
            if sure >= tree[1] or sure + len(open_ones) < tree[1]:
                return sure >= tree[1], NOTHING
            return unknown(*open_ones)
        if operator == "if":
            condition, yes, no = (self.truth(part) for part in tree[1:])
            if condition[0] is not None:
                return yes if condition[0] else no
            return yes if yes[0] is not None and yes[0] == no[0] else unknown(condition[1], yes[1], no[1])
        if operator == "name":
            value = self.patient.get(tree[1])
            if tree[1] in SCORES:
                return self.holds(tree[1])
            return (value, NOTHING) if value is not None else unknown({tree[1]})
        if operator in ("within", "ever", "ongoing"):
            return self.happened(tree)
        if operator == "member":
            value = self.patient.get(tree[2][1])
            return unknown({tree[2][1]}) if value is None else (tree[1][1] in value, NOTHING)
        if operator == "any of":
            value = self.patient.get(tree[1][1])
            return unknown({tree[1][1]}) if value is None else (any(t[1] in value for t in tree[2]), NOTHING)
        if operator == "one of":
            result = False, NOTHING
            for item in tree[2]:
                result = disjunction(result, self.compared("=", tree[1], item))
            return result
        if operator == "within bounds":
            low = self.compared(">=" if tree[4] else ">", tree[1], tree[2])
            return conjunction(low, self.compared("<=" if tree[5] else "<", tree[1], tree[3]))
        if operator in ("=", "!=", "<", "<=", ">", ">="):
            return self.compared(*tree)
        raise ValueError(f"{operator} is no truth")

    def asked(self, tree, what):
        if what == "null":
            if tree[0] == "name" and tree[1] in VARIABLES:
                return tree[1] not in self.patient
            return self.truth(tree)[0] is None
        return self.truth(tree)[0] is (what == "true")

    def happened(self, tree):
        name = tree[1][1]
        value = self.patient.get(name)
        if value is None:
            return unknown({name})
        if value in ("never", "ongoing") or value is False:
            return value == "ongoing", NOTHING
        if value is True:
            return (True, NOTHING) if tree[0] == "ever" else unknown({name})
        if tree[0] == "ongoing":
            return (False, NOTHING) if value <= self.day else unknown({name})
        if value > self.day:
            return unknown({name})
        return (True if tree[0] == "ever" else value >= before(self.day, tree[2], tree[3])), NOTHING

    def score(self, name):
        if name not in self.scored:
            self.scored[name] = self.computed(name)
        return self.scored[name]

    def computed(self, name):
        return SCORES[name].result(self.patient)

    def score_needs(self, result):
        forms = [LEFT_OPEN] if result.get("isOpenForm") else []
        return frozenset([*result.get("missing", ()), *result.get("settledBy", ()), *forms])

    def holds(self, name):
        result = self.score(name)
        if result["value"] is None:
            return unknown(self.score_needs(result))
        return bool(result["value"]), NOTHING

    def compared(self, operator, left, right):
        words = self.words(operator, left, right)
        if words:
            return words
        a, b = self.number(left), self.number(right)
        a, b = in_one_unit(a, b)
        # What is sure of the difference of two intervals.
        sure = {
            "<": (a.high < b.low, a.low >= b.high), "<=": (a.high <= b.low, a.low > b.high),
            ">": (a.low > b.high, a.high <= b.low), ">=": (a.low >= b.high, a.high < b.low),
            "=": (a.low == a.high == b.low == b.high, a.high < b.low or b.high < a.low),
        }
        yes, no = sure["=" if operator == "!=" else operator]
        result = (True, NOTHING) if yes else (False, NOTHING) if no else unknown(a.needs, b.needs)
        return negation(result) if operator == "!=" else result

    def words(self, operator, left, right):
        """A comparison of answers, or None where numbers are compared."""
        if right[0] != "text" and left[0] != "text":
            return None
        if left[0] == "text":
            left, right = right, left
            operator = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(operator, operator)
        if left[0] == "part":
            result = self.score(left[1])
            band = result.get("band")
            if band is None:
                return unknown(self.score_needs(result))
            answer = band == right[1]
            return (answer if operator == "=" else not answer), NOTHING
        value = self.patient.get(left[1])
        if value is None:
            return unknown({left[1]})
        answers = VARIABLES[left[1]].answers
        a, b = answers.index(value), answers.index(right[1])
        return {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator], NOTHING

    def number(self, tree):
        operator = tree[0]
        if operator == "quantity":
            return Number(tree[1], tree[1], unit=tree[2])
        if operator == "name" and tree[1] in SCORES:
            result = self.score(tree[1])
            value = result["value"] if self.reading == "value" else result.get(self.reading, result["value"])
            if value is not None:
                return Number(value, value)
            key = "value" if f"{self.reading}.low" not in result else self.reading
            return Number(result.get(f"{key}.low", -INFINITY), result.get(f"{key}.high", INFINITY), self.score_needs(result))
        if operator == "name":
            value = self.patient.get(tree[1])
            kind = VARIABLES[tree[1]]
            if value is None:
                of = None if isinstance(kind, Choice) else tree[1]
                return Number(-INFINITY, INFINITY, frozenset({tree[1]}), of=of)
            if isinstance(kind, Choice):
                return Number(int(value), int(value))
            return Number(value.low, value.high, NOTHING if value.is_exact else frozenset({tree[1]}), of=tree[1])
        a, b = self.number(tree[1]), self.number(tree[2])
        ends = {"*": lambda x, y: 0 if 0 in (x, y) else x * y, "+": lambda x, y: x + y, "-": lambda x, y: x - y,
                "/": lambda x, y: x / y}[operator]
        if operator == "-":
            b = Number(b.high, b.low, b.needs, b.of, b.unit)
            low, high = ends(a.low, b.low), ends(a.high, b.high)
        else:
            found = [ends(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
            low, high = min(found), max(found)
        return Number(low, high, a.needs | b.needs, a.of or b.of, a.unit or b.unit)


def in_one_unit(a, b):
    """Both in the canonical unit of the variable that either has."""
    of = a.of or b.of
    if of is None:
        return a, b
    units = VARIABLES[of].units

    def converted(x):
        if x.of is not None or x.unit is None:
            return x
        factor = units[x.unit] if x.unit in units else units[""]
        return Number(x.low * factor, x.high * factor, x.needs)

    return converted(a), converted(b)


def before(day, count, unit):
    """The first day of a window of so many days, weeks, months or years that ends on a day."""
    if unit in ("d", "wk"):
        return day - datetime.timedelta(days=count * (7 if unit == "wk" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "a" else 1)
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def contradictions(patient):
    """Entries that cannot both be right: pairs of (variable, what it would be otherwise)."""
    def yes(name):
        return patient.get(name) is True

    def no(name):
        return patient.get(name) is False

    found = []
    for one, other in (("cirrhosis", "chronicLiverDisease"), ("decompensated", "cirrhosis"),
                       ("priorDecompensation", "cirrhosis"), ("bacterialPeritonitis", "infection"),
                       ("uncontrolledInfection", "infection")):
        if yes(one) and no(other):
            found.append([(one, False), (other, True)])
    if patient.get("sex") == "male" and yes("pregnant"):
        found.append([("sex", "female"), ("pregnant", False)])
    if no("decompensated") and patient.get("ascites") in ("moderate", "severe"):
        found.append([("decompensated", True), ("ascites", "none")])
    if no("acuteKidneyInjury") and "baselineCreatinine" in patient:
        stage = ICA.result({**patient, "renalReplacement": patient.get("renalReplacement", False)})
        if (stage["value"] or stage.get("value.low") or 0) > 0:
            found.append([("acuteKidneyInjury", True)])
    return found


def mentioned(tree):
    """The variables that an expression stands on, those of its scores among them."""
    names = set()
    if isinstance(tree, tuple):
        if tree[0] in ("name", "part"):
            names |= set(SCORES[tree[1]].inputs()) if tree[1] in SCORES else {tree[1]}
        for part in tree[1:]:
            names |= mentioned(part)
    elif isinstance(tree, list):
        for part in tree:
            names |= mentioned(part)
    return names


def truth(tree, patient, day, disputes=(), kind=Criteria):
    """True, False, None or 'person', and what would settle it."""
    result, other = (kind(patient, day, reading).truth(tree) for reading in ("value", "variant.grade"))
    if None in (result[0], other[0]):
        result = unknown(result[1], other[1])
    elif result[0] != other[0]:
        return "person", NOTHING
    names = mentioned(tree)
    for name, otherwise in (entry for dispute in disputes for entry in dispute if entry[0] in names):
        if kind({**patient, name: otherwise}, day).truth(tree)[0] != result[0]:
            return "person", NOTHING
    if result == (None, {LEFT_OPEN}):
        return "person", NOTHING
    return result[0], result[1] - {LEFT_OPEN}


def blocks(item, holds):
    """Whether a truth keeps the patient out: the one place where polarity counts."""
    if holds not in (True, False):
        return None
    return holds if item["polarity"] == "exclusion" else not holds


def answers(items, trees, patient, day, kind=Criteria, disputed=contradictions):
    """For each criterion: met, notMet, unknown, needsPerson or conflict, and what it needs."""
    disputes = disputed(patient)
    found = {item["id"]: truth(trees[item["id"]], patient, day, disputes, kind) if trees[item["id"]] else
             ("person", NOTHING) for item in items}
    by_id = {item["id"]: item for item in items}
    result = {}
    for item in items:
        holds, needs = found[item["id"]]
        blocking = blocks(item, holds)
        partners = [by_id[other] for other in item["conflict"]]
        partners += [other for other in items if item["id"] in other["conflict"] and other not in partners]
        answer = {True: "met", False: "notMet", None: "unknown", "person": "needsPerson"}[holds]
        if item.get("attest") == "true" and holds is not None and not blocking:
            answer = "needsPerson"
        if item.get("attest") == "whenMet" and holds is True:
            answer = "needsPerson"
        for partner in partners:
            theirs, their_needs = found[partner["id"]]
            their_blocking = blocks(partner, theirs)
            if blocking is not None and their_blocking is not None and blocking != their_blocking:
                answer, needs = "conflict", NOTHING
            elif blocking and theirs in (None, "person"):
                answer, needs = "unknown", needs | their_needs
        result[item["id"]] = (answer, needs if answer == "unknown" else NOTHING)
    return result


def trees_of(items):
    return {item["id"]: Parser(item["expression"]).parsed() if item.get("expression") else None for item in items}
