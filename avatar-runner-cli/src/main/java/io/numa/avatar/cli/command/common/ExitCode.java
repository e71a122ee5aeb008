package io.numa.avatar.cli.command.common;

/** The exit codes of the process. After a signal, the code is 128 plus the signal's number. */
public final class ExitCode {
  public static final int SUCCESS = 0;

  /** The task of {@code exec} failed, or a check of {@code doctor}; or there is no such task. */
  public static final int FAILED = 1;

  /** The command line, the configuration or a plan is wrong. */
  public static final int USAGE = 2;

  /** The backend refused the avatar's credentials (401, 403). */
  public static final int REFUSED = 3;

  /** Internal error: the avatar has a defect. */
  public static final int INTERNAL = 4;

  /** The command needs a running avatar, and none runs. */
  public static final int NOT_RUNNING = 5;

  private ExitCode() {}
}
