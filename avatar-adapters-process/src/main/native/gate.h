/* The ports that are captured: they accept connections for the relay as long as it has places. */
#ifndef GATE_H
#define GATE_H

#include "loop.h"
#include "sockets.h"

void open_gate(void);

/* Whether so many more ports can be captured. */
int room_to_capture(int count);

/*
 * Listens at an address. Leaves a port alone on which a program of the sandbox listens already.
 *
 * @param host the text of the address for the avatar; has to stay
 */
void capture(struct endpoint here, uint16_t port, const char *host);

/* Accepts what waits, a limited number at once. */
void accept_connections(void);

int gate_patience(void);

/* Opens or closes the gate, as there are free places. */
void gate_turn(void);

#endif
