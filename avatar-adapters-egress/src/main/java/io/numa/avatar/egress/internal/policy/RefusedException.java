package io.numa.avatar.egress.internal.policy;

/** A sandbox asks for something that it may not have. */
public final class RefusedException extends Exception {
  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
