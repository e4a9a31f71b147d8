"""People at their screens: each signs in once, clicks what is written, and is counted."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

PASSWORD = "nghitruong"


class Actor:
    """One person in a browser of his or her own; `clicks` counts buttons and links pressed."""

    def __init__(
        self,
        new_page: Callable[..., Any],
        username: str,
        *,
        width: int = 1280,
        password: str = PASSWORD,
    ) -> None:
        self.page = new_page(width=width)
        self.username, self.clicks = username, 0
        self.page.goto("/dang-nhap/")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", password)
        self.page.click("main button[type=submit]")

    def go(self, address: str) -> None:
        """Follow a bookmark."""
        # A page that renews itself at this moment interrupts the way to the next one, or leaves
        # Playwright without an answer: the bookmark is followed once more.
        try:
            response = self.page.goto(address)
        except Error as error:
            if "interrupted by another navigation" not in str(error):
                raise
            response = None
        response = response or self.page.goto(address) or self.page.reload()
        assert response.status == 200, (address, response.status)

    def press(self, words: str, *, confirm: bool = False) -> None:
        """Press the button or link that says this, and answer the question that follows."""
        main = self.page.locator("main")
        target = main.get_by_role("button", name=words, exact=True)
        if target.count() == 0:
            target = main.get_by_role("link", name=words, exact=True)
        self.clicks += 1
        if confirm:
            target.first.click()
            target = self.page.locator("dialog[open] [data-yes]")
            self.clicks += 1
        with self.page.expect_navigation():
            target.first.click()

    def fill(self, **fields: object) -> None:
        """Type into fields by their form name; choices are chosen by value."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']:visible").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(str(value))
            else:
                field.fill(str(value))

    def sees(self, words: str) -> None:
        """The page says this."""
        shown = " ".join(self.page.inner_text("body").split())
        assert words.casefold() in shown.casefold(), (
            self.username,
            self.page.url,
            words,
            shown[:3000],
        )

    def sees_no_figure(self, figure: int) -> None:
        """No text, field or label of the page holds this number alone."""
        found = re.search(rf'[>"\s]{figure}[<"\s]', self.page.locator("main").inner_html())
        assert found is None, (self.username, self.page.url, found)

    def picture(self, name: str) -> None:
        """A screenshot for the guide, where PICTURES names a folder."""
        folder = os.environ.get("PICTURES")
        if folder:
            self.page.screenshot(
                path=str(Path(folder) / f"{name}.png"), full_page=True, caret="initial"
            )
