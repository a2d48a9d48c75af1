"""The agreements name the button with which something is reported. They ask nothing new, so nobody is asked again."""

from pathlib import Path

from django.db import migrations
from django.utils import timezone

TEXTS = Path(__file__).resolve().parent.parent / "texts"


def publish(apps, schema_editor):
    nl, en = ((TEXTS / f"agreements-3.{language}.md").read_text() for language in ("nl", "en"))
    wording = apps.get_model("accounts", "Wording")
    known = {"text_nl": nl, "text_en": en, "published_at": timezone.now()}
    wording.objects.get_or_create(kind="agreements", key="", version=3, defaults=known)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_shortcuts")]
    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
