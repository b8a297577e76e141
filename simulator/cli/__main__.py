"""`python -m simulator.cli`, where no script is installed."""

from simulator.cli import main

main()
