from accounts.forms.cohort import CohortForm, InviteForm, TrainerForm
from accounts.forms.entrance import (
    ChangePasswordForm,
    FirstPasswordForm,
    ForgotPasswordForm,
    LoginCodeForm,
    LoginForm,
    NewAddressForm,
    NewPasswordForm,
    ReauthenticateForm,
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
    "ReauthenticateForm",
    "RequestCodeForm",
    "SeenForm",
    "StepUpForm",
    "TrainerForm",
]
