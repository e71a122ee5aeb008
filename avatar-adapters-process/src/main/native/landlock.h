/* Landlock: limits that a process sets itself, without namespaces. */
#ifndef LANDLOCK_H
#define LANDLOCK_H

enum access { READ, EXECUTE_READ, WRITE };

/* The version of Landlock's interface that the kernel has, or 0. */
int landlock_version(void);

/* Keeps abstract sockets and signals within the sandbox, where the kernel can. */
void limit_scope(void);

/* Allows access to a path and what is below it. From the first call on, access to all other paths is refused. */
void allow_path(enum access access, const char *path);

/* Sets the limits that were asked for. Needs no_new_privs. */
void enter_landlock(void);

#endif
