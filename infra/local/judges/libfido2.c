/*
 * Judges a key with libfido2, over a socket that carries 64-byte reports.
 *
 * usage: libfido2 HOST PORT
 *
 * Wants a key without a PIN whose touch comes by itself. Prints "ok NAME" for each check; at the first that fails
 * prints "FAILED NAME: why" and exits 1.
 *
 * build: gcc -Wall -Wextra -Werror -I. libfido2.c $(pkg-config --cflags --libs libfido2) -o libfido2
 */
#include <fido.h>
#include <fido/credman.h>
#include <fido/es256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "socket_io.h"

#define PIN "1234"
#define NEW_PIN "judge-42"
#define WRONG_PIN "9999"
#define RP "judge.example"

static const unsigned char client_data_hash[32] = {1, 2, 3};
static const unsigned char user_id[4] = {'a', 'n', 'n', 0};
static const char *check = "connect";

static void fail(const char *what, int code) {
    printf("FAILED %s: %s: %s (%d)\n", check, what, fido_strerr(code), code);
    exit(1);
}

static void want(int expected, int code, const char *what) {
    if (code != expected) fail(what, code);
}

static void want_true(int truth, const char *what) {
    if (!truth) {
        printf("FAILED %s: %s\n", check, what);
        exit(1);
    }
}

static void done(void) {
    printf("ok %s\n", check);
    fflush(stdout);
}

static void check_info(fido_dev_t *dev) {
    check = "info";
    fido_cbor_info_t *info = fido_cbor_info_new();
    want_true(fido_dev_is_fido2(dev), "not a FIDO2 key");
    want_true(!fido_dev_has_pin(dev), "has a PIN already");
    want_true(fido_dev_supports_credman(dev), "no credential management");
    want(FIDO_OK, fido_dev_get_cbor_info(dev, info), "getInfo");
    want_true(fido_cbor_info_versions_len(info) >= 2, "too few versions");
    want_true(fido_cbor_info_aaguid_len(info) == 16, "no AAGUID");
    want_true(fido_cbor_info_protocols_len(info) == 2, "PIN/UV auth protocols");
    fido_cbor_info_free(&info);
    done();
}

static void check_pins(fido_dev_t *dev) {
    int retries = 0;
    check = "set PIN";
    want(FIDO_OK, fido_dev_set_pin(dev, PIN, NULL), "setPIN");
    want_true(fido_dev_has_pin(dev), "no PIN after setPIN");
    done();
    check = "change PIN";
    want(FIDO_OK, fido_dev_set_pin(dev, NEW_PIN, PIN), "changePIN");
    want(FIDO_OK, fido_dev_get_retry_count(dev, &retries), "getPINRetries");
    want_true(retries == 8, "not 8 retries");
    done();
}

static fido_cred_t *check_register(fido_dev_t *dev) {
    check = "register";
    fido_cred_t *cred = fido_cred_new();
    want(FIDO_OK, fido_cred_set_type(cred, COSE_ES256), "type");
    want(FIDO_OK, fido_cred_set_clientdata_hash(cred, client_data_hash, sizeof(client_data_hash)), "hash");
    want(FIDO_OK, fido_cred_set_rp(cred, RP, "The judge"), "rp");
    want(FIDO_OK, fido_cred_set_user(cred, user_id, sizeof(user_id), "ann", "Ann", NULL), "user");
    want(FIDO_OK, fido_cred_set_rk(cred, FIDO_OPT_TRUE), "rk");
    want(FIDO_OK, fido_cred_set_extensions(cred, FIDO_EXT_HMAC_SECRET | FIDO_EXT_CRED_PROTECT), "extensions");
    want(FIDO_OK, fido_cred_set_prot(cred, FIDO_CRED_PROT_UV_OPTIONAL), "credProtect");
    want(FIDO_ERR_PIN_REQUIRED, fido_dev_make_cred(dev, cred, NULL), "a resident key without PIN must be refused");
    want(FIDO_OK, fido_dev_make_cred(dev, cred, NEW_PIN), "makeCredential");
    want(FIDO_OK, fido_cred_verify(cred), "attestation signature");
    want_true(strcmp(fido_cred_fmt(cred), "packed") == 0, "not packed");
    want_true(fido_cred_x5c_len(cred) > 0, "no attestation certificate");
    want_true(fido_cred_flags(cred) == 0xc5, "flags are not UP, UV, AT, ED");
    done();
    return cred;
}

