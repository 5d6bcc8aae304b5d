"""A server of a peer: a process and its children, on loopback."""
import http.client, json, os, socket, subprocess, time


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Server:
    """A server process. What it says goes to a file, as it would in production."""

    def __init__(self, command, port, ready, environment, log):
        self.port, self.log = port, log
        self.process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=open(log, "wb"), stderr=subprocess.STDOUT)
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        deadline = time.time() + 120
        while True:
            try:
                return self.ask("GET", ready, None)[0] and None
            except OSError:
                if self.process.poll() is not None or time.time() > deadline:
                    raise SystemExit(f"{command[0]} does not answer; read {log}")
                time.sleep(0.2)

    def ask(self, method, path, body, headers=()):
        """Returns the status, the answer and its headers. The connection is kept."""
        headers = {"content-type": "application/json", "origin": f"http://127.0.0.1:{self.port}", **dict(headers)}
        try:
            self.connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = self.connection.getresponse()
        except (http.client.HTTPException, OSError):
            self.connection.close()
            raise OSError(f"{method} {path}")
        text = answer.read()
        return answer.status, json.loads(text) if text[:1] in b"{[" else text, answer.headers

    def expect(self, status, method, path, body, headers=()):
        found, answer, headers = self.ask(method, path, body, headers)
        assert found == status, (method, path, found, answer)
        return answer, headers

    def cpu(self):
        """Returns the CPU milliseconds of all threads of all processes so far."""
        return sum(threads(pid) for pid in self.tree())

    def memory(self):
        """Returns the sum of the most memory that each process had resident, in megabytes."""
        status = [line for pid in self.tree() for line in open(f"/proc/{pid}/status")]
        return sum(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

    def tree(self):
        found = [self.process.pid]
        for pid in found:
            for thread in os.listdir(f"/proc/{pid}/task"):
                found += [int(child) for child in open(f"/proc/{pid}/task/{thread}/children").read().split()]
        return found

    def stop(self):
        self.process.terminate()
        self.process.wait()


def threads(pid):
    folder = f"/proc/{pid}/task"
    return sum(int(open(f"{folder}/{thread}/schedstat").read().split()[0]) for thread in os.listdir(folder)) / 1e6
