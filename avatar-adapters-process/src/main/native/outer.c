/* The process that stays outside: it makes the network, starts the command in it, and serves it. */
#include "commands.h"

#include <linux/capability.h>

#include "capabilities.h"
#include "dnsserver.h"
#include "filter.h"
#include "gate.h"
#include "hosts.h"
#include "loop.h"
#include "namespace.h"
#include "process.h"
#include "sockets.h"
#include "sniff.h"
#include "text.h"

enum { NOFILE = 7 };

struct options {
  int own_user, own_network, dns;
  const char *socket, *ports, *local, *cgroup;
  int overlays;
};

static void set_option(struct options *options, const char *name, char *value) {
  if (equal(name, "--userns")) {
    options->own_user = equal(value, "own");
    if (!options->own_user && !equal(value, "none")) fail(name, "needs own or none");
  } else if (equal(name, "--net")) {
    options->own_network = equal(value, "none");
    if (!options->own_network && !equal(value, "host")) fail(name, "needs none or host");
  } else if (equal(name, "--socket")) {
    options->socket = value;
  } else if (equal(name, "--ports")) {
    options->ports = value;
  } else if (equal(name, "--local")) {
    options->local = value;
  } else if (equal(name, "--cgroup")) {
    options->cgroup = value;
  } else if (equal(name, "--dns")) {
    options->dns = yes(name, value);
  } else if (equal(name, "--overlay")) {
    options->overlays = 1;
  } else if (!equal(name, "--address") && !equal(name, "--name")) {
    fail(name, "no such option");
  }
}

/* The program's arguments before "--", once more: options that can be repeated. */
struct arguments {
  int count;
  char **words;
};

static void each(struct arguments arguments, const char *name, void (*use)(const char *)) {
  for (int i = 0; i < arguments.count; i += 2) {
    if (equal(arguments.words[i], name)) use(arguments.words[i + 1]);
  }
}

static void mount_overlays(struct arguments arguments, int own_user) {
  enter_mount_namespace();
  for (int i = 0; i < arguments.count; i += 2) {
    if (equal(arguments.words[i], "--overlay")) mount_overlay(arguments.words[i + 1], own_user);
  }
}

static void capture_local(const char *list) {
  uint16_t local[128];
  int count = ports(list, local, 128);
  if (count < 0) fail("--local", "needs at most 128 ports, separated by commas");
  for (int i = 0; i < count; i++) capture(internet(INADDR_LOOPBACK, local[i]), local[i], "127.0.0.1");
}

static void open_network(const struct options *options, struct arguments arguments) {
  open_gate();
  if (options->ports) capture_ports(options->ports);
  if (options->local) capture_local(options->local);
  each(arguments, "--address", add_literal);
  each(arguments, "--name", add_name);
  if (options->dns) open_dns();
  if (options->socket) open_sniffers();
}

/* Lets this process have as many descriptors as it may; returns what the command gets. */
static struct limit raise_descriptors(void) {
  struct limit before = {0, 0};
  CALL(prlimit64, 0, NOFILE, 0, &before);
  struct limit raised = {before.most, before.most};
  CALL(prlimit64, 0, NOFILE, &raised, 0);
  return before;
}

/* A command that makes a user namespace of its own for root needs CAP_SETFCAP to say that it is root's. */
static void give_up_capabilities(int own_user) {
  if (own_user) {
    keep_capabilities(CALL(geteuid) == 0 ? CAPABILITY(CAP_SETFCAP) : 0);
  } else {
    drop_capabilities(CAPABILITY(CAP_NET_ADMIN) | CAPABILITY(CAP_NET_RAW) | CAPABILITY(CAP_NET_BIND_SERVICE) |
                      CAPABILITY(CAP_NET_BROADCAST));
  }
}

/* What the command gets as the helper got it. */
struct start {
  struct limit descriptors;
  signals blocked;
};

__attribute__((noreturn)) static void become_command(const struct options *options, const struct start *start,
                                                     char **command, char **environment) {
  if (options->cgroup) join_cgroup(options->cgroup);
  CALL(prlimit64, 0, NOFILE, &start->descriptors, 0);
  give_up_capabilities(options->own_user);
  set_blocked_signals(start->blocked);
  execute(command, environment);
}

static void forget_descriptors(void) {
  long null = CALL(openat, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC);
  for (int fd = 0; fd < 3; fd++) {
    if (null < 0 || CALL(dup3, null, fd, 0) < 0) CALL(close, fd);
  }
  if (null > 2) CALL(close, null);
}

/* What stays outside needs nothing but to listen at low ports, and no descriptor of the command. */
static void become_server(const struct options *options, int child) {
  keep_capabilities(options->own_network ? CAPABILITY(CAP_NET_BIND_SERVICE) : 0);
  no_new_privileges();
  hide_memory();
  forget_descriptors();
  filter_server(child);
}

void outer(int count, char **words, char **environment) {
  struct options options = {0};
  struct arguments arguments = {end_of_options(count, words), words};
  for (int i = 0; i < arguments.count; i += 2) set_option(&options, words[i], words[i + 1]);
  die_with(CALL(getppid));
  CALL(setsid);
  if (options.own_user) enter_user_namespace();
  if (options.own_network) need("make a network namespace", try_network_namespace());
  if (options.overlays) mount_overlays(arguments, options.own_user);
  if (options.socket) set_avatar(options.socket);
  struct start start = {raise_descriptors(), block_signals()};
  open_loop();
  if (options.own_network) open_network(&options, arguments);
  long server = CALL(getpid);
  int child = (int)need("start a process", fork_process());
  if (child == 0) {
    die_with(server);
    become_command(&options, &start, words + arguments.count + 1, environment);
  }
  become_server(&options, child);
  leave(exit_code(serve(child)));
}
