from django.http import Http404


def register(request):
    raise Http404


consent = withdraw = receipt = receipt_file = register
