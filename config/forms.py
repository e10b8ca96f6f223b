"""Forms in the dress of the public design system."""

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class DesignSystemBoundField(BoundField):
    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.setdefault("class", "ds-input")
        return attrs


class DesignSystemRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = DesignSystemBoundField
