"""Rules of approvals."""
