#include "relay.h"

#include <linux/eventpoll.h>

#include "sockets.h"
#include "text.h"

enum { BUFFER = 65536, RETRY_MILLIS = 20, CONNECT_MILLIS = 10000, DRAIN_MILLIS = 2000 };

/* A connection's socket. Events say what it can do; a call that would block says that it no longer can. */
struct side {
  int fd;
  int readable, writable;
};

/* Bytes on their way from one side to the other. */
struct flow {
  size_t start, end; /* what is waiting in the buffer */
  int ended;         /* the sender has sent its last byte */
  int closed;        /* the receiver was told so */
  int unwanted;      /* the receiver takes nothing more: bytes are dropped */
  unsigned char buffer[BUFFER];
};

enum state { FREE, WAITING, OPEN };

struct connection {
  enum state state;
  uint64_t until; /* when it is given up; 0: never */
  struct side inside, avatar;
  struct flow out, in;
};

static struct connection connections[CONNECTIONS];
static int used;
static int reached; /* no connection from here on was ever used: a look at one costs a page of memory */
static uint64_t retried; /* when waiting connections last tried to reach the avatar */

int free_places(void) { return CONNECTIONS - used; }

static uint32_t index_of(const struct connection *connection) { return (uint32_t)(connection - connections); }

static struct connection *free_connection(void) {
  struct connection *connection = connections;
  while (connection->state != FREE) connection++;
  return connection;
}

static void end(struct connection *connection) {
  if (connection->state == OPEN) CALL(close, connection->avatar.fd);
  CALL(close, connection->inside.fd);
  connection->state = FREE;
  used--;
}

/* Ends a connection so that the program sees an error and no regular end. */
static void reset(struct connection *connection) {
  int linger[2] = {1, 0};
  CALL(setsockopt, connection->inside.fd, SOL_SOCKET_, SO_LINGER_, linger, sizeof linger);
  end(connection);
}

static int watch_both(struct connection *connection) {
  uint32_t events = EPOLLIN | EPOLLOUT | EPOLLET;
  return watch(connection->inside.fd, INSIDE, index_of(connection), events) >= 0 &&
         watch(connection->avatar.fd, AVATAR, index_of(connection), events) >= 0;
}

/* Connects to the avatar. The connection goes on waiting while the avatar's queue is full. */
static void reach_avatar(struct connection *connection) {
  long fd = connect_avatar();
  if (fd == -EAGAIN || fd == -EINTR) return;
  if (fd < 0) {
    reset(connection);
    return;
  }
  connection->avatar = (struct side){(int)fd, 0, 0};
  connection->state = OPEN;
  connection->until = 0;
  if (!watch_both(connection)) reset(connection);
}

/* The first line to the avatar is put before what the program sends. */
static void put_target(struct flow *flow, const char *host, uint16_t port) {
  struct line line = {0};
  add(&line, "tcp ");
  add(&line, host);
  add(&line, " ");
  add_number(&line, port);
  add(&line, "\n");
  memcpy(flow->buffer, line.text, line.size);
  flow->end = line.size;
}

static void clear(struct flow *flow) { memset(flow, 0, offsetof(struct flow, buffer)); }

void relay(int fd, const char *host, uint16_t port) {
  struct connection *connection = free_connection();
  used++;
  if (index_of(connection) == (uint32_t)reached) reached++;
  connection->state = WAITING;
  connection->until = now() + CONNECT_MILLIS;
  connection->inside = (struct side){fd, 0, 0};
  clear(&connection->out);
  clear(&connection->in);
  put_target(&connection->out, host, port);
  reach_avatar(connection);
}

static void note_events(struct side *side, uint32_t events) {
  int gone = (events & (EPOLLHUP | EPOLLERR)) != 0;
  if (gone || events & EPOLLIN) side->readable = 1;
  if (gone || events & EPOLLOUT) side->writable = 1;
}

void inside_event(uint32_t index, uint32_t events) {
  if (connections[index].state == OPEN) note_events(&connections[index].inside, events);
}

