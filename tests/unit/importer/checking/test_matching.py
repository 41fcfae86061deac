"""Who a row is about: the order of keys, stronger keys that differ, and what stays ambiguous."""

from __future__ import annotations

from desktop.importer.checking.matching import Candidate, Keys, match

MEI = Candidate(False, 1, Keys("W1", "U" + "1" * 32, "+886911111111", "mei@example.com"))
HAO = Candidate(False, 2, Keys("W2", None, "+886911111111", None))
GUEST = Candidate(False, 3, Keys(None, None, "+886933333333", None))


def found(row: Keys, *people: Candidate) -> list[list[Candidate]]:
    return [
        [person for person in people if key is not None and person.keys[place] == key]
        for place, key in enumerate(row)
    ]


def test_the_strongest_key_that_finds_somebody_decides() -> None:
    row = Keys("W1", None, "+886911111111")
    assert match(row, found(row, MEI, HAO)).target == MEI


def test_family_members_share_a_phone_and_stay_two_people() -> None:
    row = Keys("W2", None, "+886911111111")
    assert match(row, found(row, MEI, HAO)).target == HAO


def test_a_differing_stronger_key_makes_another_person_and_a_possible_duplicate() -> None:
    row = Keys("W9", None, "+886911111111")
    result = match(row, found(row, MEI))
    assert result.target is None
    assert result.ambiguous == ()
    assert result.similar == (MEI,)


def test_two_candidates_of_one_key_are_ambiguous() -> None:
    row = Keys(None, None, "+886911111111")
    result = match(row, found(row, MEI, HAO))
    assert result.target is None
    assert set(result.ambiguous) == {MEI, HAO}


def test_keys_that_name_different_people_are_ambiguous() -> None:
    row = Keys("W1", None, "+886933333333")
    result = match(row, found(row, MEI, GUEST))
    assert result.target is None
    assert set(result.ambiguous) == {MEI, GUEST}


def test_a_weaker_key_finds_somebody_who_lacks_the_stronger_one() -> None:
    row = Keys("W7", None, "+886933333333")
    assert match(row, found(row, GUEST)).target == GUEST


def test_nobody_found_is_a_new_person() -> None:
    row = Keys("W8", None, None, None)
    result = match(row, found(row))
    assert (result.target, result.ambiguous, result.similar) == (None, (), ())
