from accounts.forms.cohort import CohortForm, InviteForm, TrainerForm
from accounts.forms.entrance import (
    ChangePasswordForm,
    FirstPasswordForm,
    ForgotPasswordForm,
    LoginCodeForm,
    LoginForm,
    NewAddressForm,
    NewPasswordForm,
    RequestCodeForm,
    StepUpForm,
)
from accounts.forms.person import AcceptInvitationForm, AgreementsForm, ProfileForm, SeenForm

__all__ = [
    "AcceptInvitationForm",
    "AgreementsForm",
    "ChangePasswordForm",
    "CohortForm",
    "FirstPasswordForm",
    "ForgotPasswordForm",
    "InviteForm",
    "LoginCodeForm",
    "LoginForm",
    "NewAddressForm",
    "NewPasswordForm",
    "ProfileForm",
    "RequestCodeForm",
    "SeenForm",
    "StepUpForm",
    "TrainerForm",
]
