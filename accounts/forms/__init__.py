from accounts.forms.cohort import CohortForm, InviteForm, TrainerForm
from accounts.forms.entrance import LoginCodeForm, LoginForm, StepUpForm
from accounts.forms.person import AcceptInvitationForm, AgreementsForm, ProfileForm, SeenForm

__all__ = [
    "AcceptInvitationForm",
    "AgreementsForm",
    "CohortForm",
    "InviteForm",
    "LoginCodeForm",
    "LoginForm",
    "ProfileForm",
    "SeenForm",
    "StepUpForm",
    "TrainerForm",
]
