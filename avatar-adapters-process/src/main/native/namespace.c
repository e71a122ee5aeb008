#include "namespace.h"

#include <linux/if_addr.h>
#include <linux/mount.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "text.h"

enum { LOOPBACK = 1, UP = 1 };

static long write_file(const char *path, const char *text) {
  long fd = CALL(openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return fd;
  long result = write_all((int)fd, text, length(text));
  CALL(close, fd);
  return result;
}

static long map_itself(const char *path, long id) {
  struct line map = {0};
  add_number(&map, (uint64_t)id);
  add(&map, " ");
  add_number(&map, (uint64_t)id);
  add(&map, " 1\n");
  return write_file(path, map.text);
}

long try_user_namespace(void) {
  long user = CALL(geteuid);
  long group = CALL(getegid);
  long result = CALL(unshare, CLONE_NEWUSER_);
  if (result < 0) return result;
  result = write_file("/proc/self/setgroups", "deny");
  if (result < 0) return result;
  result = map_itself("/proc/self/gid_map", group);
  return result < 0 ? result : map_itself("/proc/self/uid_map", user);
}

void enter_user_namespace(void) { need("make a user namespace", try_user_namespace()); }

/* Sends one request to the kernel's network configuration, and returns the kernel's answer. */
static long configure(struct nlmsghdr *request) {
  struct {
    struct nlmsghdr header;
    struct nlmsgerr result;
    char rest[512];
  } answer;
  struct sockaddr_nl kernel_side = {.nl_family = AF_NETLINK_};
  long fd = CALL(socket, AF_NETLINK_, SOCK_RAW_ | 02000000, NETLINK_ROUTE);
  if (fd < 0) return fd;
  long result = CALL(sendto, fd, request, request->nlmsg_len, 0, &kernel_side, sizeof kernel_side);
  if (result >= 0) result = CALL(recvfrom, fd, &answer, sizeof answer, 0, 0, 0);
  CALL(close, fd);
  if (result < 0) return result;
  int whole = (size_t)result >= sizeof answer.header + sizeof answer.result.error;
  return whole && answer.header.nlmsg_type == NLMSG_ERROR ? answer.result.error : -EBADMSG;
}

static long start_loopback(void) {
  struct {
    struct nlmsghdr header;
    struct ifinfomsg link;
  } request = {
      {.nlmsg_len = sizeof request, .nlmsg_type = RTM_NEWLINK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
      {.ifi_index = LOOPBACK, .ifi_flags = UP, .ifi_change = UP},
  };
  return configure(&request.header);
}

long try_network_namespace(void) {
  long result = CALL(unshare, CLONE_NEWNET_);
  return result < 0 ? result : start_loopback();
}

static long add_to_loopback(unsigned char family, const void *address, unsigned char size) {
  struct {
    struct nlmsghdr header;
    struct ifaddrmsg message;
    struct rtattr attribute;
    unsigned char address[16];
  } request = {
      {.nlmsg_type = RTM_NEWADDR, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE},
      {.ifa_family = family, .ifa_flags = IFA_F_NODAD, .ifa_scope = RT_SCOPE_HOST, .ifa_index = LOOPBACK},
      {.rta_len = (unsigned short)(sizeof request.attribute + size), .rta_type = IFA_LOCAL},
      {0},
  };
  request.header.nlmsg_len = (uint32_t)(offsetof(typeof(request), address) + size);
  request.message.ifa_prefixlen = (unsigned char)(8 * size);
  memcpy(request.address, address, size);
  long result = configure(&request.header);
  return result == -EEXIST ? 0 : result;
}

long add_address(uint32_t address) {
  uint32_t bytes = __builtin_bswap32(address);
  return add_to_loopback(AF_INET_, &bytes, sizeof bytes);
}

long add_address6(const unsigned char address[16]) { return add_to_loopback(AF_INET6_, address, 16); }

void enter_mount_namespace(void) {
  need("make a mount namespace", CALL(unshare, CLONE_NEWNS_));
  need("make mounts private", CALL(mount, 0, "/", 0, MS_REC | MS_PRIVATE, 0));
}

/* Takes the next path off an escaped list, in place. */
static char *next_path(char **list) {
  char *first = *list;
  char *from = first;
  char *to = first;
  for (; *from && *from != ':'; from++) {
    if (*from == '\\' && from[1]) from++;
    *to++ = *from;
  }
  *list = *from ? from + 1 : from;
  *to = '\0';
  if (*first != '/') fail("--overlay", "needs LOWER:UPPER:WORK:TARGET, absolute paths");
  return first;
}

/* Names a folder by its descriptor: such a path has no comma or colon, which would need an escape. */
static void add_folder(struct line *options, const char *option, const char *path) {
  long fd = need(path, CALL(openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC));
  add(options, option);
  add(options, "=/proc/self/fd/");
  add_number(options, (uint64_t)fd);
}

void mount_overlay(char *text, int in_user_namespace) {
  struct line options = {0};
  add_folder(&options, "lowerdir", next_path(&text));
  add_folder(&options, ",upperdir", next_path(&text));
  add_folder(&options, ",workdir", next_path(&text));
  if (in_user_namespace) add(&options, ",userxattr");
  char *target = next_path(&text);
  if (*text) fail("--overlay", "needs LOWER:UPPER:WORK:TARGET, absolute paths");
  need(target, CALL(mount, "overlay", target, "overlay", MS_NOSUID | MS_NODEV, options.text));
}
