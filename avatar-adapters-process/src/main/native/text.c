#include "text.h"

#include <linux/time.h>

enum { NOT_STARTED = 125 };

void *memcpy(void *to, const void *from, size_t size) {
  unsigned char *target = to;
  const unsigned char *source = from;
  while (size-- > 0) *target++ = *source++;
  return to;
}

void *memset(void *to, int value, size_t size) {
  unsigned char *target = to;
  while (size-- > 0) *target++ = (unsigned char)value;
  return to;
}

int memcmp(const void *left, const void *right, size_t size) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (; size > 0; size--, a++, b++) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}

size_t length(const char *text) {
  size_t size = 0;
  while (text[size]) size++;
  return size;
}

int equal(const char *left, const char *right) {
  while (*left && *left == *right) left++, right++;
  return *left == *right;
}

int starts(const char *text, const char *prefix) {
  while (*prefix && *text == *prefix) text++, prefix++;
  return !*prefix;
}

/* Reads digits up to the first other character. Returns where that is, or NULL. */
static const char *digits(const char *text, uint64_t limit, uint64_t *value) {
  if (*text < '0' || *text > '9') return NULL;
  uint64_t sum = 0;
  for (; *text >= '0' && *text <= '9'; text++) {
    uint64_t digit = (uint64_t)(*text - '0');
    if (sum > (limit - digit) / 10) return NULL;
    sum = sum * 10 + digit;
  }
  *value = sum;
  return text;
}

int number(const char *text, uint64_t limit, uint64_t *value) {
  const char *end = digits(text, limit, value);
  return end && !*end;
}

int ports(const char *text, uint16_t *list, int most) {
  int count = 0;
  while (*text) {
    uint64_t port;
    const char *end = digits(text, 65535, &port);
    if (!end || !port || count == most) return -1;
    list[count++] = (uint16_t)port;
    if (!*end) return count;
    if (*end != ',' || !end[1]) return -1;
    text = end + 1;
  }
  return count;
}

int address(const char *text, uint32_t *value) {
  uint32_t sum = 0;
  for (int i = 0; i < 4; i++) {
    uint64_t part;
    const char *end = digits(text, 255, &part);
    if (!end || end - text > 3 || *end != (i < 3 ? '.' : '\0')) return 0;
    sum = sum << 8 | (uint32_t)part;
    text = end + 1;
  }
  *value = sum;
  return 1;
}

/* Reads up to four hexadecimal digits. Returns where they end, or NULL if there is none. */
static const char *group(const char *text, unsigned *value) {
  const char *start = text;
  for (*value = 0; text - start < 4; text++) {
    if (*text >= '0' && *text <= '9') {
      *value = *value << 4 | (unsigned)(*text - '0');
    } else if (*text >= 'a' && *text <= 'f') {
      *value = *value << 4 | (unsigned)(*text - 'a' + 10);
    } else {
      break;
    }
  }
  return text == start ? NULL : text;
}

int address6(const char *text, unsigned char bytes[16]) {
  int groups = 0;
  int gap = -1; /* the number of groups before "::" */
  memset(bytes, 0, 16);
  if (starts(text, "::")) {
    gap = 0;
    text += 2;
  }
  while (*text) {
    unsigned value;
    const char *end = groups < 8 ? group(text, &value) : NULL;
    if (!end || (*end && *end != ':') || (*end && !end[1])) return 0;
    bytes[2 * groups] = (unsigned char)(value >> 8);
    bytes[2 * groups + 1] = (unsigned char)value;
    groups++;
    text = *end ? end + 1 : end;
    if (*end && *text == ':') {
      if (gap >= 0) return 0;
      gap = groups;
      text++;
    }
  }
  if (gap < 0) return groups == 8;
  size_t behind = 2 * (size_t)(groups - gap);
  for (size_t i = 1; i <= behind; i++) {
    unsigned char *from = &bytes[2 * groups - (int)i];
    unsigned char byte = *from;
    *from = 0;
    bytes[16 - i] = byte;
  }
  return groups < 8;
}

void add(struct line *line, const char *text) {
  while (*text && line->size < sizeof line->text - 1) line->text[line->size++] = *text++;
  line->text[line->size] = '\0';
}

void add_number(struct line *line, uint64_t value) {
  char figures[21];
  size_t first = sizeof figures - 1;
  figures[first] = '\0';
  do {
    figures[--first] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  add(line, figures + first);
}

long write_all(int fd, const char *bytes, size_t size) {
  while (size > 0) {
    long written = CALL(write, fd, bytes, size);
    if (written == -EINTR) continue;
    if (written < 0) return written;
    bytes += written;
    size -= (size_t)written;
  }
  return 0;
}

void fail(const char *what, const char *reason) {
  struct line line = {0};
  add(&line, "avatar-sandbox: ");
  add(&line, what);
  add(&line, ": ");
  add(&line, reason);
  if (line.size == sizeof line.text - 1) line.size--;
  add(&line, "\n");
  write_all(2, line.text, line.size);
  leave(NOT_STARTED);
}

/* One text, as a table of pointers would have to be relocated when the program starts. */
static const char REASONS[] =
    "1 operation not permitted\0"
    "2 no such file or directory\0"
    "7 argument list too long\0"
    "8 exec format error\0"
    "11 resource temporarily unavailable\0"
    "12 out of memory\0"
    "13 permission denied\0"
    "16 device or resource busy\0"
    "17 file exists\0"
    "20 not a directory\0"
    "21 is a directory\0"
    "22 invalid argument\0"
    "23 too many open files in the system\0"
    "24 too many open files\0"
    "28 no space left on device\0"
    "30 read-only file system\0"
    "36 file name too long\0"
    "38 not supported by this kernel\0"
    "40 too many symbolic links\0"
    "97 address family not supported\0"
    "98 address already in use\0"
    "99 address not available\0"
    "111 connection refused\0";

long need(const char *what, long result) {
  if (result >= 0) return result;
  struct line reason = {0};
  add_number(&reason, (uint64_t)-result);
  add(&reason, " ");
  for (const char *entry = REASONS; *entry; entry += length(entry) + 1) {
    if (starts(entry, reason.text)) fail(what, entry + reason.size);
  }
  reason.text[reason.size - 1] = '\0';
  struct line text = {0};
  add(&text, "error ");
  add(&text, reason.text);
  fail(what, text.text);
}

uint64_t now(void) {
  struct __kernel_timespec time = {0};
  CALL(clock_gettime, CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}
