#!/usr/bin/python3
"""What python-fido2 0.9 takes for one operation on a key with a PIN, over a socket.

usage: python_fido2.py HOST PORT PIN OTHER-PIN

Speaks with bench as libfido2.c beside this file does, and knows the same operations.
"""

import sys
import time

from fido2.ctap2 import ClientPin, CredentialManagement, Ctap2

from socket_connection import open_at_socket

RP = {"id": "bench.example", "name": "Bench"}
HASH = b"\x01\x02\x03" + b"\x00" * 29
PERMISSION = ClientPin.PERMISSION


class Contestant:
    def __init__(self, host, port, pin, other_pin):
        self.address = (host, port)
        self.pin, self.other_pin = pin, other_pin
        self.device = open_at_socket(host, port)
        self.ctap = Ctap2(self.device)
        self.credential = None
        self.bare = False

    def token(self, permissions, rp_id=None):
        client = self.client()
        return client.protocol, client.get_pin_token(self.pin, permissions, rp_id)

    def client(self):
        client = ClientPin(self.ctap)
        if not self.bare and client.get_pin_retries()[0] < 2:
            raise RuntimeError("too few tries left")
        return client

    def run_open(self):
        device = open_at_socket(*self.address)
        Ctap2(device)
        device.close()

    def run_info(self):
        self.ctap.get_info()

    def run_pin(self):
        self.client().change_pin(self.pin, self.other_pin)
        self.client().change_pin(self.other_pin, self.pin)

    def run_register(self):
        protocol, token = self.token(PERMISSION.MAKE_CREDENTIAL, RP["id"])
        made = self.ctap.make_credential(
            HASH,
            RP,
            {"id": b"python-fido2", "name": "ann", "displayName": "Ann"},
            [{"type": "public-key", "alg": -7}],
            options={"rk": True},
            pin_uv_param=protocol.authenticate(token, HASH),
            pin_uv_protocol=protocol.VERSION,
        )
        self.credential = {"type": "public-key", "id": made.auth_data.credential_data.credential_id}

    def run_assert(self):
        protocol, token = self.token(PERMISSION.GET_ASSERTION, RP["id"])
        self.ctap.get_assertion(
            RP["id"],
            HASH,
            [self.credential],
            pin_uv_param=protocol.authenticate(token, HASH),
            pin_uv_protocol=protocol.VERSION,
        )

    def run_list(self):
        protocol, token = self.token(PERMISSION.CREDENTIAL_MGMT)
        management = CredentialManagement(self.ctap, protocol, token)
        found = 0
        for rp in management.enumerate_rps():
            found += len(management.enumerate_creds(rp[CredentialManagement.RESULT.RP_ID_HASH]))
        if found < 40:
            raise RuntimeError("fewer than 40 passkeys")


def main():
    contestant = Contestant(*sys.argv[1:5])
    print("0", flush=True)
    for line in sys.stdin:
        words = line.split()
        contestant.bare = words[0] == "bare"
        operation = getattr(contestant, "run_" + words[-1])
        parts = 2 if words[-1] == "pin" else 1
        start = time.perf_counter()
        try:
            operation()
        except Exception as error:
            print("error %s: %s" % (type(error).__name__, error), flush=True)
            sys.exit(1)
        print("%.4f" % ((time.perf_counter() - start) * 1000 / parts), flush=True)


if __name__ == "__main__":
    main()
