#include "commands.h"
#include "text.h"

/* The kernel starts a program with the number of its words, the words and the environment on the stack. */
#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call start\n");
#else
__asm__(".globl _start\n_start:\n  mov x29, #0\n  mov x30, #0\n  mov x0, sp\n  b start\n");
#endif

__attribute__((noreturn, used)) void start(long *stack);

void start(long *stack) {
  int count = (int)stack[0];
  char **words = (char **)(stack + 1);
  char **environment = words + count + 1;
  if (count >= 2) {
    char *name = words[1];
    if (equal(name, "outer")) outer(count - 2, words + 2, environment);
    if (equal(name, "inner")) inner(count - 2, words + 2, environment);
    if (equal(name, "probe")) probe();
    if (equal(name, "reach")) reach(count - 2, words + 2);
    if (equal(name, "notify")) notify(count - 2, words + 2, environment);
  }
  fail("usage", "avatar-sandbox outer|inner|probe|reach|notify");
}
