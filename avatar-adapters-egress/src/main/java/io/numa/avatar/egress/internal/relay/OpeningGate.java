package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Hosts;
import io.numa.avatar.egress.internal.policy.Refusal;
import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.egress.internal.wire.MalformedException;
import io.numa.avatar.egress.internal.wire.Opening;
import io.numa.avatar.egress.internal.wire.OpeningReader;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Lets a client of TLS pass if it asks for the host that it was connected to: one address often
 * serves many names. On the port of HTTPS it lets nothing but TLS pass.
 */
final class OpeningGate implements Gate {
  private static final int HTTPS_PORT = 443;

  private final HostAndPort host;
  private final OpeningReader reader = new OpeningReader();
  private boolean decided;

  OpeningGate(HostAndPort host) {
    this.host = host;
  }

  @Override
  public ByteBuffer pass(ByteBuffer received) throws RefusedException {
    if (decided) {
      return received;
    }
    Optional<Opening> opening = read(received);
    if (opening.isEmpty()) {
      return received; // all of it is with the reader
    }
    check(opening.get());
    decided = true;
    return reader.received();
  }

  private Optional<Opening> read(ByteBuffer received) throws RefusedException {
    try {
      return reader.read(received);
    } catch (MalformedException e) {
      throw new RefusedException(Refusal.unchecked(host, e.reason()));
    }
  }

  private void check(Opening opening) throws RefusedException {
    if (opening instanceof Opening.Hello hello) {
      checkName(hello.name());
    } else if (host.port() == HTTPS_PORT) {
      throw new RefusedException(Refusal.unchecked(host, "the client does not begin with TLS"));
    }
  }

  private void checkName(Optional<String> name) throws RefusedException {
    if (name.isEmpty()) {
      if (Hosts.literal(host.host()).isEmpty()) {
        throw new RefusedException(
            Refusal.unchecked(host, "its hello of TLS does not name the server"));
      }
      return;
    }
    String asked =
        Hosts.canonical(name.get())
            .orElseThrow(
                () ->
                    new RefusedException(
                        Refusal.unchecked(host, "its hello of TLS names no valid server")));
    if (!asked.equals(host.host())) {
      throw new RefusedException(Refusal.otherHost(new HostAndPort(asked, host.port()), host));
    }
  }
}
