"""What a template may ask: may this person do that, and by which name did someone sign."""

from importlib import import_module

from django import template
from django.template.loader import get_template

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context, verb_noun: str, thing) -> bool:
    """{% can "reply_topic" topic as replyable %} asks can_reply_topic of the policy of the thing's own app."""
    module = import_module(f"{type(thing).__module__.rsplit('.models', 1)[0]}.policy")
    return getattr(module, f"can_{verb_noun}")(context["user"], thing)


@register.simple_tag
def signature(thing) -> str:
    """The one way in which the writer of `thing` is shown, the same for every reader."""
    return get_template("components/signature.html").render({"signature": thing.signature})
