from django.http import Http404


def events(request, pk=None):
    raise Http404


event = calendar_file = rsvp = offer = events
