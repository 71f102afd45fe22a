"""What each language calls itself, for the readers who look for theirs in a list."""

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "العربية",
        "ca": "Català",
        "cs": "Čeština",
        "da": "Dansk",
        "de": "Deutsch",
        "el": "Ελληνικά",
        "en": "English",
        "es": "Español",
        "fa": "فارسی",
        "fi": "Suomi",
        "fr": "Français",
        "he": "עברית",
        "hi": "हिन्दी",
        "hu": "Magyar",
        "id": "Bahasa Indonesia",
        "it": "Italiano",
        "ja": "日本語",
        "ko": "한국어",
        "nb": "Norsk bokmål",
        "nl": "Nederlands",
        "pl": "Polski",
        "pt": "Português",
        "pt-BR": "Português (Brasil)",
        "ro": "Română",
        "ru": "Русский",
        "sk": "Slovenčina",
        "sv": "Svenska",
        "tr": "Türkçe",
        "uk": "Українська",
        "vi": "Tiếng Việt",
        "zh": "简体中文",
        "zh-TW": "繁體中文",
    }
)
