#include "process.h"

#include <linux/prctl.h>

#include "text.h"

void die_with(long parent) {
  need("die with the parent", CALL(prctl, PR_SET_PDEATHSIG, SIGKILL_));
  if (CALL(getppid) != parent) leave(128 + SIGKILL_);
}

void no_new_privileges(void) { need("give up new privileges", CALL(prctl, PR_SET_NO_NEW_PRIVS, 1)); }

void hide_memory(void) { need("hide memory", CALL(prctl, PR_SET_DUMPABLE, 0)); }

void join_cgroup(const char *path) {
  long folder = need(path, CALL(openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC));
  long file = need(path, CALL(openat, folder, "cgroup.procs", O_WRONLY | O_CLOEXEC));
  need(path, write_all((int)file, "0", 1));
  CALL(close, file);
  CALL(close, folder);
}

static signals change_signals(int how, signals set) {
  signals before = 0;
  need("block signals", CALL(rt_sigprocmask, how, &set, &before, sizeof set));
  return before;
}

signals block_signals(void) { return change_signals(SIG_BLOCK_, ~UINT64_C(0)); }

void set_blocked_signals(signals blocked) { change_signals(SIG_SETMASK_, blocked); }

int exit_code(int status) {
  int signal = status & 0x7f;
  return signal ? 128 + signal : status >> 8 & 0xff;
}

void execute(char **command, char **environment) {
  need(command[0], CALL(execve, command[0], command, environment));
  leave(0);
}

int end_of_options(int count, char **arguments) {
  int index = 0;
  while (index < count && !equal(arguments[index], "--")) {
    if (index + 1 >= count) fail(arguments[index], "needs a value");
    index += 2;
  }
  if (index + 1 >= count) fail("usage", "no command after --");
  if (arguments[index + 1][0] != '/') fail(arguments[index + 1], "no absolute path");
  return index;
}

int yes(const char *option, const char *value) {
  if (equal(value, "yes")) return 1;
  if (!equal(value, "no")) fail(option, "needs yes or no");
  return 0;
}
