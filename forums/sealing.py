"""Encrypting with the key that is in the settings and not in the database."""

import hmac
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(plain: str) -> str:
    """`plain`, so that only this site can read it again; safe in an address."""
    return _box().encrypt(plain.encode()).decode().rstrip("=")


def unseal(sealed: str) -> str:
    """What `seal` was given. Raises ValueError for anything that this site did not seal."""
    try:
        return _box().decrypt(sealed + "=" * (-len(sealed) % 4)).decode()
    except (InvalidToken, TypeError) as error:
        raise ValueError("not sealed by this site") from error


def keyed(*parts) -> str:
    """A mark that only this site can make: HMAC-SHA256 in hexadecimal."""
    return hmac.new(settings.SEAL_KEY.encode(), "|".join(map(str, parts)).encode(), sha256).hexdigest()


def _box() -> Fernet:
    return _boxes(settings.SEAL_KEY)


@lru_cache(maxsize=2)
def _boxes(key: str) -> Fernet:
    return Fernet(key)
