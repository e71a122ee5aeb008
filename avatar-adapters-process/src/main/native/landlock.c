#include "landlock.h"

#include <linux/landlock.h>
#include <linux/stat.h>

#include "text.h"

/* What is newer than the headers of Debian 12. */
enum { REFER_SINCE = 2, TRUNCATE_SINCE = 3, IOCTL_SINCE = 5, SCOPE_SINCE = 6 };
#define ACCESS_TRUNCATE (UINT64_C(1) << 14)
#define ACCESS_IOCTL (UINT64_C(1) << 15)
enum { SCOPE_ABSTRACT_SOCKETS = 1, SCOPE_SIGNALS = 2 };

struct ruleset {
  uint64_t files, network, scope;
};

static const uint64_t READING = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t WRITING =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER | ACCESS_TRUNCATE | ACCESS_IOCTL;
static const uint64_t OF_FILES = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                 LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE | ACCESS_IOCTL;

enum { PATHS = 256 };

static struct {
  enum access access;
  const char *path;
} paths[PATHS];
static int path_count;
static int scoped;

int landlock_version(void) {
  long version = CALL(landlock_create_ruleset, 0, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : (int)version;
}

void limit_scope(void) { scoped = 1; }

void allow_path(enum access access, const char *path) {
  if (path_count == PATHS) fail("Landlock", "more than 256 paths");
  paths[path_count].access = access;
  paths[path_count++].path = path;
}

static uint64_t rights(enum access access) {
  switch (access) {
    case READ: return READING;
    case EXECUTE_READ: return READING | LANDLOCK_ACCESS_FS_EXECUTE;
    case WRITE: return READING | WRITING;
  }
  return 0;
}

/* The rights that a version of the interface knows. */
static uint64_t handled(int version) {
  uint64_t all = READING | WRITING | LANDLOCK_ACCESS_FS_EXECUTE;
  if (version < REFER_SINCE) all &= ~LANDLOCK_ACCESS_FS_REFER;
  if (version < TRUNCATE_SINCE) all &= ~ACCESS_TRUNCATE;
  if (version < IOCTL_SINCE) all &= ~ACCESS_IOCTL;
  return all;
}

static int is_directory(long fd) {
  struct statx status;
  need("look at a path", CALL(statx, fd, "", AT_EMPTY_PATH, STATX_TYPE, &status));
  return (status.stx_mode & S_IFMT) == S_IFDIR;
}

/* A path that is not there, or that cannot be seen, needs no rule. */
static void add_rule(long ruleset, enum access access, const char *path, uint64_t known) {
  long fd = CALL(openat, AT_FDCWD, path, O_PATH | O_CLOEXEC);
  if (fd == -ENOENT || fd == -ENOTDIR || fd == -EACCES) return;
  need(path, fd);
  struct landlock_path_beneath_attr rule = {.allowed_access = rights(access) & known, .parent_fd = (int)fd};
  if (!is_directory(fd)) rule.allowed_access &= OF_FILES;
  need(path, CALL(landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0));
  CALL(close, fd);
}

static size_t ruleset_size(int version) {
  return version < SCOPE_SINCE ? sizeof(uint64_t) : sizeof(struct ruleset);
}

void enter_landlock(void) {
  int version = landlock_version();
  struct ruleset wanted = {0};
  if (path_count && !version) fail("Landlock", "not supported by this kernel");
  if (path_count) wanted.files = handled(version);
  if (scoped && version >= SCOPE_SINCE) wanted.scope = SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS;
  if (!wanted.files && !wanted.scope) return;
  long ruleset = need("Landlock", CALL(landlock_create_ruleset, &wanted, ruleset_size(version), 0));
  for (int i = 0; i < path_count; i++) add_rule(ruleset, paths[i].access, paths[i].path, wanted.files);
  need("Landlock", CALL(landlock_restrict_self, ruleset, 0));
  CALL(close, ruleset);
}
