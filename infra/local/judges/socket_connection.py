"""python-fido2's transport over a TCP socket that carries 64-byte reports: no kernel, no USB."""

import socket

from fido2.hid import CtapHidDevice
from fido2.hid.base import CtapHidConnection, HidDescriptor

REPORT = 64


class SocketConnection(CtapHidConnection):
    """64-byte reports over TCP."""

    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read_packet(self):
        packet = b""
        while len(packet) < REPORT:
            part = self.socket.recv(REPORT - len(packet))
            if not part:
                raise OSError("the key was unplugged")
            packet += part
        return packet

    def write_packet(self, data):
        self.socket.sendall(data)

    def close(self):
        self.socket.close()


def open_at_socket(host, port):
    """The key that speaks at host:port."""
    return CtapHidDevice(HidDescriptor("tcp", 0, 0, REPORT, REPORT), SocketConnection(host, int(port)))
