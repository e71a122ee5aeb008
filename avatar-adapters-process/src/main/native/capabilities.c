#include "capabilities.h"

#include <linux/capability.h>
#include <linux/prctl.h>

#include "text.h"

struct sets {
  uint64_t effective, permitted, inheritable;
};

static struct sets get(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2] = {{0}};
  need("read capabilities", CALL(capget, &header, data));
  return (struct sets){
      data[0].effective | (uint64_t)data[1].effective << 32,
      data[0].permitted | (uint64_t)data[1].permitted << 32,
      data[0].inheritable | (uint64_t)data[1].inheritable << 32,
  };
}

static void set(struct sets sets) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2] = {
      {(uint32_t)sets.effective, (uint32_t)sets.permitted, (uint32_t)sets.inheritable},
      {(uint32_t)(sets.effective >> 32), (uint32_t)(sets.permitted >> 32),
       (uint32_t)(sets.inheritable >> 32)},
  };
  need("drop capabilities", CALL(capset, &header, data));
}

/* The bounding set limits what an exec can give. Only CAP_SETPCAP can lower it. */
static void bound(uint64_t kept) {
  for (int number = 0; number < 64; number++) {
    if (kept & CAPABILITY(number)) continue;
    if (CALL(prctl, PR_CAPBSET_READ, number) != 1) continue;
    need("drop a bounding capability", CALL(prctl, PR_CAPBSET_DROP, number));
    if (CALL(prctl, PR_CAPBSET_READ, number) != 0) fail("drop capabilities", "the bounding set has kept one");
  }
}

static void clear_ambient(void) {
  long result = CALL(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL);
  if (result != -EINVAL) need("drop ambient capabilities", result);
}

void keep_capabilities(uint64_t kept) {
  struct sets before = get();
  if (before.effective & CAPABILITY(CAP_SETPCAP)) bound(kept);
  clear_ambient();
  uint64_t left = before.permitted & kept;
  set((struct sets){left, left, 0});
  struct sets after = get();
  if ((after.effective | after.permitted | after.inheritable) & ~kept) fail("drop capabilities", "some are left");
}

void drop_capabilities(uint64_t dropped) {
  struct sets before = get();
  if (before.effective & CAPABILITY(CAP_SETPCAP)) bound(~dropped);
  clear_ambient();
  set((struct sets){before.effective & ~dropped, before.permitted & ~dropped, 0});
  struct sets after = get();
  if ((after.effective | after.permitted) & dropped) fail("drop capabilities", "some are left");
}
