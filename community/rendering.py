"""How forms look, everywhere: each field through one component."""

from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    field_template_name = "components/field.html"
    form_template_name = "components/form.html"
