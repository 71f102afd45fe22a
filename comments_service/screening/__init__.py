"""Finding out about a submission: checks before storing (`intake`), checks after (`classify`), one `outcome`."""
