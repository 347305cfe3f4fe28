"""Whether what persons say of items outside the quasi-identifiers can be said of them at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import quasi_messages as messages
from kouan.model.inventory import IdentityRole

if TYPE_CHECKING:
    from kouan.model.inventory import Inventory


def check_known(inventory: Inventory) -> None:
    """Refuse words that would make a verdict lighter than recognition does.

    A direct identifier is no quasi-identifier, a quasi-identifier is not refused away, and a sensitive attribute is
    hidden inside the classes: taken among the quasi-identifiers, nobody would look at its diversity any more.

    Raises:
        KouanError: K-CLR-260, K-CLR-261, K-CLR-262.
    """
    for item in inventory.items:
        if item.known is None:
            continue
        if item.role is IdentityRole.DIRECT:
            raise messages.DIRECT.at(item.id, item=item.name)
        if item.role is IdentityRole.QUASI and not item.known.quasi:
            raise messages.QUASI_ALREADY.at(item.id, item=item.name)
        if item.role is IdentityRole.SENSITIVE and item.known.quasi:
            raise messages.SENSITIVE.at(item.id, item=item.name)
