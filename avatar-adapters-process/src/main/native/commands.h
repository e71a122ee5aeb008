/* The subcommands. */
#ifndef COMMANDS_H
#define COMMANDS_H

__attribute__((noreturn)) void outer(int count, char **words, char **environment);
__attribute__((noreturn)) void inner(int count, char **words, char **environment);
__attribute__((noreturn)) void probe(void);
__attribute__((noreturn)) void reach(int count, char **words);
__attribute__((noreturn)) void notify(int count, char **words, char **environment);

#endif
