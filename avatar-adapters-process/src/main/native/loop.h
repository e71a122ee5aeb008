/* The loop of the process that stays outside: it waits for many descriptors at once, and never for one. */
#ifndef LOOP_H
#define LOOP_H

#include "syscall.h"

/* What a descriptor is, for the loop. */
enum source { CHILD, GATE, DNS_DATAGRAMS, DNS_LISTENER, DNS_PEER, SNIFFER, INSIDE, AVATAR };

enum { FOREVER = -1 };

/* Makes the loop. */
void open_loop(void);

/* Watches a descriptor. Returns an error. */
long watch(int fd, enum source source, uint32_t index, uint32_t events);
void change(int fd, enum source source, uint32_t index, uint32_t events);

/* Serves until the child ends, and returns its wait status. */
int serve(int child);

#endif
