#include "hosts.h"

#include "dns.h"
#include "gate.h"
#include "namespace.h"
#include "text.h"

enum { NAMES = 1024, LITERALS = 128, PORTS = 64 };

static char names[NAMES][NAME_SIZE];
static int name_count;

static struct {
  uint32_t address;
  const char *text;
} addresses[LITERALS];
static int address_count;

static uint16_t port_list[PORTS];
static int port_count;

void capture_ports(const char *list) {
  port_count = ports(list, port_list, PORTS);
  if (port_count < 0) fail("--ports", "needs at most 64 ports, separated by commas");
}

int captured(uint16_t port) {
  for (int i = 0; i < port_count; i++) {
    if (port_list[i] == port) return 1;
  }
  return 0;
}

static void capture_all(uint32_t address, const char *host) {
  for (int i = 0; i < port_count; i++) capture(internet(address, port_list[i]), port_list[i], host);
}

static void add_literal4(uint32_t value, const char *text) {
  if (!value || (value & POOL_MASK) == POOL) fail("--address", "needs another address");
  if (address_count == LITERALS) fail("--address", "is there more than 128 times");
  need("add an address to the loopback", add_address(value));
  addresses[address_count].address = value;
  addresses[address_count++].text = text;
  capture_all(value, text);
}

/* Where the kernel has no IPv6, no program uses it. */
static void add_literal6(const unsigned char bytes[16], const char *text) {
  if (add_address6(bytes) < 0) return;
  for (int i = 0; i < port_count; i++) capture(internet6(bytes, port_list[i]), port_list[i], text);
}

void add_literal(const char *text) {
  uint32_t value;
  unsigned char bytes[16];
  if (address(text, &value)) {
    add_literal4(value, text);
  } else if (address6(text, bytes)) {
    add_literal6(bytes, text);
  } else {
    fail("--address", "needs an IPv4 or IPv6 address");
  }
}

int literals(void) { return address_count; }

uint32_t literal(int index) { return addresses[index].address; }

static int find(const char *name) {
  for (int i = 0; i < name_count; i++) {
    if (equal(names[i], name)) return i;
  }
  return -1;
}

int known(const char *name) { return find(name) >= 0; }

/* Addresses begin at 127.1.0.1. */
static uint32_t address_at(int index) { return POOL + 1 + (uint32_t)index; }

uint32_t address_of(const char *name) {
  int index = find(name);
  if (index >= 0) return address_at(index);
  if (name_count == NAMES || !room_to_capture(port_count)) return 0;
  index = name_count++;
  memcpy(names[index], name, length(name) + 1);
  capture_all(address_at(index), names[index]);
  return address_at(index);
}

void add_name(const char *text) {
  char name[NAME_SIZE];
  if (!strict_name(text, name)) fail("--name", "needs a host name");
  if (!address_of(name)) fail("--name", "leaves no room for more names");
}

const char *host_at(uint32_t address) {
  uint32_t index = address - address_at(0);
  if (index < (uint32_t)name_count) return names[index];
  for (int i = 0; i < address_count; i++) {
    if (addresses[i].address == address) return addresses[i].text;
  }
  return NULL;
}
