#!/usr/bin/python3
"""Judges a key with python-fido2 0.9 (Debian's python3-fido2), which refuses CBOR that is not canonical.

usage: python_fido2.py HOST PORT ROOT.pem

Wants a key without a PIN whose touch comes by itself. Prints "ok NAME" for each check; at the first that fails
prints "FAILED NAME: why" and exits 1.
"""

import os
import sys
import traceback

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from fido2.attestation import PackedAttestation
from fido2.attestation.base import verify_x509_chain
from fido2.ctap import CtapError
from fido2.ctap1 import CTAP1
from fido2.ctap2 import ClientPin, CredentialManagement, Ctap2
from fido2.ctap2.config import Config
from fido2.ctap2.pin import PinProtocolV1, PinProtocolV2

from socket_connection import open_at_socket

RP = {"id": "judge.example", "name": "The judge"}
ES256, EDDSA = {"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -8}
PERMISSION = ClientPin.PERMISSION
FIRST_PIN, SECOND_PIN = "1234", "påron-7"


class Judge:
    """The checks, in the order in which they run; each relies on those before it."""

    def __init__(self, host, port, root):
        self.device = open_at_socket(host, port)
        self.ctap = Ctap2(self.device)
        self.root = root
        self.hash = os.urandom(32)

    def token(self, permissions, rp_id=None, pin=FIRST_PIN, protocol=None):
        client = ClientPin(self.ctap, protocol)
        return client.protocol, client.get_pin_token(pin, permissions, rp_id)

    def make(self, user_id, algorithm=ES256, **more):
        protocol, token = self.token(PERMISSION.MAKE_CREDENTIAL, RP["id"])
        return self.ctap.make_credential(
            self.hash,
            RP,
            {"id": user_id, "name": user_id.decode(), "displayName": "Judge " + user_id.decode()},
            [algorithm],
            options={"rk": True},
            pin_uv_param=protocol.authenticate(token, self.hash),
            pin_uv_protocol=protocol.VERSION,
            **more
        )

    def assertions(self, **more):
        protocol, token = self.token(PERMISSION.GET_ASSERTION, RP["id"])
        return self.ctap.get_assertions(
            RP["id"],
            self.hash,
            pin_uv_param=protocol.authenticate(token, self.hash),
            pin_uv_protocol=protocol.VERSION,
            **more
        )

    def management(self):
        protocol, token = self.token(PERMISSION.CREDENTIAL_MGMT)
        return CredentialManagement(self.ctap, protocol, token)

    def check_hid(self):
        for size in (0, 1, 57, 58, 1024, 7609):
            data = os.urandom(size)
            assert self.device.ping(data) == data, "PING of %d bytes" % size
        self.device.wink()
        self.device.lock(1)
        self.device.lock(0)

    def check_info(self):
        info = self.ctap.info
        assert {"FIDO_2_0", "FIDO_2_1"} <= set(info.versions), info.versions
        assert info.options["clientPin"] is False and info.options["rk"] is True, info.options
        assert info.pin_uv_protocols == [2, 1], info.pin_uv_protocols

    def check_set_pin(self):
        ClientPin(self.ctap).set_pin(FIRST_PIN)
        assert self.ctap.get_info().options["clientPin"] is True
        expect(CtapError.ERR.PIN_AUTH_INVALID, lambda: ClientPin(self.ctap).set_pin(FIRST_PIN))

    def check_register(self):
        made = self.make(b"ann", extensions={"credProtect": 1, "hmac-secret": True})
        self.ann = made.auth_data.credential_data
        assert made.auth_data.flags == 0xC5, "UP, UV, AT and ED: %#x" % made.auth_data.flags
        assert made.auth_data.extensions == {"credProtect": 1, "hmac-secret": True}
        assert self.ann.aaguid == self.ctap.info.aaguid
        path = PackedAttestation().verify(made.att_statement, made.auth_data, self.hash).trust_path
        verify_x509_chain(list(path) + [self.root.public_bytes(Encoding.DER)])

    def check_needs_pin(self):
        request = lambda: self.ctap.make_credential(self.hash, RP, {"id": b"x", "name": "x"}, [ES256], options={"rk": True})
        expect(CtapError.ERR.PIN_REQUIRED, request)

    def check_exclude(self):
        listed = [{"type": "public-key", "id": self.ann.credential_id}]
        expect(CtapError.ERR.CREDENTIAL_EXCLUDED, lambda: self.make(b"other", exclude_list=listed))

    def check_assert(self):
        (answer,) = self.assertions(allow_list=[{"type": "public-key", "id": self.ann.credential_id}])
        answer.verify(self.hash, self.ann.public_key)
        assert answer.auth_data.flags == 0x05, "UP and UV: %#x" % answer.auth_data.flags
        assert answer.user == {"id": b"ann"}, answer.user
        (later,) = self.assertions()
        assert later.auth_data.counter > answer.auth_data.counter, "the counter must rise"

    def check_silent(self):
        known = [{"type": "public-key", "id": self.ann.credential_id}]
        answer = self.ctap.get_assertion(RP["id"], self.hash, known, options={"up": False})
        assert answer.auth_data.flags == 0x00, "%#x" % answer.auth_data.flags
        unknown = [{"type": "public-key", "id": os.urandom(32)}]
        refused = lambda: self.ctap.get_assertion(RP["id"], self.hash, unknown, options={"up": False})
        expect(CtapError.ERR.NO_CREDENTIALS, refused)

    def check_hmac_secret(self):
        outputs = []
        for protocol in (PinProtocolV2(), PinProtocolV1()):
            agreement, secret = ClientPin(self.ctap, protocol)._get_shared_secret()
            salt = protocol.encrypt(secret, b"\x07" * 64)
            request = {1: agreement, 2: salt, 3: protocol.authenticate(secret, salt), 4: protocol.VERSION}
            (answer,) = self.assertions(extensions={"hmac-secret": request})
            outputs.append(protocol.decrypt(secret, answer.auth_data.extensions["hmac-secret"]))
        assert len(outputs[0]) == 64 and outputs[0] == outputs[1], "both protocols must give the same secret"

    def check_two_accounts(self):
        self.eve = self.make(b"eve", EDDSA).auth_data.credential_data
        answers = self.assertions()
        assert [answer.user["name"] for answer in answers] == ["eve", "ann"], "newest first"
        answers[0].verify(self.hash, self.eve.public_key)
        answers[1].verify(self.hash, self.ann.public_key)
        expect(CtapError.ERR.NOT_ALLOWED, self.ctap.get_next_assertion)

    def check_credential_management(self):
        result = CredentialManagement.RESULT
        assert self.management().get_metadata()[result.EXISTING_CRED_COUNT] == 2
        (rp,) = self.management().enumerate_rps()
        assert rp[result.RP] == RP, rp
        credentials = self.management().enumerate_creds(rp[result.RP_ID_HASH])
        assert {one[result.USER]["name"] for one in credentials} == {"ann", "eve"}
        descriptor = {"type": "public-key", "id": self.eve.credential_id}
        self.management().update_user_info(descriptor, {"id": b"eve", "name": "eva", "displayName": "Eva"})
        credentials = self.management().enumerate_creds(rp[result.RP_ID_HASH])
        assert {one[result.USER]["name"] for one in credentials} == {"ann", "eva"}
        self.management().delete_cred(descriptor)
        assert self.management().get_metadata()[result.EXISTING_CRED_COUNT] == 1
        expect(CtapError.ERR.NOT_ALLOWED, lambda: self.management().enumerate_rps_next())

    def check_wrong_pin(self):
        client = ClientPin(self.ctap)
        expect(CtapError.ERR.PIN_INVALID, lambda: client.get_pin_token("9999", PERMISSION.CREDENTIAL_MGMT))
        assert client.get_pin_retries() == (7, False), client.get_pin_retries()
        client.get_pin_token(FIRST_PIN, PERMISSION.CREDENTIAL_MGMT)
        assert client.get_pin_retries() == (8, False), client.get_pin_retries()

    def check_change_pin(self):
        ClientPin(self.ctap, PinProtocolV1()).change_pin(FIRST_PIN, SECOND_PIN)
        for protocol in (PinProtocolV1(), PinProtocolV2()):
            self.token(PERMISSION.CREDENTIAL_MGMT, pin=SECOND_PIN, protocol=protocol)

    def check_config(self):
        protocol, token = self.token(PERMISSION.AUTHENTICATOR_CFG, pin=SECOND_PIN)
        Config(self.ctap, protocol, token).set_min_pin_length(8)
        info = self.ctap.get_info()
        assert info.min_pin_length == 8 and info.force_pin_change is True, "a PIN of 7 is too short now"
        expect(CtapError.ERR.PIN_POLICY_VIOLATION, lambda: self.token(PERMISSION.CREDENTIAL_MGMT, pin=SECOND_PIN))

    def check_u2f(self):
        u2f = CTAP1(self.device)
        assert u2f.get_version() == "U2F_V2"
        application = os.urandom(32)
        registration = u2f.register(self.hash, application)
        registration.verify(application, self.hash)
        answer = u2f.authenticate(self.hash, application, registration.key_handle)
        answer.verify(application, self.hash, registration.public_key)


def expect(code, action):
    try:
        action()
    except CtapError as error:
        assert error.code == code, "wanted %s, got %s" % (code, error)
    else:
        raise AssertionError("wanted %s, got success" % code)


CHECKS = [
    "hid",
    "info",
    "set_pin",
    "register",
    "needs_pin",
    "exclude",
    "assert",
    "silent",
    "hmac_secret",
    "two_accounts",
    "credential_management",
    "wrong_pin",
    "change_pin",
    "config",
    "u2f",
]


def main():
    host, port, root_file = sys.argv[1:4]
    with open(root_file, "rb") as file:
        root = x509.load_pem_x509_certificate(file.read())
    judge, name = None, "connect"
    try:
        judge = Judge(host, int(port), root)
        for name in CHECKS:
            getattr(judge, "check_" + name)()
            print("ok %s" % name.replace("_", " "), flush=True)
    except Exception as error:
        print("FAILED %s: %s: %s" % (name.replace("_", " "), type(error).__name__, error))
        traceback.print_exc()
        sys.exit(1)
    finally:
        if judge:
            judge.device.close()


if __name__ == "__main__":
    main()
