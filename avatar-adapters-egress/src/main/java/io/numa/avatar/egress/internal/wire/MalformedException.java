package io.numa.avatar.egress.internal.wire;

/** What a client sent cannot be read in one way only, or is too long. */
public final class MalformedException extends Exception {
  /**
   * @param reason what is wrong, without the client's bytes
   */
  public MalformedException(String reason) {
    super(reason);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
