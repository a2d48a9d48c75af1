"""The forums that every community has. Circles come with their cohorts."""

from django.db import migrations

ALUMNI, EVERYONE, RESEARCH = "alumni", "everyone", "research"
BOARDS = [
    (
        "alumnikring",
        ALUMNI,
        ("Alumnikring", "Alumni circle"),
        "Voor alle alumni van alle edities, samen met de trainers. Ervaringen, de vijf fabels, casussen na de cursus "
        "en alles wat je na het certificaat wilt blijven delen.",
        "For all alumni of all cohorts, together with the trainers. Experiences, the five fables, cases after the "
        "course, and everything you want to go on sharing after the certificate.",
    ),
    (
        "duurzame-implementatie",
        EVERYONE,
        ("Duurzame implementatie", "Lasting implementation"),
        "Hoe blijft het, ook als het project voorbij is en jij van functie wisselt?",
        "How does it last, also when the project is over and you change jobs?",
    ),
    (
        "effectieve-communicatie",
        EVERYONE,
        ("Effectieve communicatie", "Effective communication"),
        "Gesprekken voeren, stiltes uithouden, slecht nieuws vertellen en vragen stellen die openen.",
        "Holding conversations, bearing silences, telling bad news and asking questions that open up.",
    ),
    (
        "maatregelen-en-initiatieven",
        EVERYONE,
        ("Maatregelen en initiatieven", "Measures and initiatives"),
        "Wat heb je ingevoerd, wat deed het en wat zou je een volgende keer anders doen?",
        "What did you introduce, what did it do, and what would you do differently next time?",
    ),
    (
        "risico-en-beschermende-factoren",
        EVERYONE,
        ("Risico- en beschermende factoren", "Risk and protective factors"),
        "Samen leren kijken: wat maakt het hier moeilijk en wat houdt mensen overeind?",
        "Learning to look together: what makes it hard here, and what keeps people going?",
    ),
    (
        "structuur-cultuur-en-systeem",
        EVERYONE,
        ("Structuur, cultuur en systeem", "Structure, culture and system"),
        "Over regels en routes, over hoe het hier gaat, en over waar eigenlijk op gestuurd wordt.",
        "About rules and routes, about how things go here, and about what is really steered by.",
    ),
    (
        "organisatie-team-en-individu",
        EVERYONE,
        ("Organisatie, team en individu", "Organisation, team and individual"),
        "Op welk niveau zit het probleem, op welk niveau kun jij iets doen en welk niveau sloeg je over?",
        "On which level is the problem, on which level can you do something, and which level did you skip?",
    ),
    (
        "zorgstructuur",
        EVERYONE,
        ("Zorgstructuur", "Support structure"),
        "Vertrouwenspersonen, meldroutes, nazorg: waar kan iemand heen en wat gebeurt er daarna?",
        "Confidential advisers, ways to report, aftercare: where can someone go, and what happens then?",
    ),
    (
        "onderzoek-en-resultaten",
        RESEARCH,
        ("Onderzoek en resultaten", "Research and results"),
        "Vragen aan de onderzoekers en resultaten van onderzoek. Onderzoekers lezen alleen hier mee, niet in de "
        "andere forums.",
        "Questions to the researchers and results of research. Researchers read along only here, not in the other "
        "forums.",
    ),
]


def make(apps, schema_editor) -> None:
    board = apps.get_model("forums", "Board")
    for position, (slug, audience, (name_nl, name_en), about_nl, about_en) in enumerate(BOARDS, start=10):
        board.objects.get_or_create(
            slug=slug,
            defaults={
                "audience": audience,
                "name_nl": name_nl,
                "name_en": name_en,
                "description_nl": about_nl,
                "description_en": about_en,
                "position": position,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop, elidable=False)]
