#!/usr/bin/env python
"""Entry for every command."""

import os
import sys

from django.core.management import execute_from_command_line

from community.catalogue import compile_stale

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    compile_stale()
    execute_from_command_line(sys.argv)
