#include "filter.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <linux/stat.h>

#include "text.h"

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#else
#define NATIVE AUDIT_ARCH_AARCH64
#endif

/* Calls that are newer than the headers of Debian 12. Since 424, numbers are the same everywhere. */
enum { FCHMODAT2 = 452, OPEN_TREE_ATTR = 467, LAST_KNOWN = 469 };

enum { INSTRUCTIONS = 512 };

static struct sock_filter program[INSTRUCTIONS];
static unsigned short size;

static void step(uint16_t code, uint8_t if_true, uint8_t if_false, uint32_t value) {
  if (size == INSTRUCTIONS) fail("filter system calls", "the filter is too long");
  program[size++] = (struct sock_filter){code, if_true, if_false, value};
}

static void load(size_t offset) { step(BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset); }

/* Loads the number of the call. Ends a process that calls as another architecture does. */
static void load_native_number(void) {
  load(offsetof(struct seccomp_data, arch));
  step(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, NATIVE);
  step(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS);
  load(offsetof(struct seccomp_data, nr));
}

/* Loads the lower half of an argument: the kernel's int arguments have no other. */
static void load_argument(int index) { load(offsetof(struct seccomp_data, args) + 8 * (size_t)index); }

static void answer(uint32_t error) {
  step(BPF_RET | BPF_K, 0, 0, error ? SECCOMP_RET_ERRNO | error : SECCOMP_RET_ALLOW);
}

static void answer_if(uint16_t comparison, uint32_t value, uint32_t error) {
  step(BPF_JMP | comparison | BPF_K, 0, 1, value);
  answer(error);
}

/* Calls that nothing needs which builds or tests a program, and calls that change more than the process itself. */
static const uint16_t REFUSED[] = {
    /* mounts */
    __NR_mount, __NR_umount2, __NR_pivot_root, __NR_fsopen, __NR_fsconfig, __NR_fsmount, __NR_fspick, __NR_open_tree,
    __NR_move_mount, __NR_mount_setattr, OPEN_TREE_ATTR, __NR_quotactl, __NR_quotactl_fd, __NR_swapon, __NR_swapoff,
    __NR_fanotify_init, __NR_name_to_handle_at, __NR_open_by_handle_at,
    /* namespaces */
    __NR_setns, __NR_sethostname, __NR_setdomainname,
    /* the kernel */
    __NR_bpf, __NR_perf_event_open, __NR_userfaultfd, __NR_kexec_load, __NR_init_module, __NR_finit_module,
    __NR_delete_module, __NR_reboot, __NR_acct, __NR_syslog, __NR_vhangup, __NR_settimeofday, __NR_clock_settime,
    __NR_lookup_dcookie, __NR_nfsservctl, __NR_kexec_file_load,
    /* keys are shared between all processes of a user */
    __NR_keyctl, __NR_add_key, __NR_request_key,
#ifdef __x86_64__
    __NR_iopl, __NR_ioperm, __NR_modify_ldt, __NR_uselib, __NR__sysctl, __NR_ustat, __NR_sysfs, __NR_create_module,
    __NR_query_module, __NR_get_kernel_syms,
#endif
};

/* Calls that programs try first and do without: for these, the kernel is an old one. */
static const uint16_t ABSENT[] = {
    __NR_clone3, __NR_io_uring_setup, __NR_io_uring_enter, __NR_io_uring_register,
    __NR_openat2, /* has the mode of a new file out of sight */
};

/* The address families that a program needs, and their protocols. */
static const uint16_t PROTOCOLS[] = {0, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMPV6, IPPROTO_MPTCP};

static const uint32_t NEW_NAMESPACES = CLONE_NEWNS_ | CLONE_NEWCGROUP_ | CLONE_NEWUTS_ | CLONE_NEWIPC_ |
                                       CLONE_NEWUSER_ | CLONE_NEWPID_ | CLONE_NEWNET_;

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Begins what holds if the loaded value is this one. Within it, the value is no longer loaded. */
static unsigned short begin(uint32_t value) {
  step(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, value);
  return size;
}

/* Ends it with the answer to everything that has got none. */
static void end(unsigned short begin, uint32_t error) {
  answer(error);
  program[begin - 1].jf = (uint8_t)(size - begin);
}

static void refuse_flags(uint32_t number, int argument, uint32_t flags) {
  unsigned short call = begin(number);
  load_argument(argument);
  answer_if(BPF_JSET, flags, EPERM);
  end(call, 0);
}

/* A program that runs with the rights of its owner. The same for groups is a usual mode of folders. */
static const uint32_t OWNERS_RIGHTS = S_ISUID;

/* The mode counts only where the call can make a file. */
static void refuse_open(uint32_t number, int flags) {
  unsigned short call = begin(number);
  load_argument(flags);
  step(BPF_JMP | BPF_JSET | BPF_K, 1, 0, O_CREAT | __O_TMPFILE);
  answer(0);
  load_argument(flags + 1);
  answer_if(BPF_JSET, OWNERS_RIGHTS, EPERM);
  end(call, 0);
}

/*
 * Outside, files that are made inside belong to the avatar: with such a mode, any user of the
 * machine who reaches them has the avatar's rights.
 */
