"""The people: an account is an e-mail address; what it may do comes from roles with dates."""

import secrets
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..permissions import ROLE_LABELS, Role, granted
from ..scopes import scoped_municipality_ids
from .register import Municipality, Organisation

ROLE_CHOICES = [(role.value, label) for role, label in ROLE_LABELS.items()]


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
        default="nb",
    )
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        ordering = ["name"]

    def __str__(self):
        return self.name or self.email

    @cached_property
    def current_roles(self) -> list["RoleAssignment"]:
        return list(self.role_assignments.valid_on(timezone.localdate()).select_related("municipality"))

    @cached_property
    def roles(self) -> frozenset[str]:
        own = {assignment.role for assignment in self.current_roles}
        return frozenset(own | {Role.ADMINISTRATOR.value} if self.is_superuser else own)

    @cached_property
    def permissions(self) -> frozenset[str]:
        return granted(self.roles, signed_in=True) if self.is_active else frozenset()

    @cached_property
    def municipality_ids(self) -> set[int]:
        """The municipalities this person may see: one's own, and those that rooms above give reasons for."""
        return self.own_municipality_ids | scoped_municipality_ids(self)

    @cached_property
    def own_municipality_ids(self) -> set[int]:
        """The municipalities this person's roles are for (of an organisation: its members)."""
        direct = {one.municipality_id for one in self.current_roles if one.municipality_id}
        joint = {one.organisation_id for one in self.current_roles if one.organisation_id}
        if not joint:
            return direct
        return direct | set(Municipality.objects.filter(organisations__in=joint).values_list("pk", flat=True))

    @property
    def is_staff(self) -> bool:
        """Django's admin is for administrators."""
        return Role.ADMINISTRATOR in self.roles

    def has_perm(self, perm, obj=None) -> bool:
        """Django's own permissions are asked for by its admin only."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label) -> bool:
        return self.is_active and self.is_staff

    def may(self, permission: str) -> bool:
        return permission in self.permissions


class RoleAssignmentQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class RoleAssignment(models.Model):
    """A role from a day on; a project leader's is for a municipality or an organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="roles", verbose_name=_("municipality")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="roles", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day."))

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("role"), _("roles")
        ordering = ["user", "role", "starts_on"]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """A letter by which somebody gets an account and a role; good once, until it lapses."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")], default="nb"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="invitations_sent", verbose_name=_("invited by")
    )
    lapses_on = models.DateField(_("lapses"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        ordering = ["-invited_at"]

    def __str__(self):
        return self.email

    @property
    def is_pending(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def has_lapsed(self) -> bool:
        return self.lapses_on < timezone.localdate()

    @property
    def is_open(self) -> bool:
        return self.is_pending and not self.has_lapsed
