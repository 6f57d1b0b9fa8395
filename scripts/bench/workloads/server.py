"""asyncio: a server that answers JSON to clients of the same process."""

import asyncio
import json

import outcome

clients = 20
requests = 500


async def answer(reader, writer):
    while line := await reader.readline():
        request = json.loads(line)
        rows = [{"id": number, "name": request["name"]} for number in range(20)]
        writer.write(json.dumps(rows).encode() + b"\n")
        await writer.drain()
    writer.close()


async def ask(port, name):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    for _ in range(requests):
        writer.write(json.dumps({"name": name}).encode() + b"\n")
        count += len(json.loads(await reader.readline()))
    writer.close()
    return count


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0, limit=1 << 20)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await asyncio.gather(*(ask(port, "client %d" % number) for number in range(clients)))


asyncio.run(main())
outcome.report()
