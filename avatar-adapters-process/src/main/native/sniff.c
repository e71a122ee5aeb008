#include "sniff.h"

#include <linux/eventpoll.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>

#include "hosts.h"
#include "notes.h"
#include "text.h"

enum { LOOPBACK = 1, AT_ONCE = 64, PAUSE_MILLIS = 100, TCP = 6, UDP = 17, PACKET = 128 };
enum { FILTER_SIZE = 160 };

static int fd;
static uint64_t paused_until; /* 0: not paused */

/* The filter passes new TCP connections and UDP packets to our hosts; all other packets cost nothing. */
static struct sock_filter program[FILTER_SIZE];
static unsigned short size;

static void step(uint16_t code, uint8_t if_true, uint8_t if_false, uint32_t value) {
  program[size++] = (struct sock_filter){code, if_true, if_false, value};
}

static void drop_if(uint16_t comparison, uint32_t value) {
  step(BPF_JMP | comparison | BPF_K, 0, 1, value);
  step(BPF_RET | BPF_K, 0, 0, 0);
}

static void pass_if_equal(uint32_t value) {
  step(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
  step(BPF_RET | BPF_K, 0, 0, PACKET);
}

static void write_filter(void) {
  step(BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)(SKF_AD_OFF + SKF_AD_PKTTYPE));
  drop_if(BPF_JEQ, PACKET_OUTGOING);
  step(BPF_LD | BPF_H | BPF_ABS, 0, 0, 6);
  drop_if(BPF_JSET, 0x1fff); /* not the first fragment */
  step(BPF_LD | BPF_B | BPF_ABS, 0, 0, 9);
  step(BPF_JMP | BPF_JEQ | BPF_K, 7, 0, UDP);
  step(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, TCP);
  step(BPF_RET | BPF_K, 0, 0, 0);
  step(BPF_LDX | BPF_B | BPF_MSH, 0, 0, 0);
  step(BPF_LD | BPF_B | BPF_IND, 0, 0, 13);
  step(BPF_ALU | BPF_AND | BPF_K, 0, 0, 0x12); /* SYN, ACK */
  step(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0x02);
  step(BPF_RET | BPF_K, 0, 0, 0);
  step(BPF_LD | BPF_W | BPF_ABS, 0, 0, 16);
  for (int i = 0; i < literals(); i++) pass_if_equal(literal(i));
  step(BPF_ALU | BPF_AND | BPF_K, 0, 0, POOL_MASK);
  pass_if_equal(POOL);
  step(BPF_RET | BPF_K, 0, 0, 0);
}

void open_sniffer(void) {
  write_filter();
  struct sock_fprog filter = {size, program};
  fd = (int)need("open a packet socket", CALL(socket, AF_PACKET_, SOCK_DGRAM_ | SOCK_QUIET, 0));
  need("filter packets", CALL(setsockopt, fd, SOL_SOCKET_, SO_ATTACH_FILTER_, &filter, sizeof filter));
  struct sockaddr_ll here = {.sll_family = AF_PACKET_, .sll_protocol = __builtin_bswap16(ETH_P_IP)};
  here.sll_ifindex = LOOPBACK;
  need("bind a packet socket", CALL(bind, fd, &here, sizeof here));
  need("watch packets", watch(fd, SNIFFER, 0, EPOLLIN));
}

/* Returns whether the packet led to a new note. */
static int read_packet(const unsigned char *packet, size_t length) {
  if (length < 20) return 0;
  size_t header = (size_t)(packet[0] & 15) * 4;
  if (header < 20 || length < header + 4) return 0;
  uint32_t address = (uint32_t)packet[16] << 24 | (uint32_t)packet[17] << 16 | (uint32_t)packet[18] << 8 | packet[19];
  uint16_t port = (uint16_t)(packet[header + 2] << 8 | packet[header + 3]);
  const char *host = host_at(address);
  return host && !captured(port) && note(host, port);
}

/* Stops for a while when packets come quickly and tell nothing new. */
void read_sniffer(void) {
  int news = 0;
  for (int i = 0; i < AT_ONCE; i++) {
    unsigned char packet[PACKET];
    long length = CALL(recvfrom, fd, packet, sizeof packet, MSG_DONTWAIT_, 0, 0);
    if (length < 0) return;
    news |= read_packet(packet, (size_t)length);
  }
  if (news) return;
  change(fd, SNIFFER, 0, 0);
  paused_until = now() + PAUSE_MILLIS;
}

int sniffer_patience(void) { return paused_until ? PAUSE_MILLIS : FOREVER; }

static void close_sniffer(void) {
  CALL(close, fd);
  fd = 0;
  paused_until = 0;
}

void sniffer_turn(uint64_t time) {
  if (fd && !room_for_notes()) close_sniffer();
  if (!paused_until || paused_until > time) return;
  paused_until = 0;
  change(fd, SNIFFER, 0, EPOLLIN);
}
