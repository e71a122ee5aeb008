/* Connections from programs inside to the avatar. */
#ifndef RELAY_H
#define RELAY_H

#include "loop.h"

enum { CONNECTIONS = 256 };

int free_places(void);

/* Takes a connection over that was accepted. There has to be a free place. */
void relay(int fd, const char *host, uint16_t port);

void inside_event(uint32_t index, uint32_t events);
void avatar_event(uint32_t index, uint32_t events);

/* How long the loop may wait, in milliseconds. */
int relay_patience(void);

/* Moves what can be moved, and ends what has taken too long. */
void relay_turn(uint64_t time);

#endif
