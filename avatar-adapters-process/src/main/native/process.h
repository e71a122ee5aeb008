/* Settings of this process, and the start of a command. */
#ifndef PROCESS_H
#define PROCESS_H

#include "syscall.h"

/* Ends this process when its parent ends, or at once if that is no longer this process. */
void die_with(long parent);

/* Lets no exec give new privileges. */
void no_new_privileges(void);

/* Lets no other process of this user read this one's memory or trace it. */
void hide_memory(void);

/* Joins a control group, by its folder. */
void join_cgroup(const char *path);

signals block_signals(void);
void set_blocked_signals(signals blocked);

/* The exit code that a shell would give: 128 + signal for a process that a signal ended. */
int exit_code(int status);

/* Replaces this process by a command; its first word is an absolute path. */
__attribute__((noreturn)) void execute(char **command, char **environment);

/*
 * Returns the index of "--" among arguments that are pairs of an option and its value. Fails if
 * no command follows.
 */
int end_of_options(int count, char **arguments);

/* Reads "yes" or "no". */
int yes(const char *option, const char *value);

#endif
