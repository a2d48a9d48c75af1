"""The first account of a new site, from which the others follow by invitation."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.models import Role, User


class Command(BaseCommand):
    help = "Make a site administrator, who signs in with a code by mail. With --organiser also organiser, to invite others."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Beheer")
        parser.add_argument("--organiser", action="store_true")

    def handle(self, *, email: str, name: str, organiser: bool, **options) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address") from None
        user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name)
        for role in [Role.SITE_ADMINISTRATOR, *([Role.ORGANISER] if organiser else [])]:
            user.grant(role)
        self.stdout.write(f"{user.email} can sign in with a code by mail.")
