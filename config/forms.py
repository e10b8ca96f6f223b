"""Forms in the dress of the public design system."""

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class DesignSystemBoundField(BoundField):
    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        own = self.field.widget.attrs.get("class", "")
        attrs.setdefault("class", f"ds-input {own}".strip())
        return attrs


class DesignSystemRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = DesignSystemBoundField
