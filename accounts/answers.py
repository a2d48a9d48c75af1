"""Answers that any address may give: to scripts as JSON, in the reader's language."""

from django.http import HttpRequest, JsonResponse


def wants_json(request: HttpRequest) -> bool:
    """The page's own scripts ask for JSON; browsers ask for a page."""
    return request.headers.get("Accept", "").startswith("application/json")


def nack(code: str, message: str, status: int, wait: int = 0) -> JsonResponse:
    """A refusal for a script; `wait` in seconds."""
    answer: dict = {"type": "nack", "code": code, "message": str(message)}
    if wait:
        answer["retry_after_ms"] = wait * 1000
    return JsonResponse(answer, status=status, headers={"Retry-After": str(wait)} if wait else {})
