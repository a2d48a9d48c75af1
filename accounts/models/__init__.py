from accounts.models.audit import AuditEntry, record, record_each
from accounts.models.cohort import Cohort, Membership, Role
from accounts.models.consent import Consent, Wording
from accounts.models.epoch import Epoch
from accounts.models.invitation import Invitation
from accounts.models.opening import Opening
from accounts.models.outbox import Outgoing
from accounts.models.person import User
from accounts.models.profile import Profile, Visibility
from accounts.models.session import Session

__all__ = [
    "AuditEntry",
    "Cohort",
    "Consent",
    "Epoch",
    "Invitation",
    "Membership",
    "Opening",
    "Outgoing",
    "Profile",
    "Role",
    "Session",
    "User",
    "Visibility",
    "Wording",
    "record",
    "record_each",
]
