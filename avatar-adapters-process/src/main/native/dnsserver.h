/* The DNS server of the sandbox, on 127.0.0.1:53. */
#ifndef DNSSERVER_H
#define DNSSERVER_H

#include "loop.h"

void open_dns(void);
void answer_datagrams(void);
void accept_dns_peers(void);
void serve_dns_peer(uint32_t index, uint32_t events);
int dns_patience(uint64_t time);
void dns_turn(uint64_t time);

#endif
