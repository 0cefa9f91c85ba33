"""Addresses of the readers' door. Printed links last: add, never change."""

from django.conf import settings
from django.urls import path, re_path, register_converter

from . import (
    about,
    archive,
    articles,
    converters,
    design,
    embeds,
    feeds,
    front,
    health,
    history,
    look,
    machines,
    media,
    offices,
    people,
    quotes,
    resolutions,
    search,
    topics,
)

register_converter(converters.FourDigits, "year")
register_converter(converters.TwoDigits, "two")
register_converter(converters.PermalinkId, "permalink")
register_converter(converters.Digest, "digest")
register_converter(converters.MediaKey, "mediakey")
register_converter(converters.FeedFormat, "feed")
register_converter(converters.CitationFormat, "citation")
register_converter(converters.MonthOfYear, "monthofyear")

urlpatterns = [
    path("", front.home, name="home"),
    path("statements/", archive.archive, name="archive"),
    path("statements/<year:year>/", archive.archive, name="archive_year"),
    path("statements/<year:year>/<two:month>/", archive.archive, name="archive_month"),
    path(
        "statements/<year:year>/<two:month>/<two:day>/",
        archive.archive,
        name="archive_day",
    ),
    path(
        "statements/<year:year>/<two:month>/<two:day>/<slug:slug>/",
        articles.article,
        name="article",
    ),
    path(
        "statements/<year:year>/<two:month>/<two:day>/<slug:slug>/history/",
        history.history,
        name="history",
    ),
    path(
        "statements/<year:year>/<two:month>/<two:day>/<slug:slug>/card-<digest:digest>.png",
        embeds.article_card,
        name="article_card",
    ),
    path("corrections/", history.corrections, name="corrections"),
    path("quotes/<permalink:key>/", quotes.quote, name="quote"),
    path("quotes/<permalink:key>.<citation:form>", quotes.cite, name="quote_citation"),
    path("quotes/<permalink:key>/embed/", embeds.embedded, name="embed"),
    path(
        "quotes/<permalink:key>/card-<digest:digest>.png",
        embeds.quote_card,
        name="quote_card",
    ),
    path("oembed", embeds.answer, name="oembed"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.spokesperson, name="spokesperson"),
    path("organizations/", people.organizations, name="organizations"),
    path("organizations/<slug:slug>/", offices.organization, name="organization"),
    path("posts/<slug:slug>/", offices.post, name="post"),
    path("resolutions/", resolutions.resolutions, name="resolutions"),
    path(
        "resolutions/<slug:body>/<slug:slug>/",
        resolutions.resolution,
        name="resolution",
    ),
    path(
        "resolutions/<slug:body>/<slug:slug>/quotes.csv",
        resolutions.quotes_csv,
        name="resolution_quotes",
    ),
    # S/RES/2417(2018), A/RES/76/300, A/HRC/RES/50/1: as their publishers write them.
    re_path(
        r"^resolutions/(?P<symbol>(?i:[a-z]+(?:/hrc)?/res)/.{1,100})$",
        resolutions.reference,
        name="resolution_reference",
    ),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("following/", front.following, name="following"),
    path("search/", search.search, name="search"),
    path("media/<mediakey:key>/<path:name>", media.media, name="media"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("site/mark", look.mark, name="site_mark"),
    path("site/accent.css", look.accent, name="site_accent"),
    path("healthz", health.healthz, name="healthz"),
    path("feeds/statements.<feed:form>", feeds.statements, name="feed"),
    path("feeds/quotes.<feed:form>", feeds.quotes, name="feed_quotes"),
    path("feeds/corrections.<feed:form>", feeds.corrections, name="feed_corrections"),
    path(
        "feeds/people/<slug:slug>.<feed:form>",
        feeds.spokesperson,
        name="feed_spokesperson",
    ),
    path("feeds/topics/<slug:slug>.<feed:form>", feeds.topic, name="feed_topic"),
    path(
        "feeds/resolutions/<slug:body>/<slug:slug>.<feed:form>",
        feeds.resolution,
        name="feed_resolution",
    ),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemaps/lists.xml", machines.lists, name="sitemap_lists"),
    path("sitemaps/<monthofyear:month>.xml", machines.month, name="sitemap_month"),
    path("sitemap-news.xml", machines.news, name="sitemap_news"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security_txt"),
]

# For those who change the look; in public it is not there.
if settings.DEBUG:
    urlpatterns += design.urlpatterns
