/* libfido2's transport over a TCP socket that carries 64-byte reports: no kernel, no USB. For programs of one file. */
#ifndef KEYVOUCH_SOCKET_IO_H
#define KEYVOUCH_SOCKET_IO_H

#include <fido.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REPORT 64

static const char *host, *port;

/* The socket's number is the handle; it is offset by one so that no handle is NULL. */
static void *open_socket(const char *path) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    int fd = -1, on = 1;
    (void)path;
    if (getaddrinfo(host, port, &hints, &found) != 0) return NULL;
    for (struct addrinfo *one = found; one != NULL && fd < 0; one = one->ai_next) {
        fd = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (fd >= 0 && connect(fd, one->ai_addr, one->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    if (fd < 0) return NULL;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return (void *)(intptr_t)(fd + 1);
}

static int fd_of(void *handle) {
    return (int)(intptr_t)handle - 1;
}

static void close_socket(void *handle) {
    close(fd_of(handle));
}

static int read_report(void *handle, unsigned char *buffer, size_t size, int timeout_ms) {
    size_t have = 0;
    if (size < REPORT) return -1;
    while (have < REPORT) {
        struct pollfd ready = {.fd = fd_of(handle), .events = POLLIN};
        if (poll(&ready, 1, timeout_ms) != 1) return -1;
        ssize_t got = read(ready.fd, buffer + have, REPORT - have);
        if (got <= 0) return -1;
        have += (size_t)got;
    }
    return REPORT;
}

/* libfido2 gives 65 bytes: the report id 0 comes first and is not sent. */
static int write_report(void *handle, const unsigned char *buffer, size_t size) {
    if (size != REPORT + 1 || buffer[0] != 0) return -1;
    return write(fd_of(handle), buffer + 1, REPORT) == REPORT ? (int)size : -1;
}

/* A key at host:port, open; NULL if there is none. */
static fido_dev_t *open_at_socket(void) {
    const fido_dev_io_t io = {open_socket, close_socket, read_report, write_report};
    fido_dev_t *dev = fido_dev_new();
    if (dev == NULL) return NULL;
    if (fido_dev_set_io_functions(dev, &io) == FIDO_OK && fido_dev_open(dev, "socket") == FIDO_OK) return dev;
    fido_dev_free(&dev);
    return NULL;
}

#endif
