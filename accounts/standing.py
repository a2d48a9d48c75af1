"""Which roles someone holds, read from their memberships: one question each, no query of their own."""

from accounts.models.cohort import Membership, Role


class Standing:
    """The questions about roles that a User answers. Needs `standing`, the list of current memberships."""

    standing: list[Membership]
    STAFF = frozenset(
        {
            Role.TRAINER,
            Role.ORGANISER,
            Role.MODERATOR,
            Role.RESEARCHER,
            Role.REGISTER_KEEPER,
            Role.PRIVACY_OFFICER,
            Role.SITE_ADMINISTRATOR,
        }
    )

    def holds(self, role: str) -> bool:
        """Holds this role site-wide."""
        return any(m.role == role and m.cohort_id is None for m in self.standing)

    @property
    def is_participant(self) -> bool:
        return any(m.role == Role.PARTICIPANT for m in self.standing)

    @property
    def is_alumnus(self) -> bool:
        return any(m.is_alumnus for m in self.standing)

    @property
    def is_trainer(self) -> bool:
        return any(m.role == Role.TRAINER for m in self.standing)

    @property
    def is_organiser(self) -> bool:
        return self.holds(Role.ORGANISER)

    @property
    def is_moderator(self) -> bool:
        return self.holds(Role.MODERATOR)

    @property
    def is_researcher(self) -> bool:
        return self.holds(Role.RESEARCHER)

    @property
    def is_register_keeper(self) -> bool:
        return self.holds(Role.REGISTER_KEEPER)

    @property
    def is_privacy_officer(self) -> bool:
        return self.holds(Role.PRIVACY_OFFICER)

    @property
    def is_site_administrator(self) -> bool:
        return self.holds(Role.SITE_ADMINISTRATOR)

    @property
    def is_staff_role(self) -> bool:
        return any(m.role in self.STAFF for m in self.standing)

    @property
    def meets_members(self) -> bool:
        """May see what members show to all members: alumni, trainers, organisers, moderators."""
        return self.is_alumnus or self.is_trainer or self.is_organiser or self.is_moderator

    @property
    def cohorts(self) -> list:
        """Cohorts in which this person takes part or took part, newest last session first."""
        return [m.cohort for m in self.standing if m.role == Role.PARTICIPANT]

    @property
    def alumnus_cohorts(self) -> list:
        return [m.cohort for m in self.standing if m.is_alumnus]

    @property
    def trained_cohorts(self) -> list:
        return [m.cohort for m in self.standing if m.role == Role.TRAINER and m.cohort_id]

    @property
    def circles(self) -> list:
        """Cohorts whose circle this person reads."""
        return [m.cohort for m in self.standing if m.opens_circle]

    def takes_part(self, cohort) -> bool:
        return any(m.role == Role.PARTICIPANT and m.cohort_id == cohort.pk for m in self.standing)

    def trains(self, cohort) -> bool:
        return any(m.role == Role.TRAINER and m.cohort_id == cohort.pk for m in self.standing)

    @property
    def role_words(self) -> list:
        """The roles in words, for beside the name."""
        seen = {m.badge for m in self.standing if m.badge}
        return [str(Role(badge).label) for badge in Role.values if badge in seen]
