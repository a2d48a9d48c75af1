"""The cache of several processes: Redis, which may be away for a while."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("ruggespraak.cache")
PATIENCE = 1.0  # seconds, for a connection and for an answer


class CalmRedisCache(RedisCache):
    """When Redis does not answer, nothing is remembered and nothing fails.

    A value that is missing is made anew, a limit is not counted, and what was to be done once in a while is done by
    the tick. No right to read is kept here, so none can be stale.
    """

    def __init__(self, server: Any, params: dict) -> None:
        waits = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
        super().__init__(server, params | {"OPTIONS": waits | params.get("OPTIONS", {})})

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._calmly(super().add, False, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._calmly(super().get, default, key, default, version=version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._calmly(super().set, None, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._calmly(super().delete, False, *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        """Raises ValueError when the number is not there, as any cache does; also when nothing is."""
        found = self._calmly(super().incr, None, *args, **kwargs)
        if found is None:
            raise ValueError("not remembered")
        return found

    def _calmly(self, verb: Any, otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return verb(*args, **kwargs)
        except RedisError as error:
            log.warning("cache does not answer", extra={"error": type(error).__name__})
            return otherwise
