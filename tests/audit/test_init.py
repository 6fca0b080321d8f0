from __future__ import annotations

import stockade.audit


def test_the_front_door_of_the_room_names_what_others_use():
    assert set(stockade.audit.__all__) == {
        *("AuditLog", "AuditStore", "Entry", "MemoryLog", "Sealing", "Settled"),
        *("commitment", "read", "seed_from", "verify"),
    }
    assert all(callable(getattr(stockade.audit, name)) for name in stockade.audit.__all__)
