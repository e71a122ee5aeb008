/* Sockets of the sandbox's network, and of the avatar. */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <linux/in.h>

#include "syscall.h"

struct sockaddr_in internet(uint32_t address, uint16_t port);

/* Opens a socket that listens. Returns an error. */
long listen_on(const struct sockaddr_in *here, int backlog);

/* Sets the path of the avatar's socket. */
void set_avatar(const char *path);

/* Connects to the avatar without waiting: -EAGAIN says that its queue is full. */
long connect_avatar(void);

#endif
