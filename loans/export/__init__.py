"""The books for strangers: written as plain lines, with what it takes to check them without us (docs/verifying.md)."""
