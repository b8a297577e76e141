"""The two looks: a calm dark one, and one of high contrast. Both keep text at 4.5:1 or better (WCAG 2.2, 1.4.3).

`$quiet` is for what is said by the way: headings of groups, hints, what a person does.
"""

from __future__ import annotations

from textual.theme import Theme

CALM = Theme(
    name="calm",
    primary="#8fc1e3",
    secondary="#a9b8c6",
    accent="#e3c07f",
    warning="#e8b86a",
    error="#f08a84",
    success="#97cf9a",
    foreground="#dbe2e8",
    background="#12171c",
    surface="#181e25",
    panel="#222a33",
    dark=True,
    variables={
        "quiet": "#a3b1bf",
        "border": "#8fc1e3",
        "border-blurred": "#4a5865",
        "block-cursor-background": "#8fc1e3",
        "block-cursor-foreground": "#12171c",
        "block-cursor-blurred-background": "#2b3641",
        "block-cursor-blurred-foreground": "#dbe2e8",
        "button-color-foreground": "#12171c",
        "footer-background": "#222a33",
        "footer-foreground": "#dbe2e8",
        "footer-key-foreground": "#e3c07f",
        "footer-description-foreground": "#dbe2e8",
        "input-selection-background": "#33556e",
        "scrollbar": "#4a5865",
        "scrollbar-background": "#181e25",
    },
)

CONTRAST = Theme(
    name="contrast",
    primary="#ffe14d",
    secondary="#ffffff",
    accent="#7fe9ff",
    warning="#ffb454",
    error="#ff9a93",
    success="#8dff9d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    text_alpha=1.0,
    variables={
        "quiet": "#e6e6e6",
        "border": "#ffe14d",
        "border-blurred": "#bdbdbd",
        "block-cursor-background": "#ffe14d",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#3d3d3d",
        "block-cursor-blurred-foreground": "#ffffff",
        "button-color-foreground": "#000000",
        "footer-background": "#1a1a1a",
        "footer-foreground": "#ffffff",
        "footer-key-foreground": "#ffe14d",
        "footer-description-foreground": "#ffffff",
        "input-selection-background": "#1d4f7a",
        "scrollbar": "#bdbdbd",
        "scrollbar-background": "#000000",
    },
)
