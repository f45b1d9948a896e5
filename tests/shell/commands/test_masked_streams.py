"""What commands write of the addresses that they were told."""

from __future__ import annotations

import io

import pytest

from pytest_apiversion.shell.commands.masked_streams import masked_streams


@pytest.mark.parametrize(
    ("address", "text", "masked"),
    [
        pytest.param("http://me:s3cr%2Ft@h/x", "got s3cr/t", "got $PASSWORD", id="a password"),
        pytest.param("http://s3cr%2Ft@h/x", "got s3cr%2Ft", "got $PASSWORD", id="a name alone"),
        pytest.param("me:s3cr3t@proxy:80", "got czNjcjN0", "got $PASSWORD", id="a proxy's, in base64"),
        pytest.param("http://h/x?api_key=open", "got open", "got $QUERY", id="a key that is a word"),
        pytest.param("http://h/x?x=a1b2c3d4e5", "got A1B2C3D4E5", "got $QUERY", id="a value that is no word"),
        pytest.param("http://h/x?x=a1b2&c3d4e5f6g7", "got c3d4e5f6g7", "got $QUERY", id="a value without a name"),
        pytest.param("http://h/x#access_token=open", "got open", "got $QUERY", id="a key in the fragment"),
        pytest.param("http://h/x;jsessionid=0a1b2c3d/y", "got 0a1b2c3d/y", "got $QUERY/y", id="a key in the path"),
        pytest.param("http://h/hooks/B0a%2B12xYz9/x", "got B0a+12xYz9", "got $PATH", id="what is no word in the path"),
        pytest.param("http://h/api2024/v1.2/a-b_c.json", "api2024, v1.2, a-b_c.json", None, id="a path of words"),
        pytest.param("git:http://me:s3cr3t@h/x:y", "got s3cr3t", "got $PASSWORD", id="where a revision belongs"),
        pytest.param("http://h/x?code#/keys", "the code of /keys", None, id="names alone"),
        pytest.param("http://h/x?format=openapi&v=2", "/openapi: expected 3.0, 2", None, id="how it is given"),
        pytest.param("http://h/x", "got x", None, id="nothing"),
        pytest.param("http://[x", "got x", None, id="no address"),
        pytest.param("contract.yaml", "got contract.yaml", None, id="a file"),
    ],
)
def test_what_is_masked(address: str, text: str, masked: str | None) -> None:
    """Passwords and keys are masked however a service echoes them, and words that say how a document is given are not."""
    stream = io.StringIO()
    (out,) = masked_streams([None, address], stream)
    out.writelines([f"{text}\n"])
    out.flush()

    assert stream.getvalue() == f"{masked or text}\n"
