#include "dnsserver.h"

#include <linux/eventpoll.h>
#include <linux/in.h>

#include "dns.h"
#include "sockets.h"
#include "text.h"

enum { PORT = 53, BACKLOG = 64, PEERS = 8, AT_ONCE = 64, IDLE_MILLIS = 5000 };

/* A connection: queries and answers have their size before them, in two bytes. */
struct peer {
  int fd; /* 0: free */
  size_t received, sent, answered;
  uint64_t until;
  unsigned char query[2 + DNS_SIZE], answer[2 + DNS_SIZE];
};

static struct peer peers[PEERS];
static int datagrams;
static int listener;

void open_dns(void) {
  struct endpoint here = internet(INADDR_LOOPBACK, PORT);
  datagrams = (int)need("open a socket", CALL(socket, AF_INET_, SOCK_DGRAM_ | SOCK_QUIET));
  need("bind 127.0.0.1:53", CALL(bind, datagrams, &here.address, here.size));
  need("watch DNS", watch(datagrams, DNS_DATAGRAMS, 0, EPOLLIN));
  listener = (int)need("listen on 127.0.0.1:53", listen_on(&here, BACKLOG));
  need("watch DNS", watch(listener, DNS_LISTENER, 0, EPOLLIN));
}

void answer_datagrams(void) {
  for (int i = 0; i < AT_ONCE; i++) {
    unsigned char query[DNS_SIZE + 1];
    unsigned char answer[DNS_SIZE];
    struct sockaddr_in from;
    int from_size = sizeof from;
    long size = CALL(recvfrom, datagrams, query, sizeof query, MSG_DONTWAIT_, &from, &from_size);
    if (size < 0) return;
    size_t answered = dns_answer(query, (size_t)size, answer);
    if (answered) CALL(sendto, datagrams, answer, answered, MSG_DONTWAIT_ | MSG_NOSIGNAL_, &from, from_size);
  }
}

static void drop(struct peer *peer) {
  CALL(close, peer->fd);
  peer->fd = 0;
}

/* A free place, or that of the peer which has been silent for longest. */
static struct peer *place(void) {
  struct peer *oldest = &peers[0];
  for (int i = 0; i < PEERS; i++) {
    if (!peers[i].fd) return &peers[i];
    if (peers[i].until < oldest->until) oldest = &peers[i];
  }
  drop(oldest);
  return oldest;
}

void accept_dns_peers(void) {
  long fd = CALL(accept4, listener, 0, 0, SOCK_QUIET);
  if (fd < 0) return;
  struct peer *peer = place();
  peer->fd = (int)fd;
  peer->received = peer->sent = peer->answered = 0;
  peer->until = now() + IDLE_MILLIS;
  if (watch(peer->fd, DNS_PEER, (uint32_t)(peer - peers), EPOLLIN) < 0) drop(peer);
}

/* The size of the whole query with its two bytes, or 0 as long as it is not known. */
static size_t expected(const struct peer *peer) {
  return peer->received < 2 ? 0 : 2 + ((size_t)peer->query[0] << 8 | peer->query[1]);
}

/* Reads one query at most, and not a byte of the next one. Returns 0 if the peer has to go. */
static int receive(struct peer *peer) {
  size_t wanted = expected(peer) ? expected(peer) : 2;
  long count = CALL(read, peer->fd, peer->query + peer->received, wanted - peer->received);
  if (count == -EAGAIN || count == -EINTR) return 1;
  if (count <= 0) return 0;
  peer->received += (size_t)count;
  if (expected(peer) > sizeof peer->query || expected(peer) == 2) return 0;
  if (peer->received < 2 || peer->received < expected(peer)) return 1;
  size_t size = dns_answer(peer->query + 2, peer->received - 2, peer->answer + 2);
  peer->answer[0] = (unsigned char)(size >> 8);
  peer->answer[1] = (unsigned char)size;
  peer->answered = size + 2;
  peer->sent = peer->received = 0;
  return size > 0;
}

static int answer(struct peer *peer) {
  long count =
      CALL(sendto, peer->fd, peer->answer + peer->sent, peer->answered - peer->sent, MSG_NOSIGNAL_, 0, 0);
  if (count == -EAGAIN || count == -EINTR) return 1;
  if (count < 0) return 0;
  peer->sent += (size_t)count;
  if (peer->sent == peer->answered) peer->sent = peer->answered = 0;
  return 1;
}

void serve_dns_peer(uint32_t index, uint32_t events) {
  struct peer *peer = &peers[index];
  if (!peer->fd) return;
  int good = !(events & (EPOLLERR | EPOLLHUP));
  if (good && !peer->answered) good = receive(peer);
  if (good && peer->answered) good = answer(peer);
  if (!good) {
    drop(peer);
    return;
  }
  peer->until = now() + IDLE_MILLIS;
  change(peer->fd, DNS_PEER, index, peer->answered ? EPOLLOUT : EPOLLIN);
}

int dns_patience(uint64_t time) {
  int least = FOREVER;
  for (int i = 0; i < PEERS; i++) {
    if (!peers[i].fd) continue;
    int left = peers[i].until > time ? (int)(peers[i].until - time) : 0;
    if (least == FOREVER || left < least) least = left;
  }
  return least;
}

void dns_turn(uint64_t time) {
  for (int i = 0; i < PEERS; i++) {
    if (peers[i].fd && peers[i].until <= time) drop(&peers[i]);
  }
}
