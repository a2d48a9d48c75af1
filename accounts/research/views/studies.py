from django.http import Http404


def studies(request, pk=None):
    raise Http404


study = studies
