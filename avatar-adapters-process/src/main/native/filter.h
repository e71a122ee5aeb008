/* The filter of system calls. */
#ifndef FILTER_H
#define FILTER_H

enum unix_sockets { NO_UNIX_SOCKETS, UNIX_SOCKETS };

/* Filters the system calls of this process and of all that it starts. Needs no_new_privs. Returns an error. */
long filter_calls(enum unix_sockets sockets);

#endif
