package io.numa.avatar.egress.internal.wire;

import java.util.Optional;

/** What the first bytes of a connection are. */
public sealed interface Opening {
  /**
   * The hello of a TLS client.
   *
   * @param name the server that it asks for, as it spells it; empty if it names none
   */
  record Hello(Optional<String> name) implements Opening {}

  /** Another protocol than TLS. */
  record Other() implements Opening {}
}
