"""Drawing for paper: SVG that needs no script, prints sharp, and is told apart in greyscale.

Conventions
-----------
Lengths are px of a drawing, of which `PAGE_PX` fit across a printed page. x runs right, y runs down. Colours
repeat what shape, hatching and words already say.
"""

from xml.etree import ElementTree as Tree

from workbench.charts.theme import FONT, LIGHT

PAGE_PX = 680.0
"""Width of the text on an A4 page with margins of 15 mm, at 96 px an inch."""

INK, MUTED, LINE, GRID, PALE = LIGHT.text, LIGHT.muted, LIGHT.line, LIGHT.grid, "#dfe4e8"
BLUE, ORANGE, RED = LIGHT.right, LIGHT.off, LIGHT.wrong

_TIPS = {"early": (-1.0, 0.0), "late": (1.0, 0.0), "sharp": (0.0, -1.0), "flat": (0.0, 1.0)}
"""Where a triangle points: early is left, sharp is up."""


class Drawing:
    """A picture that a notebook cell shows as it stands.

    Parameters
    ----------
    title : what is to be seen, for those who can't
    width, height : px
    """

    def __init__(self, title: str, width: float, height: float) -> None:
        self._root = Tree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_number(width)} {_number(height)}",
                "width": _number(width),
                "height": _number(height),
                "role": "img",
                "aria-label": title,
                "font-family": FONT,
                "font-size": "11",
                "fill": INK,
            },
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], **style: object) -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = start, end
        self._add("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": LINE} | style)

    def box(self, corner: tuple[float, float], size: tuple[float, float], **style: object) -> None:
        """A rectangle from its upper left corner."""
        self._add("rect", {"x": corner[0], "y": corner[1], "width": size[0], "height": size[1]} | style)

    def disc(self, centre: tuple[float, float], radius: float, **style: object) -> None:
        """A circle."""
        self._add("circle", {"cx": centre[0], "cy": centre[1], "r": radius} | style)

    def shape(self, points: list[tuple[float, float]], **style: object) -> None:
        """A closed polygon."""
        self._add("polygon", {"points": " ".join(f"{_number(x)},{_number(y)}" for x, y in points)} | style)

    def words(self, text: str, at: tuple[float, float], **style: object) -> None:
        """Text whose baseline begins at a point; `text_anchor="middle"` centres it there."""
        self._add("text", {"x": at[0], "y": at[1]} | style).text = text

    def hatching(self, name: str, colour: str = MUTED) -> str:
        """A fill of slanted lines; use the answer as `fill`. Each drawing on a page needs its own name."""
        pattern = self._add(
            "pattern",
            {
                "id": name,
                "width": 5,
                "height": 5,
                "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            },
        )
        Tree.SubElement(pattern, "rect", {"width": "5", "height": "5", "fill": "#ffffff"})
        Tree.SubElement(
            pattern,
            "line",
            {"x1": "0", "y1": "0", "x2": "0", "y2": "5", "stroke": colour, "stroke-width": "2.4"},
        )
        return f"url(#{name})"

    def mark(self, kind: str, at: tuple[float, float], size: float = 5.0) -> None:
        """The mark of a note: "right", "wrong", "sharp", "flat", "early", "late"."""
        (x, y), half = at, size
        if kind == "right":
            self.disc(at, half - 0.4, fill=BLUE)
        elif kind == "wrong":
            for slope in (1.0, -1.0):
                ends = (x - half, y - slope * half), (x + half, y + slope * half)
                self.line(*ends, stroke=RED, stroke_width=2.6)
        else:
            tip_x, tip_y = _TIPS[kind]
            half = 1.15 * size
            base = [
                (x - tip_x * half - tip_y * s * half, y - tip_y * half - tip_x * s * half)
                for s in (-1.0, 1.0)
            ]
            tip = (x + tip_x * half, y + tip_y * half)
            self.shape([tip, *base], fill=ORANGE, stroke=INK, stroke_width=1)

    def _add(self, tag: str, style: dict[str, object]) -> Tree.Element:
        attributes = {
            name.replace("_", "-"): _number(value) if isinstance(value, int | float) else str(value)
            for name, value in style.items()
        }
        return Tree.SubElement(self._root, tag, attributes)

    def _repr_html_(self) -> str:
        return Tree.tostring(self._root, encoding="unicode")


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
