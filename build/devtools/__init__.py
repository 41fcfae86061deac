"""What stands behind build/dev.py: preparing the machine and the environment, and running the checks.

Standard library only: this code runs before any library is installed.
"""
