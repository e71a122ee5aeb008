#include "sockets.h"

#include <linux/un.h>

#include "text.h"

static struct sockaddr_un avatar = {.sun_family = AF_UNIX_};

struct endpoint internet(uint32_t address, uint16_t port) {
  struct endpoint result = {.address.v4.sin_family = AF_INET_, .size = sizeof(struct sockaddr_in)};
  result.address.v4.sin_port = __builtin_bswap16(port);
  result.address.v4.sin_addr.s_addr = __builtin_bswap32(address);
  return result;
}

struct endpoint internet6(const unsigned char address[16], uint16_t port) {
  struct endpoint result = {.address.v6.sin6_family = AF_INET6_, .size = sizeof(struct sockaddr_in6)};
  result.address.v6.sin6_port = __builtin_bswap16(port);
  memcpy(&result.address.v6.sin6_addr, address, 16);
  return result;
}

long listen_on(const struct endpoint *here, int backlog) {
  long fd = CALL(socket, here->address.v4.sin_family, SOCK_STREAM_ | SOCK_QUIET);
  if (fd < 0) return fd;
  int yes = 1;
  CALL(setsockopt, fd, SOL_SOCKET_, SO_REUSEADDR_, &yes, sizeof yes);
  long result = CALL(bind, fd, &here->address, here->size);
  if (result >= 0) result = CALL(listen, fd, backlog);
  if (result >= 0) return fd;
  CALL(close, fd);
  return result;
}

void set_avatar(const char *path) {
  size_t size = length(path);
  if (path[0] != '/' || size >= sizeof avatar.sun_path) fail("--socket", "needs an absolute path of at most 107 bytes");
  memcpy(avatar.sun_path, path, size + 1);
}

long connect_avatar(void) {
  if (!avatar.sun_path[0]) return -ENOENT;
  long fd = CALL(socket, AF_UNIX_, SOCK_STREAM_ | SOCK_QUIET);
  if (fd < 0) return fd;
  long result = CALL(connect, fd, &avatar, sizeof avatar);
  if (result >= 0) return fd;
  CALL(close, fd);
  return result;
}
