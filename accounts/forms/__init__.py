from accounts.forms.cohort import CohortForm, InviteForm, TrainerForm
from accounts.forms.entrance import ForgotPasswordForm, LoginCodeForm, LoginForm, RequestCodeForm, StepUpForm
from accounts.forms.person import AcceptInvitationForm, AgreementsForm, ProfileForm, SeenForm

__all__ = [
    "AcceptInvitationForm",
    "AgreementsForm",
    "CohortForm",
    "ForgotPasswordForm",
    "InviteForm",
    "LoginCodeForm",
    "LoginForm",
    "ProfileForm",
    "RequestCodeForm",
    "SeenForm",
    "StepUpForm",
    "TrainerForm",
]
