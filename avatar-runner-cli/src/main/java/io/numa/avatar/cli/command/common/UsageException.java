package io.numa.avatar.cli.command.common;

/** The command line asks for something that cannot be done. The message is for the user. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }
}