void avatar_event(uint32_t index, uint32_t events) {
  struct connection *connection = &connections[index];
  if (connection->state != OPEN) return;
  note_events(&connection->avatar, events);
  if (events & (EPOLLHUP | EPOLLERR)) connection->out.unwanted = 1;
}

static int blocked(long result) { return result == -EAGAIN || result == -EINTR; }

static int can_read(const struct flow *flow, const struct side *from) {
  return from->readable && !flow->ended && flow->start == flow->end;
}

static int can_write(const struct flow *flow, const struct side *to) {
  return flow->start < flow->end && (to->writable || flow->unwanted);
}

static long fill(struct flow *flow, struct side *from) {
  long count = CALL(read, from->fd, flow->buffer, BUFFER);
  if (count == -EAGAIN) from->readable = 0;
  if (blocked(count)) return 0;
  flow->start = 0;
  flow->end = count > 0 ? (size_t)count : 0;
  flow->ended = count <= 0;
  return count;
}

static long drain(struct flow *flow, struct side *to) {
  if (flow->unwanted) {
    flow->start = flow->end;
    return 0;
  }
  size_t size = flow->end - flow->start;
  long count = CALL(sendto, to->fd, flow->buffer + flow->start, size, MSG_NOSIGNAL_, 0, 0);
  if (count == -EAGAIN) to->writable = 0;
  if (blocked(count)) return 0;
  if (count > 0) flow->start += (size_t)count;
  return count;
}

/* Tells the receiver that the last byte has come. */
static void pass_end(struct flow *flow, const struct side *to) {
  if (!flow->ended || flow->closed || flow->start < flow->end) return;
  CALL(shutdown, to->fd, SHUT_WR_);
  flow->closed = 1;
}

/* Moves one buffer at most from the program to the avatar. Returns an error if the program has gone. */
static long move_out(struct connection *connection) {
  struct flow *flow = &connection->out;
  long result = can_read(flow, &connection->inside) ? fill(flow, &connection->inside) : 0;
  if (result < 0) return result;
  if (can_write(flow, &connection->avatar) && drain(flow, &connection->avatar) < 0) flow->unwanted = 1;
  pass_end(flow, &connection->avatar);
  return 0;
}

/* Moves one buffer at most from the avatar to the program. An error of the avatar's side is its end. */
static long move_in(struct connection *connection) {
  struct flow *flow = &connection->in;
  if (can_read(flow, &connection->avatar) && fill(flow, &connection->avatar) < 0) connection->out.unwanted = 1;
  long result = can_write(flow, &connection->inside) ? drain(flow, &connection->inside) : 0;
  if (result < 0) return result;
  pass_end(flow, &connection->inside);
  return 0;
}

/*
 * Moves what can be moved. When the avatar has closed, what the program still sends is read and
 * dropped for a while: an end with unread bytes would be an error for the program, which then might
 * not see the avatar's answer.
 */
static void move(struct connection *connection, uint64_t time) {
  if (move_out(connection) < 0 || move_in(connection) < 0) {
    reset(connection);
  } else if (connection->in.closed && connection->out.closed) {
    end(connection);
  } else if (connection->in.closed && connection->out.unwanted && !connection->until) {
    connection->until = time + DRAIN_MILLIS;
  }
}

static int runnable(const struct connection *connection) {
  return connection->state == OPEN &&
         (can_read(&connection->out, &connection->inside) || can_write(&connection->out, &connection->avatar) ||
          can_read(&connection->in, &connection->avatar) || can_write(&connection->in, &connection->inside));
}

int relay_patience(void) {
  int patience = FOREVER;
  for (int i = 0; i < reached; i++) {
    if (runnable(&connections[i])) return 0;
    if (connections[i].state == WAITING || (connections[i].state == OPEN && connections[i].until)) patience = RETRY_MILLIS;
  }
  return patience;
}

void relay_turn(uint64_t time) {
  int retry = time - retried >= RETRY_MILLIS;
  if (retry) retried = time;
  for (int i = 0; i < reached; i++) {
    struct connection *connection = &connections[i];
    if (retry && connection->state == WAITING) reach_avatar(connection);
    if (runnable(connection)) move(connection, time);
    if (connection->state != FREE && connection->until && connection->until <= time) reset(connection);
  }
}
