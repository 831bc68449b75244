"""Seals questions so that nobody reads an answer by accident.

This is spoiler protection, not security: the program that opens the seal is the one that the
learner runs. It keeps a search, a diff or a glance at a file from giving an answer away. Marks do
not rest on it; they are given outside the learner's process.

Only `hashlib` functions that every Python build has are used.
"""

import base64
import json
from hashlib import shake_256

SALT = b"spoiler protection, not security:"


def seal(record):
    """Return a question's record as unreadable text, always the same for the same record."""
    plain = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return base64.b64encode(_masked(plain, record["id"])).decode()


def unseal(sealed, question_id):
    """Return the record that `seal` was given."""
    return json.loads(_masked(base64.b64decode(sealed), question_id))


def _masked(data, question_id):
    mask = shake_256(SALT + question_id.encode()).digest(len(data))
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(mask, "big")
    return mixed.to_bytes(len(data), "big")
