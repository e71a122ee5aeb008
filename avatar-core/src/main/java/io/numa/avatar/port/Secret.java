package io.numa.avatar.port;

/** A value that cannot be printed by accident: a token, a password. */
public record Secret(String value) {
  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
  }

  /** The value itself, for the one place that needs it. */
  public String reveal() {
    return value;
  }

  /** As a record has it; what Java makes for a record at its first use takes long to make. */
  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
