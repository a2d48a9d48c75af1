"""What a trainer does with a message that waits: everyone may see it, or it goes back to its writer."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policy import require
from events.chat import policy
from events.chat.views.messages import read_message
from events.chat.views.outcome import done, returning, to_list


@require_POST
def show(request: HttpRequest, event, pk) -> HttpResponse:
    message = read_message(request, event, pk)
    require(policy.can_tend_chatmessage(request.user, message))
    back = to_list(message.room)
    return done(request, message, lambda: message.show(request.user), back, message.late, tab="questions")


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, event, pk) -> HttpResponse:
    message = read_message(request, event, pk)
    require(policy.can_tend_chatmessage(request.user, message))
    return returning(request, message)
