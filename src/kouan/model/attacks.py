"""AttackReport: what attackers in the manner of WP29 Opinion 05/2014 get out of a treated table."""

from __future__ import annotations

from enum import StrEnum

from kouan.model.base import Frozen, Ratio
from kouan.model.text import Text


class Attack(StrEnum):
    """What is attempted."""

    SINGLING_OUT_ONE = "singling_out_univariate"
    SINGLING_OUT = "singling_out_multivariate"
    LINKABILITY = "linkability"
    INFERENCE = "inference"
    MEMBERSHIP = "membership"
    DICTIONARY = "dictionary"
    FREQUENCY = "frequency"


class Successes(Frozen):
    """How often something was tried and worked, with the Wilson score interval of its rate.

    Attributes:
        attacks: tries.
        successes: whole, except where a control part of another size was scaled to the size of the original.
        rate: successes / attacks.
        lo, hi: ends of the interval, within 0 and 1.
    """

    attacks: int
    successes: Ratio
    rate: Ratio
    lo: Ratio
    hi: Ratio


class Risk(Frozen):
    """R = (a - c) / (1 - c) with a of the attack and c of the control; a alone where there is no control.

    Attributes:
        value, lo, hi: within 0 and 1; from the centres of the Wilson intervals, errors propagated.
        above_control: False when no control was there to subtract, so that what anyone could guess counts too.
    """

    value: Ratio
    lo: Ratio
    hi: Ratio
    above_control: bool


class Effort(Frozen):
    """What breaking pseudonyms took.

    Attributes:
        recipe: how they were made, such as `hex(sha256("+86" + x))`; None when no recipe fits.
        proven: the recipe was confirmed on values that the attacker knows.
        tried: numbers that were hashed.
        opened: pseudonyms of the sample that fell to those.
        space: all numbers of the kind that were in question.
        seconds: of one processor, for those tried.
        whole_seconds: for all of `space` at that speed; None when nothing was tried.
    """

    recipe: str | None
    proven: bool
    tried: int
    opened: int
    space: int
    seconds: Ratio
    whole_seconds: Ratio | None


class AttackResult(Frozen):
    """One attack.

    Attributes:
        attack: which.
        aux: columns that the attacker knows beforehand; of linkability two sets.
        secret: column that he wants, or the column of pseudonyms.
        main: tries against persons who are in the release.
        baseline: the same by blind guessing.
        control: the same against persons who are not in the release.
        risk: what the release adds.
        effort: of a dictionary attack.
        assumes: what the attacker knows and can do.
        notes: what makes the figures weaker.
    """

    attack: Attack
    aux: tuple[tuple[str, ...], ...] = ()
    secret: str | None = None
    main: Successes
    baseline: Successes | None = None
    control: Successes | None = None
    risk: Risk
    effort: Effort | None = None
    assumes: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()


class AttackReport(Frozen):
    """All attacks on one treated table.

    Attributes:
        original, treated, control: names of the tables; control None when there was none.
        rows: of each, in that order.
        seed: of the draws; the same seed gives the same figures (but for seconds).
        confidence: of all intervals.
        left_out: columns that no attack could use, with the reason.
        notes: on the whole.
    """

    original: str
    treated: str
    control: str | None
    rows: tuple[int, ...]
    seed: int
    confidence: Ratio
    results: tuple[AttackResult, ...]
    left_out: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()


class AttackedTable(Frozen):
    """The attacks on one table of a transfer.

    Attributes:
        entity: `source!entity`.
        person: item whose rows stay on one side when control rows are drawn; None where rows are persons.
        rows: that leave.
        used: of those, that were attacked as if they were the whole release.
        outside: further rows that served as persons who are not in it.
        report: None where the table was not attacked; the notes say why.
        notes: on how it was attacked.
    """

    entity: str
    person: str | None = None
    rows: int
    used: int = 0
    outside: int = 0
    report: AttackReport | None = None
    notes: tuple[Text, ...] = ()


class Attacked(Frozen):
    """What attackers get out of the treated data of a transfer (`attacks.json` of its folder).

    Attributes:
        run: False where the declaration turned them off; there are no tables then.
        tries: of each attack.
        most: rows of a table that were looked at, at most.
        seed: of every draw; run again on the same files with the same seed they give the same, but for seconds.
    """

    run: bool
    tries: int
    most: int
    seed: int
    tables: tuple[AttackedTable, ...] = ()
