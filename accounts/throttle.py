"""How often someone may do something: counters in the cache, per person and verb."""

import time

from django.conf import settings
from django.core.cache import cache


def wait_for(who, verb: str, amount: int = 1) -> int:
    """Count one `verb` by `who`, or `amount` of it. Returns 0, or the seconds to wait when a limit is reached.

    Limits are in settings.LIMITS as (times, seconds). Windows are fixed, so that one atomic
    counter per window does on both caches.
    """
    if not settings.RATE_LIMITS:
        return 0
    moment = time.time()
    for times, seconds in settings.LIMITS[verb]:
        window = int(moment // seconds)
        key = f"throttle:{verb}:{who}:{seconds}:{window}"
        cache.add(key, 0, timeout=seconds + 1)
        if counted(key, amount) > times:
            if amount > 1:
                counted(key, -amount)  # it is not taken, so a smaller one may still fit
            return max(1, int((window + 1) * seconds - moment) + 1)
    return 0


def counted(key: str, amount: int) -> int:
    """The counter after adding `amount`. A cache that is away or began anew counts nobody out."""
    try:
        return cache.incr(key, amount)
    except ValueError:
        return 0
