package io.numa.avatar.cli.config.value;

/** A value breaks a rule. */
public final class UnacceptableException extends IllegalArgumentException {
  private final String reason;

  /**
   * Makes one.
   *
   * @param reason goes on where the key's name ended, and names what is expected
   */
  public UnacceptableException(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
