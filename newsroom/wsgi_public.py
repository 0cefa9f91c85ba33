"""The readers' WSGI door: the public site alone, as the role newsroom_public."""

import os

from django.core.wsgi import get_wsgi_application

# Not a default: with the other settings this door would open to everything.
os.environ.update(DJANGO_SETTINGS_MODULE="newsroom.settings_public")
application = get_wsgi_application()
