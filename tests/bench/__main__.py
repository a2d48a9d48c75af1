"""All benches, one after the other: `make bench`."""

from tests.bench import chat, pages, weight, writing

if __name__ == "__main__":
    for title, bench in (("pages", pages), ("chat", chat), ("first visit", weight), ("help while you write", writing)):
        print(f"== {title}", flush=True)
        bench.main()
