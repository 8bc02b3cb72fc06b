"""Exact numbers: laboratory values and limits are fractions, only logarithms are binary."""

import math
import re
from fractions import Fraction

INFINITY = math.inf
# The finest step that a value can be written with; what is above a limit is at least this much above.
STEP = Fraction(1, 10**8)

_NUMBER = re.compile(r"\s*(<=|>=|<|>)?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(.*?)\s*$", re.S)


def exact(text):
    """The number that a text writes, without binary rounding."""
    return Fraction(str(text))


def split_number(text):
    """Comparator, number and unit of a cell such as '< 40 umol/L'; None where it is no number."""
    match = _NUMBER.match(text)
    if not match:
        return None
    return match.group(1) or "", Fraction(match.group(2)), match.group(3)


def ln(x):
    """The natural logarithm, minus infinity at zero."""
    if x == INFINITY:
        return INFINITY
    if x <= 0:
        return -INFINITY
    return math.log(x)


def held(x, low=None, high=None):
    """The number held within bounds."""
    if low is not None and x < low:
        return low
    if high is not None and x > high:
        return high
    return x


def whole(x):
    """The nearest whole number, halves away from zero; infinities stay."""
    if isinstance(x, float) and math.isinf(x):
        return x
    return math.floor(x + Fraction(1, 2)) if x >= 0 else -math.floor(-x + Fraction(1, 2))


def points(x, *limits):
    """How many of the limits x has reached: points(x, 2, 3) is 0 below 2, 1 from 2 on, 2 from 3 on."""
    return sum(1 for limit in limits if x >= exact(limit))


def beyond(x, *limits):
    """How many of the limits x is above of."""
    return sum(1 for limit in limits if x > exact(limit))


def written(x):
    """A number as the fixtures write it: exact decimals in full, others with 17 significant digits."""
    if x is None:
        return ""
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, str):
        return x
    if isinstance(x, int):
        return str(x)
    if isinstance(x, float):
        return "" if math.isinf(x) else repr(x)
    denominator = x.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return repr(float(x))
    for places in range(20):
        scaled = x * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            sign = "-" if x < 0 else ""
            return sign + (digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}")
    return repr(float(x))
