"""``python -m clausecheck``: the command line."""

from clausecheck.cli import main

if __name__ == "__main__":
    main()
