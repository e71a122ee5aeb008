/* Answers to DNS queries. */
#ifndef DNS_H
#define DNS_H

#include "hosts.h"

enum { DNS_SIZE = 512 };

/*
 * Writes the answer to a query into 512 bytes and returns its size, or 0 for what gets no answer.
 * The query can be any bytes.
 */
size_t dns_answer(const unsigned char *query, size_t size, unsigned char *answer);

/* Copies a host name that consists of letters, digits and hyphens, in lower case. Returns 0 for anything else. */
int strict_name(const char *text, char name[NAME_SIZE]);

#endif
