"""Recognition on files that nobody in this project wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kouan.formats import open_source
from kouan.model.declaration import SourceSpec
from kouan.model.inventory import IdentityRole
from kouan.recognize import SourceInput, inspect
from tests.recognizing import AS_OF, KEY

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.model.inventory import Inventory, Item


def inspect_files(folder: Path, *names: str) -> Inventory:
    inputs = [SourceInput(SourceSpec(path=name), open_source(folder / name, name=name)) for name in names]
    return inspect(inputs, as_of=AS_OF, person_key=KEY, threads=2)


def by_name(inventory: Inventory) -> dict[str, Item]:
    return {item.name: item for item in inventory.items}


@pytest.mark.parametrize("name", ["flights_first30k.csv", "planes.csv", "airlines.csv"])
def test_airline_files_hold_no_persons(samples: Path, name: str) -> None:
    inventory = inspect_files(samples / "samples" / "airline_nycflights13", name)
    assert inventory.persons == ()
    assert {item.personal for item in inventory.items} == {False}
    assert {item.role for item in inventory.items} == {IdentityRole.OTHER}
    assert all(not item.findings for item in inventory.items)


def test_adult_is_quasi_identifiers_and_an_income(samples: Path) -> None:
    inventory = inspect_files(samples / "adult", "adult.csv")
    assert {name: (item.meaning, item.role) for name, item in by_name(inventory).items()} == {
        "sex": ("sex", IdentityRole.QUASI),
        "age": ("age", IdentityRole.QUASI),
        "race": ("ethnicity", IdentityRole.QUASI),
        "marital-status": ("marital_status", IdentityRole.QUASI),
        "education": ("education", IdentityRole.QUASI),
        "native-country": ("origin", IdentityRole.QUASI),
        "workclass": ("employer", IdentityRole.QUASI),
        "occupation": ("position", IdentityRole.QUASI),
        "salary-class": ("salary", IdentityRole.SENSITIVE),
    }
    count = inventory.persons[0]
    assert (count.persons.lo, count.persons.hi) == (1, 30_162)
    assert (count.under14.lo, count.under14.hi) == (0, 0)


def test_retail_households_are_linked_over_files(samples: Path) -> None:
    files = (
        "demographics.parquet",
        "transactions_first100k.parquet",
        "campaigns.parquet",
        "coupon_redemptions.parquet",
    )
    inventory = inspect_files(samples / "samples" / "retail_completejourney", *files)
    count = inventory.persons[0]
    assert len(inventory.persons) == 1
    assert count.subject == "household"
    assert len(count.keys) == len(files)
    assert count.persons.lo == count.persons.hi
    assert 1908 <= count.persons.lo <= 1908 + 1559
    assert count.sensitive.lo == 801  # households whose income is known
    meanings = {name: item.meaning for name, item in by_name(inventory).items()}
    assert meanings["household_id"] == "person_id"
    assert meanings["age"] == "age"
    assert meanings["income"] == "salary"
    assert meanings["marital_status"] == "marital_status"
    assert meanings["home_ownership"] == "unknown"
    assert meanings["basket_id"] == "order_id"
    assert meanings["sales_value"] == "amount"
    assert meanings["coupon_upc"] == "product"
    assert meanings["transaction_timestamp"] == "event_date"


def test_campaign_list_is_business_only(samples: Path) -> None:
    inventory = inspect_files(samples / "samples" / "retail_completejourney", "campaign_descriptions.parquet")
    assert inventory.persons == ()
    assert {item.category for item in inventory.items} == {"business"}
