"""No tracked file names the machine it was written on, a package registry's host, or anybody's e-mail address."""

import re

from tests.architecture.tracked_files import texts

REGISTRIES = [("pythonhosted", "org"), ("registry", "npmjs"), ("deb", "debian"), ("pypi", "org/simple")]

# Put together from parts, so that this file does not find itself.
MACHINE_PATHS = re.compile("|".join(["/" + r"work/", "/" + r"root/", "/" + r"home/(?!comments)\w", "/" + r"Users/\w"]))
REGISTRY_HOSTS = re.compile("|".join(name + r"\." + end for name, end in REGISTRIES))
# Only domains that can be somebody's: texts are full of look-alikes (icon@2x.png), and example domains are nobody's.
ADDRESS = re.compile(
    r"(?<![\w.+/-])[\w.+-]+@(?!(?:[\w-]+\.)*example\.)(?:[A-Za-z][\w-]*\.)+"
    r"(?:com|net|org|info|biz|io|dev|eu|de|at|ch|fr|es|it|nl|pl|by|ru|ua|uk|us|ca|br|cn|jp|in)\b"
)


def _found(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    hits = {str(path): sorted({match.group() for match in pattern.finditer(text)}) for path, text in texts()}
    return {path: found for path, found in hits.items() if found}


def test_no_path_of_a_machine() -> None:
    assert _found(MACHINE_PATHS) == {}


def test_no_host_of_a_package_registry() -> None:
    assert _found(REGISTRY_HOSTS) == {}


def test_no_address_of_a_person() -> None:
    assert _found(ADDRESS) == {}


def test_the_patterns_find_what_they_are_for() -> None:
    assert MACHINE_PATHS.search("see /" + "home/jane/notes")
    assert REGISTRY_HOSTS.search("https://files." + "pythonhosted" + ".org/x")
    assert ADDRESS.findall("a@b.example, c@mail.example.com, d@2x.png, jane" + "@gmail.com") == ["jane" + "@gmail.com"]
