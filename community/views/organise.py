from django.http import Http404


def overview(request, pk=None):
    raise Http404


cohorts = cohort_new = cohort = invite = revoke = overview
