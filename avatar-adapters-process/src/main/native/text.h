/* Text, memory and messages. */
#ifndef TEXT_H
#define TEXT_H

#include "syscall.h"

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *left, const void *right, size_t size);

size_t length(const char *text);
int equal(const char *left, const char *right);
int starts(const char *text, const char *prefix);

/* Reads decimal digits alone, up to a limit. Returns 0 for anything else. */
int number(const char *text, uint64_t limit, uint64_t *value);

/* Reads "80,443": ports from 1, separated by commas. Returns how many, or -1. */
int ports(const char *text, uint16_t *list, int most);

/* Reads four decimal numbers, such as 10.0.0.5, into host byte order. Returns 0 for anything else. */
int address(const char *text, uint32_t *value);

/* Reads an IPv6 address, such as fd00::5. Returns 0 for anything else. */
int address6(const char *text, unsigned char bytes[16]);

/* Text of a limited size, always ended by a NUL. What does not fit is dropped. */
struct line {
  size_t size;
  char text[512];
};
void add(struct line *line, const char *text);
void add_number(struct line *line, uint64_t value);

/* Writes all bytes to a descriptor that blocks. */
long write_all(int fd, const char *bytes, size_t size);

/* Prints "avatar-sandbox: WHAT: REASON" and ends with 125. */
__attribute__((noreturn)) void fail(const char *what, const char *reason);

/* Returns a result that is no error, and fails otherwise. */
long need(const char *what, long result);

#endif
