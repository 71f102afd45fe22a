"""`python -m comments_service.cli`: the same command where nothing is installed; `run` starts its processes so."""

from comments_service.cli.program import main

if __name__ == "__main__":
    main()
