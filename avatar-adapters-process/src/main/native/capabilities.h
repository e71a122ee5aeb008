/* Capabilities of this process. */
#ifndef CAPABILITIES_H
#define CAPABILITIES_H

#include "syscall.h"

#define CAPABILITY(number) (UINT64_C(1) << (number))

/* Keeps these capabilities at most, and no more after an exec. Fails if any other is left. */
void keep_capabilities(uint64_t kept);

/* Takes these capabilities away, from this process and from what it executes. */
void drop_capabilities(uint64_t dropped);

#endif
