#include "gate.h"

#include <linux/eventpoll.h>

#include "relay.h"
#include "text.h"

enum { LISTENERS = 4096, BACKLOG = 128, AT_ONCE = 16, PAUSE_MILLIS = 100 };

/* Descriptors that everything else needs: connections have two each. */
enum { OTHERS = 2 * CONNECTIONS + 64 };

static struct {
  int fd;
  uint16_t port;
  const char *host;
} listeners[LISTENERS];
static int count;
static int most;

/* An epoll of all listeners, which is watched as one. */
static int gate_fd;
static int open;
static int out_of_descriptors;

void open_gate(void) {
  struct limit limit = {0, 0};
  CALL(prlimit64, 0, 7 /* RLIMIT_NOFILE */, 0, &limit);
  most = limit.now < OTHERS ? 0 : limit.now - OTHERS < LISTENERS ? (int)(limit.now - OTHERS) : LISTENERS;
  gate_fd = (int)need("watch ports", CALL(epoll_create1, O_CLOEXEC));
  need("watch ports", watch(gate_fd, GATE, 0, EPOLLIN));
  open = 1;
}

int room_to_capture(int more) { return count + more <= most; }

void capture(struct endpoint here, uint16_t port, const char *host) {
  if (!room_to_capture(1)) return;
  long fd = listen_on(&here, BACKLOG);
  if (fd < 0) return;
  struct epoll_event event = {EPOLLIN, (uint64_t)count};
  listeners[count].fd = (int)fd;
  listeners[count].port = port;
  listeners[count].host = host;
  if (CALL(epoll_ctl, gate_fd, EPOLL_CTL_ADD, fd, &event) < 0) {
    CALL(close, fd);
    return;
  }
  count++;
}

static int out_of(long error) {
  return error == -EMFILE || error == -ENFILE || error == -ENOMEM || error == -ENOBUFS;
}

void accept_connections(void) {
  struct epoll_event events[AT_ONCE];
  long ready = CALL(epoll_pwait, gate_fd, events, AT_ONCE, 0, 0, 0);
  for (long i = 0; i < ready && free_places(); i++) {
    uint64_t index = events[i].data;
    long fd = CALL(accept4, listeners[index].fd, 0, 0, SOCK_QUIET);
    if (fd >= 0) relay((int)fd, listeners[index].host, listeners[index].port);
    if (out_of(fd)) out_of_descriptors = 1;
  }
}

int gate_patience(void) { return out_of_descriptors ? PAUSE_MILLIS : FOREVER; }

void gate_turn(void) {
  int wanted = free_places() && !out_of_descriptors;
  out_of_descriptors = 0;
  if (wanted == open) return;
  change(gate_fd, GATE, 0, wanted ? EPOLLIN : 0);
  open = wanted;
}
