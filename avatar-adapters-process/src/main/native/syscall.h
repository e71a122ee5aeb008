/*
 * Calls into the kernel, without a C library. A call returns what the kernel returns: an error is a
 * negative errno number.
 *
 *   CALL(close, fd)
 */
#ifndef SYSCALL_H
#define SYSCALL_H

#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <stddef.h>
#include <stdint.h>

/* No other program links to this one, so that the address of a function needs no table to look it up. */
#pragma GCC visibility push(hidden)

#if defined(__x86_64__)

static inline long kernel(long number, long a, long b, long c, long d, long e, long f) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)

static inline long kernel(long number, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
}

#else
#error "x86_64 or aarch64"
#endif

#define CALL(name, ...) CALL_PADDED(name, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define CALL_PADDED(name, a, b, c, d, e, f, ...) \
  kernel(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

/* The kernel's signal sets: bit n - 1 is signal n. */
typedef uint64_t signals;
#define SIGNAL(number) (UINT64_C(1) << ((number) - 1))

enum { SIGHUP_ = 1, SIGINT_ = 2, SIGQUIT_ = 3, SIGKILL_ = 9, SIGTERM_ = 15, SIGCHLD_ = 17 };
enum { SIG_BLOCK_ = 0, SIG_SETMASK_ = 2 };
enum { WNOHANG_ = 1 };

/* Socket constants, which the kernel's own headers leave to the C library. */
enum { AF_UNIX_ = 1, AF_INET_ = 2, AF_INET6_ = 10, AF_NETLINK_ = 16, AF_PACKET_ = 17 };
enum { SOCK_STREAM_ = 1, SOCK_DGRAM_ = 2, SOCK_RAW_ = 3, SOCK_SEQPACKET_ = 5, SOCK_PACKET_ = 10 };
enum { SOCK_QUIET = 04000 | 02000000 }; /* non-blocking, closed on exec */
enum { SOL_SOCKET_ = 1, SO_REUSEADDR_ = 2, SO_LINGER_ = 13, SO_ATTACH_FILTER_ = 26 };
enum { SHUT_WR_ = 1 };
enum { MSG_DONTWAIT_ = 0x40, MSG_NOSIGNAL_ = 0x4000 };

enum {
  CLONE_NEWTIME_ = 0x80,
  CLONE_NEWNS_ = 0x20000,
  CLONE_NEWCGROUP_ = 0x2000000,
  CLONE_NEWUTS_ = 0x4000000,
  CLONE_NEWIPC_ = 0x8000000,
  CLONE_NEWUSER_ = 0x10000000,
  CLONE_NEWPID_ = 0x20000000,
  CLONE_NEWNET_ = 0x40000000
};

/* A resource limit: the value in force, and the highest that it can be set to. */
struct limit {
  uint64_t now, most;
};

static inline long fork_process(void) { return CALL(clone, SIGCHLD_); }

static inline __attribute__((noreturn)) void leave(int code) {
  for (;;) CALL(exit_group, code);
}

/* Milliseconds of a clock that never goes back. */
uint64_t now(void);

#endif
