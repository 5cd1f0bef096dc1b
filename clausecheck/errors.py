"""Every error a user can cause, on one page.

A message is one line: what is wrong, where, what to do. No message holds contract text.
"""

from __future__ import annotations


class ClausecheckError(Exception):
    """Base of all errors raised on purpose by clausecheck."""

    exit_code = 2


class UsageError(ClausecheckError):
    """A wrong option or argument."""


class LibraryError(ClausecheckError):
    """The clause library is broken; the message starts with file:line."""


class ContractReadError(ClausecheckError):
    """An input that could not be read or understood."""

    exit_code = 3


class UnsupportedFormatError(ContractReadError):
    """The content is of a kind no reader is there for."""


class EncryptedFileError(ContractReadError):
    """The file asks for a password."""


class DamagedFileError(ContractReadError):
    """The file is cut off, malformed or not what its content claims."""


class NoTextError(ContractReadError):
    """The file opens but holds no text to judge: a scan, or empty."""


class LimitError(ContractReadError):
    """The file is larger or deeper than the bounds set for hostile input."""
