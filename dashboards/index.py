"""The first page: what this is, three steps to begin, the pages."""

from importlib.resources import files

from dashboards.parts.layout import prose
from dashboards.parts.shell import Page

welcome = files("dashboards.parts").joinpath("welcome.html").read_text("utf-8")
Page(title="Welcome", path="/", body=prose(welcome)).servable()
