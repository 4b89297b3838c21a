#!/usr/bin/python3
"""python-fido2 0.9 as a tool for keys.

usage: python_tool.py, then one request a line on stdin: {"do": NAME, "at": ["tcp", HOST, PORT] or ["hid", PATH], ...};
answers one line each: {"ok": RESULT} or {"error": WHY}. Bytes are hex. The key is opened for each request.
"""

import json
import sys

from fido2.ctap import CtapError
from fido2.ctap2 import ClientPin, CredentialManagement, Ctap2
from fido2.ctap2.bio import CaptureError, FPBioEnrollment
from fido2.ctap2.blob import LargeBlobs, _lb_unpack
from fido2.ctap2.config import Config
from fido2.hid import open_device

from socket_connection import open_at_socket

PERMISSION = ClientPin.PERMISSION
HEX = bytes.fromhex


class Key:
    def __init__(self, request):
        self.request = request
        kind, *where = request["at"]
        self.device = open_at_socket(*where) if kind == "tcp" else open_device(where[0])
        self.ctap = Ctap2(self.device)

    def __getitem__(self, name):
        return self.request[name]

    def token(self, permissions, rp_id=None):
        client = ClientPin(self.ctap)
        return client.protocol, client.get_pin_token(self["pin"], permissions, rp_id)

    def signed(self, permissions, client_data_hash):
        protocol, token = self.token(permissions, self["rpId"])
        return {
            "pin_uv_param": protocol.authenticate(token, client_data_hash),
            "pin_uv_protocol": protocol.VERSION,
        }

    def credentials(self):
        return CredentialManagement(self.ctap, *self.token(PERMISSION.CREDENTIAL_MGMT))

    def fingers(self):
        return FPBioEnrollment(self.ctap, *self.token(PERMISSION.BIO_ENROLL))

    def config(self):
        return Config(self.ctap, *self.token(PERMISSION.AUTHENTICATOR_CFG))

    def descriptor(self):
        return {"type": "public-key", "id": HEX(self["id"])}


def info(key):
    found = key.ctap.get_info()
    return {
        "aaguid": found.aaguid.hex(),
        "options": found.options,
        "minPinLength": found.min_pin_length,
        "pinSet": found.options.get("clientPin") is True,
    }


def register(key):
    client_data_hash = HEX(key["clientDataHash"])
    made = key.ctap.make_credential(
        client_data_hash,
        {"id": key["rpId"], "name": "Judges"},
        {"id": HEX(key["userId"]), "name": key["userName"], "displayName": key["userName"]},
        [{"type": "public-key", "alg": -7}],
        extensions={"largeBlobKey": True} if key["largeBlob"] else None,
        options={"rk": True},
        **key.signed(PERMISSION.MAKE_CREDENTIAL, client_data_hash)
    )
    return {
        "id": made.auth_data.credential_data.credential_id.hex(),
        "fmt": made.fmt,
        "authData": bytes(made.auth_data).hex(),
        "sig": made.att_statement["sig"].hex(),
        "x5c": [certificate.hex() for certificate in made.att_statement["x5c"]],
    }


def get_assertion(key):
    client_data_hash = HEX(key["clientDataHash"])
    signed = key.signed(PERMISSION.GET_ASSERTION, client_data_hash)
    made = key.ctap.get_assertion(key["rpId"], client_data_hash, [key.descriptor()], **signed)
    return {"authData": bytes(made.auth_data).hex(), "signature": made.signature.hex()}


def is_on_key(key):
    try:
        key.ctap.get_assertion(key["rpId"], b"\x07" * 32, [key.descriptor()], options={"up": False})
        return True
    except CtapError as error:
        if error.code == CtapError.ERR.NO_CREDENTIALS:
            return False
        raise


def sites(key):
    result = CredentialManagement.RESULT
    return [rp[result.RP]["id"] for rp in key.credentials().enumerate_rps()]


def passkeys(key):
    try:
        return listed_passkeys(key)
    except CtapError as error:
        # As a key without any answers that knows the preview command only.
        if error.code == CtapError.ERR.NO_CREDENTIALS:
            return []
        raise


