"""Find a Chromium for the browser tests, or install one: Debian's package, else playwright's own download."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def chromium() -> str | None:
    """Path of an installed Chromium, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Make sure there is one; stop with a French sentence when there cannot be."""
    if chromium():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installation de Chromium (paquet Debian)…")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, stdout=subprocess.DEVNULL)
    if not chromium():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not chromium():
        sys.exit("Il manque un navigateur Chromium pour les essais : installez le paquet « chromium » de votre système, puis recommencez.")


if __name__ == "__main__":
    install()
