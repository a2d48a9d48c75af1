"""The demo community, with its accounts on the screen."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from community.demo import talk
from community.demo.content import accounts
from community.demo.load import load, unload
from community.demo.people import PASSWORD


class Command(BaseCommand):
    help = "Load the demo community; loading it twice changes nothing. Only with DEMO=1."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--fresh", action="store_true", help="take it away first, with what was added to it")
        parser.add_argument("--play", action="store_true", help="go on with the chat of the open room in real time")

    def handle(self, *, fresh: bool, play: bool, **options) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has accounts with a known password: it is loaded only with DEMO=1.")
        call_command("migrate", interactive=False, verbosity=0)
        if fresh:
            unload()
        load()
        if play:
            self.play()
        else:
            self.show_accounts()

    def play(self) -> None:
        self.stdout.write("The chat goes on. Stop with Ctrl-C.")
        try:
            talk.play()
        except KeyboardInterrupt:
            self.stdout.write("")

    def show_accounts(self) -> None:
        """Who can sign in, with the roles that they hold."""
        people = {user.email: user for user in User.objects.filter(is_demo=True).with_standing()}
        self.stdout.write(f"Demo accounts, all with the password {PASSWORD}:")
        for name in accounts().values():
            user = people[f"{name}@demo.invalid"]
            words = "suspended" if user.is_suspended else ", ".join(dict.fromkeys(str(m.badge) for m in user.standing))
            self.stdout.write(f"  {user.email:<28} {user.name:<24} {words}")
