/* Tries to reach a host, to see whether the way out of a sandbox works. */
#include "commands.h"

#include "dns.h"
#include "sockets.h"
#include "text.h"

enum { REACHED = 0, NOT_REACHED = 1, NO_ADDRESS = 2 };
enum { DNS_PORT = 53, HEADER = 12, QUESTION_END = 5, SECONDS = 2 };
enum { SO_RCVTIMEO_ = 20, SO_SNDTIMEO_ = 21, CLOSED_ON_EXEC = 02000000 };

/* Opens a connection that waits for two seconds at most. Returns an error. */
static long open_connection(int type, uint32_t host, uint16_t port) {
  long fd = CALL(socket, AF_INET_, type | CLOSED_ON_EXEC);
  if (fd < 0) return fd;
  long limit[2] = {SECONDS, 0};
  CALL(setsockopt, fd, SOL_SOCKET_, SO_RCVTIMEO_, limit, sizeof limit);
  CALL(setsockopt, fd, SOL_SOCKET_, SO_SNDTIMEO_, limit, sizeof limit);
  struct endpoint there = internet(host, port);
  long result = CALL(connect, fd, &there.address, there.size);
  if (result >= 0) return fd;
  CALL(close, fd);
  return result;
}

/* Writes a query for the IPv4 address of a strict name, and returns its size. */
static size_t write_query(const char *name, unsigned char query[DNS_SIZE]) {
  memset(query, 0, DNS_SIZE);
  query[2] = 1; /* recursion desired */
  query[5] = 1; /* one question */
  size_t size = HEADER, label = size++;
  for (const char *c = name; *c; c++) {
    if (*c == '.') {
      label = size++;
    } else {
      query[label]++;
      query[size++] = (unsigned char)*c;
    }
  }
  query[size + 2] = query[size + 4] = 1; /* an address, of the internet */
  return size + QUESTION_END;
}

/* The sandbox's own DNS ends its answer with the address. */
static int read_address(const unsigned char *answer, size_t size, uint32_t *host) {
  if (size < HEADER + 4 || (answer[3] & 15) || !answer[7]) return 0;
  *host = 0;
  for (size_t i = size - 4; i < size; i++) *host = *host << 8 | answer[i];
  return 1;
}

static int look_up(const char *text, uint32_t *host) {
  char name[NAME_SIZE];
  if (!strict_name(text, name)) return 0;
  unsigned char message[DNS_SIZE];
  size_t size = write_query(name, message);
  long fd = open_connection(SOCK_DGRAM_, 0x7f000001, DNS_PORT);
  if (fd < 0 || CALL(write, fd, message, size) < 0) return 0;
  long received = CALL(read, fd, message, sizeof message);
  return received > 0 && read_address(message, (size_t)received, host);
}

void reach(int count, char **words) {
  uint16_t port;
  if (count != 2 || ports(words[1], &port, 1) != 1) fail("usage", "avatar-sandbox reach HOST PORT");
  uint32_t host;
  if (!address(words[0], &host) && !look_up(words[0], &host)) leave(NO_ADDRESS);
  long fd = open_connection(SOCK_STREAM_, host, port);
  char byte;
  leave(fd >= 0 && CALL(read, fd, &byte, 1) == 1 ? REACHED : NOT_REACHED);
}
