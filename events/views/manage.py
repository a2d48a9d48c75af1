from django.http import Http404


def manage(request, pk=None):
    raise Http404


manage_list = new = edit = announce = cancel = capacity = answers = needs = manage
