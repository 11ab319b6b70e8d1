"""Static files with hashed names; source maps are not shipped, so they are not looked for."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StockageStatique(CompressedManifestStaticFilesStorage):
    """Hashed, compressed names, without the ``sourceMappingURL`` patterns of Django."""

    patterns = (("*.css", (r"""(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))""",)),)
    manifest_strict = True
