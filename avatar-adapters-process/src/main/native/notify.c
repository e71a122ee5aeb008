/* Tells systemd the state of the service. */
#include "commands.h"

#include <linux/un.h>

#include "text.h"

static const char *variable(char **environment, const char *name) {
  for (; *environment; environment++) {
    if (starts(*environment, name) && (*environment)[length(name)] == '=') return *environment + length(name) + 1;
  }
  return NULL;
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
  leave(0);
}
