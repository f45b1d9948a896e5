#!/bin/sh
# aiohttp-client-cache 0.15.0, told to do as `Cache-Control` says, does not look at `Vary`: who asked for version 1 first gets
# version 1 where version 2 is asked for.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q aiohttp-client-cache==0.15.0
cat > "$folder/ask.py" <<'END'
import asyncio

from aiohttp import web
from aiohttp_client_cache import CacheBackend, CachedSession


async def things(request):
    headers = {"Vary": "X-API-Version", "Cache-Control": "max-age=600"}
    return web.Response(text=request.headers["X-API-Version"], headers=headers)


async def main():
    shop = web.Application()
    shop.router.add_get("/things", things)
    runner = web.AppRunner(shop)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/things"
    async with CachedSession(cache=CacheBackend(cache_control=True)) as client:
        for version in ("1", "2"):
            async with client.get(url, headers={"X-API-Version": version}) as answer:
                print("asked for", version, "got", await answer.text(), "Vary:", answer.headers["Vary"])
    await runner.cleanup()


asyncio.run(main())
END
cat > "$folder/expected" <<'END'
asked for 1 got 1 Vary: X-API-Version
asked for 2 got 1 Vary: X-API-Version
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
