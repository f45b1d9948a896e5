"""The HTML report in a real browser without a window: Chromium of the distribution, driven by Playwright."""
