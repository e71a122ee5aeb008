#include "loop.h"

#include <linux/eventpoll.h>
#include <linux/signalfd.h>

#include "dnsserver.h"
#include "gate.h"
#include "notes.h"
#include "relay.h"
#include "sniff.h"
#include "text.h"

enum { EVENTS = 64 };

static int loop_fd;

void open_loop(void) { loop_fd = (int)need("make the loop", CALL(epoll_create1, O_CLOEXEC)); }

static long control(int operation, int fd, enum source source, uint32_t index, uint32_t events) {
  struct epoll_event event = {events, (uint64_t)source << 32 | index};
  return CALL(epoll_ctl, loop_fd, operation, fd, &event);
}

long watch(int fd, enum source source, uint32_t index, uint32_t events) {
  return control(EPOLL_CTL_ADD, fd, source, index, events);
}

void change(int fd, enum source source, uint32_t index, uint32_t events) {
  control(EPOLL_CTL_MOD, fd, source, index, events);
}

static void dispatch(enum source source, uint32_t index, uint32_t events) {
  switch (source) {
    case GATE: accept_connections(); break;
    case DNS_DATAGRAMS: answer_datagrams(); break;
    case DNS_LISTENER: accept_dns_peers(); break;
    case DNS_PEER: serve_dns_peer(index, events); break;
    case SNIFFER: read_sniffers(); break;
    case INSIDE: inside_event(index, events); break;
    case AVATAR: avatar_event(index, events); break;
    case CHILD: break;
  }
}

/* Passes a request to end on to the child. Returns whether the child ended. */
static int child_event(int fd, int child, int *status) {
  struct signalfd_siginfo info;
  while (CALL(read, fd, &info, sizeof info) == sizeof info) {
    if (info.ssi_signo != SIGCHLD_) CALL(kill, child, info.ssi_signo);
  }
  return CALL(wait4, child, status, WNOHANG_, 0) == child;
}

static int sooner(int left, int right) {
  if (left == FOREVER) return right;
  return right == FOREVER || left < right ? left : right;
}

static int patience(uint64_t time) {
  int network = sooner(relay_patience(), gate_patience());
  int names = sooner(dns_patience(time), sooner(sniffer_patience(), notes_patience()));
  return sooner(network, names);
}

/* The command may have ended right after its last attempt. */
static void send_last_notes(void) {
  read_sniffers();
  notes_turn();
}

int serve(int child) {
  signals taken = SIGNAL(SIGCHLD_) | SIGNAL(SIGTERM_) | SIGNAL(SIGINT_) | SIGNAL(SIGHUP_) | SIGNAL(SIGQUIT_);
  int fd = (int)need("wait for signals", CALL(signalfd4, -1, &taken, sizeof taken, SOCK_QUIET));
  need("watch signals", watch(fd, CHILD, 0, EPOLLIN));
  int status = 0;
  while (!child_event(fd, child, &status)) {
    struct epoll_event events[EVENTS];
    long count = CALL(epoll_pwait, loop_fd, events, EVENTS, patience(now()), 0, 0);
    for (long i = 0; i < count; i++) {
      dispatch((enum source)(events[i].data >> 32), (uint32_t)events[i].data, events[i].events);
    }
    uint64_t time = now();
    relay_turn(time);
    gate_turn();
    notes_turn();
    dns_turn(time);
    sniffer_turn(time);
  }
  send_last_notes();
  return status;
}
