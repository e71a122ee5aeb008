/* The filter of system calls. */
#ifndef FILTER_H
#define FILTER_H

enum unix_sockets { NO_UNIX_SOCKETS, UNIX_SOCKETS };

/* Filters the system calls of this process and of all that it starts. Needs no_new_privs. Returns an error. */
long filter_calls(enum unix_sockets sockets);

/*
 * Lets this process do only what the server outside of a sandbox does. It reads what programs
 * inside send, and may be wrong about it. Does nothing where the kernel has no filters.
 */
void filter_server(int child);

#endif
