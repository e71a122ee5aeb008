/* The first process of a PID namespace. */
#ifndef INIT_H
#define INIT_H

/*
 * Makes this process the init of its PID namespace. Returns only in a new process, which becomes the
 * command.
 *
 * When the command has ended, the processes that it left running have 0.4 s to end, before they are
 * asked to, or as long as they want if init itself was asked to end. Then init ends with the
 * command's exit code, and the kernel ends what is left.
 */
void fork_command(void);

#endif