static void check_assert(fido_dev_t *dev, fido_cred_t *cred, const char *name, fido_opt_t up, const char *pin, int flags) {
    check = name;
    fido_assert_t *assert = fido_assert_new();
    es256_pk_t *key = es256_pk_new();
    want(FIDO_OK, es256_pk_from_ptr(key, fido_cred_pubkey_ptr(cred), fido_cred_pubkey_len(cred)), "public key");
    want(FIDO_OK, fido_assert_set_clientdata_hash(assert, client_data_hash, sizeof(client_data_hash)), "hash");
    want(FIDO_OK, fido_assert_set_rp(assert, RP), "rp");
    want(FIDO_OK, fido_assert_set_up(assert, up), "up");
    want(FIDO_OK, fido_assert_allow_cred(assert, fido_cred_id_ptr(cred), fido_cred_id_len(cred)), "allowList");
    want(FIDO_OK, fido_dev_get_assert(dev, assert, pin), "getAssertion");
    want_true(fido_assert_count(assert) == 1, "not one assertion");
    want_true(fido_assert_flags(assert, 0) == flags, "wrong flags");
    want(FIDO_OK, fido_assert_verify(assert, 0, COSE_ES256, key), "assertion signature");
    es256_pk_free(&key);
    fido_assert_free(&assert);
    done();
}

static void check_credman(fido_dev_t *dev, fido_cred_t *cred) {
    check = "list credentials";
    fido_credman_metadata_t *meta = fido_credman_metadata_new();
    fido_credman_rp_t *rps = fido_credman_rp_new();
    fido_credman_rk_t *rks = fido_credman_rk_new();
    want(FIDO_OK, fido_credman_get_dev_metadata(dev, meta, NEW_PIN), "getCredsMetadata");
    want_true(fido_credman_rk_existing(meta) == 1, "not one credential");
    want(FIDO_OK, fido_credman_get_dev_rp(dev, rps, NEW_PIN), "enumerateRPs");
    want_true(fido_credman_rp_count(rps) == 1 && strcmp(fido_credman_rp_id(rps, 0), RP) == 0, "wrong RPs");
    want(FIDO_OK, fido_credman_get_dev_rk(dev, RP, rks, NEW_PIN), "enumerateCredentials");
    want_true(fido_credman_rk_count(rks) == 1, "not one credential of the RP");
    const fido_cred_t *found = fido_credman_rk(rks, 0);
    want_true(fido_cred_id_len(found) == fido_cred_id_len(cred), "another credential id");
    want_true(memcmp(fido_cred_id_ptr(found), fido_cred_id_ptr(cred), fido_cred_id_len(cred)) == 0, "another credential");
    want_true(strcmp(fido_cred_user_name(found), "ann") == 0, "another user");
    fido_credman_rk_free(&rks);
    fido_credman_rp_free(&rps);
    fido_credman_metadata_free(&meta);
    done();
    check = "delete credential";
    want(FIDO_OK, fido_credman_del_dev_rk(dev, fido_cred_id_ptr(cred), fido_cred_id_len(cred), NEW_PIN), "delete");
    done();
}

static void check_wrong_pin(fido_dev_t *dev) {
    int retries = 0;
    check = "wrong PIN";
    fido_credman_metadata_t *meta = fido_credman_metadata_new();
    want(FIDO_ERR_PIN_INVALID, fido_credman_get_dev_metadata(dev, meta, WRONG_PIN), "first wrong PIN");
    want(FIDO_OK, fido_dev_get_retry_count(dev, &retries), "getPINRetries");
    want_true(retries == 7, "not 7 retries after one wrong PIN");
    want(FIDO_ERR_PIN_INVALID, fido_credman_get_dev_metadata(dev, meta, WRONG_PIN), "second wrong PIN");
    want(FIDO_ERR_PIN_AUTH_BLOCKED, fido_credman_get_dev_metadata(dev, meta, WRONG_PIN), "third wrong PIN");
    want(FIDO_ERR_PIN_AUTH_BLOCKED, fido_credman_get_dev_metadata(dev, meta, NEW_PIN), "blocked until power cycle");
    want(FIDO_OK, fido_dev_get_retry_count(dev, &retries), "getPINRetries");
    want_true(retries == 5, "not 5 retries: tries while blocked must cost nothing");
    fido_credman_metadata_free(&meta);
    done();
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    host = argv[1];
    port = argv[2];
    fido_init(0);
    fido_dev_t *dev = open_at_socket();
    want_true(dev != NULL, "does not open");
    check_info(dev);
    check_pins(dev);
    fido_cred_t *cred = check_register(dev);
    check_assert(dev, cred, "assert with PIN", FIDO_OPT_TRUE, NEW_PIN, 0x05);
    check_assert(dev, cred, "silent assertion", FIDO_OPT_FALSE, NULL, 0x00);
    check_credman(dev, cred);
    check_wrong_pin(dev);
    fido_cred_free(&cred);
    fido_dev_close(dev);
    fido_dev_free(&dev);
    return 0;
}
