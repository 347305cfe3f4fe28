"""Made-up reports beside the samples of a regulator: the same elements in the same order, codes of the standard's list."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from examples.icsr.write import write_icsr

FIXED = ("classCode", "moodCode", "determinerCode", "typeCode")
LISTS = {f"2.16.840.1.113883.3.989.2.1.1.{number}" for number in (19, 20, 21, 22, 23)}


def walked(element, path=""):
    path = f"{path}/{element.tag.rpartition('}')[2]}"
    yield path, element
    for child in element:
        yield from walked(child, path)


def ordered(roots):
    """Return path -> pairs of element names of which the first stands before the second somewhere."""
    pairs = {}
    for root in roots:
        for path, element in walked(root):
            names = [child.tag.rpartition("}")[2] for child in element]
            known = pairs.setdefault(path, set())
            known.update((one, two) for at, one in enumerate(names) for two in names[at + 1 :] if one != two)
    return pairs


@pytest.fixture(scope="module")
def theirs(samples):
    return [ET.parse(path).getroot() for path in sorted((samples / "samples/icsr_e2b_r3").glob("FAERS*.xml"))]


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    folder = tmp_path_factory.mktemp("icsr")
    write_icsr(folder, 1, scale=4)
    return [ET.parse(path).getroot() for path in sorted(folder.glob("cases/*.xml"))]


def test_elements_stand_in_the_order_of_the_samples(theirs, ours):
    known, made = ordered(theirs), ordered(ours)
    compared = 0
    for path, pairs in made.items():
        for one, two in pairs:
            both = {(one, two), (two, one)} & known.get(path, set())
            assert both != {(two, one)}, f"{path}: {one} before {two}"
            compared += bool(both)
    assert compared > 100


def test_namespaces_and_fixed_attributes_are_those_of_the_samples(theirs, ours):
    assert {root.tag for root in ours} == {root.tag for root in theirs}
    known = {}
    for root in theirs:
        for path, element in walked(root):
            for name in FIXED:
                known.setdefault((path, name), set()).add(element.get(name))
    for root in ours:
        for path, element in walked(root):
            for name in FIXED:
                if (path, name) in known and path.rpartition("/")[2] not in {
                    "outboundRelationship2",
                    "inboundRelationship",
                }:
                    assert element.get(name) in known[path, name], f"{path}/@{name}"


def test_codes_are_on_the_list_of_data_elements(samples, ours):
    text = (samples / "samples/icsr_e2b_r3/icsr_data_elements.csv").read_text(encoding="utf-8-sig")
    listed = set(re.findall(r"@code='(\w+)'\]\[@codeSystem='([\d.]+)'", text.replace('""', '"')))
    used = {
        (one.get("code"), one.get("codeSystem")) for root in ours for one in root.iter() if one.tag.endswith("}code")
    }
    used = {pair for pair in used if pair[1] in LISTS}
    assert len(used) > 25
    assert used <= listed
