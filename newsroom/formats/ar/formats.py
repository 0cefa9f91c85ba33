"""Arabic dates as the United Nations print them: 3 كانون الأول/ديسمبر 2024."""

DATE_FORMAT = "j F Y"
# Never the abbreviation, which has one of the two names alone: one form everywhere.
SHORT_DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
