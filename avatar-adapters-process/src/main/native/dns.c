#include "dns.h"

#include "text.h"

enum { HEADER = 12, LABEL = 63, NAME = 253, TYPE_A = 1, CLASS_IN = 1, SECONDS = 60 };
enum { ANSWERED = 0, FORMAT_ERROR = 1, SERVER_FAILURE = 2, NO_SUCH_NAME = 3, NOT_IMPLEMENTED = 4, REFUSED = 5 };

/* The only question of a query. */
struct question {
  char name[NAME_SIZE]; /* empty if it is no strict name */
  unsigned type, class;
  size_t end; /* where the question ends in the query */
};

static unsigned number_at(const unsigned char *bytes) { return (unsigned)bytes[0] << 8 | bytes[1]; }

static void put_number(unsigned char *bytes, unsigned value) {
  bytes[0] = (unsigned char)(value >> 8);
  bytes[1] = (unsigned char)value;
}

static int letter(char c) { return c >= 'a' && c <= 'z'; }
static int digit(char c) { return c >= '0' && c <= '9'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static int strict_label(const char *label, size_t size) {
  if (!size || size > LABEL || label[0] == '-' || label[size - 1] == '-') return 0;
  for (size_t i = 0; i < size; i++) {
    if (!letter(label[i]) && !digit(label[i]) && label[i] != '-') return 0;
  }
  return 1;
}

/* Whether programs could take a label for the end of an address: 7, 0x7f. */
static int numeric(const char *label) {
  int hexadecimal = starts(label, "0x");
  for (const char *c = hexadecimal ? label + 2 : label; *c; c++) {
    if (!digit(*c) && !(hexadecimal && *c >= 'a' && *c <= 'f')) return 0;
  }
  return 1;
}

static const char *last_label(const char *name) {
  const char *last = name;
  for (const char *c = name; *c; c++) {
    if (*c == '.') last = c + 1;
  }
  return last;
}

int strict_name(const char *text, char name[NAME_SIZE]) {
  size_t size = length(text);
  if (size && text[size - 1] == '.') size--;
  if (!size || size > NAME) return 0;
  size_t start = 0;
  for (size_t i = 0; i <= size; i++) {
    name[i] = i < size ? lower(text[i]) : '\0';
    if (i < size && name[i] != '.') continue;
    if (!strict_label(name + start, i - start)) return 0;
    start = i + 1;
  }
  return !numeric(last_label(name));
}

/* Names that no public server knows. */
static int reserved(const char *name) {
  static const char LAST[] = "invalid\0test\0local\0localhost\0localdomain\0internal\0";
  const char *last = last_label(name);
  if (last == name) return 1;
  for (const char *entry = LAST; *entry; entry += length(entry) + 1) {
    if (equal(last, entry)) return 1;
  }
  size_t size = length(name);
  return equal(name, "home.arpa") || (size > 10 && equal(name + size - 10, ".home.arpa"));
}

/*
 * Reads the question. A label that is longer than 63 is a pointer: no question needs one. Returns 0
 * if the query has no whole question.
 */
static int read_question(const unsigned char *query, size_t size, struct question *question) {
  char text[256];
  size_t used = 0;
  size_t at = HEADER;
  int strict = 1;
  for (;;) {
    if (at >= size || query[at] > LABEL) return 0;
    size_t label = query[at++];
    if (!label) break;
    if (label > size - at || used + label + 1 >= sizeof text - 1) return 0;
    for (size_t i = 0; i < label; i++) {
      char c = (char)query[at++];
      if (c == '\0' || c == '.') strict = 0;
      text[used++] = c;
    }
    text[used++] = '.';
  }
  if (size - at < 4) return 0;
  text[used] = '\0';
  if (!strict || !strict_name(text, question->name)) question->name[0] = '\0';
  question->type = number_at(query + at);
  question->class = number_at(query + at + 2);
  question->end = at + 4;
  return 1;
}

/* Writes the header; the question stands behind it already, if there is one. */
static void put_header(unsigned char *answer, const unsigned char *query, int code, int questions, int answers) {
  memset(answer, 0, HEADER);
  memcpy(answer, query, 2);
  answer[2] = (unsigned char)(0x84 | (query[2] & 0x79)); /* an answer, authoritative; same kind, recursion as asked */
  answer[3] = (unsigned char)(0x80 | code);              /* recursion is there */
  put_number(answer + 4, (unsigned)questions);
  put_number(answer + 6, (unsigned)answers);
}

static size_t put_address(unsigned char *bytes, uint32_t address) {
  put_number(bytes, 0xc000 | HEADER); /* the name of the question */
  put_number(bytes + 2, TYPE_A);
  put_number(bytes + 4, CLASS_IN);
  put_number(bytes + 6, 0);
  put_number(bytes + 8, SECONDS);
  put_number(bytes + 10, 4);
  put_number(bytes + 12, address >> 16);
  put_number(bytes + 14, address & 0xffff);
  return 16;
}

static int decide(const struct question *question, uint32_t *address) {
  if (question->class != CLASS_IN) return REFUSED;
  if (!question->name[0] || (reserved(question->name) && !known(question->name))) return NO_SUCH_NAME;
  if (question->type != TYPE_A) return ANSWERED;
  *address = address_of(question->name);
  return *address ? ANSWERED : SERVER_FAILURE;
}

static size_t refuse(const unsigned char *query, unsigned char *answer, int code) {
  put_header(answer, query, code, 0, 0);
  return HEADER;
}

size_t dns_answer(const unsigned char *query, size_t size, unsigned char *answer) {
  if (size < HEADER || query[2] & 0x80) return 0;
  if (query[2] & 0x78) return refuse(query, answer, NOT_IMPLEMENTED);
  struct question question;
  int single = number_at(query + 4) == 1 && number_at(query + 6) == 0 && number_at(query + 8) == 0;
  if (!single || !read_question(query, size, &question)) return refuse(query, answer, FORMAT_ERROR);
  uint32_t address = 0;
  int code = decide(&question, &address);
  memcpy(answer + HEADER, query + HEADER, question.end - HEADER);
  put_header(answer, query, code, 1, address != 0);
  return question.end + (address ? put_address(answer + question.end, address) : 0);
}