static void refuse_owners_rights(void) {
  refuse_flags(__NR_fchmod, 1, OWNERS_RIGHTS);
  refuse_flags(__NR_fchmodat, 2, OWNERS_RIGHTS);
  refuse_flags(FCHMODAT2, 2, OWNERS_RIGHTS);
  refuse_flags(__NR_mknodat, 2, OWNERS_RIGHTS);
  refuse_open(__NR_openat, 2);
#ifdef __x86_64__
  refuse_flags(__NR_chmod, 1, OWNERS_RIGHTS);
  refuse_flags(__NR_mknod, 1, OWNERS_RIGHTS);
  refuse_flags(__NR_creat, 1, OWNERS_RIGHTS);
  refuse_open(__NR_open, 1);
#endif
}

/* Commands that type for the user of a terminal. */
static void refuse_terminal_commands(void) {
  unsigned short call = begin(__NR_ioctl);
  load_argument(1);
  answer_if(BPF_JEQ, 0x5412, EPERM); /* TIOCSTI */
  answer_if(BPF_JEQ, 0x541c, EPERM); /* TIOCLINUX */
  end(call, 0);
}

static void load_socket_type(void) {
  load_argument(1);
  step(BPF_ALU | BPF_AND | BPF_K, 0, 0, 15);
}

static void allow_internet(uint32_t family) {
  unsigned short sockets = begin(family);
  load_socket_type();
  answer_if(BPF_JEQ, SOCK_PACKET_, EPERM);
  load_argument(2);
  for (size_t i = 0; i < COUNT(PROTOCOLS); i++) answer_if(BPF_JEQ, PROTOCOLS[i], 0);
  end(sockets, EPROTONOSUPPORT);
}

static void limit_socket(enum unix_sockets unix_sockets) {
  unsigned short call = begin(__NR_socket);
  load_argument(0);
  answer_if(BPF_JEQ, AF_UNIX_, unix_sockets == UNIX_SOCKETS ? 0 : EPERM);
  allow_internet(AF_INET_);
  allow_internet(AF_INET6_);
  unsigned short netlink = begin(AF_NETLINK_);
  load_argument(2);
  answer_if(BPF_JEQ, NETLINK_ROUTE, 0);
  end(netlink, EPROTONOSUPPORT);
  end(call, EAFNOSUPPORT);
}

/* A pair of datagram sockets can send to any address, so that it is as good as a socket. */
static void limit_socketpair(enum unix_sockets unix_sockets) {
  unsigned short call = begin(__NR_socketpair);
  load_argument(0);
  unsigned short pair = begin(AF_UNIX_);
  load_socket_type();
  if (unix_sockets == NO_UNIX_SOCKETS) {
    answer_if(BPF_JEQ, SOCK_DGRAM_, EPERM);
    answer_if(BPF_JEQ, SOCK_RAW_, EPERM);
  }
  end(pair, 0);
  end(call, EAFNOSUPPORT);
}

static void write_program(enum unix_sockets sockets) {
  load_native_number();
  answer_if(BPF_JGT, LAST_KNOWN, ENOSYS); /* x32 on x86_64, too */
  for (size_t i = 0; i < COUNT(REFUSED); i++) answer_if(BPF_JEQ, REFUSED[i], EPERM);
  for (size_t i = 0; i < COUNT(ABSENT); i++) answer_if(BPF_JEQ, ABSENT[i], ENOSYS);
  refuse_flags(__NR_clone, 0, NEW_NAMESPACES);
  refuse_flags(__NR_unshare, 0, NEW_NAMESPACES | CLONE_NEWTIME_);
  refuse_owners_rights();
  refuse_terminal_commands();
  limit_socket(sockets);
  limit_socketpair(sockets);
  answer(0);
}

static long use_program(void) {
  struct sock_fprog filter = {size, program};
  return CALL(seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter);
}

long filter_calls(enum unix_sockets sockets) {
  size = 0;
  write_program(sockets);
  return use_program();
}

/* Calls of the server's loop. It can open no file, and starts no program. */
static const uint16_t SERVER[] = {
    __NR_read, __NR_close, __NR_epoll_pwait, __NR_epoll_ctl, __NR_accept4, __NR_bind, __NR_listen, __NR_connect,
    __NR_sendto, __NR_recvfrom, __NR_shutdown, __NR_setsockopt, __NR_signalfd4, __NR_wait4, __NR_clock_gettime,
    __NR_exit_group,
};

void filter_server(int child) {
  size = 0;
  load_native_number();
  for (size_t i = 0; i < COUNT(SERVER); i++) answer_if(BPF_JEQ, SERVER[i], 0);
  unsigned short kill = begin(__NR_kill);
  load_argument(0);
  answer_if(BPF_JEQ, (uint32_t)child, 0);
  end(kill, EPERM);
  unsigned short socket = begin(__NR_socket);
  load_argument(0);
  answer_if(BPF_JEQ, AF_UNIX_, 0);
  answer_if(BPF_JEQ, AF_INET_, 0);
  end(socket, EPERM);
  answer(EPERM);
  use_program();
}
