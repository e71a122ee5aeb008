/* Sees attempts to reach hosts at ports that are not captured. The kernel itself refuses them. */
#ifndef SNIFF_H
#define SNIFF_H

#include "loop.h"

/* Needs all literal addresses to be known. */
void open_sniffers(void);
void read_sniffers(void);
int sniffer_patience(void);

/* Goes on after a pause; ends when there is no room for more notes. */
void sniffer_turn(uint64_t time);

#endif