def listed_passkeys(key):
    result = CredentialManagement.RESULT
    management = key.credentials()
    return [
        {
            "id": one[result.CREDENTIAL_ID]["id"].hex(),
            "name": one[result.USER].get("name"),
            "displayName": one[result.USER].get("displayName"),
            "largeBlobKey": (one.get(result.LARGE_BLOB_KEY) or b"").hex(),
        }
        for rp in management.enumerate_rps()
        if rp[result.RP]["id"] == key["rpId"]
        for one in management.enumerate_creds(rp[result.RP_ID_HASH])
    ]


def room(key):
    found = key.credentials().get_metadata()
    result = CredentialManagement.RESULT
    return {"existing": found[result.EXISTING_CRED_COUNT], "remaining": found[result.MAX_REMAINING_COUNT]}


def rename(key):
    user = {"id": HEX(key["userId"]), "name": key["name"], "displayName": key["displayName"]}
    key.credentials().update_user_info(key.descriptor(), user)


def enrol(key):
    fingers = key.fingers()
    enrolment = fingers.enroll()
    template = None
    for _ in range(20):
        try:
            template = enrolment.capture()
        except CaptureError:
            continue
        if template is not None:
            key.fingers().set_name(template, key["name"])
            return
    raise RuntimeError("twenty samples were not enough")


def always_uv(key):
    if key.ctap.get_info().options["alwaysUv"] != key["on"]:
        key.config().toggle_always_uv()


def blobs(key):
    (blob_key,) = [HEX(one["largeBlobKey"]) for one in passkeys(key) if one["id"] == key["id"]]
    return LargeBlobs(key.ctap, *key.token(PERMISSION.LARGE_BLOB_WRITE)), blob_key


def write_blob(key):
    store, blob_key = blobs(key)
    store.put_blob(blob_key, HEX(key["data"]))


def read_blob(key):
    store, blob_key = blobs(key)
    data = store.get_blob(blob_key)
    if data is None and any(opens(blob_key, entry) for entry in store.read_blob_array()):
        # 0.9.1 packs blobs by RFC 1950; the specification has RFC 1951, and everybody else follows it.
        return {"packedOtherwise": True}
    return None if data is None else data.hex()


def opens(blob_key, entry):
    try:
        return bool(_lb_unpack(blob_key, entry))
    except ValueError:
        return False


def remove_blob(key):
    store, blob_key = blobs(key)
    store.delete_blob(blob_key)


def ping(key):
    data = HEX(key["data"])
    if key.device.ping(data) != data:
        raise RuntimeError("it came back changed")


DOES = {
    "info": info,
    "setPin": lambda key: ClientPin(key.ctap).set_pin(key["pin"]),
    "changePin": lambda key: ClientPin(key.ctap).change_pin(key["pin"], key["newPin"]),
    "checkPin": lambda key: bool(key.token(PERMISSION.GET_ASSERTION, "nowhere.invalid")),
    "register": register,
    "assert": get_assertion,
    "isOnKey": is_on_key,
    "sites": sites,
    "passkeys": passkeys,
    "room": room,
    "rename": rename,
    "remove": lambda key: key.credentials().delete_cred(key.descriptor()),
    "fingerprints": lambda key: [
        {"id": template.hex(), "name": name} for template, name in key.fingers().enumerate_enrollments().items()
    ],
    "enrol": enrol,
    "renameFingerprint": lambda key: key.fingers().set_name(HEX(key["finger"]), key["name"]),
    "removeFingerprint": lambda key: key.fingers().remove_enrollment(HEX(key["finger"])),
    "alwaysUv": always_uv,
    "minPinLength": lambda key: key.config().set_min_pin_length(key["length"]),
    "minPinLengthSites": lambda key: key.config().set_min_pin_length(rp_ids=key["rpIds"]),
    "forcePinChange": lambda key: key.config().set_min_pin_length(force_change_pin=True),
    "enterpriseAttestation": lambda key: key.config()._call(Config.CMD.ENABLE_ENTERPRISE_ATT),
    "writeBlob": write_blob,
    "readBlob": read_blob,
    "removeBlob": remove_blob,
    "wink": lambda key: key.device.wink(),
    "ping": ping,
    "reset": lambda key: key.ctap.reset(),
}


def main():
    for line in sys.stdin:
        key = None
        try:
            request = json.loads(line)
            key = Key(request)
            answer = {"ok": DOES[request["do"]](key)}
        except Exception as error:
            answer = {"error": "%s: %s" % (type(error).__name__, error)}
        finally:
            if key:
                key.device.close()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
