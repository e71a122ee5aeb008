package io.numa.avatar.cli.command.operate;

/** A command needs a running avatar, and there is none. The reason is for the user. */
final class NotRunningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  NotRunningException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
