"""The recording of one briefing, read by a synthetic voice, and its transcript."""

from __future__ import annotations

from .shapes import prose

AUDIO = "briefing-2025-01-21.mp3"
SECONDS = 85

TRANSCRIPT = prose("""
[0:00] Moderator: Good morning. The Spokesperson of the Ministry of Foreign Affairs,
Ilse Okafor.

[0:06] Ilse Okafor: Good morning. The ice in the Northern Strait is forty centimetres
thick off Sandholm. The ferry to Estmark sails on Mondays, Wednesdays and Fridays
until the end of the month. It is slow, it is cold, and it is full. Please bring a
book and be kind to the crew. The mail goes first. Medicine, letters and seed potatoes
are loaded before cars, because a car can wait and an insulin pen cannot.

[0:36] Question: Are ships with food being held again this winter?

[0:40] Ilse Okafor: They are not. The order of last year stands, and you will remember
that it goes back to Security Council resolution 2417. No ship with food on board has
waited more than six hours this winter. I have the list here, and you may read it. If
it ever becomes seven hours, you will find a signature beside it, and you will hear
from me before you have to ask.

[1:07] Question: Will there be a ferry on Sundays?

[1:11] Ilse Okafor: Not this winter. I know what that means for families on both
shores, and I am sorry. The crew has to sleep.

[1:19] Moderator: Thank you. The next briefing is on Friday at ten.
""")
