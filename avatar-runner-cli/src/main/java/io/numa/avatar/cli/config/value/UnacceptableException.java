package io.numa.avatar.cli.config.value;

/** A value that the configuration does not allow. */
public final class UnacceptableException extends IllegalArgumentException {
  private final String reason;

  /**
   * Makes one.
   *
   * @param reason continues a sentence that begins with the key's name; says what is expected
   */
  public UnacceptableException(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
