package io.numa.avatar.cli.command;

/** The command line asks for something that cannot be done. The message is for the user. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
