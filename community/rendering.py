"""How pages are made: each field of a form through one component, and no template sends its indentation."""

import re

from django.forms.renderers import TemplatesSetting
from django.template.base import Template, TextNode
from django.template.loaders import cached

INDENTED = re.compile(r"\s*\n\s*")


class FieldRenderer(TemplatesSetting):
    field_template_name = "components/field.html"
    form_template_name = "components/form.html"


class Loader(cached.Loader):
    """Templates of pages lose their indentation once, when they are read: each page weighs a few hundred bytes less.

    White space stays white space, and what people typed is not touched: that is no part of a template.
    """

    def get_template(self, template_name: str, skip=None) -> Template:
        template = super().get_template(template_name, skip)
        if template_name.endswith(".html") and not getattr(template, "is_slim", False):
            for node in template.nodelist.get_nodes_by_type(TextNode):
                node.s = INDENTED.sub("\n", node.s)
            template.is_slim = True
        return template
