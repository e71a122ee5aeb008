/* Tells what this kernel offers, by trying it. */
#include "commands.h"

#include "filter.h"
#include "landlock.h"
#include "namespace.h"
#include "process.h"
#include "text.h"

#if defined(__x86_64__)
#define ARCHITECTURE "x86_64"
#else
#define ARCHITECTURE "aarch64"
#endif

/* Runs a trial in a process of its own, which ends with 0 if it succeeds. */
static int succeeds(int (*trial)(void)) {
  long child = fork_process();
  if (child == 0) leave(trial());
  int status = 0;
  long ended;
  do ended = CALL(wait4, child, &status, 0, 0);
  while (ended == -EINTR);
  return ended > 0 && status == 0;
}

/* AppArmor can allow the namespace, but nothing in it. */
static int try_namespaces(void) { return try_user_namespace() < 0 || try_network_namespace() < 0; }

static int try_filter(void) {
  no_new_privileges();
  return filter_calls(UNIX_SOCKETS) < 0 || CALL(keyctl, 0, -3, 0) != -EPERM;
}

static void print(struct line *line, const char *name, const char *value) {
  add(line, name);
  add(line, " ");
  add(line, value);
  add(line, "\n");
}

void probe(void) {
  struct line version = {0};
  add_number(&version, (uint64_t)landlock_version());
  struct line line = {0};
  print(&line, "landlock", version.text);
  print(&line, "userns", succeeds(try_namespaces) ? "yes" : "no");
  print(&line, "seccomp", succeeds(try_filter) ? "yes" : "no");
  print(&line, "arch", ARCHITECTURE);
  need("print", write_all(1, line.text, line.size));
  leave(0);
}
