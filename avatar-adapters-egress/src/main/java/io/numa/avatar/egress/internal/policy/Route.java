package io.numa.avatar.egress.internal.policy;

import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.SocketAddress;
import java.util.List;

/** Where a connection of a sandbox leads. */
public sealed interface Route {
  /** Hands the route to the method of {@code cases} for its kind. */
  void take(Cases cases);

  /** What to do with each kind of route. */
  interface Cases {
    /** To the proxy that clients are told of. */
    void proxy();

    /** To one of these addresses on this machine, the first one that answers. */
    void local(List<SocketAddress> addresses);

    /** To a host that is allowed. Its address is not checked yet. */
    void outside(HostAndPort host);

    /** Nowhere. */
    void refused(Refusal refusal);
  }

  /** A route that leads to a host. */
  sealed interface Open extends Route permits Local, Outside {}

  /** The kind {@link Cases#proxy}. */
  record Proxy() implements Route {
    @Override
    public void take(Cases cases) {
      cases.proxy();
    }
  }

  /** The kind {@link Cases#local}. */
  record Local(List<SocketAddress> addresses) implements Open {
    public Local {
      addresses = List.copyOf(addresses);
    }

    @Override
    public void take(Cases cases) {
      cases.local(addresses);
    }
  }

  /** The kind {@link Cases#outside}. */
  record Outside(HostAndPort host) implements Open {
    @Override
    public void take(Cases cases) {
      cases.outside(host);
    }
  }

  /** The kind {@link Cases#refused}. */
  record Refused(Refusal refusal) implements Route {
    @Override
    public void take(Cases cases) {
      cases.refused(refusal);
    }
  }
}
