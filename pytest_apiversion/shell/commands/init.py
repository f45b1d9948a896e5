"""The `apiversion init` command: looks at a service, writes its policy file, freezes its contracts, and runs once."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pytest_apiversion.core.errors import ApiVersionError, PolicyError
from pytest_apiversion.core.http.link_header import parts
from pytest_apiversion.core.policy.connection import PLAIN, Connection
from pytest_apiversion.shell.catalogue.policy_schema import SCHEMA_NAME
from pytest_apiversion.shell.commands.confirming import wanted
from pytest_apiversion.shell.commands.connection_arguments import run_options, warning_of
from pytest_apiversion.shell.commands.init_files import contract_name, file_way, write_files
from pytest_apiversion.shell.comparison.sources import Bounds, no_application, read_source
from pytest_apiversion.shell.discovery.document_base_path import mount_of, mounted
from pytest_apiversion.shell.discovery.documented_versions import ordered, server_url
from pytest_apiversion.shell.discovery.given_keys import CHALLENGES, entries, keys, offered, ways
from pytest_apiversion.shell.discovery.looking import Looking, Published
from pytest_apiversion.shell.discovery.policy_text import PROBLEM, Facts, policy_text
from pytest_apiversion.shell.discovery.refusals import all_deprecated, look
from pytest_apiversion.shell.discovery.version_carrier import by_version, carrier_of, own_path, shown_carrier, title
from pytest_apiversion.shell.processes.passed_signals import run_child
from pytest_apiversion.shell.texts.printable import printable_line
from pytest_apiversion.shell.texts.shown_addresses import without_user
from pytest_apiversion.shell.texts.wrapping import terminal_width, wrapped
from pytest_apiversion.shell.transport.applications import import_application
from pytest_apiversion.shell.transport.base_url import address
from pytest_apiversion.shell.transport.sender import Transport

if TYPE_CHECKING:
    from typing import BinaryIO, TextIO

_IN_PROCESS = "http://app.invalid"
"""The address that an application in this process is asked at."""
_BRIEFLY = ("-q", "--tb=no", "-rN")
"""Options of the one run: the page tells all that was found."""
_DOCUMENT = (".json", ".yaml", ".yml")


@dataclass(frozen=True, kw_only=True)
class _Target:
    """What is looked at.

    Attributes:
        base_url: Where it answers, without a path; empty for an application.
        folder: The path below which it was said to answer.
        app: `package.module:attribute`; empty for a service.
        place: The path of its document; empty where that is to be found.
        given: The documents themselves, where files were given.
    """

    base_url: str = ""
    folder: str = ""
    app: str = ""
    place: str = ""
    given: tuple[Published, ...] = ()


def init_command(
    source: Sequence[str],
    *,
    policy: Path,
    base_url: str = "",
    carrier: str = "",
    preset: str = "",
    yes: bool = False,
    run: bool = True,
    connection: Connection = PLAIN,
    stdin: BinaryIO,
    out: TextIO,
    errors: TextIO,
) -> int:
    """Look, write, freeze, run.

    Args:
        source: An http(s) address, `app:package.module:attribute`, or OpenAPI documents, one or one for each version.
        policy: The file to write.
        base_url: Where the service of a document answers, where the document does not say.
        carrier: Where the version stands, `header:X-API-Version`, where that cannot be seen.
        preset: A preset that says how versions are chosen.
        yes: Whether nobody is asked.
        run: Whether the policy is run once.
        connection: How the service is connected to, by the run as well.
        stdin: Standard input.
        out: Standard output.
        errors: Standard error.

    Returns:
        0 when the files are written (and the run passed), 1 when the run failed or nothing was to be written, 2 when there is nothing to look at.
    """
    say = _Saying(out)
    try:
        target = _target(source, base_url, stdin, connection)
        documents, facts = _looked(target, carrier, preset, say, connection)
        text = f"#:schema {SCHEMA_NAME}\n{policy_text(facts)}"
        if not wanted(policy, text, yes=yes, stdin=stdin, out=out):
            errors.write(f"{policy} is left as it is\n" if policy.exists() else "nothing was written\n")
            return 1
        for line in write_files(policy, text, documents):
            say(line)
    except ApiVersionError as error:
        lines = error.mistakes if isinstance(error, PolicyError) else str(error).split("\n")
        for line in lines:
            errors.writelines(f"{each}\n" for each in wrapped(printable_line(line), terminal_width()))
        return 2
    errors.write(warning_of(connection))
    options = [*run_options(connection)]
    unset = _unset(facts, say)
    if facts.seen.locked and unset:
        say(
            f"next: export {' '.join(unset)}, and run this command once more: nothing was answered without a credential"
        )
        return 0
    if not run or unset or facts.seen.locked:
        shown = shlex.join(["pytest", str(policy), *(without_user(each) for each in options)])
        say(f"next: {''.join(f'{each} ' for each in unset)}{shown}")
        return 0
    out.flush()
    command = [sys.executable, "-m", "pytest", *_BRIEFLY, *options, str(policy)]
    return 1 if run_child(command).returncode else 0


@dataclass(frozen=True)
class _Saying:
    out: TextIO

    def __call__(self, line: str) -> None:
        self.out.writelines(f"{each}\n" for each in wrapped(printable_line(line), terminal_width()))
        self.out.flush()


def _target(sources: Sequence[str], base_url: str, stdin: BinaryIO, connection: Connection) -> _Target:
    """What sources name.

    Raises:
        PolicyError: It names nothing, or a document that does not say where its service is.
        ServiceUnreachable: An address is none.
    """
    source, alone = sources[0], len(sources) == 1
    if any(each.startswith("app:") for each in sources):
        if not alone:
            raise PolicyError(source, ["an application stands alone: give it, or documents"])
        import_application(source)
        return _Target(app=source.removeprefix("app:"))
    if alone and source.startswith(("http://", "https://")):
        plain = re.split("[?#]", source, maxsplit=1)[0]
        origin, path = _parts(plain)
        is_document = path.endswith(_DOCUMENT) or (path and _is_document(origin, urlsplit(plain).path, connection))
        if not is_document:
            origin, folder = _parts(base_url or plain)
            return _Target(base_url=origin, folder=folder)
        if not base_url or _parts(base_url)[0] == origin:
            return _Target(base_url=origin, folder=_parts(base_url or origin)[1], place=urlsplit(plain).path)
    for each in sources:
        no_application(each)
    bounds = Bounds(connection=connection)
    given = tuple(Published(place=_name(each), document=read_source(each, stdin, bounds=bounds)) for each in sources)
    where = base_url or _origin(server_url(given[0].document)) or _origin(source)
    if not where:
        raise PolicyError(source, [f"{source}: its servers name no address: give --base-url"])
    origin, folder = _parts(where)
    return _Target(base_url=origin, folder=folder, given=given)


def _origin(text: str) -> str:
    """Scheme and host of an address; empty where it is none, or its host is a variable."""
    url = parts(text)
    return f"{url.scheme}://{url.netloc}" if url and url.scheme in {"http", "https"} and "{" not in url.netloc else ""


def _parts(where: str) -> tuple[str, str]:
    """An address without its path, and its path, without a slash at its end.

    Raises:
        ServiceUnreachable: It is none, or holds more than that.
        PolicyError: It holds who asks.
    """
    held = parts(where)
    if held is not None and held.username is not None:
        told = f"export {CHALLENGES['basic'].assignment} and give the address without them"
        raise PolicyError(where, [f"{without_user(where)} holds a user name and a password: {told}"])
    address(where)
    url = urlsplit(where)
    return f"{url.scheme}://{url.netloc}", url.path.rstrip("/")


def _name(source: str) -> str:
    """What a document is called where it is told of: neither its folder nor the query of its address, which may hold a key."""
    is_address = source.lower().startswith(("http://", "https://"))
    return Path(urlsplit(source).path if is_address else source).name


def _is_document(origin: str, path: str, connection: Connection) -> bool:
    """Whether an address that is not called like a document gives one."""
    with _opened(origin, connection) as transport:
        return Looking(transport=transport).document(path) is not None


def _opened(base_url: str, connection: Connection, app: str = "") -> Transport:
    """The way to what is looked at."""
    application = import_application(f"app:{app}") if app else None
    return Transport(
        base_url,
        timeout=10,
        max_body=64_000_000,
        rate=None,
        concurrency=1,
        application=application,
        connection=connection,
    )


def _looked(
    target: _Target, carrier: str, preset: str, say: _Saying, connection: Connection
) -> tuple[dict[str, Published], Facts]:
    """The document of each version, and all that a policy file is written from.

    Raises:
        PolicyError: No document, or no version, was found.
        ServiceUnreachable: Nobody is there.
    """
    shown = f"app:{target.app}" if target.app else f"{target.base_url}{target.folder}"
    with _opened(target.base_url or _IN_PROCESS, connection, target.app) as transport:
        looking = Looking(transport=transport, host=urlsplit(target.base_url).netloc, offered=offered(os.environ))
        found = mounted(looking, _documents(looking, target, shown), target.folder)
        for each in found:
            say(f"found {each.place}: {title(each.document)}{f', mounted at {each.mount}' if each.mount else ''}")
        where = carrier_of(looking, found, carrier, shown)
        say(
            f"no version was seen: all of it is held as one version, {where.versions[0]}"
            if where.guessed
            else f"versions {', '.join(ordered(where.versions))} in {shown_carrier(where)} ({where.why})"
        )
        published = by_version(looking, found, where)
        newest = published[ordered(published)[-1]].document
        needed = entries(newest, os.environ, looking.opened)
        sent = keys(needed, os.environ)
        looking.key, looking.offered = tuple(sent.values()), {}
        seen = look(looking, published, where, sent)
        say(f"asked {looking.asked} times, with GET and OPTIONS only")
    facts = Facts(
        name=title(newest) or urlsplit(target.base_url).netloc or target.app,
        base_url=target.base_url,
        app=target.app,
        mount=mount_of(published.values()),
        carrier=where,
        versions={version: contract_name(version) for version in ordered(published)},
        seen=seen,
        keys=needed,
        document=newest,
        unasked=seen.unasked,
        deprecated=frozenset(version for version, each in published.items() if all_deprecated(each.document)),
        preset=preset,
        problems=PROBLEM in str(newest.get("paths")) or PROBLEM in str(newest.get("components")),
        published=own_path(published[ordered(published)[-1]], where, ordered(published)[-1]),
    )
    return published, facts


def _documents(looking: Looking, target: _Target, shown: str) -> list[Published]:
    if target.given:
        return list(target.given)
    if target.place:
        one = looking.document(target.place)
        found = [Published(place=target.place, document=one)] if one is not None else []
    else:
        found = list(looking.documents(target.folder)) or (list(looking.documents()) if target.folder else [])
    if not found:
        tried = target.place or "any of the usual places"
        locked = looking.unauthorized * 2 > looking.asked
        told = ways(looking.challenge, looking.opened) if locked else file_way(Path(), target.base_url and shown)
        raise PolicyError(shown, [f"{shown}: no OpenAPI document at {tried}: {told}"])
    return found


def _unset(facts: Facts, say: _Saying) -> list[str]:
    """Say which variables of the environment the policy needs; what a shell is to be told of those that are not set."""
    needed = {each.variable: each for each in facts.keys if each.scheme not in facts.unasked}
    unset = [each for variable, each in needed.items() if not os.environ.get(variable)]
    for each in unset:
        what = f"{each.secret}, " if each.secret else ""
        say(f"set {each.variable}: {what}the credential of the contract's scheme {each.scheme}")
    if facts.seen.locked and not unset:
        named = " and ".join(needed)
        told = f"what {named} holds is not taken" if named else "no contract says what is asked for"
        say(f"everything was answered 401 or 403, and {told}: mend [credentials] in the policy file")
    return [each.assignment for each in unset]
