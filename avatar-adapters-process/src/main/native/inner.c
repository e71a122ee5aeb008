/* The sandbox's first process: it limits itself, and becomes the command, or its init. */
#include "commands.h"

#include "capabilities.h"
#include "filter.h"
#include "init.h"
#include "landlock.h"
#include "process.h"
#include "text.h"

enum { FSIZE = 1, DATA = 2, CORE = 4, NPROC = 6 };
enum filtering { UNFILTERED, ISOLATED, FREE_SOCKETS };
enum readiness { UNTOLD, TOLD, WAITING };

struct options {
  int init;
  const char *variables;
  enum filtering filtering;
  enum readiness ready;
};

/* The limits of the command; RLIMIT_CORE is always 0. */
static void set_limit(int resource, const char *option, const char *value) {
  struct limit limit;
  if (!number(value, ~UINT64_C(0) - 1, &limit.now)) fail(option, "needs a number");
  limit.most = limit.now;
  need(option, CALL(prlimit64, 0, resource, &limit, 0));
}

static enum filtering filtering(const char *option, const char *value) {
  if (equal(value, "none")) return UNFILTERED;
  if (equal(value, "isolated")) return ISOLATED;
  if (!equal(value, "open")) fail(option, "needs none, isolated or open");
  return FREE_SOCKETS;
}

static void set_option(struct options *options, const char *name, const char *value) {
  if (equal(name, "--init")) {
    options->init = yes(name, value);
  } else if (equal(name, "--ready")) {
    options->ready = equal(value, "wait") ? WAITING : yes(name, value) ? TOLD : UNTOLD;
  } else if (equal(name, "--filter")) {
    options->filtering = filtering(name, value);
  } else if (equal(name, "--landlock")) {
    if (!equal(value, "scope")) fail(name, "needs scope");
    limit_scope();
  } else if (equal(name, "--read")) {
    allow_path(READ, value);
  } else if (equal(name, "--execute-read")) {
    allow_path(EXECUTE_READ, value);
  } else if (equal(name, "--write")) {
    allow_path(WRITE, value);
  } else if (equal(name, "--rlimit-nproc")) {
    set_limit(NPROC, name, value);
  } else if (equal(name, "--rlimit-data")) {
    set_limit(DATA, name, value);
  } else if (equal(name, "--rlimit-fsize")) {
    set_limit(FSIZE, name, value);
  } else if (equal(name, "--variables")) {
    options->variables = value;
  } else if (equal(name, "--cgroup")) {
    join_cgroup(value);
  } else {
    fail(name, "no such option");
  }
}

/* Closes every descriptor but the first three. */
static void close_others(void) {
  if (CALL(close_range, 3, ~0U, 0) >= 0) return;
  struct limit limit = {0, 0};
  CALL(prlimit64, 0, 7 /* RLIMIT_NOFILE */, 0, &limit);
  uint64_t end = limit.now < 65536 ? limit.now : 65536;
  for (uint64_t fd = 3; fd < end; fd++) CALL(close, fd);
}

/* Leaves the variables that have a prefix, without it. The programs before this one made nothing of them. */
static void unwrap_variables(const char *prefix, char **environment) {
  char **kept = environment;
  for (char **variable = environment; *variable; variable++) {
    if (starts(*variable, prefix)) *kept++ = *variable + length(prefix);
  }
  *kept = NULL;
}

/* Waits for a byte on the standard input, which the command gets empty; ends if none comes. */
static void wait_for_start(void) {
  char byte;
  long count;
  do count = CALL(read, 0, &byte, 1); while (count == -EINTR);
  if (count != 1) leave(0);
  long empty = need("/dev/null", CALL(openat, AT_FDCWD, "/dev/null", O_RDONLY));
  need("empty the input", CALL(dup3, empty, 0, 0));
  CALL(close, empty);
}

__attribute__((noreturn)) static void become(const struct options *options, char **command, char **environment) {
  enter_landlock();
  if (options->filtering != UNFILTERED) {
    need("filter system calls", filter_calls(options->filtering == ISOLATED ? NO_UNIX_SOCKETS : UNIX_SOCKETS));
  }
  if (options->ready != UNTOLD) need("say that the sandbox is ready", write_all(1, "\n", 1));
  if (options->ready == WAITING) wait_for_start();
  execute(command, environment);
}

void inner(int count, char **words, char **environment) {
  struct options options = {0};
  int end = end_of_options(count, words);
  close_others();
  die_with(CALL(getppid));
  set_limit(CORE, "--rlimit-core", "0");
  for (int i = 0; i < end; i += 2) set_option(&options, words[i], words[i + 1]);
  no_new_privileges();
  keep_capabilities(0);
  if (options.init) fork_command();
  if (options.variables) unwrap_variables(options.variables, environment);
  become(&options, words + end + 1, environment);
}
