"""The Settings page: who coaches, what is said while one plays, what models have cost."""

from dashboards.parts.settings_view import SettingsView
from dashboards.parts.shell import Page, built, current_user

Page(title="Settings", path="/settings", body=built(lambda: SettingsView(current_user()))).servable()
