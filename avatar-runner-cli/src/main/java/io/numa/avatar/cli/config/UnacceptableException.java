package io.numa.avatar.cli.config;

/** A value breaks a rule. */
final class UnacceptableException extends IllegalArgumentException {
  private final String reason;

  /**
   * Makes one.
   *
   * @param reason goes on where the key's name ended, and names what is expected
   */
  UnacceptableException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
