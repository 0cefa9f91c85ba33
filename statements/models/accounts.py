"""Those who sign in."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as BaseUserManager

#: Owns what commands do without ``--by``. It has no password and cannot sign in.
SYSTEM_USERNAME = "system"


class UserManager(BaseUserManager):
    def system(self) -> "User":
        """The account that acts when no person does."""
        return self.get(username=SYSTEM_USERNAME)


class User(AbstractUser):
    """A member of staff, or the system itself."""

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        db_table = "account"

    def may(self, permission: str) -> bool:
        """Whether the person holds ``statements.<permission>``.

        The system, which acts for commands and cannot sign in, may do everything.
        """
        return self.username == SYSTEM_USERNAME or self.has_perm(
            f"statements.{permission}"
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.username
