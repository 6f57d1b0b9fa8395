import multiprocessing
import sys

kept = []


def load_blob():
    kept.append(bytearray(b"x" * 30_000_000))
    return len(kept)


def load_rows():
    for number in range(2_000_000):
        kept.append({"number": number, "name": "row %d" % number})


def work():
    load_blob()
    print("blob", flush=True)
    load_rows()


if __name__ == "__main__":
    worker = multiprocessing.get_context(sys.argv[1]).Process(target=work)
    worker.start()
    print("started", flush=True)
    worker.join()
    print("joined", flush=True)
