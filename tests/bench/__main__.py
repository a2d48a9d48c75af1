"""All benches, one after the other: `make bench`."""

from tests.bench import chat, faults, pages, rendering, search, weight, writes, writing

if __name__ == "__main__":
    benches = {
        "pages": pages,
        "replies": writes,
        "chat": chat,
        "faults around a session": faults,
        "first visit": weight,
        "rendering": rendering,
        "help while you write": writing,
        "search": search,
    }
    for title, bench in benches.items():
        print(f"== {title}", flush=True)
        bench.main()
