"""Names of places, which are no persons when they stand alone. A data module."""

from __future__ import annotations

from .lexicon import word_set

PLACES = word_set(
    """
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia
hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland
massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio
oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin
wyoming chicago boston miami dallas houston denver seattle atlanta philadelphia detroit
brooklyn manhattan hollywood london paris berlin brussels geneva vienna rome madrid
moscow kyiv kiev beijing tokyo seoul delhi tehran baghdad kabul jerusalem cairo damascus
aleppo beirut ankara istanbul riyadh canberra ottawa wellington nairobi
afghanistan albania algeria argentina armenia australia austria azerbaijan bahrain
bangladesh belarus belgium bolivia bosnia brazil bulgaria burma cambodia cameroon canada
chile china colombia croatia cuba cyprus denmark ecuador egypt estonia ethiopia finland
france germany ghana greece guatemala haiti honduras hungary iceland india indonesia
iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait laos
latvia lebanon liberia libya lithuania malaysia mali malta mexico moldova mongolia
morocco mozambique myanmar nepal netherlands nicaragua niger nigeria norway oman
pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia
rwanda senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland
syria taiwan tanzania thailand tunisia turkey türkiye uganda ukraine uruguay uzbekistan
venezuela vietnam yemen zambia zimbabwe britain england scotland wales europe asia
africa america antarctica calif. fla. mass. pa. mich. minn. wis. ariz. ill.
"""
)
