#include "init.h"

#include <linux/time_types.h>

#include "process.h"
#include "text.h"

enum { LEFTOVERS_MILLIS = 400, ASKED_MILLIS = 200, WAIT_MILLIS = 1000 };

struct family {
  int command;
  int code;     /* the command's exit code, or -1 as long as it runs */
  int empty;    /* no process is left */
  int asked;    /* init was asked to end */
};

static void reap(struct family *family) {
  for (;;) {
    int status = 0;
    long process = CALL(wait4, -1, &status, WNOHANG_, 0);
    if (process == -EINTR) continue;
    family->empty = process < 0;
    if (process <= 0) return;
    if (process == family->command) family->code = exit_code(status);
  }
}

/* Waits for a signal, and does what it asks for. */
static void wait_for_signal(struct family *family, uint64_t millis) {
  signals all = ~UINT64_C(0);
  struct __kernel_timespec time = {(long long)(millis / 1000), (long long)(millis % 1000 * 1000000)};
  long signal = CALL(rt_sigtimedwait, &all, 0, &time, sizeof all);
  if (signal == SIGTERM_ || signal == SIGINT_ || signal == SIGHUP_ || signal == SIGQUIT_) family->asked = 1;
  reap(family);
}

/* Waits until no process is left, for a time. */
static void wait_for_leftovers(struct family *family, uint64_t millis) {
  uint64_t end = now() + millis;
  for (uint64_t time = now(); !family->empty && time < end && !family->asked; time = now()) {
    wait_for_signal(family, end - time);
  }
}

static int run(int command) {
  struct family family = {command, -1, 0, 0};
  reap(&family);
  while (family.code < 0) wait_for_signal(&family, WAIT_MILLIS);
  wait_for_leftovers(&family, LEFTOVERS_MILLIS);
  while (family.asked && !family.empty) wait_for_signal(&family, WAIT_MILLIS);
  if (!family.empty) {
    CALL(kill, -1, SIGTERM_);
    wait_for_leftovers(&family, ASKED_MILLIS);
  }
  return family.code;
}

void fork_command(void) {
  if (CALL(getpid) != 1) fail("--init", "not the first process of a PID namespace");
  hide_memory();
  signals blocked = block_signals();
  long command = need("start a process", fork_process());
  if (command) leave(run((int)command));
  set_blocked_signals(blocked);
}
