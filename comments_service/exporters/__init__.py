"""Ways out: everything a publisher owns, in documented forms. Reading them back is the work of `importers`."""
