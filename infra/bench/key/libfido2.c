/*
 * What libfido2 takes for one operation on a key with a PIN, over a socket.
 *
 * usage: libfido2 HOST PORT PIN OTHER-PIN, then one operation a line on stdin; prints "0" when it is ready, then
 * "MILLISECONDS" or "error WHY" for each.
 *
 * Operations: open, info, pin (to the other PIN and back), register, assert (what was registered), list. Those that take
 * the PIN ask first how many tries are left, as a tool must that never spends the last one unasked; with "bare " in
 * front they do not.
 */
#include <fido.h>
#include <fido/credman.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "socket_io.h"

#define RP "bench.example"

static const unsigned char client_data_hash[32] = {1, 2, 3};
static const unsigned char user_id[] = "libfido2";
static const char *pin, *other_pin;
static unsigned char credential[256];
static size_t credential_size;
static int bare;

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void need(int code, const char *what) {
    if (code == FIDO_OK) return;
    printf("error %s: %s\n", what, fido_strerr(code));
    exit(1);
}

static void ask_tries(fido_dev_t *dev) {
    int retries = 0;
    if (bare) return;
    need(fido_dev_get_retry_count(dev, &retries), "getPINRetries");
    if (retries < 2) need(FIDO_ERR_PIN_BLOCKED, "too few tries left");
}

static void open_again(void) {
    fido_dev_t *dev = open_at_socket();
    if (dev == NULL) need(FIDO_ERR_RX, "open");
    fido_dev_close(dev);
    fido_dev_free(&dev);
}

static void info(fido_dev_t *dev) {
    fido_cbor_info_t *found = fido_cbor_info_new();
    need(fido_dev_get_cbor_info(dev, found), "getInfo");
    fido_cbor_info_free(&found);
}

static void change_pin(fido_dev_t *dev, const char *from, const char *to) {
    ask_tries(dev);
    need(fido_dev_set_pin(dev, to, from), "changePIN");
}

static void make(fido_dev_t *dev) {
    fido_cred_t *cred = fido_cred_new();
    need(fido_cred_set_type(cred, COSE_ES256), "type");
    need(fido_cred_set_clientdata_hash(cred, client_data_hash, sizeof(client_data_hash)), "hash");
    need(fido_cred_set_rp(cred, RP, "Bench"), "rp");
    need(fido_cred_set_user(cred, user_id, sizeof(user_id) - 1, "ann", "Ann", NULL), "user");
    need(fido_cred_set_rk(cred, FIDO_OPT_TRUE), "rk");
    ask_tries(dev);
    need(fido_dev_make_cred(dev, cred, pin), "makeCredential");
    credential_size = fido_cred_id_len(cred);
    if (credential_size > sizeof(credential)) need(FIDO_ERR_INTERNAL, "credential id");
    memcpy(credential, fido_cred_id_ptr(cred), credential_size);
    fido_cred_free(&cred);
}

static void answer(fido_dev_t *dev) {
    fido_assert_t *assert = fido_assert_new();
    need(fido_assert_set_clientdata_hash(assert, client_data_hash, sizeof(client_data_hash)), "hash");
    need(fido_assert_set_rp(assert, RP), "rp");
    need(fido_assert_allow_cred(assert, credential, credential_size), "allowList");
    ask_tries(dev);
    need(fido_dev_get_assert(dev, assert, pin), "getAssertion");
    fido_assert_free(&assert);
}

/* libfido2 takes a token for the list of sites and another one for each site. */
static void list(fido_dev_t *dev) {
    fido_credman_rp_t *rps = fido_credman_rp_new();
    size_t found = 0;
    ask_tries(dev);
    need(fido_credman_get_dev_rp(dev, rps, pin), "enumerateRPs");
    for (size_t i = 0; i < fido_credman_rp_count(rps); i++) {
        fido_credman_rk_t *rks = fido_credman_rk_new();
        need(fido_credman_get_dev_rk(dev, fido_credman_rp_id(rps, i), rks, pin), "enumerateCredentials");
        found += fido_credman_rk_count(rks);
        fido_credman_rk_free(&rks);
    }
    fido_credman_rp_free(&rps);
    if (found < 40) need(FIDO_ERR_INTERNAL, "fewer than 40 passkeys");
}

static double timed(fido_dev_t *dev, const char *operation) {
    double from = now_ms(), parts = 1;
    if (strcmp(operation, "open") == 0) {
        open_again();
    } else if (strcmp(operation, "info") == 0) {
        info(dev);
    } else if (strcmp(operation, "pin") == 0) {
        change_pin(dev, pin, other_pin);
        change_pin(dev, other_pin, pin);
        parts = 2;
    } else if (strcmp(operation, "register") == 0) {
        make(dev);
    } else if (strcmp(operation, "assert") == 0) {
        answer(dev);
    } else if (strcmp(operation, "list") == 0) {
        list(dev);
    } else {
        need(FIDO_ERR_INVALID_ARGUMENT, operation);
    }
    return (now_ms() - from) / parts;
}

int main(int argc, char **argv) {
    char line[64];
    if (argc != 5) {
        fprintf(stderr, "usage: %s HOST PORT PIN OTHER-PIN\n", argv[0]);
        return 2;
    }
    host = argv[1];
    port = argv[2];
    pin = argv[3];
    other_pin = argv[4];
    fido_init(0);
    fido_dev_t *dev = open_at_socket();
    if (dev == NULL) need(FIDO_ERR_RX, "open");
    puts("0");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin) != NULL) {
        line[strcspn(line, "\n")] = 0;
        bare = strncmp(line, "bare ", 5) == 0;
        printf("%.4f\n", timed(dev, bare ? line + 5 : line));
        fflush(stdout);
    }
    fido_dev_close(dev);
    fido_dev_free(&dev);
    return 0;
}
