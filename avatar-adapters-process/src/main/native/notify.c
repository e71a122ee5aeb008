/* Tells systemd the state of the service. */
#include "commands.h"

#include <linux/poll.h>
#include <linux/un.h>

#include "text.h"

#define SOL_SOCKET_ 1
#define SCM_RIGHTS_ 1
#define READ_WITHIN_SECONDS 5

/* The kernel's own headers for programs do not have these two. */
struct message {
  void *name;
  size_t name_size;
  struct {
    const void *start;
    size_t size;
  } *parts;
  size_t part_count;
  void *control;
  size_t control_size;
  unsigned flags;
};

struct passed_fd {
  size_t size;
  int level;
  int type;
  int fd;
};

static const char *variable(char **environment, const char *name) {
  for (; *environment; environment++) {
    if (starts(*environment, name) && (*environment)[length(name)] == '=') return *environment + length(name) + 1;
  }
  return NULL;
}

/*
 * Waits until systemd has read the state. systemd finds the service by the process that sent it, which must live until
 * then. The end of a pipe that comes with BARRIER=1 is closed after all that came before was read. No answer is no
 * failure: what receives may be no systemd.
 */
static void await_reading(long fd, struct sockaddr_un *target, size_t target_size) {
  static const char barrier[] = "BARRIER=1";
  int ends[2];
  need("notify", CALL(pipe2, ends, O_CLOEXEC));
  struct passed_fd passed = {offsetof(struct passed_fd, fd) + sizeof(int), SOL_SOCKET_, SCM_RIGHTS_, ends[1]};
  struct message message = {.name = target, .name_size = target_size, .part_count = 1};
  typeof(*message.parts) part = {barrier, sizeof barrier - 1};
  message.parts = &part;
  message.control = &passed;
  message.control_size = sizeof passed;
  if (CALL(sendmsg, fd, &message, MSG_NOSIGNAL_) < 0) return;
  CALL(close, ends[1]);
  struct pollfd reading = {.fd = ends[0]};
  long limit[2] = {READ_WITHIN_SECONDS, 0};
  CALL(ppoll, &reading, 1, limit);
}

/* An abstract name has an @ in the variable, and a NUL in the address. */
void notify(int count, char **words, char **environment) {
  if (count != 1) fail("usage", "avatar-sandbox notify STATE");
  const char *path = variable(environment, "NOTIFY_SOCKET");
  if (!path) leave(0);
  struct sockaddr_un target = {.sun_family = AF_UNIX_};
  size_t size = length(path);
  if (size < 2 || size >= sizeof target.sun_path) fail("NOTIFY_SOCKET", "needs a path of 2 to 107 bytes");
  if (*path != '/' && *path != '@') fail("NOTIFY_SOCKET", "needs an absolute path or @NAME");
  memcpy(target.sun_path, path, size);
  if (*path == '@') target.sun_path[0] = '\0';
  long fd = need("notify", CALL(socket, AF_UNIX_, SOCK_DGRAM_ | 02000000));
  size_t target_size = offsetof(struct sockaddr_un, sun_path) + size + (*path == '/');
  need("notify", CALL(sendto, fd, words[0], length(words[0]), MSG_NOSIGNAL_, &target, target_size));
  await_reading(fd, &target, target_size);
  leave(0);
}
