#include "notes.h"

#include "sockets.h"
#include "text.h"

enum { NOTES = 100, RETRY_MILLIS = 20 };

static struct {
  const char *host;
  uint16_t port;
} notes[NOTES];
static int count;
static int sent;

int room_for_notes(void) { return count < NOTES; }

int note(const char *host, uint16_t port) {
  for (int i = 0; i < count; i++) {
    if (notes[i].port == port && equal(notes[i].host, host)) return 0;
  }
  if (!room_for_notes()) return 0;
  notes[count].host = host;
  notes[count++].port = port;
  return 1;
}

int notes_patience(void) { return sent < count ? RETRY_MILLIS : FOREVER; }

static void send_note(int fd, const char *host, uint16_t port) {
  struct line line = {0};
  add(&line, "note ");
  add(&line, host);
  add(&line, " ");
  add_number(&line, port);
  add(&line, "\n");
  CALL(sendto, fd, line.text, line.size, MSG_NOSIGNAL_, 0, 0);
}

void notes_turn(void) {
  for (; sent < count; sent++) {
    long fd = connect_avatar();
    if (fd == -EAGAIN) return;
    if (fd < 0) continue;
    send_note((int)fd, notes[sent].host, notes[sent].port);
    CALL(close, fd);
  }
}
