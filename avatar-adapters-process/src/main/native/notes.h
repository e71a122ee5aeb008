/* Notes to the avatar: what programs wanted to reach, at ports that are not captured. */
#ifndef NOTES_H
#define NOTES_H

#include "loop.h"

/* Notes a host and port once, and not more than a hundred of them. Returns whether it is new. */
int note(const char *host, uint16_t port);

int room_for_notes(void);
int notes_patience(void);

/* Sends the notes that are still to be sent. */
void notes_turn(void);

#endif
