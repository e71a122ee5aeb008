/* Sockets of the sandbox's network, and of the avatar. */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <linux/in.h>
#include <linux/in6.h>

#include "syscall.h"

/* An address of the sandbox's network, and a port. */
struct endpoint {
  union {
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } address;
  size_t size;
};

struct endpoint internet(uint32_t address, uint16_t port);
struct endpoint internet6(const unsigned char address[16], uint16_t port);

/* Opens a socket that listens. Returns an error. */
long listen_on(const struct endpoint *here, int backlog);

/* Sets the path of the avatar's socket. */
void set_avatar(const char *path);

/* Connects to the avatar without waiting: -EAGAIN says that its queue is full. */
long connect_avatar(void);

#endif
