/* Namespaces, and what is set up in them. */
#ifndef NAMESPACE_H
#define NAMESPACE_H

#include "syscall.h"

/* Enters a user namespace of its own, in which this user and group have their own numbers. */
void enter_user_namespace(void);

/* As the above, but returns an error. */
long try_user_namespace(void);

/* Enters a network namespace of its own and starts its loopback. Returns an error. */
long try_network_namespace(void);

/* Add an address to the loopback, or leave it there. Return an error. */
long add_address(uint32_t address);
long add_address6(const unsigned char address[16]);

/* Enters a mount namespace that passes nothing on. */
void enter_mount_namespace(void);

/*
 * Mounts a layer: LOWER:UPPER:WORK:TARGET, in which a backslash stands before a colon or a backslash
 * that belongs to a path.
 *
 * @param text is changed
 */
void mount_overlay(char *text, int in_user_namespace);

#endif
