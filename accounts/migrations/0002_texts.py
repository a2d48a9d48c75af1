"""The texts that people agree to, as they were published, and the first epoch."""

from pathlib import Path

from django.db import migrations
from django.utils import timezone

TEXTS = Path(__file__).resolve().parent.parent / "texts"
PUBLISHED = [("agreements", 2), ("register", 1)]


def publish(apps, schema_editor):
    wording = apps.get_model("accounts", "Wording")
    for kind, version in PUBLISHED:
        nl, en = ((TEXTS / f"{kind}-{version}.{language}.md").read_text() for language in ("nl", "en"))
        wording.objects.create(kind=kind, version=version, text_nl=nl, text_en=en, published_at=timezone.now())
    apps.get_model("accounts", "Epoch").objects.create(pk=1, number=1)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
