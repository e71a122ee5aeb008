package io.numa.avatar.egress.internal.policy;

import io.numa.avatar.port.sandbox.HostAndPort;

/**
 * Why a sandbox does not reach a host.
 *
 * @param reason what to tell the operator, and processes inside
 */
public record Refusal(HostAndPort asked, String reason) {
  /** No entry names the host. */
  public static Refusal notAllowed(HostAndPort asked) {
    return new Refusal(
        asked,
        asked + " is not in sandbox.allow; add \"" + asked + "\" to it if tasks may reach it");
  }

  /** The name is allowed, but leads to an address that has to be allowed itself. */
  static Refusal guarded(HostAndPort asked, HostAndPort literal, String kind) {
    return new Refusal(
        asked,
        (asked + " is at " + literal.host() + ", " + kind + "; add \"" + literal)
            + "\" to sandbox.allow, too, if tasks may reach it");
  }

  /** A client asks for a host on a connection to another one, which both may be allowed. */
  public static Refusal otherHost(HostAndPort asked, HostAndPort connected) {
    return new Refusal(
        asked, asked + " was asked for on a connection to " + connected + ", which is refused");
  }

  /** A client does not say which host it asks for in a way that can be checked. */
  public static Refusal unchecked(HostAndPort connected, String reason) {
    return new Refusal(connected, connected + " was not reached: " + reason);
  }
}
