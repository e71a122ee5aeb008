#include "sniff.h"

#include <linux/eventpoll.h>
#include <linux/filter.h>
#include <linux/in.h>

#include "hosts.h"
#include "notes.h"
#include "text.h"

enum { AT_ONCE = 64, PAUSE_MILLIS = 100, PACKET = 128, INSTRUCTIONS = 288 };
enum { SYN = 2, ACK = 16 };

/* Where fields are in an IP packet, and in the TCP header after it. */
enum { FRAGMENT = 6, DESTINATION = 16, FLAGS = 13 };

/* Raw sockets get a copy of each packet. A packet socket would do, too, but takes 10 ms to close. */
static struct sniffer {
  int fd; /* 0: closed */
  uint64_t paused_until; /* 0: not paused */
} sniffers[2];

/* The filter passes new TCP connections and UDP packets to our hosts; the kernel drops all other copies. */
static struct sock_filter program[INSTRUCTIONS];
static unsigned short size;

static void step(uint16_t code, uint8_t if_true, uint8_t if_false, uint32_t value) {
  program[size++] = (struct sock_filter){code, if_true, if_false, value};
}

static void drop(void) { step(BPF_RET | BPF_K, 0, 0, 0); }

static void pass_if_equal(uint32_t value) {
  step(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
  step(BPF_RET | BPF_K, 0, 0, PACKET);
}

static void drop_later_fragments(void) {
  step(BPF_LD | BPF_H | BPF_ABS, 0, 0, FRAGMENT);
  step(BPF_JMP | BPF_JSET | BPF_K, 0, 1, 0x1fff);
  drop();
}

static void drop_all_but_first_packets(void) {
  step(BPF_LDX | BPF_B | BPF_MSH, 0, 0, 0);
  step(BPF_LD | BPF_B | BPF_IND, 0, 0, FLAGS);
  step(BPF_ALU | BPF_AND | BPF_K, 0, 0, SYN | ACK);
  step(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SYN);
  drop();
}

static void write_filter(int protocol) {
  size = 0;
  drop_later_fragments();
  if (protocol == IPPROTO_TCP) drop_all_but_first_packets();
  step(BPF_LD | BPF_W | BPF_ABS, 0, 0, DESTINATION);
  for (int i = 0; i < literals(); i++) pass_if_equal(literal(i));
  step(BPF_ALU | BPF_AND | BPF_K, 0, 0, POOL_MASK);
  pass_if_equal(POOL);
  drop();
}

static void open_sniffer(uint32_t index, int protocol) {
  write_filter(protocol);
  struct sock_fprog filter = {size, program};
  int fd = (int)need("open a raw socket", CALL(socket, AF_INET_, SOCK_RAW_ | SOCK_QUIET, protocol));
  need("filter packets", CALL(setsockopt, fd, SOL_SOCKET_, SO_ATTACH_FILTER_, &filter, sizeof filter));
  need("watch packets", watch(fd, SNIFFER, index, EPOLLIN));
  sniffers[index].fd = fd;
}

void open_sniffers(void) {
  open_sniffer(0, IPPROTO_TCP);
  open_sniffer(1, IPPROTO_UDP);
}

static uint32_t number_at(const unsigned char *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Returns whether the packet led to a new note. */
static int read_packet(const unsigned char *packet, size_t length) {
  if (length < 20) return 0;
  size_t header = (size_t)(packet[0] & 15) * 4;
  if (header < 20 || length < header + 4) return 0;
  const char *host = host_at(number_at(packet + DESTINATION));
  uint16_t port = (uint16_t)number_at(packet + header); /* after the port of the sender */
  return host && !captured(port) && note(host, port);
}

/* Stops for a while when packets come quickly and tell nothing new. */
static void read_sniffer(uint32_t index) {
  struct sniffer *sniffer = &sniffers[index];
  if (!sniffer->fd) return;
  int news = 0;
  for (int i = 0; i < AT_ONCE; i++) {
    unsigned char packet[PACKET];
    long length = CALL(recvfrom, sniffer->fd, packet, sizeof packet, MSG_DONTWAIT_, 0, 0);
    if (length < 0) return;
    news |= read_packet(packet, (size_t)length);
  }
  if (news) return;
  change(sniffer->fd, SNIFFER, index, 0);
  sniffer->paused_until = now() + PAUSE_MILLIS;
}

void read_sniffers(void) {
  read_sniffer(0);
  read_sniffer(1);
}

int sniffer_patience(void) {
  return sniffers[0].paused_until || sniffers[1].paused_until ? PAUSE_MILLIS : FOREVER;
}

static void turn(uint32_t index, uint64_t time) {
  struct sniffer *sniffer = &sniffers[index];
  if (sniffer->fd && !room_for_notes()) {
    CALL(close, sniffer->fd);
    *sniffer = (struct sniffer){0, 0};
  } else if (sniffer->paused_until && sniffer->paused_until <= time) {
    sniffer->paused_until = 0;
    change(sniffer->fd, SNIFFER, index, EPOLLIN);
  }
}

void sniffer_turn(uint64_t time) {
  turn(0, time);
  turn(1, time);
}
