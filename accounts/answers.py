"""Answers that any address may give, in the reader's language; to scripts as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def wants_json(request: HttpRequest) -> bool:
    """The page's own scripts ask for JSON; browsers ask for a page."""
    return request.headers.get("Accept", "").startswith("application/json")


def nack(code: str, message: str, status: int, wait: int = 0) -> JsonResponse:
    """A refusal for a script; `wait` in seconds."""
    answer: dict = {"type": "nack", "code": code, "message": str(message)}
    if wait:
        answer["retry_after_ms"] = wait * 1000
    return JsonResponse(answer, status=status, headers={"Retry-After": str(wait)} if wait else {})


def slow_down(request: HttpRequest, wait: int) -> HttpResponse:
    """A calm page for who did something too often; `wait` in seconds."""
    frame = "base.html" if getattr(request.user, "is_admitted", False) else "public.html"
    response = render(request, "429.html", {"frame": frame}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
