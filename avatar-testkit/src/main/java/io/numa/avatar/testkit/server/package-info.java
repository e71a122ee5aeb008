/**
 * Real servers on loopback: a backend over HTTP with planned faults, and a Git server over HTTP and
 * SSH.
 *
 * <p>Integration tests and the demo start them. Begin with {@link
 * io.numa.avatar.testkit.server.NumaBackend} and {@link io.numa.avatar.testkit.server.GitServer}.
 */
@NullMarked
package io.numa.avatar.testkit.server;

import org.jspecify.annotations.NullMarked;
