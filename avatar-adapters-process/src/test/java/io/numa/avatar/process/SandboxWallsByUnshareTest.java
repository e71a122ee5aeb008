package io.numa.avatar.process;

import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;

/** The same where bubblewrap is missing. */
class SandboxWallsByUnshareTest extends SandboxWallsTest {
  @Override
  LocalSandboxes sandboxes(SandboxSettings wanted) {
    return TestSandboxes.with(wanted, true, "unshare", "mount", "umount", "pivot_root");
  }
}
