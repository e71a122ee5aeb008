package io.numa.avatar.process.sandbox.settings;

/**
 * The most that the processes of a sandbox may use.
 *
 * @param processes how many processes and threads may live at once
 * @param memory bytes; without a cgroup, for each process by itself
 * @param tmp bytes in {@code /tmp}
 * @param tree bytes in the working tree; also in the HOME and caches of one repository
 * @param file bytes in one file
 * @param homes bytes in the HOMEs and caches of all repositories together
 */
public record SandboxLimits(
    int processes, long memory, long tmp, long tree, long file, long homes) {
  private static final long GIB = 1L << 30;

  /**
   * 512 processes, 4 GiB of memory, 1 GiB in /tmp, 10 GiB in the tree, 2 GiB in one file, 20 GiB in
   * HOMEs.
   */
  public static final SandboxLimits DEFAULTS =
      new SandboxLimits(512, 4 * GIB, GIB, 10 * GIB, 2 * GIB, 20 * GIB);

  public SandboxLimits {
    if (processes < 1 || memory < 1 || tmp < 1 || tree < 1 || file < 1 || homes < 1) {
      throw new IllegalArgumentException("a limit of a sandbox must be positive");
    }
  }
}
