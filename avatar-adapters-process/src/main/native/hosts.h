/* The hosts that programs inside can connect to: names, each with an address of its own, and literal addresses. */
#ifndef HOSTS_H
#define HOSTS_H

#include "syscall.h"

enum { NAME_SIZE = 254, POOL = 0x7f010000 };
#define POOL_MASK UINT32_C(0xffff0000)

/* Adds the ports that are captured at each host. */
void capture_ports(const char *list);
int captured(uint16_t port);

/* Adds a literal address to the loopback, and captures its ports. The text has to stay. */
void add_literal(const char *text);

/* The IPv4 addresses among them. */
int literals(void);
uint32_t literal(int index);

/* Adds a name that is known from the start. */
void add_name(const char *text);

int known(const char *name);

/*
 * Returns the address of a name, which stays the same, or 0 when there is no room for more names.
 * Captures the ports of a new name.
 */
uint32_t address_of(const char *name);

/* Returns the name or the literal address as text, or NULL. */
const char *host_at(uint32_t address);

#endif
