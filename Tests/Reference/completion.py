"""What a score comes to where something is not known: every possible answer is tried.

A score is written for a patient of whom everything is known, in parts that share no variable. For
what is missing each part is computed with every answer, and with the ends of every number (and
with more numbers in between where a part does not rise or fall all the way); what comes out of all
of them is the result: one value, or two ends, and the variables on which it hangs.
"""

import itertools

from decimal_rules import INFINITY, STEP
from units import ORDER, VARIABLES, Choice, Quantity, Several, YesNo

FORM = "form"  # Which published form holds: open, and nothing that can be entered settles it.


class View:
    """The values that one trial of all possible ones has."""

    def __init__(self, values):
        self.values = values

    def __call__(self, name):
        return self.values.get(name)

    def has(self, *names):
        return all(self.values.get(name) is not None for name in names)


class Part:
    """A part of a score.

    names: the variables that it must have; alternatives: for a variable, groups of others that
    take its place; optional: what is used where it is there; more: numbers to try besides the ends;
    ends: the ends of a number where they are not zero and infinity; wanted: which variables are
    needed of a view, instead of all; possible: whether answers can hold together.
    """

    def __init__(self, compute, names, *, alternatives=None, optional=(), more=None, ends=None,
                 wanted=None, possible=None, name=None):
        self.compute, self.names = compute, tuple(names)
        self.alternatives, self.optional = alternatives or {}, tuple(optional)
        self.more, self.ends = more or {}, ends or {}
        self.wanted, self.possible = wanted, possible
        self.name = name or self.names[0]

    def all_names(self):
        names = list(self.names)
        for groups in self.alternatives.values():
            for group in groups:
                names.extend(group)
        names.extend(self.optional)
        return list(dict.fromkeys(names))

    def _tries(self, name, value):
        """The values to try of one variable."""
        kind = VARIABLES[name]
        if isinstance(kind, Quantity):
            if value is not None and value.is_exact:
                return [value.low]
            bottom, top = self.ends.get(name, (0, INFINITY))
            low = bottom if value is None else max(bottom, value.low)
            high = top if value is None else min(top, value.high)
            if low == high:
                return [low]
            tries = {low, high}
            if high == INFINITY and low <= 0:  # Beside infinities nothing else would make a difference.
                tries.add(1)
            for edge in self.more.get(name, ()):
                tries.update(x for x in (edge - STEP, edge, edge + STEP) if low < x < high)
            return sorted(tries)
        if value is not None:
            return [value]
        if isinstance(kind, YesNo):
            return [False, True]
        if isinstance(kind, Several):
            return self.more.get(name) or [frozenset([answer]) for answer in kind.answers]
        if isinstance(kind, Choice):
            return list(kind.answers)
        raise TypeError(name)

    def states(self, patient):
        """Everything that the part may be: pairs of the values tried and the state."""
        known = {name: patient[name] for name in self.all_names() if name in patient}
        names = [name for name in self.names if self._is_asked(name, known)]
        tried = []
        exact = {}
        for name in dict.fromkeys([*names, *known]):
            value = known.get(name)
            tries = self._tries(name, value)
            if len(tries) == 1 and value is not None:
                exact[name] = tries[0]
            else:
                tried.append((name, tries))
        if self.wanted:
            wanted = self.wanted(View(exact), {name for name, _ in tried})
            tried = [(name, tries) for name, tries in tried if name in wanted or name in known]
        results = []
        for values in itertools.product(*(tries for _, tries in tried)):
            answers = dict(zip((name for name, _ in tried), values))
            view = View({**exact, **answers})
            if self.possible is None or self.possible(view, patient):
                results.append((answers, self.compute(view)))
        return results

    def _is_asked(self, name, known):
        if name in known:
            return True
        return not any(all(other in known for other in group)
                       for group in self.alternatives.get(name, ()))


class Score:
    """A score: its parts, and what the states of all of them come to.

    combine takes the state of each part and gives a dictionary with `value` and whatever else is
    expected. excluded says for a patient why there is no value at all, or None.
    """

    def __init__(self, name, parts, combine, *, excluded=None, extra=()):
        self.name, self.parts, self.combine = name, parts, combine
        self.excluded, self.extra = excluded, tuple(extra)

    def inputs(self):
        """The variables that it takes, in the order of the table."""
        names = {name for part in self.parts for name in part.all_names()} | set(self.extra)
        return sorted(names, key=ORDER.get)

    def result(self, patient):
        """What is expected of a patient."""
        reason = self.excluded(patient) if self.excluded else None
        if reason:
            return {"value": None, "reason": reason, "isSettled": True}
        tried = [part.states(patient) for part in self.parts]
        return merged(tried, self.combine)

    def variant(self, patient, key):
        """The ends of another form of it, and what they hang on."""
        result = merged([part.states(patient) for part in self.parts], self.combine, key)
        return result.get(f"{key}.low"), result.get(f"{key}.high"), result["missing"]


def merged(tried, combine, key="value"):
    """What all states of all parts come to together."""
    distinct = [list(dict.fromkeys(state for _, state in states)) for states in tried]
    outcomes = {states: combine(*states) for states in itertools.product(*distinct)}
    found = list(outcomes.values())
    names = list(dict.fromkeys(name for outcome in found for name in outcome))
    result = {}
    for name in names:
        seen = list(dict.fromkeys(outcome.get(name) for outcome in found))
        if len(seen) == 1:
            result[name] = seen[0]
        else:
            result[name] = None
            numbers = [x for x in seen if not isinstance(x, (str, type(None)))]
            if len(numbers) == len(seen) and numbers:
                result[f"{name}.low"], result[f"{name}.high"] = min(numbers), max(numbers)
    result["isSettled"] = result.get(key) is not None or f"{key}.low" not in result
    open_names = _open(tried, distinct, outcomes, key) if not result["isSettled"] else []
    choices = [name for name in open_names if name != FORM and not _is_measured(name)]
    result["settledBy"] = sorted(choices, key=ORDER.get)
    result["missing"] = sorted((n for n in open_names if _is_measured(n)), key=ORDER.get)
    result["isOpenForm"] = FORM in open_names
    names = {name for states in tried for answers, _ in states for name in answers}
    result["indifferent"] = sorted((n for n in names - set(open_names) if _is_measured(n)), key=ORDER.get)
    return result


def _is_measured(name):
    kind = VARIABLES.get(name)
    return isinstance(kind, Quantity) and not kind.is_dose


def _open(tried, distinct, outcomes, key):
    """The variables of which one value gives another result than another, all else being equal."""
    names = []
    for place, states in enumerate(tried):
        others = list(itertools.product(*(d for i, d in enumerate(distinct) if i != place)))

        def differ(one, two):
            if one == two:
                return False
            for rest in others:
                a = outcomes[rest[:place] + (one,) + rest[place:]]
                b = outcomes[rest[:place] + (two,) + rest[place:]]
                if a.get(key) != b.get(key):
                    return True
            return False

        for name in {name for answers, _ in states for name in answers}:
            groups = {}
            for answers, state in states:
                rest = tuple(sorted((n, str(v)) for n, v in answers.items() if n != name))
                groups.setdefault(rest, set()).add(state)
            if any(differ(a, b) for group in groups.values()
                   for a, b in itertools.combinations(group, 2)):
                names.append(name)
    return names
