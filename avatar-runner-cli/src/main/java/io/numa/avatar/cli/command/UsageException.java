package io.numa.avatar.cli.command;

/** What was asked for on the command line cannot be done as it was asked. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
