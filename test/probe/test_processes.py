"""Programs of several processes: each reports for itself, helpers stay out."""

import os
import unittest

from test.probe.support import ProbeTest


class ForkTest(ProbeTest):
    @unittest.skipUnless(hasattr(os, "fork"), "fork")
    def test_parent_and_child_report_for_themselves(self):
        code = """
        import os, sys
        child = os.fork()
        if child == 0:
            keep = [bytearray(b"x") * 1000 for _ in range(30_000)]
            sys.exit(5)
        print(os.waitpid(child, 0)[1] >> 8, flush=True)
        for line in sys.stdin:
            print("still", flush=True)
        """
        for level in ("live", "allocations"):
            with self.subTest(level=level):
                before = len(self.host.connections)
                program = self.start(code, level)
                self.assertEqual(program.hear(), "5")
                parent, child = self.host.wait_for(
                    lambda: self.host.connections[before:] if self.count() > before + 1 else None
                )
                if parent.hello["pid"] != program.process.pid:
                    parent, child = child, parent
                self.assertEqual(child.hello["parentPid"], parent.hello["pid"])
                self.wait_end(child)
                source = "sampled" if level == "live" else "traced"
                grown = sum(row[5] for row in child.lines(source).values())
                self.assertGreater(grown, 29_000_000)
                program.say()
                self.assertEqual(program.hear(), "still")
                # The parent's own connection is whole, and its thread has come back.
                self.assertEqual(self.host.mark(1, parent)["id"], 1)
                self.assertEqual(program.finish()[0], 0)
                self.wait_end(parent)

    def count(self):
        return len(self.host.connections)

    def test_a_child_program_reports(self):
        code = """
        import subprocess, sys
        done = subprocess.run([sys.executable, "-c", "print('child')"], stdout=subprocess.PIPE)
        print(done.stdout.decode().strip())
        """
        self.assertEqual(self.start(code).finish(), (0, "child\n", ""))
        connections = self.host.wait_for(lambda: self.count() == 2 and self.host.connections)
        pids = {connection.hello["pid"] for connection in connections}
        parents = {connection.hello["parentPid"] for connection in connections}
        self.assertEqual(len(pids & parents), 1)
        for connection in connections:
            self.wait_end(connection)


class MultiprocessingTest(ProbeTest):
    CODE = """
    import multiprocessing, sys
    def work(size):
        keep = [bytearray(b"x") * 1000 for _ in range(size)]
        return len(keep)
    def main():
        context = multiprocessing.get_context(sys.argv[1])
        process = context.Process(target=work, args=(20_000,))
        process.start()
        process.join()
        print(process.exitcode)
    if __name__ == "__main__":
        main()
    """

    def test_workers_report_and_helpers_do_not(self):
        methods = ["spawn"] if os.name == "nt" else ["fork", "spawn", "forkserver"]
        for method in methods:
            with self.subTest(method=method):
                before = len(self.host.connections)
                program = self.start(self.CODE, args=[method])
                self.assertEqual(program.finish(), (0, "0\n", ""))
                self.host.wait_for(lambda: len(self.host.connections) > before + 1)
                for connection in self.host.connections[before:]:
                    self.host.wait_for(lambda: connection.is_closed)
                new = self.host.connections[before:]
                self.assertEqual(len(new), 2, [connection.hello["argv"] for connection in new])
                worker = next(c for c in new if c.hello["pid"] != program.process.pid)
                grown = sum(row[5] for row in worker.lines("sampled").values())
                self.assertGreater(grown, 18_000_000)
                self.assertTrue(worker.of_kind("end"))


if __name__ == "__main__":
    unittest.main()
