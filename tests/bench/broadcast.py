"""A bare server that says the same to everyone: what a delivery costs at least. Run as a program: PORT."""

import asyncio
import sys

from websockets.asyncio.server import broadcast, serve


async def main(port: int) -> None:
    listeners: set = set()

    async def handle(socket) -> None:
        if socket.request.path.startswith("/say"):
            async for text in socket:
                broadcast(listeners, text)
        else:
            listeners.add(socket)
            try:
                await socket.wait_closed()
            finally:
                listeners.discard(socket)

    async with serve(handle, "127.0.0.1", port, compression=None, ping_interval=None):
        print("Ready:", flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
