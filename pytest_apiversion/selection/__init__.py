"""One file per carrier: how a request names its version."""
