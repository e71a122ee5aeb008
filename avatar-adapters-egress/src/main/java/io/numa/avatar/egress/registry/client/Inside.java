package io.numa.avatar.egress.registry.client;

import io.numa.avatar.egress.registry.Registry;

/**
 * A registry as a sandbox sees it.
 *
 * @param port its port on the sandbox's loopback
 */
record Inside(Registry registry, int port) {
  /** The URL, with the same path as outside and no slash at its end. */
  String url() {
    return "http://127.0.0.1:" + port + registry.path().replaceFirst("/$", "");
  }

  /** What it stands for; empty text if it is the default or an additional one. */
  String covers() {
    return registry.covers().orElse("");
  }

  String name() {
    return registry.name();
  }
}
